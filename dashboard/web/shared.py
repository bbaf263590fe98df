"""What all pages share in the browser, as assets: the colours as CSS, and the drawing component's settings."""

import json
from pathlib import Path

from dashboard.charts import theme
from dashboard.charts.outlines import GEOJSON
from dashboard.domain import sheet_words
from dashboard.web.assets import asset_url, register

STYLE, SETTINGS = "house.css", "house.json"

_COLOURS = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "rule": theme.RULE,
    "line": theme.MISSING,
    "paper": theme.PAPER,
    "shade": theme.SHADE,
    "accent": theme.ACCENT,
    "highlight": theme.HIGHLIGHT,
    "highlight-paper": theme.HIGHLIGHT_PAPER,
    "badge-ink": theme.BADGE_INK,
    "badge-line": theme.BADGE_LINE,
    "badge-paper": theme.BADGE_PAPER,
}


def _style() -> bytes:
    named = "".join(f"--{name}: light-dark({light}, {theme.DARK[light]}); " for name, light in _COLOURS.items())
    return f":root {{ {named}}}\n{Path(__file__).with_name(STYLE).read_text('utf-8')}".encode()


def _settings() -> bytes:
    settings = {
        "plotly": asset_url("plotly.js"),
        "geojson": {GEOJSON: asset_url(GEOJSON)},
        "dark": dict(theme.DARK),
        "words": dict(sheet_words.BROWSER),
        "config": theme.CONFIG,
    }
    return json.dumps(settings, ensure_ascii=False, default=dict).encode()


register(STYLE, _style)
register(SETTINGS, _settings)
