"""Whether the national average rate and that of indigenous persons rose over last year's: who is judged by it."""

import dataclasses
from datetime import date
from fractions import Fraction

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain import growth_words, ranking_words, words
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.measures import AVERAGE_RATE, RATE_CHANGE
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits import sources
from dashboard.exhibits.exhibit import Column, Exhibit, NotAvailable, Source, Table, rounded, rounded_signed, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import frozen_headline, led, year_beside
from dashboard.exhibits.rates import Ratio, county_rates
from dashboard.rules import numbers
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse

_DECIMALS = 4
"""The average rate moves by hundredths of a point a year: from rates with two decimals no change can be followed."""


@dataclasses.dataclass(frozen=True)
class _Side:
    """The nation's ratio for one population; base and change are None where the counties of both years differ."""

    population: Population
    now: Ratio
    base: Ratio | None
    change_pp: Fraction | None

    @property
    def whom(self) -> str:
        return words.POPULATIONS[self.population]

    @property
    def verdict(self) -> str:
        if self.change_pp is None:
            return growth_words.UNKNOWN
        if self.change_pp == 0:
            return growth_words.SAME
        return growth_words.GREW if self.change_pp > 0 else growth_words.FELL

    @property
    def change(self) -> str:
        """Print the change with as many decimals as its sign needs; "" where there is nothing to say of it."""
        return numbers.signed(self.change_pp, RATE_CHANGE.decimals) if self.change_pp else ""


def national_growth(db: Warehouse, year: FullYear, rule: Rule, decided: int = 0, known_on: date = CURRENT) -> Exhibit:
    """Compare the nation's average rate with that of the year before, for all insured and for indigenous persons.

    A year that the first `decided` decisions decided for good is called so. NotAvailable names the reports that are
    not in. Growth is decided on exact amounts; zero is not growth.
    """
    quoted = _sources(db, year, known_on)
    label = words.evaluation(year, rule.is_trial(year))
    frozen = frozen_headline(db, year, rule, known_on, decided)
    sides = [_side(db, year, population, known_on) for population in Population]
    return Exhibit(
        key="national_growth",
        title=growth_words.title(
            year_beside(label, frozen), [growth_words.part(one.whom, one.verdict, one.change) for one in sides]
        ),
        finding=led(_finding(sides, year), frozen),
        chart=None,
        table=_table(sides, year, label),
        unit=RATE_CHANGE.unit,
        basis=AVERAGE_RATE.basis,
        as_of=quoted[0].as_of,
        sources=quoted,
        notes=(
            *([growth_words.TRIAL_NOTE] if rule.is_trial(year) else []),
            growth_words.RULE_NOTE,
            growth_words.SUM_NOTE,
            *([growth_words.PART_NOTE] if any(one.change_pp is None for one in sides) else []),
            f"{AVERAGE_RATE.label}＝{AVERAGE_RATE.definition}。",
        ),
        rule_version=version_of(rule),
    )


def _sources(db: Warehouse, year: FullYear, known_on: date) -> tuple[Source, ...]:
    needed = [(Kind.AVERAGE_RATE, year), (Kind.AVERAGE_RATE, FullYear(year.year - 1))]
    reports = sources.of_years(db, needed, known_on)
    missing = [ranking_words.report_of_year(*one) for one, found in zip(needed, reports, strict=True) if found is None]
    if missing:
        raise NotAvailable(ranking_words.ranking_not_available(year, missing))
    return tuple(report for report in reports if report)


def _side(db: Warehouse, year: FullYear, population: Population, known_on: date) -> _Side:
    rates = county_rates(answers.average_rate_by_county(db, year, population, known_on))
    return _Side(population, rates.nation, rates.nation_base, rates.nation_change_pp)


def _finding(sides: list[_Side], year: FullYear) -> str:
    base_year = roc_year(year.year - 1)
    return growth_words.finding(
        [(one.whom, _rate(one.now), base_year, _rate(one.base), growth_words.JUDGES[one.population]) for one in sides]
    )


def _rate(ratio: Ratio | None) -> str:
    return words.NOT_YET if ratio is None or ratio.rate_pct is None else numbers.half_up(ratio.rate_pct, _DECIMALS)


def _table(sides: list[_Side], year: FullYear, label: str) -> Table:
    columns = [
        Column("whom", growth_words.WHOM),
        Column("verdict", growth_words.VERDICT),
        Column("change", growth_words.GROWTH, RATE_CHANGE.unit, RATE_CHANGE.decimals, is_signed=True),
        Column("judged", growth_words.JUDGED),
    ]
    for of, prefix in ((year.year, ""), (year.year - 1, "base_")):
        over = f"{roc_year(of)}{AVERAGE_RATE.label}"
        columns += [
            Column(f"{prefix}rate", words.VALUE, AVERAGE_RATE.unit, _DECIMALS, over=over),
            Column(f"{prefix}received", AVERAGE_RATE.part, AVERAGE_RATE.counted_in, 0, over=over),
            Column(f"{prefix}receivable", AVERAGE_RATE.whole, AVERAGE_RATE.counted_in, 0, over=over),
        ]
    return Table(
        caption=growth_words.caption(label),
        frame=framed([_cells(one) for one in sides], columns),
        columns=tuple(columns),
        head="whom",
    )


def _cells(side: _Side) -> dict[str, object]:
    base = side.base or Ratio(None, None)
    return {
        # No county's row and no sum of the rows above it.
        "county_code": side.population.value,
        "whom": side.whom,
        "verdict": side.verdict,
        "change": rounded_signed(side.change_pp, RATE_CHANGE.decimals),
        "judged": growth_words.JUDGES[side.population],
        "rate": rounded(side.now.rate_pct, _DECIMALS),
        "received": side.now.numerator,
        "receivable": side.now.denominator,
        "base_rate": rounded(base.rate_pct, _DECIMALS),
        "base_received": base.numerator,
        "base_receivable": base.denominator,
    }
