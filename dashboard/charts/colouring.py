"""How figures become colours, with the legend that explains them: a scale without steps, or classes."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.theme import Spec

DEEP = frozenset({*theme.SEQUENTIAL[4:], theme.DIVERGING[0], theme.DIVERGING[-1]})
"""On these colours light letters are read more easily than dark ones."""

_FIVE_ORDERED = tuple(theme.SEQUENTIAL[nth] for nth in (0, 1, 2, 4, 5))
FIVE_DIVERGING = tuple(theme.DIVERGING[nth] for nth in (0, 2, 3, 4, 6))
_BAR, _CLASS_BAR = 236, 262
"""Pixels of a colour bar with text of its own: what the narrowest screen has room for, with the text at its ends."""
_TITLE, _LINE, _THICK = 20, 14, 12


@dataclasses.dataclass(frozen=True)
class Colouring:
    """Colours from `low` to `high` of the shades; `ticks` are texts at shades (None: plain numbers with `suffix`).

    Of classes a shade is the number of the class, the lowest is 0, and each has one colour.
    """

    colours: tuple[str, ...]
    low: float
    high: float
    is_stepped: bool = False
    title: str = ""
    ticks: tuple[tuple[float, str], ...] | None = None
    suffix: str = ""

    @property
    def border(self) -> str:
        """Return the colour of lines between shapes: where zero is as light as paper, lines of paper would vanish."""
        return theme.MUTED if set(self.colours) & {*theme.DIVERGING} else theme.PAPER

    @property
    def height(self) -> int:
        """Pixels the legend takes below the drawing."""
        lines = max((text.count("<br>") for _, text in self.ticks or ()), default=0) + 1
        return _THICK + 8 + _LINE * lines + (_TITLE if self.title else 0)

    @property
    def scale(self) -> list[list[object]]:
        """Return the stops of the colour scale: each class is one colour from its lower to its upper end."""
        if not self.is_stepped:
            return theme.scale(self.colours)
        steps = len(self.colours)
        return [[(nth + end) / steps, colour] for nth, colour in enumerate(self.colours) for end in (0, 1)]

    @property
    def bar(self) -> Spec:
        own: Spec = {"len": _CLASS_BAR, "xpad": 0, "nticks": 6, "ticksuffix": self.suffix}
        if self.ticks is not None:
            # The texts at the ends of a scale reach beyond it, those below classes do not.
            size = {} if self.is_stepped else {"len": _BAR, "xpad": 20}
            at = {"tickvals": [one for one, _ in self.ticks], "ticktext": [text for _, text in self.ticks]}
            own |= {"tickmode": "array", "ticksuffix": "", **size, **at}
        if self.title:
            own["title"] = {"text": self.title, "side": "top", "font": {"size": 12, "color": theme.INK}}
        return _AT_BOTTOM | own

    def ink(self, shade: float) -> str:
        """Return the colour of letters on a shade."""
        span = self.high - self.low
        share = min(1.0, max(0.0, (shade - self.low) / span)) if span else 0.0
        last = len(self.colours) - 1
        nearest = min(int(share * (last + 1)), last) if self.is_stepped else round(share * last)
        return theme.PAPER if self.colours[nearest] in DEEP else theme.INK


_AT_BOTTOM: Spec = {
    "orientation": "h",
    "lenmode": "pixels",
    "x": 0,
    "xanchor": "left",
    "y": 0,
    "yanchor": "top",
    "ypad": 4,
    "xpad": 0,
    "thickness": _THICK,
    "outlinewidth": 0,
    "tickfont": {"size": 11},
}


def continuous(low: float, high: float, suffix: str, higher_is_better: bool = True) -> Colouring:
    """Colour a rate from its lowest to its highest value, light to deep."""
    return Colouring(theme.SEQUENTIAL if higher_is_better else theme.SEQUENTIAL[::-1], low, high, suffix=suffix)


def diverging(reach: float, title: str, ends: tuple[str, str]) -> Colouring:
    """Colour a difference from -`reach` to `reach`, so that zero is the middle; `ends` are their texts."""
    ticks = ((-reach, ends[0]), (0.0, "0"), (reach, ends[1])) if reach else ((0.0, "0"),)
    return Colouring(theme.DIVERGING, -reach, reach, title=title, ticks=ticks)


def classes(labels: Sequence[str], title: str, is_diverging: bool = False, higher_is_better: bool = True) -> Colouring:
    """Colour up to five classes, lowest first, one colour each; `labels` stand below the colours."""
    five = FIVE_DIVERGING if is_diverging else _FIVE_ORDERED
    number = len(labels)
    chosen = [five[round(nth * 4 / (number - 1))] if number > 1 else five[2] for nth in range(number)]
    colours = tuple(chosen if higher_is_better else chosen[::-1])
    ticks = tuple((float(nth), label) for nth, label in enumerate(labels))
    return Colouring(colours, -0.5, number - 0.5, is_stepped=True, title=title, ticks=ticks)
