"""A command line's parser that speaks to its users in their language."""

import argparse
from datetime import date
from typing import Any, NoReturn

from dashboard.answers import CURRENT
from dashboard.domain import knowledge_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.roc import stated_date
from dashboard.domain.settings import today


def known_on(stated: str | None) -> date:
    """Read the day whose knowledge is asked for, CURRENT where none is; DashboardError for one that has not come."""
    day = stated_date(stated) if stated else CURRENT
    if stated and day > today():
        raise DashboardError(knowledge_words.future(day))
    return day


_SAID = {
    "the following arguments are required": "缺少參數",
    "unrecognized arguments": "無法辨識的參數",
    "expected one argument": "後面需要一個值",
    "expected at least one argument": "後面至少需要一個值",
    "invalid choice": "不是可用的值",
    "choose from": "可用",
    "invalid int value": "不是整數",
    "argument ": "參數 ",
}


class ChineseParser(argparse.ArgumentParser):
    """argparse with Chinese headings, help and errors; what it says that is not listed here stays as it is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = "參數", "選項"
        self.add_argument("-h", "--help", action="help", help="顯示說明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence and where to read on; exit code 2 like every mistake."""
        for english, chinese in _SAID.items():
            message = message.replace(english, chinese)
        self.exit(2, f"指令有誤：{message}（{self.prog} -h 說明用法）\n")
