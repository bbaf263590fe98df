"""What a refusal says: of very many findings how many there are, and in Chinese whatever library noticed it."""

import io
import re
import time
import zipfile

import pytest

from dashboard.domain.findings import Finding
from dashboard.domain.periods import Month
from dashboard.readers import read
from tests.making import Form, Made, collection

JANUARY = Month(2025, 1)
IN_CSV = collection(JANUARY, form=Form("csv"))
_MANY = 100_000


def first(made: Made) -> Finding:
    finding, *_ = read(*made).findings
    assert finding.is_refusal
    return finding


def ending_in(text: str) -> Made:
    return Made(IN_CSV.content + text.encode(), IN_CSV.file_name)


def rewritten(entry: str, old: bytes, new: bytes) -> Made:
    """A .xlsx file in one of whose entries something is replaced."""
    made, into = collection(JANUARY), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made.content)) as source, zipfile.ZipFile(into, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new, 1) if name == entry else content)
    return Made(into.getvalue(), made.file_name)


def test_of_very_many_findings_alike_the_first_tells_how_many() -> None:
    made = ending_in("假縣,1,2\n" * _MANY)
    before = time.process_time()
    reading = read(*made)
    assert time.process_time() - before < 5  # a second where nothing else runs
    unknown = [one for one in reading.findings if one.kind.code == "county_unknown"]
    assert reading.is_refused
    assert len(unknown) == 200
    assert unknown[0].expected.endswith(f"（另有 {_MANY - 200:,} 處相同情形未列）")
    assert not any("另有" in one.expected for one in unknown[1:])


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (ending_in("臺北市," + "9" * 140_000 + "\n"), "一格超過 131,072 字"),
        (ending_in('"臺北市"x,1\n'), "引號未成對，或引號之後不是分隔符號"),
        (ending_in('"臺北市,1\n'), "引號未成對，或引號之後不是分隔符號"),
        (rewritten("xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook'), "文件類型宣告"),
        (rewritten("xl/worksheets/sheet1.xml", b"</worksheet>", b"</worksheep>"), "其中的試算表內容不合格式"),
        (Made(b"PK\x03\x04" + bytes(90) + b"PK\x05\x06", "11401催繳概況表.xlsx"), "損毀的壓縮格式"),
        (rewritten("xl/worksheets/sheet1.xml", b"<v>40</v>", b"<v>1e999</v>"), "非數字或超出"),
    ],
    ids=["long cell", "text after a quote", "open quote", "entity", "broken xml", "broken archive", "infinite"],
)
def test_a_refusal_speaks_chinese_of_what_is_wrong(made: Made, says: str) -> None:
    assert says in (value := first(made).value)
    assert not re.search("[a-z]{2,}", value)
