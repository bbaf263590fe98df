import re
from pathlib import Path

import pytest

from dashboard.web import index
from dashboard.web.bundle import STREAMLIT_STATIC
from dashboard.web.index import ChineseIndex
from tests.web.asking import Answer, ask, streamlit_answers

DICTIONARY = re.compile(r'^ {4}"(.+?)": "', re.MULTILINE)


def asked(path: str, base: str = "", method: str = "GET") -> Answer:
    return ask(ChineseIndex(streamlit_answers, base, elsewhere={"login"}), path, method=method)


@pytest.fixture(scope="module")
def html() -> str:
    return asked("/").body.decode()


def test_the_page_declares_its_language_title_and_icon(html: str) -> None:
    assert '<html lang="zh-Hant-TW">' in html
    assert "<title>國民年金繳費率督導儀表板</title>" in html
    assert re.search(r'<link rel="icon" type="image/svg\+xml" href="/assets/[0-9a-f]{12}/favicon.svg">', html)
    assert re.search(r'<script defer src="/assets/[0-9a-f]{12}/zh-hant.js">', html)


def test_nothing_english_and_no_unused_font_is_left(html: str) -> None:
    assert "Streamlit app" not in html
    assert "need to enable JavaScript" not in html
    assert 'as="font"' not in html


def test_streamlits_own_scripts_are_still_there(html: str) -> None:
    original = (STREAMLIT_STATIC / "index.html").read_text("utf-8")
    scripts = re.findall(r"\./static/(?:js|css)/[^\"]+", original)
    assert len(scripts) > 10
    assert all(script in html for script in scripts)
    assert '<div id="root"></div>' in html


@pytest.mark.parametrize("path", ["/", "/縣市地圖", "/county_page"])
def test_every_address_of_a_page_gets_it(path: str) -> None:
    assert asked(path).headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/static/js/x.js", "/media/x", "/assets/x", "/login", "/x.png", "//evil"]
)
def test_what_is_no_page_is_let_through(path: str) -> None:
    assert asked(path).body == b"streamlit"


def test_only_reading_gets_the_page() -> None:
    assert asked("/", method="POST").body == b"streamlit"


def test_under_a_base_path_only_its_addresses_are_pages() -> None:
    assert asked("/guobao/", base="/guobao").headers["content-type"].startswith("text/html")
    assert asked("/guobaox", base="/guobao").body == b"streamlit"
    assert asked("/guobao", base="/guobao").body == b"streamlit"


def test_the_page_is_asked_for_again_each_time_so_that_a_new_version_shows_at_once() -> None:
    assert asked("/").headers["cache-control"] == "no-cache"


def test_every_english_string_in_the_dictionary_is_one_that_streamlit_writes() -> None:
    script = (STREAMLIT_STATIC / "static/js").glob("*.js")
    bundle = "".join(file.read_text("utf-8") for file in script)
    ours = DICTIONARY.findall((Path(index.__file__).parent / "zh-hant.js").read_text("utf-8"))
    assert len(ours) > 50
    assert [text for text in ours if f"`{text}`" not in bundle] == []
