"""What a picture says besides its drawing, and how it is downloaded: a copied picture must stand without its page.

One layout serves all widths: lines are broken for the narrowest screen, and room is counted in pixels, so that
nothing moves when the drawing becomes wider.
"""

import dataclasses
import re
import unicodedata
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme

SIDE = 8
"""Pixels between the edge of a picture and what stands in it."""

SCALE = 3
"""Pixels of a downloaded picture for each of its units of size."""

_BADGE = 36
_LINE = 18.2
_LINE_WIDTH = 44
_SMALL_LINE = 13
_SMALL_WIDTH = 52


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

    @property
    def title(self) -> str:
        lines = "<br>".join(wrapped(line, _LINE_WIDTH) for line in self.lines)
        return f'<b>{self.subject}</b><br><span style="font-size:{theme.BODY_SIZE - 1}px">{lines}</span>'

    @property
    def small_print(self) -> str:
        return "<br>".join(wrapped(line, _SMALL_WIDTH) for line in self.small)

    @property
    def title_height(self) -> int:
        return round(_BADGE + _LINE * len(self.title.split("<br>")) + SIDE)

    @property
    def small_height(self) -> int:
        return _SMALL_LINE * len(self.small_print.split("<br>")) + SIDE


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


def finish(figure: go.Figure, caption: Caption, below: int, download: tuple[int, int]) -> go.Figure:
    """Put the badge on, the small print `below` pixels under the drawing, and say how it is downloaded (size)."""
    margin = figure.layout.margin
    at_left = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": SIDE - margin.l}
    common: dict[str, Any] = {**at_left, "yanchor": "top", "align": "left", "showarrow": False}
    if caption.badge:
        look = {"bgcolor": theme.BADGE_PAPER, "bordercolor": theme.BADGE_LINE, "borderwidth": 1, "borderpad": 3}
        font = {"size": theme.BODY_SIZE, "color": theme.BADGE_INK}
        text = f"<b>{caption.badge}</b>"
        figure.add_annotation({**common, **look, "text": text, "font": font, "y": 1, "yshift": margin.t - SIDE})
    small = {"size": theme.SMALL_SIZE, "color": theme.MUTED}
    figure.add_annotation({**common, "text": caption.small_print, "font": small, "y": 0, "yshift": -below})
    width, height = download
    figure.update_layout(meta={"file_name": caption.file_name, "width": width, "height": height})
    return figure


def config(figure: go.Figure) -> dict[str, Any]:
    """Return the library's settings for one figure: its download has the same size on every screen."""
    told = figure.layout.meta
    image = {
        "format": "png",
        "filename": told["file_name"],
        "width": told["width"],
        "height": told["height"],
        "scale": SCALE,
    }
    return {**theme.CONFIG, "toImageButtonOptions": image}
