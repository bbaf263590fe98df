"""Parts of a whole: the look of each kind, and the legend that names them."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import picture, theme
from dashboard.charts.theme import Spec

LEGEND_LINE = 17
"""Pixels of a line of the legend."""


@dataclasses.dataclass(frozen=True)
class Part:
    """One kind of parts: its place among the kinds of colour, how it reads, and what its hover says below the figures.

    `hover` is HTML; the figures stand above it.
    """

    nth: int
    label: str
    hover: str

    @property
    def colour(self) -> str:
        return theme.CATEGORICAL[self.nth]

    @property
    def letters(self) -> str:
        """Return the colour of figures on it, on a light and on a dark page."""
        return theme.PAPER if self.nth in _DEEP else theme.LETTERS

    @property
    def marker(self) -> Spec:
        """Return colour and pattern: the parts that are often too small for figures are told apart by lines."""
        pattern = {"shape": _PATTERNS[self.nth], "fillmode": "overlay", "fgcolor": theme.PAPER, "size": 5}
        return {
            "color": self.colour,
            "line": {"color": theme.PAPER, "width": 0.6},
            **({"pattern": pattern | {"solidity": 0.25}} if _PATTERNS[self.nth] else {}),
        }


_DEEP = frozenset({0, 4})
_PATTERNS = ("", "", "", "/", "x", "-")
_GLYPHS = ("■", "■", "■", "▨", "▩", "▤")


def legend(parts: Sequence[Part], left: int, more: Sequence[str] = (), y_shift: int = 4) -> Spec:
    """Write the legend above the drawing, two entries to a line at every width; `more` are entries of other kinds.

    `left` is the left margin; the legend starts at the edge of the picture.
    """
    entries = [f'<span style="color:{part.colour}">{_GLYPHS[part.nth]}</span> {part.label}　' for part in parts]
    lines = ["".join(entries[first : first + 2]) for first in range(0, len(entries), 2)]
    return {
        "text": "<br>".join([*lines, *more]),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": picture.SIDE - left,
        "yanchor": "bottom",
        "yshift": y_shift,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
    }


def legend_height(parts: int, more: int = 0) -> int:
    return LEGEND_LINE * ((parts + 1) // 2 + more) + 6
