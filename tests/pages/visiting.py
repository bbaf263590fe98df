"""A reader of the app without a browser: what the drawing component would fetch, show and write into the address."""

import json
import re
from html import unescape
from typing import Any, Self
from urllib.parse import unquote

from streamlit.testing.v1 import AppTest

from dashboard import sheets
from dashboard.domain.settings import HOUSE

APP = HOUSE / "dashboard/app.py"


class Visit:
    """One open page. Opens at construction; afterwards the address is what the browser would have written."""

    def __init__(self, page: str = "", /, **address: str) -> None:
        self.test = AppTest.from_file(str(APP), default_timeout=60)
        if page:
            self.test.run()
            self.turn_to(page, **address)
        else:
            self._ask(address)
            self.run()

    def turn_to(self, page: str, /, **address: str) -> Self:
        self.test.switch_page(f"pages/{page}.py")
        self._ask(address)
        return self.run()

    def run(self) -> Self:
        self.test.run()
        told = self._told("address")
        if told:
            held = {film["parameter"]: [code for code, _ in film["choices"]] for film in self.films}
            asked = {name: self.asked[name] for name in told["frames"] if self.asked.get(name) in held[name]}
            self._ask({**told["own"], **told["frames"], **asked})
        return self

    def choose(self, name: str, code: Any) -> Self:
        """Choose in the picker of a name: one of its codes, or a list of them."""
        key = f"picker.{name}"
        pickers = [*self.test.selectbox, *self.test.button_group, *self.test.multiselect]
        next(one for one in pickers if one.key == key).set_value(code)
        return self.run()

    def move(self, name: str, code: str) -> Self:
        """Change the period in the browser: only the address knows."""
        self._ask({**self.address, name: code})
        return self

    @property
    def address(self) -> dict[str, str]:
        return dict(self.asked)

    @property
    def notices(self) -> list[str]:
        """Return the sentences about the address, as its reader sees them."""
        told = [one.proto.body for one in self.test.get("html") if "page-notice" in one.proto.body]
        return [unescape(text) for body in told for text in re.findall("<p>(.*?)</p>", body)]

    @property
    def is_choice(self) -> bool:
        """Say whether the browser would make the last run a step of its history."""
        told = self._told("address")
        return bool(told and told["step"])

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return what the component draws, exhibit by exhibit."""
        return [part for url in self.urls for part in fetched(url)["parts"]]

    @property
    def urls(self) -> list[str]:
        return [data["url"] for data in self._mounted() if "url" in data]

    @property
    def films(self) -> list[dict[str, Any]]:
        return [data["film"] for data in self._mounted() if data.get("film")]

    @property
    def text(self) -> str:
        return "".join(part["html"] for part in self.parts)

    @property
    def charts(self) -> list[dict[str, Any]]:
        return [part["figure"] for part in self.parts if "figure" in part]

    def _ask(self, address: dict[str, str]) -> None:
        self.asked = dict(address)
        self.test.query_params.clear()
        for name, code in address.items():
            self.test.query_params[name] = code

    def _mounted(self) -> list[dict[str, Any]]:
        return [json.loads(element.proto.json) for element in self.test.get("bidi_component")]

    def _told(self, name: str) -> dict[str, Any] | None:
        return next((data[name] for data in self._mounted() if name in data), None)


def fetched(url: str) -> dict[str, Any]:
    """Return the document behind an address, as the routes would answer."""
    _, _, stamp, text, name = unquote(url).split("/")
    body, _ = sheets._answered(stamp, text, name)
    document: dict[str, Any] = json.loads(body.plain)
    return document
