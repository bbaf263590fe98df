"""The one HTML page that Streamlit serves for every address, in our language."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.charts.outlines import GEOJSON
from dashboard.web.assets import asset_url
from dashboard.web.bodies import REVALIDATE, Body, is_read
from dashboard.web.bundle import STREAMLIT_STATIC
from dashboard.web.house import TITLE
from dashboard.web.shared import SETTINGS, STYLE

# First segments of addresses that are answered by something else than the page.
NOT_PAGES = frozenset(
    {"_stcore", "static", "media", "component", "app", "auth", "oauth2callback", "assets", "exhibits"}
)

NOSCRIPT = "<noscript><p>本儀表板需要啟用 JavaScript。</p></noscript>"


class ChineseIndex:
    """Answer every address of a page with our index; `elsewhere` adds first segments that are routes of ours."""

    def __init__(self, app: ASGIApp, base: str, elsewhere: Collection[str] = ()) -> None:
        self.app = app
        self.base = base
        self.elsewhere = NOT_PAGES | set(elsewhere)
        self.body = Body.of(chinese(_streamlit_index(), base).encode(), "text/html; charset=utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page's address; let through whatever names a file, a route, or lies outside the base path."""
        if not (is_read(scope) and self._is_page(scope["path"])):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        encoding = self.body.encoding_for(headers) or "identity"
        await self.body.answer(headers, encoding, REVALIDATE)(scope, receive, send)

    def _is_page(self, path: str) -> bool:
        # The base path without its slash is Streamlit's to redirect: the page's links are relative.
        if not path.startswith(f"{self.base}/"):
            return False
        segments = path.removeprefix(self.base).split("/")[1:]
        # Doubled and trailing slashes are Streamlit's to refuse or redirect.
        if segments[1:] and "" in segments:
            return False
        return self.elsewhere.isdisjoint(segments) and "." not in segments[-1]


def chinese(html: str, base: str = "") -> str:
    """Return the index with our language, title, icon and dictionary, and without what we do not use."""
    html = html.replace('<html lang="en">', '<html lang="zh-Hant-TW">')
    html = html.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>\n{_head(base)}")
    html = re.sub(r"\s*<link rel=\"shortcut icon\"[^>]*>", "", html)
    # Streamlit's Latin font (170 kB) is announced although the theme never uses it.
    html = re.sub(r"\s*<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", html)
    html = re.sub(r"<!--.*?-->\s*", "", html, flags=re.DOTALL)
    return re.sub(r"<noscript>.*?</noscript>", NOSCRIPT, html, flags=re.DOTALL)


def _head(base: str) -> str:
    # Told where its server is, Streamlit does not look for it below the address of each page, where nothing answers.
    server = f'<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+"{base}/"}}</script>'
    return (
        f'<link rel="icon" type="image/svg+xml" href="{asset_url("favicon.svg")}">'
        f'<link rel="stylesheet" href="{asset_url(STYLE)}">'
        f'<script defer src="{asset_url("zh-hant.js")}"></script>'
        f'<script defer src="{asset_url("history.js")}"></script>{server}{"".join(_early())}'
    )


def _early() -> Iterable[str]:
    """Announce what every page needs and Streamlit would ask for only after the page's first run has answered."""
    for name in ("figure.js", "plotly.js"):
        yield f'<link rel="modulepreload" href="{asset_url(name)}">'
    for name in (SETTINGS, GEOJSON):
        yield f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{asset_url(name)}">'
    for start in ("BidiComponent", "Html", "ButtonGroup", "Selectbox"):
        for file in sorted(Path(STREAMLIT_STATIC, "static", "js").glob(f"{start}.*.js")):
            yield f'<link rel="modulepreload" crossorigin href="./static/js/{file.name}">'


def _streamlit_index() -> str:
    return (STREAMLIT_STATIC / "index.html").read_text("utf-8")
