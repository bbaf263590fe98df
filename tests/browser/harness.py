"""The drawing component on a page of its own: no Streamlit, no server, documents from a dictionary."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from playwright.sync_api import Page, Route

from dashboard.charts import theme
from dashboard.domain import sheet_words
from dashboard.domain.counties import counties
from dashboard.domain.settings import HOUSE
from dashboard.web.figure import COMPONENT, plotly_js

ORIGIN = "http://127.0.0.1:9"
"""A port where nothing answers: whatever is not in the dictionary fails."""

CODES = [one.county_code for one in counties()]
PAGE = """<!doctype html><html lang="zh-Hant-TW"><meta charset="utf-8"><title>圖</title>
<script src="/history.js"></script>
<body class="stApp" style="color-scheme: SCHEME; margin: 0; background: Canvas"><div id="root"></div></body></html>"""
MOUNT = """async (data) => {
  window.told ??= [];
  const module = await import("/figure.js");
  window.takeDown = await module.default({
    data, parentElement: document.getElementById("root"), setTriggerValue: (name, value) => told.push([name, value]),
  });
}"""


def bars(title: str, values: list[float]) -> dict[str, Any]:
    """Return a part with a bar a county; the caption of its file says `title`."""
    names = [one.name for one in counties()][: len(values)]
    trace = {
        "type": "bar", "x": names, "y": values, "ids": CODES[: len(values)], "meta": {"pick": True},
        "hovertext": [f"{name} {value}" for name, value in zip(names, values, strict=True)], "hoverinfo": "text",
        "marker": {"color": theme.CATEGORICAL[0]},
    }  # fmt: skip
    layout = theme.layout(300, {"l": 40, "r": 8, "t": 8, "b": 60})
    printed = {"width": 400, "height": 340, "title": {"text": title, "font": {"family": theme.FONT}}}
    return {
        "key": "bars", "html": f'<h2>{title}</h2><div class="exhibit-chart"></div>' + FILES, "printed": printed,
        "figure": {"data": [trace], "layout": layout}, "narrow": {"height": 200}, "file_name": title,
    }  # fmt: skip


FILES = (
    '<div class="exhibit-files"><button data-file="png">P</button><button data-file="svg">S</button>'
    '<a href="/table.csv">T</a><a href="/old.csv">O</a><span role="status"></span></div>'
)


def shapes(title: str) -> dict[str, Any]:
    """Return a part with a map of the 22 counties."""
    trace = {
        "type": "choropleth", "geojson": "counties.geojson", "locations": CODES, "z": list(range(22)),
        "text": [one.name for one in counties()], "meta": {"pick": True}, "showscale": False,
    }  # fmt: skip
    geo = {"visible": False, "lonaxis": {"range": [118.9, 122.1]}, "lataxis": {"range": [21.8, 25.4]}}
    part = bars(title, [1.0])
    return part | {
        "key": "map",
        "figure": {"data": [trace], "layout": theme.layout(400, part["figure"]["layout"]["margin"], geo=geo)},
    }


@dataclass
class Stage:
    """A page with the component, the documents it may ask for, and what it asked for."""

    page: Page
    documents: dict[str, Any]
    scheme: str = "light"
    plotly: str = "slim"
    asked: list[str] = field(default_factory=list)

    def open(self, search: str = "", width: int = 900) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.route(f"{ORIGIN}/**", self._answer)
        self.page.goto(f"{ORIGIN}/{search}")

    def mount(self, data: dict[str, Any]) -> None:
        before = self.drawn
        self.page.evaluate(MOUNT, {"house": "/house.json", **data})
        self.wait(before)

    def film(self, *codes: str, at: str | None = None) -> None:
        """Mount a film whose frames are the documents named by `codes`."""
        self.documents["film"] = {"frames": {code: self.documents[code]["parts"] for code in codes}}
        told = {
            "parameter": "period",
            "label": "期別",
            "choices": [[code, f"第{code}期"] for code in codes],
            "url": "/film",
        }
        code = at or codes[-1]
        self.mount({"film": told, "code": code, "url": f"/{code}"})
        asked = dict(parse_qsl(urlsplit(self.page.url).query))
        own = {name: value for name, value in asked.items() if name != "period"}
        self.address(own, {"period": code})
        self.page.wait_for_function("performance.getEntriesByName(location.origin + '/film').length > 0")

    def address(self, own: dict[str, str], frames: dict[str, str], step: bool = False) -> None:
        told = {"own": own, "frames": frames, "step": step}
        self.page.evaluate("async (address) => (await import('/figure.js')).default({ data: { address } })", told)

    @property
    def drawn(self) -> int:
        return int(self.page.evaluate("Number(document.documentElement.dataset.drawn ?? 0)"))

    def wait(self, before: int) -> None:
        self.page.wait_for_function(f"Number(document.documentElement.dataset.drawn ?? 0) > {before}")

    @property
    def told(self) -> list[list[str]]:
        return list(self.page.evaluate("told"))

    def _answer(self, route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/")
        self.asked.append(name)
        files = {
            "figure.js": COMPONENT,
            "history.js": COMPONENT.parents[1] / "history.js",
            "plotly.js": self._library(),
        }
        if name == "":
            route.fulfill(body=PAGE.replace("SCHEME", self.scheme), content_type="text/html")
        elif name in files:
            route.fulfill(body=files[name].read_text("utf-8"), content_type="text/javascript")
        elif name == "counties.geojson":
            route.fulfill(body=(HOUSE / "geo" / name).read_text("utf-8"), content_type="application/json")
        elif name == "house.json":
            route.fulfill(body=json.dumps(self._house()), content_type="application/json")
        elif name == "table.csv":
            route.fulfill(
                body="一,二", headers={"content-disposition": f"attachment; filename*=UTF-8''{quote('表.csv')}"}
            )
        elif name in self.documents:
            route.fulfill(body=json.dumps(self.documents[name]), content_type="application/json")
        else:
            route.fulfill(status=410, body="gone")

    def _library(self) -> Any:
        import plotly

        full = HOUSE.__class__(plotly.__file__).parent / "package_data" / "plotly.min.js"
        return plotly_js() if self.plotly == "slim" else full

    @staticmethod
    def _house() -> dict[str, Any]:
        return {
            "plotly": "/plotly.js",
            "geojson": {"counties.geojson": "/counties.geojson"},
            "dark": dict(theme.DARK),
            "words": dict(sheet_words.BROWSER),
            "config": json.loads(json.dumps(theme.CONFIG, default=dict)),
        }
