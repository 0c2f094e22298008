import stat
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from pmtiles.reader import MmapSource, Reader

from ingest.basemap import BasemapError, read_layers, tiles, write_areas, write_basemap
from tests.support.tiny_extract import TinyExtract

COVERAGE = shapely.box(487_000, 306_000, 489_500, 308_500)


def village() -> TinyExtract:
    extract = TinyExtract()
    extract.node(100, 100, place="village", name="Langham", population="1371")
    extract.way([(0, 0), (900, 0)], highway="trunk", ref="A606")
    extract.way([(0, 50), (900, 50)], highway="residential", name="Mill Lane", bridge="yes")
    extract.way([(0, 80), (900, 80)], highway="footway")
    extract.ring(100, 200, 30, building="yes")
    extract.ring(200, 200, 90, {"amenity": "school", "ref:edubase": "123456", "name": "Langham"})
    extract.ring(0, 300, 700, natural="water", name="The Mere")
    extract.ring(800, 300, 400, landuse="residential")
    return extract


def layers_of(tmp_path: Path, extract: TinyExtract):
    return read_layers([extract.write(tmp_path / "tiny.osm.pbf")])


def features(path: Path, layer: str, zoom: int) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(path, layer=layer, ZOOM_LEVEL=zoom)


def layer_names(path: Path) -> set[str]:
    return {name for name, _ in pyogrio.list_layers(path)}


@pytest.fixture(params=["tippecanoe", "gdal"])
def program(request, monkeypatch) -> str:
    """Both ways of making tiles, where there is tippecanoe."""
    if request.param == "gdal":
        monkeypatch.setattr(tiles, "tippecanoe_program", lambda: None)
    elif tiles.tippecanoe_program() is None:
        pytest.skip("there is no tippecanoe for this platform")
    return str(request.param)


@pytest.mark.usefixtures("program")
def test_each_layer_starts_at_its_zoom(tmp_path: Path) -> None:
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers_of(tmp_path, village()), COVERAGE, out)
    classes = {zoom: set(features(out, "road", zoom)["class"]) for zoom in (7, 12, 14)}
    assert classes == {7: {"trunk"}, 12: {"trunk", "minor"}, 14: {"trunk", "minor", "path"}}
    assert len(features(out, "building", 14)) == 1
    with out.open("rb") as file:
        header = Reader(MmapSource(file)).header()
    assert (header["min_zoom"], header["max_zoom"]) == (6, 14)


@pytest.mark.usefixtures("program")
def test_tiles_carry_what_the_style_and_the_page_need(tmp_path: Path) -> None:
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers_of(tmp_path, village()), COVERAGE, out)
    road = features(out, "road", 14).set_index("class")
    assert road.loc["minor", "name"] == "Mill Lane"
    assert bool(road.loc["minor", "is_bridge"])
    assert road.loc["trunk", "ref"] == "A606"
    assert features(out, "school_site", 14)["urn"].astype(int).tolist() == [123456]
    assert features(out, "place", 14)["rank"].tolist() == [500 - 62]
    assert "The Mere" in features(out, "area_name", 14)["name"].tolist()
    assert layer_names(out) == {
        "area_name",
        "building",
        "coverage",
        "coverage_edge",
        "place",
        "road",
        "school_site",
        "urban",
        "water",
    }


@pytest.mark.usefixtures("program")
def test_the_coverage_is_drawn_where_it_is(tmp_path: Path) -> None:
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers_of(tmp_path, village()), COVERAGE, out)
    drawn = features(out, "coverage", 14).to_crs(27700).union_all()
    assert drawn.symmetric_difference(COVERAGE).area < 0.01 * COVERAGE.area


def wards() -> gpd.GeoDataFrame:
    _, south, east, north = COVERAGE.bounds
    return gpd.GeoDataFrame(
        {"name": ["Inner", "Outer"]},
        geometry=[COVERAGE, shapely.box(east, south, east + 3000, north)],
        crs=27700,
    )


def test_wards_name_the_land_beyond_the_streets(tmp_path: Path) -> None:
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers_of(tmp_path, village()), COVERAGE, out, wards=wards())
    place = features(out, "place", 14)
    assert dict(zip(place["name"], place["class"], strict=True)) == {
        "Langham": "village",
        "Outer": "ward",
    }


def test_wards_name_everything_where_the_extract_names_nothing(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (900, 0)], highway="residential")
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers_of(tmp_path, extract), COVERAGE, out, wards=wards())
    place = features(out, "place", 14)
    assert dict(zip(place["name"], place["class"], strict=True)) == {
        "Inner": "district",
        "Outer": "ward",
    }


def neighbours() -> gpd.GeoDataFrame:
    """Two areas with a wavy border of 400 corners."""
    border = [(488_000 + 40 * (step % 2), 306_000 + 5 * step) for step in range(401)]
    west = shapely.Polygon([(486_000, 306_000), *border, (486_000, 308_000)])
    east = shapely.Polygon([*border, (490_000, 308_000), (490_000, 306_000)])
    columns = {"code": ["E01", "E02"], "name": ["West", "East"], "is_outside": [False, True]}
    return gpd.GeoDataFrame(columns, geometry=[west, east], crs=27700)


@pytest.mark.parametrize("zoom", [8, 10, 12])
def test_neighbouring_areas_share_their_border_without_gaps(tmp_path: Path, zoom: int) -> None:
    out = tmp_path / "areas.pmtiles"
    write_areas({"lsoa21": neighbours()}, out)
    drawn = features(out, "lsoa21", zoom).dissolve("code")
    both = drawn.geometry.iloc[0].intersection(drawn.geometry.iloc[1])
    covered = drawn.union_all()
    shape = shapely.Polygon(covered.exterior) if covered.geom_type == "Polygon" else covered
    assert both.area < 1e-6 * covered.area
    assert covered.geom_type == "Polygon"
    assert shape.area == pytest.approx(covered.area)


@pytest.mark.usefixtures("program")
def test_areas_carry_their_code_and_have_a_point_for_their_name(tmp_path: Path) -> None:
    out = tmp_path / "areas.pmtiles"
    write_areas({"ward25": neighbours()}, out)
    areas = features(out, "ward25", 12).drop_duplicates("code").set_index("code")
    points = features(out, "ward25_label", 12).set_index("code")
    assert areas["name"].to_dict() == points["name"].to_dict() == {"E01": "West", "E02": "East"}
    assert areas["is_outside"].astype(bool).to_dict() == {"E01": False, "E02": True}
    whole = neighbours().to_crs(3857).set_index("code").geometry
    assert points.geometry.within(whole, align=True).all()


def fake_program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo 'fseek: No space left on device' >&2; exit 1", "the disk is full"),
        ("echo 'bad geometry in line 3' >&2; exit 103", r"exit code 103.*bad geometry in line 3"),
    ],
)
def test_a_failing_tippecanoe_leaves_the_old_tiles_and_says_why(
    tmp_path: Path, monkeypatch, script: str, says: str
) -> None:
    failing = fake_program(tmp_path / "tippecanoe", script)
    monkeypatch.setattr(tiles, "tippecanoe_program", lambda: failing)
    out = tmp_path / "areas.pmtiles"
    out.write_bytes(b"the old one")
    with pytest.raises(BasemapError, match=says):
        write_areas({"ward25": neighbours()}, out)
    assert out.read_bytes() == b"the old one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["areas.pmtiles", "tippecanoe"]


def test_nothing_to_draw_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BasemapError, match="nothing to draw"):
        write_areas({"ward25": neighbours().iloc[:0]}, tmp_path / "areas.pmtiles")
