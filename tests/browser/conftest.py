"""The running server in a real browser: one of each for all tests, marked `browser`."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

STARTUP_SECONDS = 60
expect.set_options(timeout=20_000)  # on a busy machine the first load of Streamlit's scripts alone takes five seconds


@dataclass
class Watch:
    """What a page did besides showing itself: requests to other hosts, errors on the console."""

    host: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Record what would leave for another host; data: and blob: leave for none."""
        address = urlsplit(request.url)
        if address.netloc not in {"", self.host}:
            self.outside.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def page_error(self, error: Exception) -> None:
        self.errors.append(str(error))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium: `make test` says how to install it")
    # Other hosts are refused by name resolution, not by request routing: routing switches the browser's cache off.
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    arguments = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *quiet]
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@contextlib.contextmanager
def serving(data_dir: Path, log: Path) -> Iterator[str]:
    """Run the real command line on a data directory; yield its address."""
    command = [sys.executable, "-m", "dashboard", "serve", "--demo", "--data-dir", str(data_dir), "--port", "0"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=output, stderr=subprocess.STDOUT)
        try:
            yield _address_when_ready(process, log)
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def server(demo_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample from a copy of its own; yield the address."""
    directory = tmp_path_factory.mktemp("server")
    shutil.copytree(demo_data_dir, directory / "data")
    with serving(directory / "data", directory / "log") as address:
        yield address


@pytest.fixture(scope="session")
def visitor(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """One reader's browser for all tests: Streamlit's bundle is loaded once and not once a test."""
    context = browser.new_context(
        base_url=server, locale="zh-TW", timezone_id="Asia/Taipei", viewport={"width": 1366, "height": 900}
    )
    yield context
    context.close()


@pytest.fixture
def watch(server: str) -> Watch:
    return Watch(host=urlsplit(server).netloc)


@pytest.fixture
def page(visitor: BrowserContext, watch: Watch) -> Iterator[Page]:
    """Yield a new tab; whatever the test was about, no tab may have asked another host for anything."""
    page = visitor.new_page()
    page.on("request", watch.request)
    page.on("console", watch.console)
    page.on("pageerror", watch.page_error)
    yield page
    page.close()
    assert watch.outside == []


def _address_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        told = re.search(r"http://[\d.]+:\d+", log.read_text("utf-8"))
        if told and _is_healthy(told[0]):
            return told[0]
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8')}")


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 -- our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False
