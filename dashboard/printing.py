"""What the command line prints: tables of receipts and ranks."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from dashboard.domain import comparing_words, finding_words, frozen_words, option_words, roc, terms, words
from dashboard.domain.findings import Finding
from dashboard.domain.periods import period_from_iso
from dashboard.exhibits.exhibit import Source
from dashboard.receiving import Receipt
from dashboard.rules.rule import Rule

_WIDE = 240  # columns for a pipe or a file, where nothing wraps at a screen's edge


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print aligned columns; Chinese characters count double."""
    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    printed = Table(*header, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        printed.add_row(*row)
    console.print(printed)


# --- receipts


def receipts(taken: Sequence[Receipt]) -> None:
    """Print one line per file, then every finding, refusals first, with place, content, expectation and remedy."""
    header = ("編號", "結果", "報表", "期間", "製表日期", "收件日", "筆數", "檔案")
    table(header, [_receipt_row(receipt) for receipt in taken])
    found = [(receipt, finding) for receipt in taken for finding in receipt.findings]
    for receipt, finding in sorted(found, key=lambda pair: not pair[1].is_refusal):
        sys.stdout.write(_finding_line(receipt, finding) + "\n")


def _finding_line(receipt: Receipt, finding: Finding) -> str:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    expected = f"{finding_words.expected_as(finding.kind.code, finding.kind.severity)}：{finding.expected}"
    parts = [
        "未收" if finding.is_refusal else "附記",
        receipt.file_name,
        place,
        finding.kind.sentence,
        f"內容：{finding.value}" if finding.value else "",
        expected if finding.expected else "",
        comparing_words.acknowledged(finding.acknowledged)
        if finding.acknowledged
        else option_words.remedy(finding.kind),
    ]
    return "｜".join(part for part in parts if part)


def _receipt_row(receipt: Receipt) -> tuple[str, ...]:
    is_renamed = receipt.same_as not in {"", receipt.file_name}
    return (
        str(receipt.submission_id or ""),
        terms.OUTCOMES[receipt.outcome],
        terms.KINDS[receipt.kind] if receipt.kind else "",
        _span(receipt),
        _day(receipt.issued_on),
        _day(receipt.received_on),
        f"{receipt.figure_count:,}",
        f"{receipt.file_name}（內容同 {receipt.same_as}）" if is_renamed else receipt.file_name,
    )


def _day(day: date | None) -> str:
    return roc.roc_date(day) if day else "—"


def _span(receipt: Receipt) -> str:
    shown = [
        roc.roc_period(period_from_iso(slice_.period)) if slice_.period else f"截至{roc.roc_date(slice_.as_of)}"
        for slice_ in receipt.slices
    ]
    return " 至 ".join(dict.fromkeys([shown[0], shown[-1]])) if shown else ""


# --- ranks


def _by_place(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Order counties by group and place, unplaced ones last."""
    groups = list(dict.fromkeys(county["group"] for county in form["counties"]))
    return sorted(form["counties"], key=lambda c: (groups.index(c["group"]), c["place"] or len(form["counties"])))


def rank_rows(form: dict[str, Any]) -> pd.DataFrame:
    """Flatten the machine form to one row per county; decimals as printed there, empty where there is none."""
    rows = []
    for county in _by_place(form):
        row = {name: county[name] for name in ("group", "place", "county_code", "county")}
        row["total"] = _decimal(county["total"])
        for key, indicator in county["indicators"].items():
            row |= {key: _decimal(indicator["value"]), f"{key}_rank": indicator["rank"]}
            row[f"{key}_points"] = _decimal(indicator["points"])
        row |= {name: county[name] for name in ("in_last_two", "exempt", "owes_review_report", "reason")}
        row |= {"settlement": county["settlement"]}
        row |= frozen_cells(county, form["frozen"])
        row |= {name: form[name] for name in ("year", "rule", "content_sha256", "trial", "known_on", "is_simulated")}
        rows.append(row)
    return with_whole_places(rows)


def frozen_cells(ranked: Mapping[str, Any], signed: Mapping[str, Any] | None) -> dict[str, object]:
    """Return what was decided of a county for good, beside what is known of it; empty cells where nothing was."""
    decided = ranked["frozen"]
    return {
        "frozen_place": decided["place"] if decided else None,
        "frozen_in_last_two": decided["in_last_two"] if decided else None,
        "frozen_owes_review_report": decided["owes_review_report"] if decided else None,
        "frozen_on": signed["on"] if decided and signed else None,
        "frozen_number": signed["number"] if decided and signed else None,
    }


def with_whole_places(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Lay rows out so that a number which some of them lack is still written as a whole one."""
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(("place", "settlement", "frozen_place", "frozen_number"), "Int64"))


def source_record(source: Source) -> dict[str, object]:
    """Return a birth record for machines: dates ISO."""
    return {
        "kind": source.kind.value,
        "as_of": str(source.as_of),
        "file_name": source.file_name,
        "issued_on": str(source.issued_on),
        "received_on": str(source.received_on),
        "submission_id": source.submission_id,
        "is_simulated": source.is_simulated,
        "is_correction": source.is_correction,
        "correction_reason": source.correction_reason,
    }


def frozen(form: Mapping[str, Any], *, is_trial: bool) -> None:
    """Print what was decided of the year for good, before what is known of it; nothing where nothing was."""
    if decided := form["frozen"]:
        known_on = date.fromisoformat(form["known_on"]) if form["known_on"] else None
        year = roc.roc_year(form["year"] + 1911)
        signed = decided["number"], date.fromisoformat(decided["on"])
        below = frozen_words.below(known_on, is_trial=is_trial)
        sys.stdout.write(frozen_words.frozen_headline(year, signed, decided["owing"], below) + "\n")


def ranking(form: dict[str, Any], rule: Rule, sources: Sequence[Source]) -> None:
    """Print places, totals and indicators, why the last ones do or do not owe a report, sources and assumptions."""
    trial = "（試算）" if form["trial"] else ""
    known = f"　以{roc.roc_date(date.fromisoformat(form['known_on']))}所知" if form["known_on"] else ""
    mark = "【模擬資料】" if form["is_simulated"] else ""
    sys.stdout.write(f"{mark}{form['year']}年度分組排名{trial}{known}　規則：{rule.label}\n")
    frozen(form, is_trial=form["trial"])
    labels = [f"{indicator.label}（{indicator.unit}｜名次）" for indicator in rule.indicators.values()]
    counties = _by_place(form)
    table(
        ("組別", "名次", "縣市", "總分", *labels, "檢討報告"),
        [_rank_row(county, is_trial=form["trial"]) for county in counties],
    )
    reasons = [
        f"{county['county']}：{county['reason']}" for county in counties if county["in_last_two"] or not county["place"]
    ]
    settled = [one["sentence"] for one in form["settlements"]]
    births = [f"來源：{source.sentence}" for source in sources]
    sys.stdout.write("\n".join([*reasons, *settled, *form["remarks"], *births, *form["assumptions"], ""]))


def _rank_row(county: dict[str, Any], *, is_trial: bool) -> tuple[str, ...]:
    return (
        county["group"],
        str(county["place"] or "—"),
        county["county"],
        _decimal(county["total"]),
        *(f"{_decimal(one['value'])}｜{one['rank'] or '—'}" for one in county["indicators"].values()),
        words.verdict(county["owes_review_report"], county["in_last_two"], is_trial=is_trial),
    )


def _decimal(number: dict[str, str] | None) -> str:
    return number["decimal"] if number else ""
