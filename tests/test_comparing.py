"""A report against the county's own earlier ones, through the real office: what stands out, and by how much."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.domain.bounds import bounds
from dashboard.domain.errors import DashboardError
from dashboard.domain.findings import Finding
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.receiving import Incoming, Office, Receipt
from tests.making import Figures, Form, Made, average_rate, collection, collection_history, payment_rate, visits
from tests.submitting import office_at

JANUARY = Month(2025, 1)
TAIPEI, LIENCHIANG = "63000", "09007"
FACTOR, PERSONS, TWD = 3, 300, 500_000  # as declared in data/receiving.toml


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path)
    yield opened
    opened.ledger.close()


def takes(office: Office, *files: Made, acknowledged: str = "") -> list[Receipt]:
    """Hand files in as one batch; each is received the day it was issued."""
    batch = [Incoming(made.file_name, made.content, None, acknowledged=acknowledged) for made in files]
    return office.receive(batch, "測試")


def found(receipt: Receipt, code: str) -> list[Finding]:
    return [finding for finding in receipt.findings if finding.kind.code == code]


def month(number: int, measure: str, value: int, county: str = TAIPEI, form: Form | None = None) -> Made:
    figures: Figures = {measure: {county: value}}
    return collection(JANUARY.plus(number), figures, form or Form())


# --- jumps


def test_the_bounds_are_declared_and_dated() -> None:
    jump = bounds().jump
    assert (jump.factor, jump.reports, jump.persons, jump.twd) == (FACTOR, 12, PERSONS, TWD)
    assert all("假設" in sentence and "{" not in sentence for sentence in bounds().assumptions)


@pytest.mark.parametrize(
    ("measure", "usual", "value", "is_jump"),
    [
        ("arrears_persons", 500, 1_500, False),  # three times is not more than three times
        ("arrears_persons", 500, 1_501, True),
        ("arrears_persons", 500, 167, False),  # 501 is more than 500
        ("arrears_persons", 500, 166, True),
        ("dunned_persons", 40, 339, False),  # eight times, but only 299 more
        ("dunned_persons", 40, 340, True),
        ("recovered_twd", 30_000, 529_999, False),
        ("recovered_twd", 30_000, 530_000, True),
        ("spouse_fined_persons", 0, 9_999, False),  # from nothing: once a year there are some
    ],
)
def test_a_jump_is_so_many_times_the_highest_or_lowest_and_so_much_more(
    office: Office, measure: str, usual: int, value: int, is_jump: bool
) -> None:
    amounts = {"spouse_fined_persons": {"spouse_fined_twd": {TAIPEI: 10**8}}}.get(measure, {})
    first = collection(JANUARY, {measure: usual})
    later = collection(JANUARY.plus(1), {measure: {TAIPEI: value}, **amounts})
    _, receipt = takes(office, first, later)
    assert bool(found(receipt, "jump")) is is_jump
    assert receipt.is_refused is is_jump


def test_a_jump_names_the_cell_the_county_and_what_was_usual(office: Office) -> None:
    _, receipt = takes(office, collection(JANUARY), month(1, "arrears_persons", 5_000))
    (jump,) = found(receipt, "jump")
    assert (jump.sheet, jump.cell, jump.value) == ("統計表", "F8", "5,000")
    assert jump.expected == "臺北市「期末欠費人數」500（前 12 次報表）"
    assert receipt.figure_count == 0


def test_what_jumps_everywhere_is_told_once_at_its_worst(office: Office) -> None:
    """A report in 千元 whose head says 元: every amount jumps down, the largest relation is told."""
    _, receipt = takes(office, collection(JANUARY), collection(JANUARY.plus(1), {"arrears_twd": 9_000}))
    (jump,) = found(receipt, "jump")
    assert jump.expected.endswith("（另有 21 格相同情形）")


def test_who_says_why_gets_the_jump_in_and_the_journal_keeps_the_reason(office: Office) -> None:
    takes(office, collection(JANUARY))
    (refused,) = takes(office, month(1, "arrears_persons", 5_000))
    assert refused.is_refused
    (receipt,) = takes(office, month(1, "arrears_persons", 5_000), acknowledged="併入補徵案件")
    assert receipt.outcome == "accepted_with_notes"
    *_, last = office.ledger.submissions()
    (record,) = [record for record in last.findings if record["code"] == "jump"]
    assert (record["severity"], record["acknowledged"]) == ("acknowledge", "併入補徵案件")
    assert "acknowledged" not in next(r for s in office.ledger.submissions() for r in s.findings if s.seq == 2)


def test_a_reason_does_not_excuse_what_is_refused(office: Office) -> None:
    (receipt,) = takes(office, collection(JANUARY, form=Form(edit={"B6": 1})), acknowledged="無誤")
    assert receipt.is_refused


def test_files_of_one_batch_are_held_against_each_other(office: Office) -> None:
    receipts = takes(office, collection(JANUARY), collection(JANUARY.plus(1)), month(2, "arrears_persons", 5_000))
    assert [receipt.is_refused for receipt in receipts] == [False, False, True]


def test_a_refused_file_is_no_measure_for_the_next(office: Office) -> None:
    receipts = takes(
        office, collection(JANUARY), month(1, "arrears_persons", 5_000), month(2, "arrears_persons", 5_000)
    )
    assert [receipt.is_refused for receipt in receipts] == [False, True, True]


def test_the_months_of_a_long_file_are_held_against_each_other(office: Office) -> None:
    months = [JANUARY, JANUARY.plus(1)]
    made = collection_history(months, edit={"G25": "5000"})
    (receipt,) = office.receive([Incoming(made.file_name, made.content, date(2025, 3, 10))], "測試")
    (jump,) = found(receipt, "jump")
    assert (jump.cell, jump.value) == ("G25", "5,000")


def test_a_county_is_only_held_against_itself(office: Office) -> None:
    small = {"arrears_persons": {LIENCHIANG: 5}, "arrears_twd": {LIENCHIANG: 9_000}}
    receipts = takes(office, collection(JANUARY, small), collection(JANUARY.plus(1), small))
    assert not any(found(receipt, "jump") for receipt in receipts)


def test_half_years_are_held_against_half_years(office: Office) -> None:
    half = {"visited_persons": 200, "successful_persons": 100, "repaid_persons": 20}
    receipts = takes(office, visits(FullYear(2023)), visits(HalfYear(2024, 1), half))
    assert not any(found(receipt, "jump") for receipt in receipts)
    assert found(takes(office, visits(HalfYear(2025, 1)))[0], "jump")  # as many as a whole year has


def test_only_the_last_twelve_reports_count(office: Office) -> None:
    takes(office, month(0, "arrears_persons", 5_000), acknowledged="初次")
    quiet = [collection(JANUARY.plus(n)) for n in range(1, 13)]
    takes(office, *quiet, acknowledged="回復")
    (receipt,) = takes(office, month(13, "arrears_persons", 5_000))
    assert found(receipt, "jump")


def test_an_older_report_is_not_held_against_a_later_one(office: Office) -> None:
    takes(office, collection(JANUARY.plus(1)))
    (receipt,) = takes(office, month(0, "arrears_persons", 5_000))
    assert not found(receipt, "jump")


def test_a_correction_counts_in_place_of_its_original(office: Office) -> None:
    wrong = month(0, "arrears_persons", 5_000)
    right = collection(JANUARY, form=Form(correction="誤植。"), issued_on=date(2025, 3, 10))
    takes(office, wrong, right)
    (receipt,) = takes(office, month(2, "arrears_persons", 5_000))
    assert found(receipt, "jump")


# --- cumulative figures


def test_an_average_rate_whose_amounts_fall_is_noted(office: Office) -> None:
    figures: Figures = {"receivable_twd": {TAIPEI: 199_000}, "received_twd": {TAIPEI: 99_000}}
    _, receipt = takes(office, average_rate(2023), average_rate(2024, figures))
    falls = found(receipt, "cumulative_falls")
    assert {(fall.cell, fall.value) for fall in falls} == {("B8", "199,000"), ("C8", "99,000")}
    assert receipt.outcome == "accepted_with_notes"


PERIOD = BillingPeriod(Month(2024, 1))


def test_payments_of_a_period_that_fall_between_snapshots_are_noted_and_what_is_owed_may_shrink(
    office: Office,
) -> None:
    figures: Figures = {"payable_persons": {TAIPEI: 99}, "paid_persons": {TAIPEI: 39}}
    days = (date(2024, 10, 31), date(2024, 12, 31))
    _, receipt = takes(office, payment_rate(days[0], [PERIOD]), payment_rate(days[1], [PERIOD], figures))
    assert [(f.sheet, f.cell, f.value) for f in found(receipt, "cumulative_falls")] == [("按人數", "C8", "39")]


@pytest.mark.parametrize(("received", "falls"), [(99_000, False), (98_000, True)])
def test_in_thousands_a_fall_must_be_larger_than_what_rounding_hides(
    office: Office, received: int, falls: bool
) -> None:
    """99 千元 may be 99,499, which an earlier 100 千元 may have been as well: 99,500."""
    form = Form(unit="千元")
    figures: Figures = {"received_twd": {TAIPEI: received}}
    days = (date(2024, 10, 31), date(2024, 12, 31))
    _, receipt = takes(
        office, payment_rate(days[0], [PERIOD], form=form), payment_rate(days[1], [PERIOD], figures, form)
    )
    assert bool(found(receipt, "cumulative_falls")) is falls


# --- denominators


@pytest.mark.parametrize(("visited", "noted"), [(641, False), (640, True)])
def test_a_rate_that_rises_while_its_denominator_falls_by_a_fifth_is_noted(
    office: Office, visited: int, noted: bool
) -> None:
    halves = visits(HalfYear(2023, 1)), visits(HalfYear(2024, 1), {"visited_persons": {TAIPEI: visited}})
    _, receipt = takes(office, *halves)
    notes = found(receipt, "denominator_falls")
    assert [note.cell for note in notes] == (["D8"] if noted else [])
    if noted:
        assert notes[0].expected == "臺北市「訪視成功人數／訪視人數」由 400/800 變為 400/640"


def test_a_rate_that_only_stays_is_no_rise(office: Office) -> None:
    figures: Figures = {
        "visited_persons": {TAIPEI: 600},
        "successful_persons": {TAIPEI: 300},
        "repaid_persons": {TAIPEI: 75},
    }
    _, receipt = takes(office, visits(HalfYear(2023, 1)), visits(HalfYear(2024, 1), figures))
    assert not found(receipt, "denominator_falls")


# --- the command line and the settings


def test_the_command_line_takes_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for made in (collection(JANUARY), month(1, "arrears_persons", 5_000)):
        (tmp_path / made.file_name).write_bytes(made.content)
    january, february = (str(tmp_path / f"1140{n}催繳概況表.xlsx") for n in (1, 2))
    common = ["--data-dir", str(tmp_path / "data"), "--received-on", "issued"]
    assert main(["receive", january, *common]) == 0
    assert main(["receive", february, *common]) == 1
    assert "數值與該縣市以往相差過大" in capsys.readouterr().out
    assert main(["receive", february, *common, "--acknowledge", "併入補徵案件"]) == 0
    assert "收件時說明：併入補徵案件" in capsys.readouterr().out


def test_settings_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    file = tmp_path / "receiving.toml"
    file.write_text("[jump]\nfactor = 1\n", encoding="utf-8")
    with pytest.raises(DashboardError, match=r"receiving\.toml.*jump\.factor"):
        bounds(file)
    file.write_text("[jump", encoding="utf-8")
    with pytest.raises(DashboardError, match=r"receiving\.toml"):
        bounds(file)
