"""What a person sees in a file and what its cells hold: struck digits, covered cells, hidden sheets, titles."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dashboard.domain import findings as found
from dashboard.domain.periods import FullYear, Month
from dashboard.domain.settings import Settings
from dashboard.readers import read
from dashboard.receiving import Incoming, Office
from tests.making import Form, Made, average_rate, collection, payment_rate, unpaid_reasons, visits
from tests.readers.noticing import accepted, codes, figure_in, noticed
from tests.readers.test_findings import AS_OF, rewritten

JANUARY, FEBRUARY, YEAR = Month(2025, 1), Month(2025, 2), FullYear(2024)
TITLE = "國民年金保險欠費催繳作業收繳概況表"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
SUPER = '<style:text-properties style:text-position="super 58%"/>'
STRUCK = '<style:text-properties style:text-line-through-style="solid"/>'


def titled(title: str, unit: str = "元") -> Made:
    return collection(JANUARY, form=Form(unit=unit, edit={"A1": title}))


def with_cell(value: object, font: Font | None = None) -> Made:
    def touch(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["B7"]
        cell.value = value
        if font is not None:
            cell.font = font

    return collection(JANUARY, form=Form(touch=touch))


def rich(*runs: tuple[str, dict[str, object]]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(**looks), text) for text, looks in runs))


def in_ods(letters: str, cell: str) -> Made:
    """新北市's 40 催繳人數 replaced by this XML, with a style T1 of such letters."""
    style = f'<style:style style:name="T1" style:family="text">{letters}</style:style>'
    made = collection(JANUARY, form=Form("ods", total=False, edit={"B6": 41}))
    styled = rewritten(
        made,
        "content.xml",
        "<office:automatic-styles/>",
        f'<office:automatic-styles xmlns:style="{STYLE}">{style}</office:automatic-styles>',
    )
    old = '<table:table-cell office:value-type="float" office:value="41"><text:p>41</text:p></table:table-cell>'
    return rewritten(styled, "content.xml", old, cell)


# --- digits that look unlike the rest


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (rich(("4", {}), ("3", {"vertAlign": "superscript"})), "43"),
        (rich(("43", {"vertAlign": "superscript"})), "43"),
        (rich(("39", {"strike": True}), ("40", {})), "3940"),
        (rich(("39", {"strike": True})), "39"),
        (rich(("4", {}), ("0", {"b": True})), "40"),
    ],
)
def test_a_figure_of_several_looks_is_not_the_number_its_digits_spell(value: CellRichText, text: str) -> None:
    assert "刪除線" in noticed(with_cell(value), found.NUMBER_UNCLEAR, "B7", text).expected


@pytest.mark.parametrize("font", [Font(strike=True), Font(vertAlign="superscript")])
@pytest.mark.parametrize("value", [40, "40"])
def test_a_figure_struck_through_or_raised_as_a_whole_is_unclear(value: object, font: Font) -> None:
    noticed(with_cell(value, font), found.NUMBER_UNCLEAR, "B7", "40")


def test_one_run_of_plain_letters_is_a_plain_number() -> None:
    made = with_cell(rich(("40", {"b": True}), (" ", {})))
    assert "number_unclear" not in codes(made)
    assert figure_in(accepted(made), "dunned_persons") == 40


def test_names_and_titles_may_be_of_several_looks() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"].value = rich((TITLE[:4], {"b": True}), (TITLE[4:], {}))
        book.worksheets[0]["A7"].value = rich(("新北", {}), ("市", {"b": True}))

    assert codes(collection(JANUARY, form=Form(touch=touch))) == []


TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("letters", "paragraph", "text"),
    [
        (SUPER, '4<text:span text:style-name="T1">1</text:span>', "41"),
        (STRUCK, '<text:span text:style-name="T1">41</text:span>', "41"),
        ("", '4<text:span text:style-name="T9">1</text:span>', "41"),
        ("", "<text:span>3</text:span><text:span>9</text:span>", "39"),
    ],
)
def test_a_figure_of_several_spans_is_unclear_in_ods_files(letters: str, paragraph: str, text: str) -> None:
    noticed(in_ods(letters, TEXT.format(paragraph)), found.NUMBER_UNCLEAR, "B6", text)


def test_a_struck_cell_is_unclear_in_ods_files() -> None:
    cell = '<table:table-cell table:style-name="T1" office:value-type="float" office:value="41"><text:p>41</text:p>'
    noticed(in_ods(STRUCK, f"{cell}</table:table-cell>"), found.NUMBER_UNCLEAR, "B6", "41")


def test_one_plain_span_is_a_plain_number_in_ods_files() -> None:
    reading = accepted(in_ods("", TEXT.format('<text:span text:style-name="T1">41</text:span>')))
    assert figure_in(reading, "dunned_persons") == 41


# --- what nobody sees


def test_what_a_merged_cell_covers_is_not_read_from_ods_files() -> None:
    covered = '<table:covered-table-cell office:value-type="float" office:value="41"><text:p>41</text:p>'
    noticed(in_ods("", f"{covered}</table:covered-table-cell>"), found.NUMBER_UNREADABLE, "B6", "（空白）")


def hidden_beside(month: Month) -> Callable[[openpyxl.Workbook], None]:
    """Add a hidden sheet of the same report for a month."""

    def touch(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book.worksheets[0])
        copy.title = "舊"
        copy.sheet_state = "hidden"
        copy["B2"] = f"{month.year - 1911}年{month.month}月"

    return touch


def test_a_hidden_sheet_of_a_period_of_its_own_is_asked_about() -> None:
    # Of December, as of the end of January like the sheet that can be seen: of the same day, yet another period.
    made = collection(JANUARY, form=Form(touch=hidden_beside(Month(2024, 12))))
    noticed(made, found.HIDDEN_PERIOD, "", "113年12月，截至 114年1月31日", sheet="舊")


def test_a_hidden_sheet_of_the_same_period_is_only_noted() -> None:
    made = payment_rate(AS_OF, form=Form(touch=lambda b: setattr(b.worksheets[1], "sheet_state", "hidden")))
    assert codes(made) == ["hidden_content"]
    accepted(made)


# --- titles


@pytest.mark.parametrize(
    ("title", "left"),
    [
        (f"{TITLE}（女性）", "女性"),
        (f"{TITLE}（原住民）", "原住民"),
        (f"{TITLE}（草稿）", "草稿"),
        (f"{TITLE}（累計1至9月）", "累計1-9月"),
        (f"{TITLE}（金額：萬元）", "金額、萬元"),
        (f"預告{TITLE}（初稿）", "預告、初稿"),
    ],
)
def test_a_word_of_a_title_that_nobody_declared_is_asked_about(title: str, left: str) -> None:
    made = titled(title)
    assert "title_unclear" in codes(made)
    noticed(made, found.TITLE_UNCLEAR, "", left)
    assert len(accepted(made).figures), "held back, not refused"


def test_the_indigenous_are_known_only_in_titles_that_may_name_them() -> None:
    made = visits(YEAR, form=Form(edit={"A1": "國民年金服務員訪視成效統計表（原住民）"}))
    noticed(made, found.TITLE_UNCLEAR, "", "原住民")
    assert codes(payment_rate(AS_OF)) == []


@pytest.mark.parametrize(
    "title",
    [
        f"附件2　{TITLE}",
        f"表3-1 {TITLE}（114年1月）",
        f"{TITLE}－中華民國114年1月份",
        f"勞動部勞工保險局 {TITLE}（截至114年1月31日止）",
        f"各直轄市、縣（市）政府{TITLE}（更正）【模擬資料】",
        f"{TITLE}（單位：人、件、元）",
        f"{TITLE}（金額：新台幣元）",
        f"{TITLE}（金額元）",
    ],
)
def test_period_number_office_units_and_marks_may_stand_in_a_title(title: str) -> None:
    assert set(codes(titled(title))) <= {"correction_half_marked", "correction_without_reason"}


def test_the_usual_titles_say_nothing_more() -> None:
    for made in (unpaid_reasons(YEAR), visits(YEAR), average_rate(2024), collection(JANUARY), payment_rate(AS_OF)):
        assert codes(made) == []


@pytest.mark.parametrize(("title", "unit"), [("（金額：千元）", "元"), ("（金額千元）", "元"), ("（元）", "千元")])
def test_a_unit_in_the_title_must_be_that_of_the_head(title: str, unit: str) -> None:
    noticed(titled(TITLE + title, unit), found.UNIT_UNCLEAR, "", TITLE + title)


def test_what_is_asked_of_a_title_may_be_answered_when_it_is_handed_in(tmp_path: Path) -> None:
    made = titled(f"{TITLE}（草稿）")
    office = Office(Settings(data_dir=tmp_path))
    (held,) = office.receive([Incoming(made.file_name, made.content, None)], "測試")
    (taken,) = office.receive(
        [Incoming(made.file_name, made.content, received_on=None, acknowledged="電話確認為定稿。")], "測試"
    )
    office.ledger.close()
    assert held.outcome == "refused"
    assert taken.outcome == "accepted_with_notes"
    assert [finding.acknowledged for finding in taken.findings] == ["電話確認為定稿。"]


def test_a_correction_is_not_given_its_reason_by_what_answers_a_title(tmp_path: Path) -> None:
    made = collection(JANUARY, form=Form(correction=""))
    office = Office(Settings(data_dir=tmp_path))
    (receipt,) = office.receive(
        [Incoming(made.file_name, made.content, received_on=None, acknowledged="已查證。")], "測試"
    )
    office.ledger.close()
    assert receipt.outcome == "refused"
    assert "correction_without_reason" in {f.kind.code for f in read(made.content, made.file_name).findings}
