"""The pickers of the ranking: the two days whose knowledge of the same year is compared."""

from collections.abc import Sequence
from datetime import date

from dashboard import address, exhibits, show, widgets
from dashboard.domain import difference_words
from dashboard.domain.periods import FullYear
from dashboard.rules.rule import Rule

_FIRST, _NOW = "first", "now"


def knowledge_pickers(years: Sequence[FullYear], rule: Rule) -> tuple[date, date]:
    """Ask for two days out of those on which reports behind any of the years came in.

    At first the day on which a year could be ranked at all, and the one whose knowledge the page shows.
    """
    days: dict[date, str] = {}
    for year in years:
        for day, noticed in show.ask(exhibits.knowledge_days, year, rule).items():
            days[day] = days.get(day, "") or noticed
    newest = sorted(days, reverse=True)
    now = address.taken().known_on
    earlier = widgets.choice_of(
        "known_from",
        difference_words.PICK_FROM,
        widgets.options(
            [exhibits.FIRST, *newest],
            lambda day: _FIRST if day == exhibits.FIRST else day.isoformat(),
            lambda day: difference_words.option(day, days.get(day, "")),
        ),
    )
    later = widgets.choice_of(
        "known_to",
        difference_words.PICK_TO,
        widgets.options(
            [now, *(day for day in newest if day != now)],
            lambda day: _NOW if day == now else day.isoformat(),
            lambda day: difference_words.NOW if day == now else difference_words.option(day, days.get(day, "")),
        ),
    )
    return earlier, later
