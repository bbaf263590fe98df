"""Our own files, addressed by the hash of their content: kept for ever, since new content has a new address."""

from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.domain.settings import HOUSE
from dashboard.web.bodies import IMMUTABLE, Body, digest_of, user_cache
from dashboard.web.figure import COMPONENT, plotly_js
from dashboard.web.house import base_path

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}

_WEB = Path(__file__).parent
_registered: dict[str, Callable[[], bytes]] = {}


def register(name: str, content: Callable[[], bytes]) -> None:
    """Serve what `content` returns under a name. It is asked once; what changes later needs a restart."""
    if PurePath(name).suffix not in MEDIA_TYPES:
        raise ValueError(f"no media type for {name}: add it to MEDIA_TYPES")
    _registered[name] = content


for name in ("favicon.svg", "zh-hant.js", "history.js", "weights.js", "oversized.js"):
    register(name, (_WEB / name).read_bytes)
register(COMPONENT.name, COMPONENT.read_bytes)
for file in (HOUSE / "geo" / "counties.geojson", HOUSE / "geo" / "townships.geojson"):
    register(file.name, file.read_bytes)
register("plotly.js", lambda: plotly_js().read_bytes())


def asset_url(name: str) -> str:
    """Return the address of a registered file, base path included; an unknown name is a KeyError."""
    return f"{base_path()}/assets/{_digest(_registered[name])[:12]}/{name}"


def prepare() -> None:
    """Compress every file now, so that no reader waits for it."""
    for name, content in list(_registered.items()):
        _body(content, PurePath(name).suffix)


def routes() -> list[BaseRoute]:
    return [Route(f"{base_path()}/assets/{{digest}}/{{name}}", _serve)]


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    content = _registered.get(name)
    if content is None or request.path_params["digest"] != _digest(content)[:12]:
        raise HTTPException(404)
    body = await run_in_threadpool(_body, content, PurePath(name).suffix)
    return body.answer(request.headers, body.encoding_for(request.headers) or "identity", IMMUTABLE)


@cache
def _plain(content: Callable[[], bytes]) -> bytes:
    return content()


@cache
def _digest(content: Callable[[], bytes]) -> str:
    return digest_of(_plain(content))


@cache
def _body(content: Callable[[], bytes], suffix: str) -> Body:
    return Body.of(_plain(content), MEDIA_TYPES[suffix], user_cache())
