"""Exact fractions, printed: rounding happens here and only for the eye."""

from fractions import Fraction


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
