"""Which file may follow which: the rules of one period, one original and its corrections, on readings alone."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.domain.kinds import Kind
from dashboard.judging import against_known, overlaps, superseded_by
from dashboard.ledger import Submission
from dashboard.readers import NOTHING_READ, Reading, Slice

AS_OF = date(2024, 3, 31)
ISSUED = date(2024, 5, 23)
OTHER_AS_OF = date(2024, 4, 30)


def reading(*slices: Slice, correction: bool = False, kind: Kind = Kind.VISITS) -> Reading:
    return dataclasses.replace(
        NOTHING_READ, kind=kind, slices=slices or (Slice("2023", AS_OF),), is_correction=correction
    )


def accepted(
    *slices: Slice, seq: int = 1, correction: bool = False, issued_on: date = ISSUED, kind: Kind = Kind.VISITS
) -> Submission:
    return Submission(
        seq=seq,
        recorded_at=datetime(2024, 6, 1, tzinfo=UTC),
        by="測試",
        file_name=f"{seq}.csv",
        sha256="",
        size_bytes=1,
        outcome="accepted",
        kind=kind,
        layout="",
        slices=slices or (Slice("2023", AS_OF),),
        issued_on=issued_on,
        received_on=issued_on,
        is_correction=correction,
        correction_reason="",
        supersedes=(),
        is_simulated=False,
        figures_sha256="",
        figure_count=0,
        findings=(),
    )


def judged(file: Reading, *known: Submission, issued_on: date = ISSUED) -> list[str]:
    return [finding.kind.code for finding in against_known(file, issued_on, known)]


def test_the_first_file_of_a_period_needs_no_word() -> None:
    assert judged(reading()) == []


def test_another_kind_of_the_same_period_is_no_rival() -> None:
    assert judged(reading(), accepted(kind=Kind.UNPAID_REASONS)) == []


def test_the_same_period_again_without_a_mark_is_refused_and_names_what_is_in() -> None:
    [finding] = against_known(reading(), ISSUED, [accepted()])
    assert finding.kind.code == "same_period_again"
    assert finding.expected == "第 1 號 1.csv"


def test_the_same_period_again_is_refused_however_it_is_dated() -> None:
    for days in (-9, 0, 9):
        assert judged(reading(), accepted(), issued_on=ISSUED + timedelta(days=days)) == ["same_period_again"]


def test_an_unmarked_file_of_the_same_period_with_another_as_of_is_refused() -> None:
    assert judged(reading(Slice("2023", OTHER_AS_OF)), accepted()) == ["same_period_again"]


def test_snapshots_of_different_days_are_a_series() -> None:
    first, second = Slice("", AS_OF), Slice("", OTHER_AS_OF)
    known = accepted(first, kind=Kind.PAYMENT_RATE)
    assert judged(reading(second, kind=Kind.PAYMENT_RATE), known) == []
    assert judged(reading(first, kind=Kind.PAYMENT_RATE), known) == ["same_period_again"]


def test_a_correction_needs_the_same_kind_period_and_as_of() -> None:
    assert judged(reading(correction=True), accepted()) == []
    assert judged(reading(Slice("2023", OTHER_AS_OF), correction=True), accepted()) == ["correction_elsewhere"]
    assert judged(reading(Slice("2022", AS_OF), correction=True), accepted()) == ["correction_without_original"]


def test_a_long_correction_may_not_move_one_of_its_periods_to_another_as_of() -> None:
    original = accepted(Slice("2023-01", AS_OF), Slice("2023-02", AS_OF))
    moved = reading(Slice("2023-01", AS_OF), Slice("2023-02", OTHER_AS_OF), correction=True)
    assert judged(moved, original) == ["correction_elsewhere"]


def test_a_long_file_that_repeats_one_period_is_refused_as_a_whole() -> None:
    long = reading(Slice("2022", AS_OF), Slice("2023", AS_OF))
    assert judged(long, accepted()) == ["same_period_again"]


@pytest.mark.parametrize(("days", "codes"), [(-1, ["correction_older"]), (0, []), (1, [])])
def test_a_correction_is_issued_no_earlier_than_its_original(days: int, codes: list[str]) -> None:
    assert judged(reading(correction=True), accepted(), issued_on=ISSUED + timedelta(days=days)) == codes


def test_an_original_may_arrive_after_its_correction_as_the_older_version() -> None:
    known = accepted(correction=True)
    assert judged(reading(), known, issued_on=ISSUED - timedelta(days=1)) == ["older_version"]


def test_a_late_original_dated_like_its_correction_or_later_is_refused_for_it_would_win() -> None:
    known = accepted(correction=True)
    assert judged(reading(), known, issued_on=ISSUED) == ["same_period_again"]
    assert judged(reading(), known, issued_on=ISSUED + timedelta(days=1)) == ["same_period_again"]


def test_only_one_original_may_arrive_late() -> None:
    late = accepted(seq=2, issued_on=ISSUED - timedelta(days=1))
    again = judged(reading(), accepted(correction=True), late, issued_on=ISSUED - timedelta(days=2))
    assert again == ["same_period_again"]


def test_a_correction_names_the_versions_it_replaces_and_not_those_issued_after_it() -> None:
    known = [
        accepted(seq=1),
        accepted(seq=2, correction=True, issued_on=ISSUED + timedelta(days=2)),
        accepted(seq=3, correction=True, issued_on=ISSUED + timedelta(days=9)),
        accepted(Slice("2022", AS_OF), seq=4),
    ]
    assert superseded_by(reading(correction=True), ISSUED + timedelta(days=2), known) == (1, 2)
    assert superseded_by(reading(correction=True), ISSUED + timedelta(days=1), known) == (1,)
    assert superseded_by(reading(), ISSUED + timedelta(days=9), known) == ()


def test_a_submission_overlaps_where_one_slice_is_the_same() -> None:
    long = accepted(Slice("2022", AS_OF), Slice("2023", AS_OF))
    assert overlaps(long, reading())
    assert not overlaps(long, reading(Slice("2021", AS_OF)))
    assert not overlaps(long, reading(kind=Kind.UNPAID_REASONS))
