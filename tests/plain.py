"""The boring twin: rates and the adopted ranking once more, in plain loops, from the text of the principles.

It shares no code with the dashboard and takes lists of dicts of whole numbers (None where missing), so that a mistake
must be made twice, in two ways of thinking, to pass unnoticed.
"""

from fractions import Fraction
from typing import Any

Row = dict[str, Any]

WEIGHTS = {"rate_change_pp": 35, "repayment_rate_pct": 30, "success_rate_pct": 20, "completion_rate_pct": 15}


def percent(part: int | None, whole: int | None) -> Fraction | None:
    if part is None or whole is None:
        return None
    if whole == 0:
        return None
    return Fraction(part * 100, whole)


def rate_change(row: Row) -> Fraction | None:
    now = percent(row["received_twd"], row["receivable_twd"])
    before = percent(row["base_received_twd"], row["base_receivable_twd"])
    if now is None or before is None:
        return None
    return now - before


def indicators(row: Row) -> dict[str, Fraction | None]:
    return {
        "rate_change_pp": rate_change(row),
        "repayment_rate_pct": percent(row["repaid_persons"], row["successful_persons"]),
        "success_rate_pct": percent(row["successful_persons"], row["visited_persons"]),
        "completion_rate_pct": percent(row["visited_persons"], row["target_visits"]),
    }


def adopted_ranking(rows: list[Row]) -> dict[str, Row]:
    """Take one row per county, each with county_code, group and the eight figures; give results by county_code."""
    groups = []
    for row in rows:
        if row["group"] not in groups:
            groups.append(row["group"])
    results = {}
    for group in groups:
        for result in rank_one_group([row for row in rows if row["group"] == group]):
            results[result["county_code"]] = result
    return results


def rank_one_group(rows: list[Row]) -> list[Row]:
    candidates, results = [], []
    for row in rows:
        values = indicators(row)
        if any(value is None for value in values.values()):
            results.append(unplaced(row))
        else:
            candidates.append((row, values))
    points = {name: points_of([values[name] for _, values in candidates]) for name in WEIGHTS}
    totals = []
    for _, values in candidates:
        # In hundredths of a point, divided once at the end.
        hundredths = Fraction(0)
        for name, weight in WEIGHTS.items():
            hundredths += weight * points[name][values[name]]
        totals.append(hundredths / 100)
    for (row, _), total in zip(candidates, totals, strict=True):
        results.append(placed(row, total, totals))
    return results


def points_of(values: list[Any]) -> dict[Any, Fraction]:
    """Hand out 100, then 100/n less for each county further down; equals take what the first of them gets."""
    points: dict[Any, Fraction] = {}
    for steps_down, value in enumerate(sorted(values, reverse=True)):
        if value not in points:
            points[value] = Fraction(100) - Fraction(100, len(values)) * steps_down
    return points


def placed(row: Row, total: Fraction, totals: list[Fraction]) -> Row:
    from_below = sorted(totals)
    # Positions from below that a county can take, for the equals may stand in any order: 0 and 1 are the last two.
    positions = [position for position, other in enumerate(from_below) if other == total]
    last: bool | str = "undecided"
    if all(position in (0, 1) for position in positions):
        last = True
    elif not any(position in (0, 1) for position in positions):
        last = False
    change = rate_change(row)
    grew = change is not None and change.numerator >= 1
    owes = last
    if grew:
        owes = False
    place = sorted(totals, reverse=True).index(total) + 1
    return {
        "county_code": row["county_code"],
        "place": place,
        "total": total,
        "in_last_two": last,
        "exempt": grew,
        "growth_pp": change,
        "owes_review_report": owes,
    }


def unplaced(row: Row) -> Row:
    change = rate_change(row)
    grew = change is not None and change.numerator >= 1
    return {
        "county_code": row["county_code"],
        "place": None,
        "total": None,
        "in_last_two": "undecided",
        "exempt": grew,
        "growth_pp": change,
        "owes_review_report": False if grew else "undecided",
    }
