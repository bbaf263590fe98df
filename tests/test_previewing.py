"""Previews: what receiving a file would do, told before anything is stored, and true once it is done."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.answers import CURRENT
from dashboard.domain.errors import DashboardError
from dashboard.domain.findings import Severity
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear, Month
from dashboard.domain.settings import HOUSE
from dashboard.exhibits.evaluation import Evaluation, evaluate
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.handing_in import gather
from dashboard.previewing import Preview, YearStanding
from dashboard.previewing.standings import Standings
from dashboard.readers import Slice
from dashboard.receiving import Incoming, Office
from dashboard.rules.rule import Rule, load_rule, rule_keys
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Door, Warehouse
from tests import making
from tests.making import CODES, Form, Made
from tests.submitting import codes, hand_in, incoming, office_at, snapshot, visits

YEAR = FullYear(2024)
ISSUED_AGAIN = date(2024, 6, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path / "data")
    yield opened
    opened.ledger.close()


def preview(office: Office, *batch: Incoming) -> Preview:
    """The preview of the last file of a batch."""
    return office.preview(batch)[-1]


def handed_in(made: Made) -> Incoming:
    return Incoming(made.file_name, made.content, None)


def everything_below(directory: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(directory.rglob("*")) if path.is_file()}


ORIGINAL = incoming("訪視.csv", visits(visited=60))
CORRECTED = incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=ISSUED_AGAIN))


# --- what it says


def test_a_preview_says_what_the_file_says(office: Office) -> None:
    said = preview(office, ORIGINAL)
    assert (said.kind, said.layout, said.periods) == (Kind.VISITS, "visits_form", ("2023",))
    assert (said.as_of, said.issued_on, said.received_on) == (date(2024, 3, 31), date(2024, 5, 23), date(2024, 5, 23))
    assert (said.outcome, said.can_be_received, said.is_asking) == ("accepted", True, False)
    assert said.figure_count == len(said.figures) == 8 * 22
    assert said.new_slices == said.slices == (Slice("2023", date(2024, 3, 31)),)
    assert said.changes.empty
    assert not said.standings


def test_a_preview_stores_nothing(office: Office, tmp_path: Path) -> None:
    hand_in(office, ORIGINAL)
    office.make_ready()
    before = everything_below(tmp_path)
    assert preview(office, CORRECTED).can_be_received
    after = {path: time for path, time in everything_below(tmp_path).items() if not path.endswith(("-shm", "-wal"))}
    assert after == {path: time for path, time in before.items() if path in after}


def test_a_correction_shows_each_cell_that_would_change(office: Office) -> None:
    hand_in(office, ORIGINAL)
    said = preview(office, CORRECTED)
    assert set(said.changes["county_code"]) == set(CODES)
    (alike,) = set(said.changes[["period", "population", "measure", "old", "new"]].itertuples(index=False, name=None))
    assert alike == ("2023", "all", "visited_persons", 60, 61)
    assert said.changes["billing_period"].isna().all()
    assert said.changes.loc[said.changes["county_code"] == CODES[0], "cell"].tolist() == ["D6"]
    assert said.new_slices == ()


def test_of_a_snapshot_the_billing_period_is_named(office: Office) -> None:
    as_of = date(2024, 3, 31)
    hand_in(office, incoming("收繳.csv", snapshot(as_of), date(2024, 5, 1)))
    title = "國民年金保險被保險人保險費收繳率（更正）"
    made = making.payment_rate(as_of, issued_on=date(2024, 6, 1), form=Form(correction="誤植"))
    said = preview(office, handed_in(made))
    assert said.is_correction, title
    assert set(said.changes["billing_period"]) == {"2024-01/2024-02"} == set(said.periods)
    assert set(said.changes["population"]) == {"all", "indigenous"}


def test_of_a_batch_each_file_meets_those_before_it(office: Office) -> None:
    first, second = office.preview([CORRECTED, ORIGINAL])
    assert [one.file_name for one in (first, second)] == ["訪視.csv", "訪視(更正).csv"]
    assert first.new_slices
    assert set(second.changes["old"]) == {60}


def test_an_original_that_comes_after_its_correction_changes_nothing(office: Office) -> None:
    hand_in(office, CORRECTED)
    said = preview(office, ORIGINAL)
    assert codes_of(said) == ["older_version"]
    assert said.changes.empty
    assert not said.new_slices


def codes_of(said: Preview) -> list[str]:
    return [finding.kind.code for finding in said.findings]


def test_identical_bytes_are_recognised_and_not_read(office: Office) -> None:
    hand_in(office, ORIGINAL)
    said = preview(office, dataclasses.replace(ORIGINAL, file_name="另名.csv"))
    assert said.outcome == "identical"
    assert said.same_as is not None
    assert (said.same_as.seq, said.kind, said.figure_count) == (1, Kind.VISITS, 176)
    assert said.changes.empty


def test_a_refused_file_shows_its_findings_the_gravest_first_and_no_figures(office: Office) -> None:
    said = preview(office, incoming("訪視.csv", visits(visited=30)))
    assert said.outcome == "refused"
    assert not said.is_asking
    assert next(iter(said.by_severity)) is Severity.REFUSE
    assert codes_of(said)[0] == "successes_over_visits"
    assert said.figures.empty
    assert not said.slices or said.changes.empty


# --- what a person is asked


def test_a_correction_without_a_reason_asks_for_one_and_shows_its_figures(office: Office) -> None:
    hand_in(office, handed_in(making.collection(Month(2024, 1))))
    unsaid = handed_in(
        making.collection(Month(2024, 1), {"dunned_persons": 41}, Form(correction=""), issued_on=date(2024, 4, 1))
    )
    said = preview(office, unsaid)
    assert (said.needs_reason, said.is_asking, said.needs_acknowledgement) == (True, True, ())
    assert len(said.changes) == 22
    assert office.receive([said.candidate], "測試")[0].is_refused
    told = said.candidate.told(correction_reason="誤植")
    assert not preview_of(office, told).needs_reason
    (receipt,) = office.receive([told], "測試")
    assert receipt.outcome == "accepted"
    assert office.ledger.submissions()[-1].correction_reason == "誤植"


def preview_of(office: Office, candidate: object) -> Preview:
    (said,) = office.preview([candidate])  # type: ignore[list-item]  # a candidate
    return said


def test_what_stands_out_asks_to_be_acknowledged(office: Office) -> None:
    for month in (1, 2):
        hand_in(office, handed_in(making.collection(Month(2024, month))))
    said = preview(office, handed_in(making.collection(Month(2024, 3), {"dunned_persons": {CODES[0]: 4000}})))
    assert [one.kind.code for one in said.needs_acknowledgement] == ["jump"]
    assert said.is_asking
    assert not said.can_be_received
    assert office.receive([said.candidate], "測試")[0].is_refused
    (receipt,) = office.receive([said.candidate.told(acknowledged="專案催繳")], "測試")
    assert not receipt.is_refused
    assert office.ledger.submissions()[-1].findings[-1]["acknowledged"] == "專案催繳"


def test_the_day_of_receipt_may_be_told_later(office: Office) -> None:
    said = preview(office, incoming("收繳.csv", snapshot(date(2024, 3, 31))))
    assert codes_of(said) == ["issue_date_unknown"]
    again = preview_of(office, said.candidate.told(received_on=date(2024, 5, 1)))
    assert again.can_be_received
    assert again.received_on == date(2024, 5, 1)


def test_a_file_that_asks_counts_as_in_for_those_after_it(office: Office) -> None:
    asking = handed_in(making.collection(Month(2024, 1), form=Form(correction="")))
    later = handed_in(
        making.collection(Month(2024, 1), {"dunned_persons": 41}, Form(correction="誤植"), issued_on=date(2024, 4, 1))
    )
    first, second = office.preview([asking, later])
    assert first.is_asking
    assert set(second.changes["old"]) == {40}


# --- and what then happens


def test_what_was_previewed_is_not_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    previews = office.preview([ORIGINAL, CORRECTED])

    def never(*_: object) -> object:
        raise AssertionError("read again")

    monkeypatch.setattr(Office, "_read", never)
    receipts = office.receive([one.candidate for one in previews], "測試")
    assert [receipt.outcome for receipt in receipts] == ["accepted", "accepted"]
    assert not any(receipt.differs_from_preview for receipt in receipts)


def test_a_receipt_says_that_something_came_in_since_the_preview(office: Office) -> None:
    hand_in(office, ORIGINAL)
    said = preview(office, CORRECTED)
    hand_in(office, incoming("訪視-2(更正).csv", visits(visited=62, correction=True, issued_on=ISSUED_AGAIN)))
    (receipt,) = office.receive([said.candidate], "測試")
    assert receipt.differs_from_preview
    assert not receipt.is_refused


def test_a_receipt_says_that_the_same_file_came_in_since_the_preview(office: Office) -> None:
    said = preview(office, ORIGINAL)
    hand_in(office, ORIGINAL)
    (receipt,) = office.receive([said.candidate], "測試")
    assert receipt.outcome == "identical"
    assert receipt.differs_from_preview


def test_bytes_that_were_withdrawn_since_the_preview_are_read_after_all(office: Office) -> None:
    hand_in(office, ORIGINAL)
    said = preview(office, ORIGINAL)
    office.withdraw(1, "誤送", "測試")
    (receipt,) = office.receive([said.candidate], "測試")
    assert (receipt.is_refused, receipt.figure_count, receipt.differs_from_preview) == (False, 176, True)


def test_of_the_whole_sample_each_preview_says_what_its_receipt_says(tmp_path: Path) -> None:
    sample = HOUSE / "data/sample"
    batch = gather([sample], sample / "manifest.csv").batch
    office = office_at(tmp_path)
    previews = office.preview(batch)
    receipts = office.receive([one.candidate for one in previews], "測試")
    assert [(one.outcome, codes_of_candidate(one), one.figure_count, one.slices) for one in previews] == [
        (one.outcome, sorted(codes(one)), one.figure_count, one.slices) for one in receipts
    ]
    assert not any(receipt.differs_from_preview for receipt in receipts)
    office.ledger.close()


def codes_of_candidate(said: Preview) -> list[str]:
    return sorted(codes_of(said))


# --- rankings


def reports() -> list[Made]:
    """What the evaluations of 112 and 113 rest on: average rates of three years, visits of two."""
    rising = {code: 100_000 + 500 * nth for nth, code in enumerate(CODES)}
    lowered = {code: 101_000 + 450 * nth for nth, code in enumerate(reversed(CODES))}
    successes = {code: 300 + 5 * nth for nth, code in enumerate(CODES)}
    months = [
        making.collection(Month(2023, month), {"arrears_persons": {CODES[0]: 100 + month, CODES[5]: 300}})
        for month in (11, 12)
    ]
    return [
        making.average_rate(2022),
        making.average_rate(2023, {"received_twd": rising}),
        making.average_rate(2024, {"received_twd": lowered}),
        making.visits(FullYear(2022), {"successful_persons": successes}),
        making.visits(FullYear(2023), {"repaid_persons": {CODES[3]: 300, CODES[9]: 10}}),
        making.payment_rate(date(2023, 12, 31), [BillingPeriod(Month(2023, 9))], {"payable_persons": {CODES[2]: 90}}),
        *months,
    ]


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = office_at(tmp_path_factory.mktemp("ranked"))
    hand_in(office, *map(handed_in, reports()))
    yield office
    office.ledger.close()


def evaluated(db: Warehouse, rule: Rule) -> Mapping[int, Evaluation | None]:
    found: dict[int, Evaluation | None] = {}
    for year in range(2020, 2028):
        try:
            found[year] = evaluate(db, FullYear(year), rule, CURRENT)
        except NotAvailable:
            found[year] = None
    return found


def stands(evaluation: Evaluation | None) -> dict[str, tuple[object, ...]]:
    rows = evaluation.ranking.rows if evaluation else ()
    return {row.county_code: (row.place, row.owes_review_report) for row in rows}


def changed_by_receiving(before: Mapping[int, Evaluation | None], after: Mapping[int, Evaluation | None]) -> object:
    found = {}
    for year, now in after.items():
        was = stands(before[year])
        moved = {code: (was.get(code), what) for code, what in stands(now).items() if was.get(code) != what}
        if moved:
            found[year] = moved
    return found


def changed_by_preview(standings: tuple[YearStanding, ...]) -> object:
    return {
        one.year.year: {
            county.county_code: (
                None if one.becomes_rankable else (county.old_place, county.old_owes),
                (county.new_place, county.new_owes),
            )
            for county in one.counties
        }
        for one in standings
        if one.counties
    }


CORRECTION = Form(correction="誤植")
SOME = st.dictionaries(st.sampled_from(CODES), st.integers(0, 400), min_size=1, max_size=6)
CHANGED = st.one_of(
    st.builds(
        lambda some: making.visits(FullYear(2023), {"repaid_persons": some}, CORRECTION, issued_on=date(2025, 6, 1)),
        SOME,
    ),
    st.builds(
        lambda some: making.visits(FullYear(2022), {"successful_persons": some | {CODES[0]: 400}}, CORRECTION),
        st.dictionaries(st.sampled_from(CODES), st.integers(100, 400), max_size=5),
    ),
    st.builds(
        lambda some: making.average_rate(
            2023, {"received_twd": {code: 100_000 + 10 * one for code, one in some.items()}}, CORRECTION
        ),
        SOME,
    ),
    st.just(making.average_rate(2025, {"received_twd": {CODES[1]: 150_000}})),
    st.just(making.visits(FullYear(2024), {"visited_persons": {CODES[1]: 900}})),
    st.builds(
        lambda some: making.collection(
            Month(2023, 11), {"arrears_persons": some}, CORRECTION, issued_on=date(2024, 2, 1)
        ),
        SOME,
    ),
    st.builds(
        lambda some: making.payment_rate(
            date(2024, 2, 29),
            [BillingPeriod(Month(2023, 9)), BillingPeriod(Month(2023, 11))],
            {"payable_persons": some},
        ),
        st.dictionaries(st.sampled_from(CODES), st.integers(40, 400), min_size=1, max_size=6),
    ),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=CHANGED)
def test_under_every_rule_the_rankings_foreseen_are_those_that_come(
    ranked: Office, tmp_path_factory: pytest.TempPathFactory, made: Made
) -> None:
    (said,) = ranked.preview([Incoming(made.file_name, made.content, None, acknowledged="測試")])
    assert said.can_be_received, said.findings
    copy = office_at(tmp_path_factory.mktemp("received"))
    hand_in(copy, *map(handed_in, reports()))
    before = Door(copy.warehouses.pointer_path.parent).current()
    copy.receive([said.candidate], "測試")
    after = Door(copy.warehouses.pointer_path.parent).current()
    for key in rule_keys():
        rule = load_rule(key)
        foreseen = Standings(before, lambda _, one=rule: one).after(said.kind, said.changed.coming)  # type: ignore[misc]  # a default
        assert changed_by_preview(foreseen) == changed_by_receiving(evaluated(before, rule), evaluated(after, rule)), (
            key
        )
    copy.ledger.close()


def test_a_year_that_can_be_ranked_for_the_first_time_is_told(ranked: Office) -> None:
    made = making.average_rate(2025), making.visits(FullYear(2024))
    first, second = ranked.preview([handed_in(one) for one in made])
    years = {one.year.year: one.becomes_rankable for said in (first, second) for one in said.standings}
    assert years == {2025: True}
    (standing,) = first.standings or second.standings
    assert [county.county_code for county in standing.counties] == list(CODES)
    assert {county.old_place for county in standing.counties} == {None}


def test_half_years_and_other_kinds_change_no_ranking(ranked: Office) -> None:
    made = making.unpaid_reasons(FullYear(2023)), making.collection(Month(2024, 7))
    assert not any(said.standings for said in ranked.preview([handed_in(one) for one in made]))


def test_a_county_that_would_owe_a_report_is_named_with_both_verdicts(ranked: Office) -> None:
    corrected = dict.fromkeys(CODES[:1], 0)
    made = making.visits(FullYear(2023), {"repaid_persons": corrected}, CORRECTION, issued_on=date(2025, 6, 1))
    said = preview(ranked, handed_in(made))
    (standing,) = said.standings
    assert standing.year == YEAR
    moved = {one.county_code: one for one in standing.counties}
    assert CODES[0] in moved
    assert all(one.old_owes in {True, False, UNDECIDED} for one in moved.values())


def test_nothing_is_foreseen_where_the_ledger_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database")
    with pytest.raises(DashboardError):
        office_at(tmp_path).preview([ORIGINAL])
