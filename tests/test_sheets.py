"""Documents and files of exhibits, asked for as a browser asks: addresses that never change what they hold."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import brotli
import openpyxl
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from dashboard import exhibits, questions, sheets
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Population
from dashboard.domain.periods import FullYear
from dashboard.exhibits import Exhibit
from dashboard.questions import Question
from dashboard.sheets import Film
from dashboard.web import errors
from dashboard.web.bodies import digest_of
from tests.web.asking import Answer, ask

RANKING = Question((exhibits.group_ranking, exhibits.review_reports), (FullYear(2025), questions.rule("adopted"), None))
FILM = Film(Question(RANKING.functions, RANKING.arguments[1:]), (FullYear(2024), FullYear(2025)))


@pytest.fixture(autouse=True)
def _data(demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(demo_data_dir))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def fetched(url: str, **headers: str) -> Answer:
    app = Starlette(routes=sheets.routes(), exception_handlers={HTTPException: errors.http_error})  # type: ignore[dict-item]
    return ask(app, unquote(url), headers)


def files(url: str) -> dict[str, str]:
    """Return the addresses of the files in a document, by their endings, those of the first exhibit."""
    html = json.loads(fetched(url).body)["parts"][0]["html"]
    links = [piece.split('"')[0] for piece in html.split('<a href="')[1:]]
    return {link.rpartition(".")[2]: link for link in links}


def test_a_document_is_addressed_by_the_hash_of_its_content_and_kept_for_ever() -> None:
    url = sheets.parts_url(RANKING)
    answer = fetched(url)
    assert digest_of(answer.body).startswith(url.split("/")[2])
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert fetched(url, **{"if-none-match": answer.headers["etag"]}).status == 304
    squeezed = fetched(url, **{"accept-encoding": "br"})
    assert brotli.decompress(squeezed.body) == answer.body
    assert len(squeezed.body) < len(answer.body) / 4


def test_a_document_holds_an_exhibits_words_and_its_figure() -> None:
    bars, reports = json.loads(fetched(sheets.parts_url(RANKING)).body)["parts"]
    assert "114年分組排名" in bars["html"]
    assert {trace["type"] for trace in bars["figure"]["data"]} >= {"bar"}
    assert bars["printed"]["width"] > 600
    assert "figure" not in reports
    assert "應提檢討報告" in reports["html"]


def test_a_film_holds_the_same_as_the_documents_of_its_periods() -> None:
    frames = json.loads(fetched(sheets.film_url(FILM)).body)["frames"]
    assert list(frames) == ["113", "114"]
    for choice in FILM.choices:
        single = json.loads(fetched(sheets.parts_url(FILM.at(choice))).body)["parts"]
        assert frames[str(choice.roc)] == single  # type: ignore[union-attr]


def test_a_period_without_report_is_a_sentence_and_the_others_are_there() -> None:
    film = Film(FILM.question, (FullYear(2009), FullYear(2025)))
    frames = json.loads(fetched(sheets.film_url(film)).body)["frames"]
    assert "figure" in frames["114"][0]
    assert "figure" not in frames["98"][0]
    assert "98年" in frames["98"][0]["html"]


@pytest.mark.parametrize("ending", ["csv", "ods", "xlsx"])
def test_the_table_of_an_exhibit_comes_as_a_file_with_a_name_that_says_what_it_is(ending: str) -> None:
    link = files(sheets.parts_url(RANKING))[ending]
    answer = fetched(link)
    assert answer.status == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert "114年" in unquote(answer.headers["content-disposition"])
    assert len(answer.body) > 500


def test_a_file_quotes_the_filters_it_was_asked_with() -> None:
    question = Question((exhibits.average_rate_map,), (FullYear(2025), Population.INDIGENOUS, county_coded("09007")))
    book = openpyxl.load_workbook(io.BytesIO(fetched(files(sheets.parts_url(question))["xlsx"]).body))
    told = {str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row if cell.value is not None}
    assert any("原住民" in one for one in told)
    assert any("連江縣" in one for one in told)


@pytest.mark.parametrize("change", ["stamp", "year"])
def test_an_address_of_other_figures_is_gone_and_says_what_to_do(change: str) -> None:
    for url in (sheets.parts_url(RANKING), sheets.film_url(FILM), files(sheets.parts_url(RANKING))["csv"]):
        stamp = url.split("/")[2]
        other = url.replace(stamp, "0" * 16) if change == "stamp" else url.replace("y2025", "y2023")
        answer = fetched(other)
        assert answer.status == 410
        assert "重新整理" in answer.body.decode()


@pytest.mark.parametrize("text", ["../../etc/passwd", "load_rule~sadopted", "group_ranking~x"])
def test_what_no_page_asks_is_not_found(text: str) -> None:
    assert fetched(f"/exhibits/{'0' * 16}/{text}/parts.json").status == 404


def test_a_file_of_no_exhibit_is_not_found() -> None:
    link = files(sheets.parts_url(RANKING))["csv"]
    assert fetched(link.replace(".csv", ".exe")).status == 404
    assert fetched(link.replace("group_ranking.csv", "other.csv")).status == 404


def test_a_bug_in_one_exhibit_is_a_number_in_its_place_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> Exhibit:
        raise ZeroDivisionError("secret")

    parts = sheets._parts(questions.warehouse(), Question((broken, exhibits.review_reports), RANKING.arguments))
    assert "編號" in parts[0]["html"]
    assert "secret" not in parts[0]["html"]
    assert "應提檢討報告" in parts[1]["html"]
    assert "ZeroDivisionError" in caplog.text
