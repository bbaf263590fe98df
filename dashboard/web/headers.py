"""Headers that every answer carries."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No script-src: Streamlit writes inline styles and evaluates components; a policy that allows both protects nothing.
SECURITY: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    # Pictures only from here: a text on a page could otherwise make a reader's browser ask another host.
    "content-security-policy": "img-src 'self' data: blob:; frame-ancestors 'self'; base-uri 'self'; object-src 'none'",
}


class SecurityHeaders:
    """Add what an answer does not yet say itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; touch only the start of an HTTP answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
