"""Colours, fonts, number formats and the Chinese of the drawing library: what all charts share."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

Spec = dict[str, Any]
"""A part of a chart in the words of plotly.js: plain values, so that building one costs next to nothing."""

FONT = '"Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", sans-serif'
INK = "#1f2933"
MUTED = "#52606d"
RULE = "#d5dbe1"
PAPER = "#ffffff"
SHADE = "#f2f4f7"
MISSING = "#b8bec5"
PROVISIONAL = "#9a6b00"
HIGHLIGHT = "#c2410c"
HIGHLIGHT_PAPER = "#fdf3ec"
BADGE_INK, BADGE_LINE, BADGE_PAPER = "#6b3a00", "#8a4b00", "#fff6e0"
ACCENT = "#0b5394"
LETTERS = "#0f1419"
"""On the lighter kinds of CATEGORICAL, which stay light on a dark page."""

SEQUENTIAL = ("#f4f7c8", "#c3e3b5", "#7fc8b6", "#3f9fb8", "#2a6da8", "#213a7c")
"""Low to high in even steps, told apart by all kinds of colour vision and in print; none of it is grey."""

DIVERGING = ("#8c510a", "#c58b3a", "#ead3a2", "#eef0f1", "#a9d8d0", "#4aa097", "#0b665e")
"""Below zero, zero, above zero: brown and green differ in lightness for every kind of colour vision."""

CATEGORICAL = ("#1f4e8c", "#3b9c92", "#e0a63a", "#8e86c3", "#7d4a6d", "#a3b18a")
"""Six kinds that differ in lightness as well as in hue."""

DARK: Mapping[str, str] = MappingProxyType(
    {
        INK: "#e4e8ec",
        MUTED: "#a9b4bf",
        RULE: "#3a444e",
        PAPER: "#12171d",
        SHADE: "#1d242c",
        MISSING: "#5b6570",
        PROVISIONAL: "#e3b341",
        HIGHLIGHT: "#ff9a5c",
        HIGHLIGHT_PAPER: "#3a2416",
        BADGE_INK: "#ffd28a",
        BADGE_LINE: "#c98a2e",
        BADGE_PAPER: "#33270f",
        ACCENT: "#7cb8f2",
        LETTERS: "#0b1015",
        **dict(zip(SEQUENTIAL, ("#1f3157", "#24547f", "#2c7c9a", "#43a796", "#8fcf8c", "#eef2b0"), strict=True)),
        **dict(
            zip(
                DIVERGING,
                ("#f0b46a", "#c58b48", "#7f6038", "#2b333b", "#2f6b66", "#44a398", "#7fe0d2"),
                strict=True,
            )
        ),
        **dict(zip(CATEGORICAL, ("#6ea8ea", "#58c4b8", "#f0c060", "#b3abe6", "#d391be", "#c4d3a8"), strict=True)),
    }
)
"""Every colour of a chart as it is on a dark page. The reader's browser exchanges them; files are always light."""

BODY_SIZE = 13
SMALL_SIZE = 10
TITLE_SIZE = 14

_DAYS = ("日", "一", "二", "三", "四", "五", "六")
_MONTHS = [f"{month}月" for month in range(1, 13)]
_DICTIONARY = {"Double-click to zoom back out": "按兩下還原"}
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        # Without a topology of its own the library asks a host on the internet, and offline draws nothing.
        "topojsonURL": "data:application/json,{}#",
        "displaylogo": False,
        "scrollZoom": False,
        "displayModeBar": False,
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
    """Print an already rounded difference with its sign.

    One smaller than a unit of the last place was given the decimals it takes not to read as zero: it keeps them, for
    rounding it a second time could double it.
    """
    while value and abs(value) < 10**-decimals * 0.999:
        decimals += 1
    return f"{value:+,.{decimals}f}" if value else f"{0:.{decimals}f}"


def layout(height: int, margin: Mapping[str, int], **more: Any) -> Spec:
    """Return the house's layout: colours, fonts, nothing that a reader could drag by accident. Sizes are pixels."""
    return {
        "height": height,
        "margin": {**margin, "autoexpand": False},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": BODY_SIZE, "color": INK},
        "hoverlabel": {
            "font": {"family": FONT, "size": BODY_SIZE, "color": INK},
            "bgcolor": PAPER,
            "bordercolor": MUTED,
            "align": "left",
        },
        "dragmode": False,
        **more,
    }


def scale(colours: Sequence[str]) -> list[list[Any]]:
    """Return a continuous colour scale, evenly stepped."""
    return [[nth / (len(colours) - 1), colour] for nth, colour in enumerate(colours)]
