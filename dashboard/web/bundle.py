"""Streamlit's own scripts and styles, compressed: it serves its 22 MB of them plain, on purpose."""

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from dashboard.web.bodies import CODECS, IMMUTABLE, Body, digest_of, encoded, is_read

STREAMLIT_STATIC = Path(file_util.get_static_dir())


class Bundle:
    """The compressed files by address; filled in the background, so that nobody ever waits for compression."""

    def __init__(self, directory: Path = STREAMLIT_STATIC, cache: Path | None = None) -> None:
        self.directory = directory
        self.cache = cache
        self.ready: dict[str, Body] = {}

    def fill(self) -> None:
        """Compress every script and style, or read it from the cache: 4 s once for a machine, 0.1 s afterwards."""
        for file in self._files():
            plain = file.read_bytes()
            forms = {encoding: encoded(plain, encoding, self.cache) for encoding in CODECS}
            media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self.ready[f"/{file.relative_to(self.directory).as_posix()}"] = Body(forms, media_type, digest_of(plain))

    def _files(self) -> Iterable[Path]:
        """Return what the index page names first, then the charts, then the rest."""
        index = (self.directory / "index.html").read_text("utf-8")
        found = (file for file in (self.directory / "static").rglob("*") if file.suffix in {".js", ".css"})
        return sorted(found, key=lambda file: (file.name not in index, "Plotly" not in file.name, file.name))


class CompressedBundle:
    """Answer what the bundle has ready; anything else is Streamlit's to answer, plain, as before."""

    def __init__(self, app: ASGIApp, bundle: Bundle, base: str) -> None:
        self.app = app
        self.bundle = bundle
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the path up among the files found at start: no path of a request ever reaches the file system."""
        # A file's name carries the hash of its content, so what is ready can be kept for ever.
        body = self.bundle.ready.get(scope["path"].removeprefix(self.base)) if is_read(scope) else None
        if body is not None and (encoding := body.encoding_for(headers := Headers(scope=scope))):
            await body.answer(headers, encoding, IMMUTABLE)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
