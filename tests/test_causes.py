"""Findings of one cause are told once: on the page, in the note that goes back, and none is left out of the sheet."""

import io
import re
from datetime import date

import pandas as pd
import pytest

from dashboard import intake_findings
from dashboard.domain import findings as found
from dashboard.domain.causes import runs
from dashboard.domain.findings import Finding
from dashboard.exports import review
from dashboard.readers.region import Region

MANY = [
    Finding(found.TOTAL_DISAGREES, "按金額", f"C{row}", str(1000 + row), f"各縣市合計 1,0{row}")
    for row in range(10, 60)
]
ALONE = Finding(found.UNIT_MISSING, "按金額", "G3", "兩", "元或千元")
JUMP = Finding(found.JUMP, "按金額", "D9", "9,000", "臺北市「應收金額」500（前 12 次報表）")
EVERYTHING = [ALONE, *MANY, JUMP]


@pytest.mark.parametrize(
    ("cells", "summed_up"),
    [
        (["C7"], [("C7", "C7")]),
        (["C9", "C7", "C8", "C8", "D7"], [("C7", "C9"), ("D7", "D7")]),
        (["B7", "C7", "D7"], [("B7", "D7")]),
        (["Y7", "Z7", "AA7", "AB7"], [("Y7", "AB7")]),
        (["C7", "E7", "C9"], [("C7", "C7"), ("C9", "C9"), ("E7", "E7")]),
        (["", "第3列"], []),
    ],
)
def test_neighbouring_cells_are_summed_up_along_rows_or_columns(
    cells: list[str], summed_up: list[tuple[str, str]]
) -> None:
    assert runs(cells) == summed_up


def shown(*some: Finding) -> str:
    return intake_findings.findings(some, {})


def test_a_cause_is_told_once_with_its_count_its_first_cells_and_the_others_folded() -> None:
    html = shown(*EVERYTHING)
    assert html.count(found.TOTAL_DISAGREES.sentence + "</strong>") == 1
    assert html.count(found.TOTAL_DISAGREES.remedy) == 1
    assert "✕ 不合格 2 項，共 51 處" in html
    assert "共 50 處" in html
    first, _, rest = html.partition("<details")
    assert (first.count("「按金額」C"), rest.count("「按金額」C")) == (5, 45)
    assert "其餘 45 處" in rest


def test_what_is_expected_of_all_cells_alike_is_said_once() -> None:
    alike = [Finding(found.NUMBER_UNREADABLE, "表", f"C{row}", "無", "整數") for row in range(10, 18)]
    assert shown(*alike).count("整數</bdi>") == 1
    assert review.note(of_record(*alike)).count("整數</bdi>") == 1
    assert shown(*MANY).count("<bdi>各縣市合計") == 50


def test_a_finding_alone_is_told_as_before() -> None:
    html = shown(ALONE)
    assert "✕ 不合格 1 項</h4>" in html
    assert "處</span>" not in html
    assert "工作表「按金額」儲存格 G3" in html


def test_what_was_answered_otherwise_is_a_cause_of_its_own() -> None:
    assert len(intake_findings.causes([JUMP, Finding(found.JUMP, cell="D10", acknowledged="專案")])) == 2


def test_a_history_is_not_called_what_should_stand_there() -> None:
    assert "<dt>以往為</dt>" in shown(JUMP)
    assert "<dt>應為</dt>" in shown(ALONE)
    assert "<dt>應為</dt>" not in shown(JUMP)


def of_record(*some: Finding) -> review.Review:
    return review.Review(
        file_name="甲.xlsx",
        digest="0" * 64,
        size_bytes=1,
        number=7,
        kind=None,
        periods=(),
        as_of=None,
        issued_on=None,
        received_on=None,
        conclusion="refused",
        findings=tuple(one.as_record() for one in some),
        officer="王小明",
        on=date(2025, 4, 1),
    )


def test_a_note_tells_a_cause_once_and_says_where_the_others_are() -> None:
    note = review.note(of_record(*EVERYTHING))
    assert note.count(found.TOTAL_DISAGREES.sentence) == 1
    assert f"{found.TOTAL_DISAGREES.sentence}</bdi>（共 50 處）" in note
    assert "其餘 45 處：工作表「按金額」C15 至 C59" in note
    assert re.findall("<td><bdi>(「按金額」C[0-9]+)</bdi>", note) == [f"「按金額」C{row}" for row in range(10, 15)]
    assert "<details" not in note, "paper does not unfold"


def test_the_sheet_of_findings_holds_every_one() -> None:
    sheet = pd.read_excel(io.BytesIO(review.findings_file(of_record(*EVERYTHING))), header=None)
    assert set(sheet[2].dropna()) >= {f"C{row}" for row in range(10, 60)} | {"G3", "D9"}
    assert (sheet == found.TOTAL_DISAGREES.sentence).to_numpy().sum() == 50


def test_digits_are_grouped_where_those_beside_them_are() -> None:
    assert "1,010</bdi>" in shown(*MANY)
    assert "<bdi>11410</bdi>" in shown(Finding(found.PERIOD_UNREADABLE, "", "A3", "11410", "資料期間"))


def test_the_part_of_a_sheet_aligns_numbers_and_marks_the_cell() -> None:
    region = Region("表", ("A", "B"), (7,), (("臺北市", "1,151（儲存 1,150,983）"),), (0, 1), frozenset({(0, 1)}))
    html = intake_findings.findings([ALONE], {0: region})
    assert '<td><bdi>臺北市</bdi></td><td class="number marked"><bdi>1,151（儲存 1,150,983）</bdi>' in html
