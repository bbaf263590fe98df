"""What a reader waits for, measured inside the browser: from the action to the painted frame."""

import base64
import contextlib
import dataclasses
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.kinds import COMPONENT, FLOOR, NAIVE, PLOTLY, PageKind, Ready, Turn
from tests.bench.servers import Server

WATCHING = Path(__file__).with_name("watching.js").read_text("utf-8")
PATIENCE_MS = 30_000
SETTLE_MS = 250
"""So long a page must be still before a change counts as finished and its bytes as all."""

SLOW_NETWORK = {"offline": False, "latency": 20, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
"""10 Mbit/s and 20 ms to the first byte of every answer."""

_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Traffic:
    """Bytes of one tab since it was last asked: HTTP as it came over the wire, WebSocket messages as unpacked."""

    def __init__(self, page: Page) -> None:
        self.http = self.socket = 0
        self.open: set[str] = set()
        self.session = page.context.new_cdp_session(page)
        self.session.on("Network.requestWillBeSent", lambda event: self.open.add(event["requestId"]))
        self.session.on("Network.loadingFailed", lambda event: self.open.discard(event["requestId"]))
        self.session.on("Network.loadingFinished", self._finished)
        self.session.on("Network.webSocketFrameReceived", self._frame)
        self.session.on("Network.webSocketFrameSent", self._frame)
        self.session.send("Network.enable")

    def _finished(self, event: Mapping[str, Any]) -> None:
        self.http += int(event["encodedDataLength"])
        self.open.discard(event["requestId"])

    def _frame(self, event: Mapping[str, Any]) -> None:
        frame = event["response"]
        is_text = frame["opcode"] == 1
        self.socket += len(frame["payloadData"] if is_text else base64.b64decode(frame["payloadData"]))

    def taken(self) -> int:
        """Return the bytes so far and begin anew."""
        total, self.http, self.socket = self.http + self.socket, 0, 0
        return total

    def settle(self, page: Page) -> None:
        """Wait until the page has fetched all it wants, also behind what is shown."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        page.wait_for_timeout(2 * SETTLE_MS)
        while self.open and time.monotonic() < deadline:
            page.wait_for_timeout(SETTLE_MS)


@dataclasses.dataclass
class Passes:
    """What was measured on one server's pages, one value a pass."""

    cold_ms: list[float] = dataclasses.field(default_factory=list)
    cold_bytes: list[float] = dataclasses.field(default_factory=list)
    slow_ms: list[float] = dataclasses.field(default_factory=list)
    warm_ms: list[float] = dataclasses.field(default_factory=list)
    filter_ms: list[float] = dataclasses.field(default_factory=list)
    filter_cpu_ms: list[float] = dataclasses.field(default_factory=list)
    period_ms: list[float] = dataclasses.field(default_factory=list)
    period_bytes: list[float] = dataclasses.field(default_factory=list)
    period_cpu_ms: list[float] = dataclasses.field(default_factory=list)
    turn_ms: list[float] = dataclasses.field(default_factory=list)

    def medians(self) -> dict[str, float]:
        return {name: median(values) for name, values in dataclasses.asdict(self).items() if values}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    executable = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        raise RuntimeError("no Chromium: `make browser` says how to install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_CHROMIUM)
        yield browser
        browser.close()


def kinds_of(browser: Browser, servers: Sequence[Server]) -> dict[str, PageKind]:
    """Say how each server's page is handled; ours tells by itself whether the component draws it."""
    kinds = {"naive": NAIVE, "floor": FLOOR}
    for server in servers:
        if server.name not in kinds:
            kinds[server.name] = _kind_of_ours(browser, server)
    return kinds


def _kind_of_ours(browser: Browser, server: Server) -> PageKind:
    either = f"(...all) => ({COMPONENT.painted})(...all) || ({PLOTLY.painted})(...all)"
    seen = dataclasses.replace(PLOTLY, painted=either)
    with visiting(browser, server, seen) as (page, _):
        open_page(page, server, seen)
        page.wait_for_timeout(SETTLE_MS)
        return COMPONENT if page.evaluate("window.__bench.drawn()") else PLOTLY


@contextlib.contextmanager
def visiting(browser: Browser, server: Server, kind: PageKind) -> Iterator[tuple[Page, Traffic]]:
    """Be a reader who was never here: nothing is in this browser's cache."""
    context: BrowserContext = browser.new_context(
        locale="zh-TW", timezone_id="Asia/Taipei", viewport={"width": 1366, "height": 900}
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(f"{WATCHING}\nwindow.__bench.open({kind.painted});")
    page = context.new_page()
    try:
        yield page, Traffic(page)
    finally:
        context.close()


def open_page(page: Page, server: Server, kind: PageKind) -> float:
    """Open the page's address; return the milliseconds from there to its being painted."""
    page.goto(f"{server.address}{kind.address}", wait_until="commit")
    page.wait_for_function("window.__bench?.opened")
    return float(page.evaluate("window.__bench.opened"))


def change(page: Page, ready: Ready, painted: str) -> float:
    """Do what is prepared; return the milliseconds from the action to its being painted."""
    page.evaluate(f"want => window.__bench.arm({painted}, want)", ready.want)
    ready.decide()
    page.wait_for_function("window.__bench.took !== null")
    page.wait_for_timeout(SETTLE_MS)
    return float(page.evaluate("window.__bench.result()"))


def browse(browser: Browser, servers: Sequence[Server], rounds: int, changes: int) -> dict[str, Passes]:
    """Measure every page in turn, round after round, so that whatever disturbs the machine disturbs all alike."""
    kinds = kinds_of(browser, servers)
    passes = {server.name: Passes() for server in servers}
    for _ in range(rounds):
        for server in servers:
            _slowly(browser, server, kinds[server.name], passes[server.name])
            _pass(browser, server, kinds[server.name], passes[server.name], changes)
    return passes


def _slowly(browser: Browser, server: Server, kind: PageKind, into: Passes) -> None:
    with visiting(browser, server, kind) as (page, traffic):
        traffic.session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        into.slow_ms.append(open_page(page, server, kind))


def _pass(browser: Browser, server: Server, kind: PageKind, into: Passes, changes: int) -> None:
    with visiting(browser, server, kind) as (page, traffic):
        into.cold_ms.append(open_page(page, server, kind))
        traffic.settle(page)
        into.cold_bytes.append(traffic.taken())
        page.goto("about:blank")
        into.warm_ms.append(open_page(page, server, kind))
        traffic.settle(page)
        for n in range(changes):
            ready = kind.filters[n % len(kind.filters)](page)
            before = server.cpu_seconds()
            into.filter_ms.append(change(page, ready, kind.painted))
            traffic.settle(page)
            into.filter_cpu_ms.append(1000 * (server.cpu_seconds() - before))
        for _ in range(changes if kind.period else 0):
            _change_period(page, server, kind, traffic, into)
        turns = [_turn(page, turn, traffic) for turn in 2 * tuple(kind.turns)]
        into.turn_ms += turns[1:]  # the first goes to a page this reader has not seen yet


def _turn(page: Page, turn: Turn, traffic: Traffic) -> float:
    traffic.settle(page)
    return change(page, Ready(turn.want, page.get_by_role("link", name=turn.link).click), turn.painted)


def first_load(browser: Browser, server: Server, kind: PageKind) -> float:
    """Return the seconds from when a server said it is well until its first reader sees the page."""
    with visiting(browser, server, kind) as (page, _):
        open_page(page, server, kind)
        return time.perf_counter() - server.healthy_at


def _change_period(page: Page, server: Server, kind: PageKind, traffic: Traffic, into: Passes) -> None:
    assert kind.period is not None
    ready = kind.period(page)
    traffic.settle(page)
    traffic.taken()
    before = server.cpu_seconds()
    into.period_ms.append(change(page, ready, kind.painted))
    into.period_cpu_ms.append(1000 * (server.cpu_seconds() - before))
    into.period_bytes.append(traffic.taken())
