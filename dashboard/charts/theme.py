"""Colours, fonts, number formats and the Chinese of the drawing library: what all charts share."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

FONT = '"Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", sans-serif'
INK = "#1f2933"
MUTED = "#52606d"
RULE = "#d5dbe1"
PAPER = "#ffffff"
MISSING = "#b8bec5"
HIGHLIGHT = "#c2410c"
HIGHLIGHT_PAPER = "#fdf3ec"
BADGE_INK, BADGE_LINE, BADGE_PAPER = "#6b3a00", "#8a4b00", "#fff6e0"

SEQUENTIAL: tuple[tuple[float, str], ...] = (
    (0.0, "#f4f7c8"),
    (0.2, "#c3e3b5"),
    (0.4, "#7fc8b6"),
    (0.6, "#3f9fb8"),
    (0.8, "#2a6da8"),
    (1.0, "#213a7c"),
)
"""Light to dark in even steps, told apart by all kinds of colour vision and in print; none of it is grey."""

CATEGORICAL = ("#1f4e8c", "#3b9c92", "#e0a63a", "#8e86c3")
"""Four kinds that differ in lightness as well as in hue."""

BODY_SIZE = 13
SMALL_SIZE = 10
TITLE_SIZE = 14

_DAYS = ("日", "一", "二", "三", "四", "五", "六")
_MONTHS = [f"{month}月" for month in range(1, 13)]
_DICTIONARY = {
    "Download plot as a PNG": "下載圖檔（PNG）",
    "Download plot": "下載圖檔",
    "Zoom in": "放大",
    "Zoom out": "縮小",
    "Pan": "平移",
    "Zoom": "框選放大",
    "Autoscale": "自動縮放",
    "Reset axes": "重設座標軸",
    "Reset": "重設",
    "Reset view": "重設畫面",
    "Double-click to zoom back out": "按兩下還原",
    "Taking snapshot - this may take a few seconds": "正在產生圖檔，請稍候",
    "Snapshot succeeded": "圖檔已產生",
}
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        # Without a topology of its own the library asks a host on the internet, and offline draws nothing.
        "topojsonURL": "data:application/json,{}#",
        "displaylogo": False,
        "scrollZoom": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "locale": "zh-TW",
        "locales": {
            "zh-TW": {
                "dictionary": _DICTIONARY,
                "format": {
                    "months": _MONTHS,
                    "shortMonths": _MONTHS,
                    "days": [f"星期{day}" for day in _DAYS],
                    "shortDays": list(_DAYS),
                    "date": "%Y/%m/%d",
                    "decimal": ".",
                    "thousands": ",",
                    "grouping": [3],
                    "currency": ["NT$", ""],
                },
            }
        },
    }
)


def number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def signed(value: float, decimals: int) -> str:
    """Print with a sign; a value that is not zero never reads as zero, however many decimals that takes."""
    while value and float(f"{value:.{decimals}f}") == 0:
        decimals += 1
    return f"{value:+,.{decimals}f}" if value else f"{0:.{decimals}f}"


def figure(traces: Sequence[Any], title: str, height: int, margin: Mapping[str, int]) -> go.Figure:
    """Put traces into the house's layout. `title` says what is drawn, so that a copied picture still does."""
    return go.Figure(
        data=traces,
        layout={
            "template": "none",
            "height": height,
            "margin": {**margin, "autoexpand": False},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "font": {"family": FONT, "size": BODY_SIZE, "color": INK},
            "title": {
                "text": title,
                "font": {"size": TITLE_SIZE, "color": INK},
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                "pad": {"l": 8, "t": 50},
            },
            "hoverlabel": {
                "font": {"family": FONT, "size": BODY_SIZE, "color": INK},
                "bgcolor": PAPER,
                "bordercolor": MUTED,
                "align": "left",
            },
            "dragmode": False,
        },
    )
