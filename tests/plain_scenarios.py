"""The boring twin of every scenario: each proposal once more, in plain loops, as its proposer would read it out.

It shares no code with the dashboard and reads no rule file. A book of figures is plain dicts: "average" and "visits"
by year and county_code, "arrears" and "payable" by year and county_code as the list of what the reports state.
Results are by county_code; place and total are None where a county is not ranked.
"""

import math
from fractions import Fraction
from typing import Any

from tests.plain import Row, indicators, points_of

Book = dict[str, dict[int, dict[str, Any]]]

SCENARIOS = ("draft", "adopted", "changhua", "pingtung", "tainan", "taichung", "new_taipei", "nhi")
SIX = ("65000", "63000", "68000", "66000", "67000", "64000")
ISLANDS = ("10016", "09020", "09007")
OTHERS = (
    "10002",
    "10004",
    "10005",
    "10007",
    "10008",
    "10009",
    "10010",
    "10013",
    "10014",
    "10015",
    "10017",
    "10018",
    "10020",
)
ALL = SIX + OTHERS + ISLANDS

AVERAGES = ("receivable_twd", "received_twd")
VISITS = ("target_visits", "visited_persons", "successful_persons", "repaid_persons")


def replay(key: str, year: int, book: Book) -> dict[str, Row]:
    """Give group, place, total, last_of_year, in_last_two, exempt and owes_review_report of each county."""
    results = one_year(key, year, book)
    for code, result in results.items():
        in_last = result["last_of_year"]
        if key == "new_taipei":
            said = [in_last]
            for before in (year - 1, year - 2):
                earlier = one_year(key, before, book)[code]["last_of_year"]
                said += [earlier if is_known(before, book) else "undecided"]
            in_last = False if False in said else "undecided" if "undecided" in said else True
        grew = result["growth_pp"] is not None and result["growth_pp"] > 0
        result["in_last_two"] = in_last
        result["exempt"] = grew and key != "draft"
        result["owes_review_report"] = False if result["exempt"] else in_last
    return results


def is_known(year: int, book: Book) -> bool:
    return year in book["average"] and year - 1 in book["average"] and year - 1 in book["visits"]


def one_year(key: str, year: int, book: Book) -> dict[str, Row]:
    facts = {code: facts_of(code, year, book) for code in ALL}
    wanted = ["rate_change_pp", "repayment_rate_pct", "success_rate_pct", "completion_rate_pct"]
    if key == "tainan":
        wanted.remove("completion_rate_pct")
    results: dict[str, Row] = {}
    by_group: dict[str, list[str]] = {}
    for code in ALL:
        group = group_of(key, code, year, book)
        results[code] = {
            "group": group,
            "growth_pp": facts[code]["rate_change_pp"],
            "place": None,
            "total": None,
            "last_of_year": "undecided",
        }
        if group is not None and all(facts[code][name] is not None for name in wanted):
            by_group.setdefault(group, []).append(code)
    for codes in by_group.values():
        rank_group(
            key, codes, {name: {code: facts[code][name] for code in codes} for name in wanted}, results, year, book
        )
    if key == "taichung":
        largest_falls(facts, results)
    return results


def facts_of(code: str, year: int, book: Book) -> Row:
    row: Row = {}
    now = book["average"].get(year, {}).get(code, {})
    base = book["average"].get(year - 1, {}).get(code, {})
    visits = book["visits"].get(year - 1, {}).get(code, {})
    for name in AVERAGES:
        row[name] = now.get(name)
        row["base_" + name] = base.get(name)
    for name in VISITS:
        row[name] = visits.get(name)
    return indicators(row)


# --- groups


def group_of(key: str, code: str, year: int, book: Book) -> str | None:
    if key == "draft":
        return arrears_group(mean(book["arrears"].get(year - 1, {}).get(code, [])))
    if key == "nhi":
        return volume_group(volume(code, year, book))
    if key == "changhua":
        return "A組" if code in SIX else "C組" if code in ISLANDS else "B組"
    if code in SIX:
        return "直轄市"
    return "縣市" if key == "pingtung" else "非直轄市"


def arrears_group(persons: Fraction | None) -> str | None:
    if persons is None:
        return None
    if persons >= 160000:
        return "欠費人數多組"
    return "欠費人數少組" if persons < 50000 else "欠費人數中組"


def mean(stated: list[int | None]) -> Fraction | None:
    figures = [figure for figure in stated if figure is not None]
    return Fraction(sum(figures), len(figures)) if figures else None


def volume(code: str, year: int, book: Book) -> Fraction | None:
    return mean(book["payable"].get(year - 1, {}).get(code, []))


def volume_group(persons: Fraction | None) -> str | None:
    if persons is None:
        return None
    thousands = math.floor(persons / 1000 + Fraction(1, 2))
    if thousands >= 200:
        return "20萬人以上組"
    if thousands >= 80:
        return "8至19.9萬人組"
    if thousands >= 30:
        return "3至7.9萬人組"
    return "未達2.9萬人組" if thousands < 29 else None  # 29 itself has no group


# --- points and places


def rank_group(
    key: str, codes: list[str], values: dict[str, dict[str, Any]], results: dict[str, Row], year: int, book: Book
) -> None:
    points: dict[str, Any] = {}
    if key == "nhi":
        points = {name: distances(own, 100 if name == "completion_rate_pct" else 10) for name, own in values.items()}
        if any(own is None for own in points.values()):
            return
    else:
        for name, own in values.items():
            table = points_of(list(own.values()))
            points[name] = {code: table[own[code]] for code in codes}
    weights = {"rate_change_pp": 35, "repayment_rate_pct": 30, "success_rate_pct": 20, "completion_rate_pct": 15}
    shared = sum(weights[name] for name in values)  # 85 without 訪視完成率
    order: dict[str, Any] = {}
    for code in codes:
        total = Fraction(0)
        for name in values:
            total += points[name][code] * weights[name]
        total = total / shared
        results[code]["total"] = total
        order[code] = (total, volume(code, year, book)) if key == "nhi" else (total, 0)
    for code in codes:
        results[code]["place"] = 1 + len([one for one in codes if order[one] > order[code]])
    for code, verdict in last_two(order).items():
        if key != "taichung":
            results[code]["last_of_year"] = verdict


def distances(values: dict[str, Fraction], factor: int) -> dict[str, Fraction] | None:
    """((A - B) / B) x factor + 80, at most 100, to one decimal; B is the group's mean."""
    b = sum(values.values(), Fraction(0)) / len(values)
    if b == 0:
        return None
    points = {}
    for code, a in values.items():
        exact = (a - b) / b * factor + 80
        exact = min(exact, Fraction(100))
        tenths = math.floor(abs(exact) * 10 + Fraction(1, 2))
        points[code] = Fraction(tenths, 10) if exact >= 0 else Fraction(-tenths, 10)
    return points


def last_two(order: dict[str, Any]) -> dict[str, bool | str]:
    """Say who is among the last two however equals are lined up."""
    from_below = sorted(order.values())
    verdicts: dict[str, bool | str] = {}
    for code, own in order.items():
        positions = [at for at, other in enumerate(from_below) if other == own]
        inside = [at < 2 for at in positions]
        verdicts[code] = True if all(inside) else "undecided" if any(inside) else False
    return verdicts


def largest_falls(facts: dict[str, Row], results: dict[str, Row]) -> None:
    fell = {}
    for code, fact in facts.items():
        change = fact["rate_change_pp"]
        if change is None:
            results[code]["last_of_year"] = "undecided"
        elif change >= 0:
            results[code]["last_of_year"] = False
        else:
            fell[code] = change
    for code, verdict in last_two(fell).items():
        results[code]["last_of_year"] = verdict
