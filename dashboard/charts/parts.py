"""Parts of a whole: the look of each kind, the bars that show them, and the legend that names them."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels, theme
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


PERCENTS: Spec = {"tickvals": [0, 25, 50, 75, 100], "ticktext": ["0%", "25%", "50%", "75%", "100%"]}
"""What an axis of shares bears."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """One part of a bar: its length, the figure on it, its words for a screen reader, the figures of a hover."""

    value: float
    text: str
    words: str
    figures: tuple[str, str]


def below(segments: Sequence[Segment], nth: int) -> float:
    """Return where a part of a bar begins: at the end of those before it."""
    return round(sum(one.value for one in segments[:nth]), 4)


def bars(part: Part, segments: Sequence[Segment], is_legible: Sequence[bool], size: float) -> Spec:
    """Return one kind's parts of all bars but for their places; a figure stands on those where it can be read."""
    return {
        "type": "bar",
        "name": part.label,
        "text": [one.text if is_shown else "" for one, is_shown in zip(segments, is_legible, strict=True)],
        "textposition": "inside",
        "constraintext": "none",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": size, "color": part.letters},
        "hovertext": [one.words for one in segments],
        "customdata": [list(one.figures) for one in segments],
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{part.hover}<extra></extra>",
        "marker": part.marker,
    }


def legend(parts: Sequence[Part], left: int, more: Sequence[str] = (), y_shift: int = 4) -> Spec:
    """Write the legend above the drawing, two entries to a line at every width; `more` are entries of other kinds.

    `left` is the left margin; the legend starts at the edge of the picture.
    """
    entries = [f'<span style="color:{part.colour}">{_GLYPHS[part.nth]}</span> {part.label}　' for part in parts]
    lines = ["".join(entries[first : first + 2]) for first in range(0, len(entries), 2)]
    return panels.legend([*lines, *more], left, y_shift)


def legend_height(parts: int, more: int = 0) -> int:
    return LEGEND_LINE * ((parts + 1) // 2 + more) + 6
