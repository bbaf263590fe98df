"""Our own files, addressed by the hash of their content: kept for ever, since new content has a new address."""

from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.domain.settings import HOUSE
from dashboard.web.bodies import IMMUTABLE, Body, digest_of
from dashboard.web.house import base_path

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}

_WEB = Path(__file__).parent
_registered: dict[str, Path] = {
    "favicon.svg": _WEB / "favicon.svg",
    "zh-hant.js": _WEB / "zh-hant.js",
    "history.js": _WEB / "history.js",
    "counties.geojson": HOUSE / "geo" / "counties.geojson",
    "townships.geojson": HOUSE / "geo" / "townships.geojson",
}


def register(name: str, file: Path) -> None:
    """Serve a file under a name. It is read when first asked for; what changes on disk later needs a restart."""
    if file.suffix not in MEDIA_TYPES:
        raise ValueError(f"no media type for {file.suffix}: add it to MEDIA_TYPES")
    _registered[name] = file


def asset_url(name: str) -> str:
    """Return the address of a registered file, base path included; an unknown name is a KeyError."""
    return f"{base_path()}/assets/{_digest(_registered[name])[:12]}/{name}"


def routes() -> list[BaseRoute]:
    return [Route(f"{base_path()}/assets/{{digest}}/{{name}}", _serve)]


async def _serve(request: Request) -> Response:
    file = _registered.get(request.path_params["name"])
    if file is None or not file.is_file() or request.path_params["digest"] != _digest(file)[:12]:
        raise HTTPException(404)
    body = await run_in_threadpool(_body, file)
    return body.answer(request.headers, body.encoding_for(request.headers) or "identity", IMMUTABLE)


@cache
def _digest(file: Path) -> str:
    return digest_of(file.read_bytes())


@cache
def _body(file: Path) -> Body:
    return Body.of(file.read_bytes(), MEDIA_TYPES[file.suffix])
