"""Errors as a reader sees them: one Chinese sentence; the log keeps the rest under the same number."""

import logging
import secrets

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dashboard.domain.errors import DashboardError

SENTENCES = {
    403: "沒有權限。",
    404: "找不到這個網址。",
    405: "不接受這種請求。",
    410: "已有較新的資料，請重新整理頁面後再試。",
    413: "檔案超過大小上限。",
}

log = logging.getLogger(__name__)


def http_error(request: Request, error: HTTPException) -> PlainTextResponse:
    """Answer a refused request with its number and a sentence."""
    del request
    sentence = SENTENCES.get(error.status_code, "無法處理這個請求。")
    return PlainTextResponse(f"{error.status_code} {sentence}", error.status_code, headers=error.headers)


def server_error(request: Request, error: Exception) -> PlainTextResponse:
    """Answer a bug of ours with its reference number only."""
    reference = _logged(error, request.url.path)
    return PlainTextResponse(f"系統發生錯誤，請將編號 {reference} 告知系統管理者。", 500)


def script_error(error: Exception) -> bool:
    """Show on the page what its reader can act on; return True, because nothing else is to be shown."""
    st.error(sentence(error, "page"))
    return True


def sentence(error: Exception, where: str) -> str:
    """Return what a reader is told: our own sentence, or the number under which the log keeps a bug's traceback."""
    if isinstance(error, DashboardError):
        return str(error)
    return f"這一頁發生系統錯誤，請將編號 {_logged(error, where)} 告知系統管理者。"


def _logged(error: Exception, where: str) -> str:
    reference = secrets.token_hex(4)
    log.error("編號 %s（%s）", reference, where, exc_info=error)
    return reference
