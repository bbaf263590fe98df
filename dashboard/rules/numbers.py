"""Exact fractions, printed and rounded: for the eye, or where a rule reckons with rounded figures."""

import math
from fractions import Fraction

_ROOT_DIGITS = 40


def half_up(value: Fraction, decimals: int) -> str:
    """Print a fraction with so many decimals, halves away from zero; what rounds to zero has no sign."""
    scale = 10**decimals
    numerator, denominator = abs(value.numerator) * scale, value.denominator
    whole, rest = divmod((2 * numerator + denominator) // (2 * denominator), scale)
    sign = "-" if value.numerator < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{decimals}d}"


def half_up_nonzero(value: Fraction, decimals: int) -> str:
    """Print like `half_up`, with as many more decimals as it takes to keep a value that is not zero from reading 0."""
    printed = half_up(value, decimals)
    while value and not printed.strip("-0."):
        decimals += 1
        printed = half_up(value, decimals)
    return printed


def signed(value: Fraction, decimals: int) -> str:
    """Print like `half_up_nonzero`, with a plus sign in front of growth and none in front of zero."""
    return f"{'+' if value.numerator > 0 else ''}{half_up_nonzero(value, decimals)}"


def trimmed(value: Fraction, decimals: int) -> str:
    """Print like `half_up`, without the zeros at the end: 35, 32.5, 41.18."""
    return half_up(value, decimals).rstrip("0").rstrip(".")


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round, halves away from zero; for rules that reckon with rounded figures."""
    return Fraction(half_up(value, decimals))


def root(value: Fraction) -> Fraction:
    """Return the square root, cut off after 40 decimals: equal values have equal roots, whatever machine reckons."""
    return Fraction(math.isqrt(value.numerator * 10 ** (2 * _ROOT_DIGITS) // value.denominator), 10**_ROOT_DIGITS)
