from pathlib import Path

import pytest

from ingest.basemap import BasemapError, read_layers
from ingest.basemap.classes import MAX_ZOOM, area_marks, first_zoom, line_mark
from tests.support.tiny_extract import TinyExtract

STREET = [(0.0, 0.0), (100.0, 0.0)]


def read_one(tmp_path: Path, extract: TinyExtract):
    return read_layers([extract.write(tmp_path / "tiny.osm.pbf")])


def test_a_lake_whose_shore_is_two_ways_keeps_its_island(tmp_path: Path) -> None:
    extract = TinyExtract()
    south = extract.way([(0, 0), (1000, 0), (1000, 500)])
    north = extract.way([(1000, 500), (1000, 1000), (0, 1000), (0, 0)])
    island = extract.ring(400, 400, 200)
    extract.multipolygon([south, north], [island], natural="water", name="Mere")
    water = read_one(tmp_path, extract)["water"].to_crs(27700)
    assert water["name"].tolist() == ["Mere"]
    assert water.area.iloc[0] == pytest.approx(1_000_000 - 40_000, rel=0.01)
    assert len(water.geometry.iloc[0].geoms[0].interiors) == 1


def test_a_lake_with_a_shore_missing_from_the_extract_is_left_out(tmp_path: Path) -> None:
    extract = TinyExtract()
    south = extract.way([(0, 0), (1000, 0), (1000, 500)])
    extract.multipolygon([south, 4711], [], natural="water", name="Mere")
    extract.ring(5000, 0, 50, natural="water", name="Pond")
    assert read_one(tmp_path, extract)["water"]["name"].tolist() == ["Pond"]


def test_a_street_carries_its_name_number_and_whether_it_is_a_bridge(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way(STREET, highway="primary", name="Long Bridge", ref="A606", bridge="yes", layer="1")
    extract.way([(0, 50), (100, 50)], highway="residential", name="Mill Lane")
    road = read_one(tmp_path, extract)["road"].set_index("name")
    assert road.loc["Long Bridge", ["class", "ref", "is_bridge", "level"]].tolist() == [
        "primary",
        "A606",
        True,
        1,
    ]
    assert road.loc["Mill Lane", ["class", "kind"]].tolist() == ["minor", "residential"]
    assert road.loc["Mill Lane", ["ref", "is_bridge"]].tolist() == [None, None]


@pytest.mark.parametrize(
    ("tags", "drawn"),
    [
        ({"highway": "motorway_link"}, ("motorway", "", True)),
        ({"highway": "footway", "footway": "sidewalk"}, ("path", "sidewalk", False)),
        ({"highway": "steps"}, ("steps", "", False)),
        ({"highway": "cycleway"}, ("path", "cycleway", False)),
        ({"highway": "tertiary"}, ("tertiary", "", False)),
    ],
)
def test_the_value_of_highway_says_how_a_road_is_drawn(tags, drawn) -> None:
    mark = line_mark(tags)
    assert mark is not None
    attributes = dict(mark.attributes)
    assert (mark.kind, attributes.get("kind", ""), attributes.get("is_link", False)) == drawn


@pytest.mark.parametrize("value", ["construction", "proposed", "no", "raceway"])
def test_a_road_that_is_not_there_is_not_drawn(value: str) -> None:
    assert line_mark({"highway": value}) is None


def test_a_passage_through_a_building_is_not_below_ground() -> None:
    passage = line_mark({"highway": "service", "tunnel": "building_passage"})
    tunnel = line_mark({"highway": "service", "tunnel": "yes"})
    assert passage is not None
    assert tunnel is not None
    assert "is_tunnel" not in dict(passage.attributes)
    assert dict(tunnel.attributes)["is_tunnel"] is True


def test_a_layer_tag_that_is_no_whole_number_counts_as_ground() -> None:
    mark = line_mark({"highway": "service", "layer": "0;0.5"})
    assert mark is not None
    assert "level" not in dict(mark.attributes)


def test_a_schools_grounds_carry_its_number_in_the_register(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.ring(0, 0, 100, {"amenity": "school", "name": "Mill School", "ref:edubase": "123456"})
    extract.ring(200, 0, 100, {"amenity": "school", "ref:edubase": "see website"})
    site = read_one(tmp_path, extract)["school_site"]
    assert site["urn"].tolist() == ["123456", None]


def test_grounds_that_are_also_grass_are_drawn_as_both() -> None:
    marks = area_marks({"amenity": "school", "landuse": "grass"})
    assert [mark.layer for mark in marks] == ["school_site", "green"]


def test_a_demolished_building_is_not_drawn() -> None:
    assert area_marks({"building": "no"}) == ()
    assert [mark.layer for mark in area_marks({"building": "yes"})] == ["building"]


def test_a_square_is_land_and_the_street_around_a_block_is_a_street(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.ring(0, 0, 50, highway="pedestrian", area="yes", name="Market Place")
    extract.ring(200, 0, 50, highway="residential", name="The Crescent")
    layers = read_one(tmp_path, extract)
    assert layers["urban"]["class"].tolist() == ["square"]
    assert layers["road"]["name"].tolist() == ["The Crescent"]


def test_an_object_in_two_extracts_is_taken_once(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way(STREET, highway="residential")
    paths = [extract.write(tmp_path / name) for name in ("west.osm.pbf", "east.osm.pbf")]
    assert len(read_layers(paths)["road"]) == 1


def test_only_the_layers_asked_for_are_read(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way(STREET, highway="residential")
    extract.ring(0, 100, 20, building="yes")
    path = extract.write(tmp_path / "tiny.osm.pbf")
    layers = read_layers([path], only=("road", "place"))
    assert list(layers) == ["road", "place"]
    assert [len(frame) for frame in layers.values()] == [1, 0]


def test_a_mesh_of_streets_is_built_up_and_a_lone_lane_is_not(tmp_path: Path) -> None:
    extract = TinyExtract()
    for step in range(0, 900, 80):
        extract.way([(step, 0), (step, 880)], highway="residential")
        extract.way([(0, step), (880, step)], highway="residential")
    extract.way([(5000, 0), (5000, 3000)], highway="unclassified")
    urban = read_one(tmp_path, extract)["urban"]
    assert urban["class"].tolist() == ["built_up"]
    assert 880**2 < urban.to_crs(27700).area.iloc[0] < 1040**2


def test_land_that_is_mapped_as_homes_is_not_guessed_from_streets(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way(STREET, highway="residential")
    extract.ring(0, 0, 300, landuse="residential")
    assert read_one(tmp_path, extract)["urban"]["class"].tolist() == ["residential"]


def test_an_extract_of_streets_without_any_mesh_has_no_built_up_land(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way(STREET, highway="residential")
    layers = read_one(tmp_path, extract)
    assert layers["urban"].empty
    assert layers["place"].columns.tolist() == ["osm_id", "class", "name", "population", "geometry"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BasemapError, match=r"no street extract at .*gone\.osm\.pbf"):
        read_layers([tmp_path / "gone.osm.pbf"])


@pytest.mark.parametrize("keep", [0, 30, 0.6])
def test_a_broken_extract_is_refused_with_what_to_do(tmp_path: Path, keep: float) -> None:
    extract = TinyExtract()
    for step in range(3000):
        extract.way([(step, step % 7), (step, 900.5)], highway="residential", name=f"Road {step}")
    path = extract.write(tmp_path / "cut.osm.pbf")
    whole = path.read_bytes()
    path.write_bytes(whole[: keep if keep > 1 else int(len(whole) * keep)])
    with pytest.raises(BasemapError, match=r"cut\.osm\.pbf cannot be read") as refusal:
        read_layers([path])
    assert "fetch it again" in str(refusal.value)


def test_progress_is_told_while_a_long_extract_is_read(tmp_path: Path) -> None:
    extract = TinyExtract()
    for step in range(5001):
        extract.way([(step, 0), (step, 9)], highway="residential")
    told: list[int] = []
    read_layers([extract.write(tmp_path / "a.osm.pbf")], only=("road",), progress=told.append)
    assert told == [0, 5000]


def test_wider_roads_come_in_first() -> None:
    order = ["motorway", "primary", "secondary", "tertiary", "minor", "path"]
    zooms = [first_zoom("road", kind) for kind in order]
    assert zooms == sorted(zooms)
    assert max(zooms) <= MAX_ZOOM
