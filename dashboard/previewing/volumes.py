"""The volumes by which a rule may cut its groups, with figures laid over those in force."""

from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard import answers
from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.periods import BillingPeriod, FullYear, Month
from dashboard.rules.formulas import VOLUMES
from dashboard.warehouse import Warehouse

_ROW = ["period", "as_of", "county_code", "persons"]
_MEASURES = {Kind.COLLECTION: "arrears_persons", Kind.PAYMENT_RATE: "payable_persons"}


def volumes_with(db: Warehouse, year: FullYear, coming: Sequence[tuple[Kind, pd.DataFrame]]) -> pd.DataFrame:
    """Return sums and numbers of the reports of a year, as `answers.ranking_volumes`, by county_code.

    `coming` are figures of dunning or payment reports that would be in force, in the order of coming.
    """
    parts = []
    for (total, number), kind in zip(VOLUMES.values(), _MEASURES, strict=True):
        held = pd.concat(list(_in_force(db, kind, year)))
        for of_kind, figures in coming:
            if of_kind is kind:
                held = _laid_over(held, figures, kind, year)
        # A period that several reports show counts once, as the newest that states it.
        stated = held.dropna(subset="persons").sort_values("as_of")
        newest = stated.drop_duplicates(["period", "county_code"], keep="last").groupby("county_code")["persons"]
        parts.append(pd.DataFrame({total: newest.sum(), number: newest.count()}, dtype="Int64"))
    return pd.concat(parts, axis="columns")


def _in_force(db: Warehouse, kind: Kind, year: FullYear) -> Iterator[pd.DataFrame]:
    yield pd.DataFrame({name: pd.Series(dtype="Int64" if name == "persons" else "object") for name in _ROW})
    if kind is Kind.COLLECTION:
        months = answers.trend_collection(db, Month(year.year, 1), _MEASURES[kind])
        rows = months.assign(persons=months["numerator"])
    else:
        shown = answers.payment_snapshots(db)
        moments = [
            (BillingPeriod.from_iso(period), as_of)
            for period, as_of in zip(shown["period"], shown["as_of"].dt.date, strict=True)
            if period.startswith(f"{year.iso}-")
        ]
        rows = answers.trend_payment(db, moments, Population.ALL, Basis.PERSONS)
    yield rows.loc[rows["period"].str.startswith(f"{year.iso}-"), _ROW]


def _laid_over(held: pd.DataFrame, figures: pd.DataFrame, kind: Kind, year: FullYear) -> pd.DataFrame:
    """Replace the slices of a report: months as of their day, snapshots with all they show."""
    slice_ = ["as_of"] if kind is Kind.PAYMENT_RATE else ["period", "as_of"]
    replaced = pd.MultiIndex.from_frame(figures[slice_].astype("object").drop_duplicates())
    kept = held[~pd.MultiIndex.from_frame(held[slice_].astype("object")).isin(replaced)]
    ours = figures[
        (figures["measure"] == _MEASURES[kind])
        & (figures["population"] == Population.ALL.value)
        & figures["period"].str.startswith(f"{year.iso}-")
    ]
    return pd.concat([kept, ours.rename(columns={"value": "persons"})[_ROW]])
