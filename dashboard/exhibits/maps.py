"""How figures of the 22 counties become a map or a grid of cells: colours, classes, legend, marks."""

import dataclasses
import functools
from fractions import Fraction
from typing import NamedTuple

from dashboard.charts import colouring
from dashboard.charts.colouring import Colouring
from dashboard.charts.county_map import county_map
from dashboard.charts.outlines import attribution, insets
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.places import Marks, Place
from dashboard.charts.tile_grid import tile_grid
from dashboard.domain import chart_words, map_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Classification, MapView
from dashboard.exhibits.exhibit import rounded, rounded_signed
from dashboard.rules import classes, numbers
from dashboard.rules.classes import Classes

Look = tuple[MapView, Classification]
"""How a map is drawn: its layout, and how values become colours."""

PLAIN: Look = (MapView.MAP, Classification.CONTINUOUS)

_METHODS = {
    (Classification.EQUAL, False): classes.equal_steps,
    (Classification.QUANTILE, False): classes.quantiles,
    (Classification.EQUAL, True): classes.equal_steps_around_zero,
    (Classification.QUANTILE, True): classes.quantiles_around_zero,
}


class Figure(NamedTuple):
    """One county's figure on a map: exact value (None without one), as printed, and what hovering fills in."""

    county: County
    value: Fraction | None
    printed: str
    details: tuple[str, ...]
    is_small: bool


@dataclasses.dataclass(frozen=True)
class Shown:
    """What a map shows: its figures, name and unit of the measure, text on hovering; a difference has two ends."""

    figures: tuple[Figure, ...]
    name: str
    unit: str
    decimals: int
    hover: str
    is_difference: bool = False

    @property
    def values(self) -> list[Fraction]:
        return [figure.value for figure in self.figures if figure.value is not None]

    @functools.cached_property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Return the ends of a scale without steps; small denominators do not stretch it unless there are no others."""
        values = [one.value for one in self.figures if one.value is not None and not one.is_small] or self.values
        reach = max(abs(value) for value in values)
        return (-reach, reach) if self.is_difference else (min(values), max(values))

    @property
    def is_beyond(self) -> bool:
        low, high = self.ends
        return min(self.values) < low or max(self.values) > high

    def number(self, value: Fraction) -> float:
        """Round to what is printed; a difference keeps its sign."""
        found = (rounded_signed if self.is_difference else rounded)(value, self.decimals)
        return found or 0.0

    def text(self, value: Fraction) -> str:
        return (numbers.signed if self.is_difference else numbers.half_up)(value, self.decimals)


def drawn(shown: Shown, look: Look, caption: Caption, selected: County | None) -> Drawing:
    """Draw figures, at least one of which has a value."""
    view, method = look
    cut = _classes(shown, method)
    places = [
        Place(
            figure.county.county_code,
            figure.county.name,
            None if figure.value is None else (cut.of(figure.value) if cut else shown.number(figure.value)),
            f"{words.SMALL_MARK if figure.is_small else ''}{figure.printed}",
            map_words.spoken(figure.county.name, "" if figure.value is None else figure.printed, shown.unit),
            figure.details,
            figure.is_small and figure.value is not None,
        )
        for figure in shown.figures
    ]
    small = chart_words.small_entry(display().small_denominator.persons)
    marks = Marks(shown.name, shown.hover, words.NO_VALUE, small)
    colours = _in_classes(shown, cut, method) if cut else _without_steps(shown)
    draw = tile_grid if view is MapView.TILES else county_map
    return draw(places, colours, marks, caption, selected.county_code if selected else None)


def _classes(shown: Shown, method: Classification) -> Classes | None:
    if method is Classification.CONTINUOUS:
        return None
    return _METHODS[method, shown.is_difference](shown.values)


def _without_steps(shown: Shown) -> Colouring:
    low, high = shown.ends
    if not shown.is_difference:
        return colouring.continuous(shown.number(low), shown.number(high), shown.unit)
    return colouring.diverging(shown.number(high), map_words.DIFFERENCE_SCALE, (shown.text(low), shown.text(high)))


def _in_classes(shown: Shown, cut: Classes, method: Classification) -> Colouring:
    labels = [
        map_words.class_entry(shown.text(low), shown.text(high), number)
        for low, high, number in cut.spans(shown.values)
    ]
    title = map_words.classes_title(method, shown.unit, shown.is_difference)
    return colouring.classes(labels, title, shown.is_difference)


def notes(shown: Shown, look: Look) -> tuple[str, ...]:
    """Say how the map is to be read: classes, frames of the islands or cells, whose boundaries."""
    view, method = look
    cut = _classes(shown, method)
    beyond = [map_words.BEYOND_NOTE] if shown.is_beyond else []
    read = [map_words.classes_note(method, len(cut), shown.is_difference)] if cut else beyond
    return (*read, map_words.SCALE_NOTE, *(_boundary_notes() if view is MapView.MAP else [map_words.TILES_NOTE]))


def _boundary_notes() -> list[str]:
    factors = [(frame["label"], frame["factor"]) for frame in insets()["insets"]]
    return [words.insets_note(factors), f"{attribution()}。"]


def small_print(look: Look) -> list[str]:
    """Return what a picture says at its bottom about its own drawing."""
    return [attribution()] if look[0] is MapView.MAP else [map_words.TILES_NOTE]
