from pathlib import Path

import brotli
import pytest

from dashboard.web.bodies import user_cache
from dashboard.web.bundle import Bundle, CompressedBundle
from tests.web.asking import ask, streamlit_answers

SCRIPT = b"export const a = 1;" * 200
ANY = {"accept-encoding": "gzip, br"}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "site/static/js").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text("<script src=index.abc.js>")
    (tmp_path / "site/static/js/index.abc.js").write_bytes(SCRIPT)
    (tmp_path / "site/static/js/secret.txt").write_text("not a script")
    (tmp_path / "outside.js").write_text("outside")
    return tmp_path / "site"


def serving(static: Path, base: str = "") -> CompressedBundle:
    bundle = Bundle(static)
    bundle.fill()
    return CompressedBundle(streamlit_answers, bundle, base)


def test_a_script_travels_compressed_and_is_kept_for_ever(static: Path) -> None:
    answer = ask(serving(static), "/static/js/index.abc.js", ANY)
    assert brotli.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../../outside.js",
        "/static/js/%2e%2e/outside.js",
        "//static/js/index.abc.js",
        "/static/js/secret.txt",
        "/static/js/unknown.js",
        "/other/static/js/index.abc.js",
    ],
)
def test_only_a_file_found_at_start_is_answered(static: Path, path: str) -> None:
    assert ask(serving(static), path, ANY).body == b"streamlit"


def test_nobody_waits_for_compression(static: Path) -> None:
    unfilled = CompressedBundle(streamlit_answers, Bundle(static), "")
    assert ask(unfilled, "/static/js/index.abc.js", ANY).body == b"streamlit"


def test_a_browser_that_accepts_no_compression_gets_the_plain_file_from_streamlit(static: Path) -> None:
    assert ask(serving(static), "/static/js/index.abc.js").body == b"streamlit"


def test_the_bundle_lies_under_the_base_path(static: Path) -> None:
    assert ask(serving(static, "/guobao"), "/guobao/static/js/index.abc.js", ANY).headers["content-encoding"] == "br"


def test_a_second_start_reads_the_cache_and_leaves_no_half_written_file(static: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    Bundle(static, cache).fill()
    assert sorted(file.suffix for file in cache.iterdir()) == [".br", ".gzip"]
    marked = next(cache.glob("*.br"))
    marked.write_bytes(b"from the cache")
    second = Bundle(static, cache)
    second.fill()
    assert second.ready["/static/js/index.abc.js"].forms["br"] == b"from the cache"


def test_without_a_writable_cache_the_bundle_is_kept_in_memory_only(static: Path, tmp_path: Path) -> None:
    bundle = Bundle(static, tmp_path / "missing")
    bundle.fill()
    assert "/static/js/index.abc.js" in bundle.ready


def test_a_home_that_cannot_be_written_means_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert user_cache() is None
