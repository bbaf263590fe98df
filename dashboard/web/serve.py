"""Run the server: bind, load, say where it is."""

import contextlib
import errno
import json
import os
import socket
import sys

import uvicorn

from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import Settings

APP = "dashboard.asgi:app"
"""By name, so that it is imported after the settings are published."""

WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- recognised here, bound only where the settings say so


def serve(settings: Settings) -> None:
    """Serve until stopped. An address that cannot be had or a start-up that fails is a DashboardError."""
    publish(settings)
    with _listen(settings.address, settings.port) as listener:
        server = _Server(_options(), _url(settings.address, listener))
        with contextlib.suppress(KeyboardInterrupt):
            server.run([listener])


def publish(settings: Settings) -> None:
    """Put the settings into the environment, where `Settings()` in the app finds them over any file."""
    for name, value in settings.model_dump(mode="json").items():
        text = value if isinstance(value, str) else json.dumps(value)
        os.environ[f"{settings.environment_prefix}{name.upper()}"] = text


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self.url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit as failure:
            raise DashboardError("伺服器未能啟動，原因見上方的紀錄。") from failure
        sys.stdout.write(f"儀表板已啟動：{self.url}\n")
        sys.stdout.flush()


def _options() -> uvicorn.Config:
    return uvicorn.Config(
        APP,
        lifespan="on",
        ws="websockets-sansio",
        ws_per_message_deflate=True,
        access_log=False,
        server_header=False,
        # Open pages hold a WebSocket; a stop does not wait for their readers to leave.
        timeout_graceful_shutdown=2,
    )


def _listen(address: str, port: int) -> socket.socket:
    """Listen before the app is loaded: a clash shows at once, and an early reader waits instead of being refused."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=2048)
    except OSError as problem:
        raise DashboardError(_reason(problem, address, port)) from problem


def _reason(problem: OSError, address: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"埠 {port} 已被其他程式使用；請先停止該程式，或以 --port 指定其他埠（0 為任選）。"
    if problem.errno == errno.EACCES:
        return f"沒有權限使用埠 {port}；請以 --port 指定 1024 以上的埠。"
    return f"無法在位址 {address} 監聽；請檢查 --address 是否為本機的位址。"


def _url(address: str, listener: socket.socket) -> str:
    shown = WILDCARDS.get(address, address)
    host = f"[{shown}]" if ":" in shown else shown
    return f"http://{host}:{listener.getsockname()[1]}"
