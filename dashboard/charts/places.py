"""What the map and the grid of cells share: one county's figure, and the marks that do not depend on where it lies."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import theme
from dashboard.charts.theme import Spec


class Place(NamedTuple):
    """One county: `shade` is where on the scale of colours it stands (None without a figure), `printed` the figure.

    `spoken` is name and figure in words, `details` are what the text shown on hovering fills in as customdata.
    """

    county_code: str
    county: str
    shade: float | None
    printed: str
    spoken: str
    details: tuple[str, ...]
    is_small: bool = False


class Marks(NamedTuple):
    """The words of a map: what it measures, the text on hovering, and the legend's entries for missing and small."""

    name: str
    hover: str
    missing: str
    small: str


class Sorted(NamedTuple):
    """The places with a figure, those without, and apart from both the selected one (none or one)."""

    known: list[Place]
    missing: list[Place]
    selected: list[Place]

    @property
    def all(self) -> list[Place]:
        return [*self.known, *self.missing, *self.selected]

    @property
    def has_legend(self) -> bool:
        return any(place.shade is None or place.is_small for place in self.all)


LEGEND_HEIGHT = 24
LEGEND: Spec = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "font": {"size": 12},
    "itemclick": False,
    "itemdoubleclick": False,
}
RING: Spec = {"symbol": "circle-open", "color": theme.INK, "line": {"width": 2}}
"""The mark of a small denominator: a shape, because the colour says the rate."""


def sort(places: Sequence[Place], selected: str | None) -> Sorted:
    found = Sorted([], [], [])
    for place in places:
        if place.county_code == selected:
            found.selected.append(place)
        else:
            (found.missing if place.shade is None else found.known).append(place)
    return found


def told(places: Sequence[Place], hover: str) -> Spec:
    """Return what a trace of counties says of its points, and that choosing one selects the county."""
    return {
        "text": [place.spoken for place in places],
        "customdata": [list(place.details) for place in places],
        "hovertemplate": f"{hover}<extra></extra>",
        "meta": {"pick": True},
    }
