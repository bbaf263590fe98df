"""A drawing for the page, and what it says besides as a file: a downloaded picture must stand without its page."""

import dataclasses
import re
import unicodedata
from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.theme import Spec

SIDE = 8
"""Pixels between the edge of a picture and what stands in it."""

_BADGE = 42
_LINE = 18.2
_SMALL_LINE = 13


@dataclasses.dataclass(frozen=True)
class Caption:
    """What a picture says of itself.

    `subject` is its title, `lines` stand below it (cut-off date, unit and basis, finding, selected county), `small`
    at the bottom (sources, notes), `badge` above all in a frame ("" for none), `file_name` is the download's.
    """

    subject: str
    lines: tuple[str, ...]
    small: tuple[str, ...]
    badge: str
    file_name: str


@dataclasses.dataclass(frozen=True)
class Drawing:
    """A chart as plotly.js takes it. `layout` is for the page, where title and sources stand around the chart.

    `narrow` holds what replaces parts of it on a screen below 640 pixels, `printed` in a file: fixed size, title, badge
    and small print inside. A trace with
    meta {"pick": True} has points that name counties: `locations` of a choropleth, `ids` of any other kind are county
    codes, and choosing one selects the county.
    """

    data: Sequence[Spec]
    layout: Spec
    printed: Spec
    file_name: str
    narrow: Spec | None = None

    @property
    def as_file(self) -> Spec:
        """Return the whole figure as it is in a file."""
        return {"data": list(self.data), "layout": {**self.layout, **self.printed}}


def drawing(data: Sequence[Spec], layout: Spec, caption: Caption, width: int, height: int | None = None) -> Drawing:
    """Complete a chart by its file: `width` pixels wide, `height` high without caption (as on the page unless told).

    The layout's own margins keep what they hold; title and small print come outside of them.
    """
    lines = _title(caption, width)
    small = "<br>".join(wrapped(line, _letters(width, theme.SMALL_SIZE)) for line in caption.small)
    above = round(_BADGE + _LINE * len(lines.split("<br>")) + SIDE)
    below = _SMALL_LINE * len(small.split("<br>")) + SIDE
    margin = layout["margin"]
    around = {**margin, "t": margin["t"] + above, "b": margin["b"] + below}
    printed = {
        "width": width,
        "height": (height or layout["height"]) + above + below,
        "margin": around,
        "title": _TITLE | {"text": lines},
        "annotations": [*layout.get("annotations", ()), *_badge(caption, around), _small_print(small, margin)],
    }
    return Drawing(data, layout, printed, caption.file_name)


_TITLE: Spec = {
    "font": {"size": theme.TITLE_SIZE, "color": theme.INK},
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "y": 1,
    "yref": "container",
    "yanchor": "top",
    "pad": {"l": SIDE, "t": 56},
}


def _title(caption: Caption, width: int) -> str:
    size = theme.BODY_SIZE - 1
    lines = "<br>".join(wrapped(line, _letters(width, size)) for line in caption.lines)
    subject = wrapped(caption.subject, _letters(width, theme.TITLE_SIZE))
    return f'<b>{subject}</b><br><span style="font-size:{size}px">{lines}</span>'


def _letters(width: int, size: int) -> int:
    """Return how many Latin letters of a size fit: a Chinese one is as wide as two, and as its height."""
    return int((width - 2 * SIDE) / (size / 2))


def stamped(drawn: Drawing, text: str, code: str) -> Drawing:
    """Write a short text into the upper right corner of the file of a drawing, and a code into its name."""
    margin = drawn.printed["margin"]
    font = {"size": theme.BODY_SIZE, "color": theme.BADGE_INK}
    corner = {"xref": "paper", "yref": "paper", "x": 1, "xanchor": "right", "xshift": margin["r"] - SIDE}
    place = {**corner, "y": 1, "yanchor": "top", "yshift": margin["t"] - SIDE, "showarrow": False}
    stamp = {**place, **_FRAMED, "text": f"<b>{text}</b>", "font": font}
    printed = {**drawn.printed, "annotations": [*drawn.printed["annotations"], stamp]}
    return dataclasses.replace(drawn, printed=printed, file_name=f"{drawn.file_name}_{code}")


_FRAMED: Spec = {"bgcolor": theme.BADGE_PAPER, "bordercolor": theme.BADGE_LINE, "borderwidth": 1, "borderpad": 3}


def _badge(caption: Caption, margin: Spec) -> list[Spec]:
    if not caption.badge:
        return []
    font = {"size": theme.BODY_SIZE, "color": theme.BADGE_INK}
    place = {**_at_left(margin), "y": 1, "yshift": margin["t"] - SIDE}
    return [{**place, **_FRAMED, "text": f"<b>{caption.badge}</b>", "font": font}]


def _small_print(text: str, margin: Spec) -> Spec:
    font = {"size": theme.SMALL_SIZE, "color": theme.MUTED}
    return {**_at_left(margin), "text": text, "font": font, "y": 0, "yshift": -margin["b"]}


def _at_left(margin: Spec) -> Spec:
    placed = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": SIDE - margin["l"]}
    return {**placed, "yanchor": "top", "align": "left", "showarrow": False}


def wrapped(text: str, width: int) -> str:
    """Break a Chinese text where a line would pass `width` Latin letters; the drawing library does not.

    Between clauses where that is possible, else between letters, but never inside a number or an address.
    """
    unbroken = r"[（「［]?(?:[!-~]+ ?|.)[，；。）、」］]*"
    lines = [""]
    for clause in re.split(r"(?<=[，；。）　])", text):
        parts = [clause] if _breadth(clause) <= width else re.findall(unbroken, clause)
        for part in parts:
            if lines[-1] and _breadth(lines[-1] + part) > width:
                lines.append("")
            lines[-1] += part
    return "<br>".join(line.strip("　") for line in lines)


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
