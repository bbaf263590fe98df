"""File names lead nowhere, and texts of a file do nothing where they are shown or handed on."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.file_names import LONGEST, plain
from dashboard.exports.safe import acts, defused
from dashboard.readers import read
from tests.hostile.building import LINES, lines
from tests.submitting import codes, hand_in, incoming, office_at, visits

NAMES = {
    "../../etc/passwd.csv": "passwd.csv",
    "C:\\Windows\\System32\\報表.csv": "報表.csv",
    "/etc/cron.d/x.csv": "x.csv",
    "訪視\0.csv": "訪視□.csv",
    "訪視\x1b[31m.csv": "訪視□[31m.csv",
    "訪視\u202evsc.exe.csv": "訪視□vsc.exe.csv",
    "訪視\ud800.csv": "訪視□.csv",
    "訪\u2028視\n.csv": "訪□視□.csv",
    "..": "..",
    "": "□",
    "訪視.csv": "訪視.csv",
}


@pytest.mark.parametrize("sent", NAMES)
def test_a_name_keeps_what_can_be_seen_of_its_last_part(sent: str) -> None:
    assert plain(sent) == NAMES[sent]


def test_a_long_name_keeps_its_suffix() -> None:
    kept = plain("長" * 5000 + ".csv")
    assert len(kept) == LONGEST
    assert kept.endswith("….csv")
    assert len(plain("長" * 100_000)) == LONGEST


@pytest.mark.parametrize("sent", [*NAMES, "長" * 5000 + ".csv"])
def test_a_file_of_any_name_touches_nothing_but_the_data_directory(tmp_path: Path, sent: str) -> None:
    (tmp_path / "beside").mkdir()
    data_dir = tmp_path / "within" / "data"
    office = office_at(data_dir)
    (receipt,) = hand_in(office, incoming(sent, visits()))
    assert receipt.file_name == plain(sent)
    assert office.ledger.submissions()[0].file_name == plain(sent)
    assert {path.name for path in tmp_path.iterdir()} == {"beside", "within"}
    assert {path.name for path in data_dir.parent.iterdir()} == {"data"}
    assert not any(plain(sent) in path.name for path in data_dir.rglob("*") if plain(sent) != "..")
    office.ledger.close()


FORMULAS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "+1+1", "@SUM(1)", "\t=1", "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_text_of_a_formula_stays_text_in_findings_and_is_defused_when_handed_on(formula: str) -> None:
    quoted = formula.replace('"', '""')
    content = lines().replace("宜　蘭　縣", f'"{quoted}"', 1).encode()
    reading = read(content, LINES.name)
    (told,) = [finding for finding in reading.findings if finding.kind.code == "row_unknown"]
    assert formula.strip() in told.value
    assert acts(told.value)
    assert defused(told.value).startswith("'")


def test_a_refused_name_is_no_reason_to_refuse_the_content(tmp_path: Path) -> None:
    office = office_at(tmp_path)
    (receipt,) = hand_in(office, incoming("../訪視.csv", visits(), date(2024, 5, 23)))
    assert not receipt.is_refused, codes(receipt)
    office.ledger.close()
