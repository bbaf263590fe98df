import json
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from streamlit import config

from dashboard.web import assets, errors
from tests.web.asking import ask

SHAPES = json.dumps({"type": "FeatureCollection", "features": []}).encode()


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(assets, "_registered", dict(assets._registered))
    (tmp_path / "shapes.geojson").write_bytes(SHAPES)
    monkeypatch.setattr(assets, "user_cache", lambda: tmp_path)
    assets.register("shapes.geojson", (tmp_path / "shapes.geojson").read_bytes)
    return assets.asset_url("shapes.geojson")


@pytest.fixture
def base_path() -> Iterator[str]:
    config.set_option("server.baseUrlPath", "guobao/")
    yield "/guobao"
    config.set_option("server.baseUrlPath", "")


def app() -> Starlette:
    return Starlette(routes=assets.routes(), exception_handlers={HTTPException: errors.http_error})  # type: ignore[dict-item]


def test_an_asset_is_answered_compressed_typed_and_for_ever(shapes: str) -> None:
    answer = ask(app(), shapes, {"accept-encoding": "br"})
    assert brotli.decompress(answer.body) == SHAPES
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ask(app(), shapes, {"if-none-match": answer.headers["etag"]}).status == 304
    assert ask(app(), shapes).body == SHAPES


def test_the_hash_of_another_content_is_not_found(shapes: str) -> None:
    answer = ask(app(), f"/assets/{'0' * 12}/shapes.geojson")
    assert (answer.status, answer.body.decode()) == (404, "404 找不到這個網址。")
    assert ask(app(), shapes.replace("shapes.", "other.")).status == 404


def test_another_content_has_another_address(shapes: str) -> None:
    assets.register("shapes.geojson", lambda: SHAPES + b" ")
    assert assets.asset_url("shapes.geojson") != shapes


def test_what_was_compressed_once_is_read_from_the_cache(shapes: str, tmp_path: Path) -> None:
    (made,) = [ask(app(), shapes, {"accept-encoding": "br"}).body for _ in "1"]
    kept = [file for file in tmp_path.glob("*.br") if file.read_bytes() == made]
    assert len(kept) == 1
    kept[0].write_bytes(brotli.compress(b"from the cache"))
    assets._body.cache_clear()
    assert brotli.decompress(ask(app(), shapes, {"accept-encoding": "br"}).body) == b"from the cache"


def test_a_file_of_unknown_type_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="media type"):
        assets.register("x.exe", bytes)


def test_addresses_and_routes_follow_the_base_path(shapes: str, base_path: str) -> None:
    below = assets.asset_url("shapes.geojson")
    assert below == base_path + shapes
    assert ask(app(), below).status == 200


def test_the_icon_is_ours_and_an_image() -> None:
    answer = ask(app(), assets.asset_url("favicon.svg"))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.body.startswith(b"<svg")
