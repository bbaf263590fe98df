"""Decisions beside corrections and withdrawals, day by day: every place says the same of the same day.

The story: in the small year of tests.deciding the tie is settled on 2 December and the year decided for good on the
4th; a correction of the 20th parts the equals and takes 臺南市 out of the last two; it is withdrawn on the 24th.
"""

import contextlib
import csv
import io
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest

from dashboard import docket, exhibits, receiving
from dashboard.__main__ import main
from dashboard.answers import CURRENT
from dashboard.decided import number_on
from dashboard.decisions import Desk, YearState, year_states
from dashboard.domain import ranking_words, settings
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Format
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit
from dashboard.exports import table_file
from dashboard.exports.book import book
from dashboard.ledger import Ledger
from dashboard.ledger import ledger as ledger_module
from dashboard.receiving import Office
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse
from tests.deciding import CODES, LAST, RECEIVED, RULE, TAINAN, TIED, YEAR, correction, desk, filled, take_in, warehouse
from tests.making import average_rate, visits

SETTLED, FROZEN, CORRECTED, WITHDRAWN = (date(2024, 12, day) for day in (2, 4, 20, 24))
BEFORE, BETWEEN, PARTED = date(2024, 12, 1), date(2024, 12, 10), date(2024, 12, 22)
NAMES = [county_coded(code).name for code in TIED]
CHIAYI, KINMEN = NAMES
OTHERS = "非直轄市"


@contextlib.contextmanager
def on(day: date) -> Iterator[None]:
    """Set today, for receipts and decisions."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "datetime":  # type: ignore[override]
            return datetime(day.year, day.month, day.day, 4, tzinfo=UTC).astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        for module in (settings, ledger_module, receiving, docket):
            patch.setattr(module, "datetime", Then)
        yield


def withdraw(data_dir: Path) -> None:
    """Take back the first correction."""
    office = Office(Settings(data_dir=data_dir))
    office.withdraw(4, "誤送", "王小明")
    office.ledger.close()


@pytest.fixture(scope="module")
def as_received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("received") / "data")


@pytest.fixture
def data_dir(as_received: Path, tmp_path: Path) -> Path:
    return shutil.copytree(as_received, tmp_path / "data")


@pytest.fixture(scope="module")
def corrected(as_received: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story up to the correction; nobody writes to it."""
    data_dir = shutil.copytree(as_received, tmp_path_factory.mktemp("corrected") / "data")
    with on(SETTLED):
        desk(data_dir).settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    with on(FROZEN):
        desk(data_dir).freeze(YEAR, RULE)
    with on(CORRECTED):
        take_in(data_dir, correction({TAINAN: 99_950, TIED[1]: 98_999}))
    return data_dir


@pytest.fixture(scope="module")
def whole(corrected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole story; nobody writes to it."""
    data_dir = shutil.copytree(corrected, tmp_path_factory.mktemp("whole") / "data")
    with on(WITHDRAWN):
        withdraw(data_dir)
    return data_dir


def made_by(db: Warehouse, day: date) -> int:
    ledger = Ledger(db.data_dir)
    try:
        return number_on(ledger, db, day)
    finally:
        ledger.close()


def state(db: Warehouse, day: date) -> YearState:
    (found,) = year_states(db, [YEAR], RULE, made_by(db, day), day)
    return found


def reports(db: Warehouse, day: date = CURRENT) -> Exhibit:
    return exhibits.review_reports(db, YEAR, RULE, None, made_by(db, day), day)


def ranked(db: Warehouse, day: date = CURRENT) -> Exhibit:
    return exhibits.group_ranking(db, YEAR, RULE, None, made_by(db, day), day)


def between(db: Warehouse, first: date, last: date) -> Exhibit:
    return exhibits.knowledge_difference(db, YEAR, RULE, (first, last), None, 2)


def table(shown: Exhibit) -> dict[str, dict[str, str]]:
    """What the CSV says, by county."""
    text = table_file(shown, Format.CSV).decode("utf-8-sig")
    return {row["縣市"]: row for row in csv.DictReader(io.StringIO(text))}


# --- the same day everywhere


@pytest.mark.parametrize(
    ("day", "waits", "quoted", "freezes"),
    [
        (BEFORE, [TIED], [], 0),
        (SETTLED, [], [""], 0),
        (BETWEEN, [], [""], 1),
        (PARTED, [], ["已不適用"], 1),
        (CURRENT, [], ["113年12月24日起與認定時相同，再適用"], 1),
    ],
)
def test_the_panel_says_of_a_day_what_the_exhibits_say(
    whole: Path, day: date, waits: list[tuple[str, ...]], quoted: list[str], freezes: int
) -> None:
    db = warehouse(whole)
    found = state(db, day)
    assert [matter.counties for matter in found.open_matters] == waits
    assert len(found.freezes) == freezes
    said = [one.sentence for one in found.settlements]
    assert all(part in sentence for part, sentence in zip(quoted, said, strict=True))
    notes = [note for note in reports(db, day).notes if note.startswith("決定第")]
    assert notes == said == [note for note in ranked(db, day).notes if note.startswith("決定第")]
    assert found.title in reports(db, day).title + reports(db, day).finding
    assert ("已不適用" in said[0] if said else False) == (day == PARTED)


# --- the file of a decided year


def test_the_file_of_a_decided_year_has_what_was_decided_beside_what_is_known(corrected: Path) -> None:
    db = warehouse(corrected)
    for shown in (ranked(db), reports(db)):
        found = table(shown)
        # 臺南市 owes by what was decided and no more: it is listed all the same.
        tainan = found["臺南市"]
        assert (tainan["定案名次"], tainan["定案檢討報告"], tainan["定案日"]) == ("5", "應提", "113年12月4日")
        assert (tainan["目前所知：名次"], tainan["目前所知：檢討報告"]) == ("1", "無須")
        assert (found[CHIAYI]["定案檢討報告"], found[KINMEN]["定案檢討報告"]) == ("應提", "無須")
        assert "定案檢討報告" in str([sheet.headings for sheet in book(shown, ()).sheets])
    assert not [name for name in table(ranked(db, BEFORE))["臺南市"] if "定案" in name or "所知" in name]
    assert table(between(db, BEFORE, CURRENT))["臺南市"]["定案檢討報告"] == "應提"
    history = exhibits.ranking_history(db, RULE, None, 2)
    assert table(history)["臺南市"]["113年：定案檢討報告"] == "應提"


def test_a_day_of_knowledge_stands_in_the_file_of_a_decided_year(whole: Path) -> None:
    assert table(ranked(warehouse(whole), PARTED))["臺南市"]["113年12月22日所知：檢討報告"] == "無須"


# --- what was decided beside what is undecided, or ruled otherwise


def test_a_tie_that_is_open_again_differs_from_nothing_yet(data_dir: Path) -> None:
    take_in(data_dir, correction({TIED[1]: 98_999}))
    with on(PARTED):
        desk(data_dir).freeze(YEAR, RULE)
    with on(WITHDRAWN):
        withdraw(data_dir)
    db = warehouse(data_dir)
    shown = exhibits.frozen_ranking(db, YEAR, RULE, None, 1)
    assert shown.title == f"113年定案後，依目前所知，待認定：{CHIAYI}、{KINMEN}"
    assert (
        shown.finding.endswith("名次與定案不同者：嘉義市、金門縣。") or f"待認定：{CHIAYI}、{KINMEN}。" in shown.finding
    )
    assert f"待認定：{CHIAYI}、{KINMEN}。" in shown.finding
    history = exhibits.ranking_history(db, RULE, None, 1)
    assert f"以下為目前所知：113年待認定：{CHIAYI}、{KINMEN}。" in history.finding
    assert "義務與定案不同" not in shown.title + history.finding


def test_where_only_the_rule_changed_since_nothing_is_said_to_be_known_otherwise(corrected: Path) -> None:
    db = warehouse(corrected)
    edited = RULE.model_copy(update={"content_sha256": "0" * 64})
    at_decision = exhibits.frozen_ranking(db, YEAR, edited, None, 2, PARTED.replace(day=4))
    assert at_decision.title.startswith("113年定案後，依目前之規則內容（數值與定案時相同），")
    assert "所知" not in at_decision.title
    later = exhibits.frozen_ranking(db, YEAR, edited, None, 2)
    assert later.title.startswith("113年定案後，依目前所知及目前之規則內容，")
    other = exhibits.frozen_ranking(db, YEAR, load_rule("changhua"), None, 2)
    assert "依目前所知及「彰化方案」" in other.title
    assert exhibits.frozen_ranking(db, YEAR, RULE, None, 2).title.startswith("113年定案後，依目前所知，")


# --- what corrections and withdrawals did


def test_a_correction_after_the_decision_says_that_it_leaves_it_alone(corrected: Path) -> None:
    said = (
        f"更正（113年12月20日收）後：目前所知應提檢討報告由臺南市、{CHIAYI}改為臺中市、{KINMEN}"
        "（含主管人員之認定）；在定案之後，定案不變。"
    )
    db = warehouse(corrected)
    assert said in ranked(db).notes
    assert reports(db).finding.endswith(said)


def test_a_withdrawal_is_told_with_number_reason_and_what_it_did(whole: Path) -> None:
    db = warehouse(whole)
    named = "撤回（113年12月24日，第 4 號，原因：誤送）"
    told = [note for note in ranked(db).notes if note.startswith(("更正", "撤回"))]
    assert told == [
        f"{named}後：目前所知應提檢討報告由臺中市、{KINMEN}改為臺南市、{CHIAYI}（含主管人員之認定）；在定案之後，定案不變。"
    ]
    assert told[0] in reports(db).finding
    assert not [note for note in ranked(db, PARTED).notes if "撤回" in note], "on that day nobody knew of it"
    notes = between(db, BEFORE, CURRENT).notes
    assert f"期間{named}" in notes
    assert [note.endswith("（已於113年12月24日撤回）") for note in notes if note.startswith("期間收到")] == [True]
    assert not [note for note in between(db, BEFORE, PARTED).notes if "撤回" in note]
    days = exhibits.knowledge_days(db, YEAR, RULE)
    assert {day: days[day] for day in (CORRECTED, WITHDRAWN)} == {CORRECTED: "更正", WITHDRAWN: "撤回"}


def test_what_was_undecided_after_a_correction_and_is_settled_since_is_said_to_be(data_dir: Path) -> None:
    take_in(data_dir, correction({TIED[1]: 98_999}), correction({TIED[1]: 99_000}, PARTED))
    with on(WITHDRAWN):
        desk(data_dir).settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    (told,) = (note for note in ranked(warehouse(data_dir)).notes if note.startswith("更正"))
    assert told == (
        f"更正（113年12月22日收）後：應提檢討報告不再包括{KINMEN}；待認定增列{CHIAYI}、{KINMEN}"
        f"（{CHIAYI}、{KINMEN}其後已由主管人員認定）。"
    )


def test_a_comparison_of_two_days_knows_what_was_settled_by_each(whole: Path) -> None:
    db = warehouse(whole)
    shown = between(db, BEFORE, CURRENT)
    assert f"{CHIAYI}由「待認定」改為「應提」；{KINMEN}由「待認定」改為「無須」。" in shown.finding
    assert "「檢討報告」已計入各該日以前主管人員之認定。" in shown.notes
    assert "待認定" not in between(db, BETWEEN, CURRENT).finding


# --- the line of safety, and all who owe


def lines(db: Warehouse, code: str, decided: int) -> tuple[str, str]:
    shown = exhibits.points_waterfall(db, YEAR, RULE, county_coded(code), decided)
    assert shown.chart
    return shown.finding, shown.chart.drawing.layout["annotations"][0]["text"]


def test_who_is_tied_across_the_cut_stands_on_the_line(data_dir: Path) -> None:
    made = desk(data_dir)
    total = {row["county"]: row["total"] for row in ranked(made.db).table.rows()}[CHIAYI]
    finding, line = lines(made.db, TIED[0], 0)
    assert f"與{KINMEN}同分，即在安全線上，待認定。" in finding
    assert f"{total:.2f} 分（與{KINMEN}同分）" in line
    # Who is surely last is out as soon as it is before the two of them.
    assert f"{total:.2f} 分（末段以外最低：{CHIAYI}、{KINMEN}）" in lines(made.db, LAST, 0)[1]
    made.settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    for code, line in ((TIED[0], f"末段以外最低：{KINMEN}"), (TIED[1], f"末段中最高：{CHIAYI}")):
        finding, drawn = lines(made.db, code, 1)
        assert "與安全線同分（相差 0.00 分）。" in finding
        assert f"{total:.2f} 分（{line}）" in drawn


def test_all_who_owe_are_named_and_all_who_are_undecided(tmp_path: Path) -> None:
    five = [county_coded(code).name for code in CODES[:5]]
    said = ranking_words.report_title("113年", five, five, is_trial=False)
    assert said == f"113年應提檢討報告：{'、'.join(five)}；待認定：{'、'.join(five)}"
    gap = {name: {CODES[10]: "…"} for name in ("successful_persons", "repaid_persons")}
    data_dir = tmp_path / "data"
    take_in(data_dir, average_rate(2023), visits(FullYear(2023), gap), average_rate(2024, {"received_twd": RECEIVED}))
    name = county_coded(CODES[10]).name
    finding = ranked(warehouse(data_dir)).finding
    assert finding.rpartition("；")[2] == f"待認定：{CHIAYI}、{KINMEN}、{name}。"


def test_a_title_of_an_earlier_days_knowledge_does_not_say_now(whole: Path) -> None:
    shown = exhibits.margin_to_safety(warehouse(whole), YEAR, RULE, county_coded(TAINAN), 0, PARTED)
    assert shown.title == "臺南市113年無須提送檢討報告：未列末 2 名"


# --- the command line


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def command(data_dir: Path, *arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(data_dir)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


def test_the_command_quotes_settlements_those_that_no_longer_hold_too(
    corrected: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    asked = ("rank", "--year", "113")
    assert "已不適用" in run(corrected, *asked)[1]
    of_day = run(corrected, *asked, "--known-on", "2024-12-10")[1]
    assert "決定第 1 號（113年12月2日由王小明）" in of_day
    assert "已不適用" not in of_day


def test_rules_beside_each_other_say_under_which_people_decided_and_agree_with_the_page(
    data_dir: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    made: Desk = desk(data_dir)
    made.settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    made.settle(YEAR, load_rule("pingtung"), "縣市", (), TIED[:1], "試試")
    out = run(data_dir, "rank", "--year", "113", "--all-rules")[1]
    assert "「修正草案」套用主管人員之認定；其他方案僅依規則與權重計算，不套用認定，其同分者仍為待認定。" in out
    assert "決定第 1 號（" in out
    written = run(data_dir, "rank", "--year", "113", "--all-rules", "--format", "csv")[1]
    marks = {(row["county"], row["rule"]): row for row in csv.DictReader(io.StringIO(written))}
    assert (marks[CHIAYI, "adopted"]["mark"], marks[CHIAYI, "adopted"]["settlement"]) == ("●", "1")
    assert (marks[CHIAYI, "pingtung"]["mark"], marks[CHIAYI, "pingtung"]["settlement"]) == ("待認定", "")


@pytest.mark.parametrize("command", [("rank", "--year", "113"), ("dump", "visits")])
def test_a_day_that_has_not_come_is_refused(
    corrected: Path, run: Callable[..., tuple[int, str, str]], command: tuple[str, ...]
) -> None:
    with on(CORRECTED):
        assert run(corrected, *command, "--known-on", "2024-12-20")[0] == 0
        code, out, err = run(corrected, *command, "--known-on", "2024-12-21")
    assert (code, out) == (2, "")
    assert "知悉日113年12月21日在今天之後" in err
