"""Where things stand on the map: the view, the frames of the islands, and a place for each county's name."""

import functools
import itertools
import json
import tomllib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dashboard.domain.settings import HOUSE

GEOJSON = "counties.geojson"
"""What the traces name as their geometry; whoever shows the figure puts an address, or the content, in its place."""

_NAMED = {
    "65000": (0.12, -0.1),  # beside 臺北市, which lies in its middle
    "68000": (-0.06, 0.02),
    "10004": (0.04, -0.02),
    "10005": (0.0, 0.0),
    "66000": (-0.1, 0.0),
    "10007": (0.0, 0.0),
    "10008": (0.0, 0.0),
    "10009": (0.0, 0.0),
    "10010": (0.14, 0.02),  # beside 嘉義市
    "67000": (0.0, 0.0),
    "64000": (0.09, 0.07),
    "10013": (-0.02, 0.06),
    "10014": (0.0, 0.0),
    "10015": (0.0, 0.0),
    "10002": (0.0, 0.0),
}
NAMED: Mapping[str, tuple[float, float]] = MappingProxyType(_NAMED)
"""Counties with room for their name, and how many degrees it stands from their middle."""


@functools.cache
def insets() -> dict[str, Any]:
    """Return the view and the frames of the outlying islands, as geo/insets.json has them."""
    read: dict[str, Any] = json.loads((HOUSE / "geo/insets.json").read_text(encoding="utf-8"))
    return read


@functools.cache
def tiles() -> Mapping[str, tuple[int, int]]:
    """Return for each county_code the (row, column) of its cell in the grid, both from 1."""
    read = tomllib.loads((HOUSE / "geo/tiles.toml").read_text(encoding="utf-8"))
    return MappingProxyType({code: (row, column) for code, (row, column) in read.items()})


@functools.cache
def attribution() -> str:
    """Return the line that every map and every export of it prints."""
    return (HOUSE / "geo/attribution.txt").read_text(encoding="utf-8").strip()


@functools.cache
def middles() -> Mapping[str, tuple[float, float]]:
    """Return for each county_code the middle (lon, lat) of its largest part as drawn."""
    read = json.loads((HOUSE / "geo" / GEOJSON).read_text(encoding="utf-8"))
    return MappingProxyType({one["id"]: _middle(one["geometry"]) for one in read["features"]})


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    _, lon, lat = max((_moments(polygon[0]) for polygon in polygons), key=lambda one: one[0])
    return lon, lat


def _moments(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return area and centre of a closed ring (shoelace formula)."""
    area = lon = lat = 0.0
    for (x, y), (next_x, next_y) in itertools.pairwise(ring):
        cross = x * next_y - next_x * y
        area, lon, lat = area + cross, lon + (x + next_x) * cross, lat + (y + next_y) * cross
    return abs(area) / 2, lon / (3 * area), lat / (3 * area)
