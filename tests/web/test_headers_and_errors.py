import logging
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from dashboard.web import errors
from dashboard.web.headers import SecurityHeaders
from tests.web.asking import ask


def own_policy(_request: Request) -> Response:
    return PlainTextResponse("ok", headers={"referrer-policy": "no-referrer"})


def test_every_answer_carries_the_headers_and_keeps_its_own() -> None:
    app = Starlette(routes=[Route("/", own_policy)], middleware=[Middleware(SecurityHeaders)])
    headers = ask(app, "/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert ask(app, "/missing").headers["x-content-type-options"] == "nosniff"


def test_a_bug_shows_a_number_and_the_log_says_the_rest_under_it(caplog: pytest.LogCaptureFixture) -> None:
    request = Request({"type": "http", "path": "/x", "headers": [], "server": ("test", 80), "query_string": b""})
    with caplog.at_level(logging.ERROR):
        answer = errors.server_error(request, ValueError("secret"))
    text = bytes(answer.body).decode()
    reference = re.search(r"編號 ([0-9a-f]{8}) ", text)
    assert reference
    assert "secret" not in text
    assert reference[1] in caplog.text
    assert "secret" in caplog.text


def told() -> None:
    from dashboard.domain.errors import DashboardError
    from dashboard.web import errors

    errors.script_error(DashboardError("找不到 115 年的資料。"))
    errors.script_error(ValueError("secret"))


def test_a_page_shows_the_sentence_of_a_dashboard_error_and_only_the_number_of_a_bug() -> None:
    shown = [error.value for error in AppTest.from_function(told).run().error]
    assert shown[0] == "找不到 115 年的資料。"
    assert re.fullmatch(r"這一頁發生系統錯誤，請將編號 [0-9a-f]{8} 告知系統管理者。", shown[1])
