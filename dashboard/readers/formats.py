"""Number formats of .xlsx files: what a cell shows where that is more, or other, than the number it stores."""

import functools
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook

_TOKENS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[\s\S]')
_DIGITS = frozenset("0#?.,")
_NUMBERS = re.compile(r"[-+0#?.,\s]*|General(?:;General)*|@", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_OTHER_SPELLING = re.compile(r"[%/@]|E[+-]", re.IGNORECASE)  # the same number, spelled otherwise
_GENERAL = re.compile(r"General(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE)  # not within quotes


class Section(NamedTuple):
    """What a format shows of the numbers it is for; `decimals` is None where it has no place for digits."""

    condition: tuple[str, Decimal] | None
    before: str
    after: str
    decimals: int | None
    thousands_left_out: int
    leaves_out_zero: bool

    def shows(self, number: Decimal) -> str:
        if self.decimals is None:
            return f"{self.before}{self.after}".strip()
        scaled = abs(number).scaleb(-3 * self.thousands_left_out)
        rounded = scaled.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        digits = "" if self.leaves_out_zero and not rounded else f"{rounded:,f}"
        return f"{self.before}{digits}{self.after}".strip()


class Format:
    """A number format that adds text, leaves thousands out, or shows something else for some numbers."""

    def __init__(self, code: str) -> None:
        self._sections = [_section(part) for part in _parts(code)[:3]]

    def shows(self, number: int | Decimal) -> str | None:
        """Return what stands in the cell; None where the format only groups or rounds, or spells otherwise."""
        exact = Decimal(number)
        section = self._for(exact)
        if section is None:
            return None
        is_plain = section.decimals is not None and not section.thousands_left_out
        return None if is_plain and not (section.before + section.after).strip() else section.shows(exact)

    def _for(self, number: Decimal) -> Section | None:
        conditional = [section for section in self._sections if section and section.condition]
        if conditional:
            fitting = (section for section in conditional if _meets(number, section.condition))
            return next(fitting, self._sections[-1])
        place = 2 if number == 0 else 1 if number < 0 else 0
        return self._sections[place] if place < len(self._sections) else self._sections[0]


def _meets(number: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return True
    sign, bound = condition
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def _parts(code: str) -> list[list[str]]:
    """Cut a format at its semicolons, each part into its tokens."""
    parts: list[list[str]] = [[]]
    for piece in _TOKENS.findall(_GENERAL.sub("0", code)):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _section(tokens: list[str]) -> Section | None:
    """Read one part of a format; None where it spells a number otherwise, as a percent, a fraction or a power."""
    bare = "".join(token for token in tokens if not token.startswith(('"', "\\", "_", "*", "[$")))
    if _OTHER_SPELLING.search(bare):
        return None
    condition: tuple[str, Decimal] | None = None
    texts, digits = ["", ""], ""
    for token in tokens:
        if found := _CONDITION.fullmatch(token):
            condition = found[1], Decimal(found[2])
        elif token in _DIGITS:
            digits += token
        else:
            texts[bool(digits)] += _literal(token)
    placed = digits.rstrip(",")
    decimals = len(placed.partition(".")[2].replace(",", "")) if placed else None
    return Section(condition, texts[0], texts[1], decimals, len(digits) - len(placed), "0" not in placed)


def _literal(token: str) -> str:
    if currency := _CURRENCY.fullmatch(token):
        return currency[1]
    if token.startswith(("[", "_", "*")):
        return ""
    return token[1:-1] if token.startswith('"') and len(token) > 1 else token[-1]


@functools.lru_cache(maxsize=4096)
def _format(code: str) -> Format | None:
    return None if _NUMBERS.fullmatch(code) and not re.search(r",(?![0#?])", code) else Format(code)


def codes_of(book: Workbook) -> list[str]:
    """Return the number format of every style of a workbook, as Excel writes it."""
    # openpyxl has no public way from a style's number to what it shows.
    own = book._number_formats
    numbers = (style.numFmtId for style in book._cell_styles)
    return [
        own[number - BUILTIN_FORMATS_MAX_SIZE]
        if number >= BUILTIN_FORMATS_MAX_SIZE
        else BUILTIN_FORMATS.get(number, "")
        for number in numbers
    ]


def percents_of(book: Workbook) -> frozenset[int]:
    """Return the styles that show a number as a percent, by number; 「%」 that is only text does not."""
    codes = enumerate(codes_of(book))
    return frozenset(number for number, code in codes if "%" in _TOKENS.findall(code))


def formats_of(book: Workbook) -> dict[int, Format]:
    """Return the formats of a workbook that may show something else than the number, by number of style."""
    formats = {number: _format(code) for number, code in enumerate(codes_of(book))}
    return {number: one for number, one in formats.items() if one is not None}
