from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, cross, write_extract
from travel.errors import ExtractError
from travel.streets.extract import read_extract

ROAD = {"highway": "residential"}


def test_ways_nodes_and_tags_become_arrays(tmp_path: Path) -> None:
    path = write_extract(
        tmp_path / "a.osm.pbf",
        cross(),
        {
            10: ([4, 1, 2], ROAD | {"name": "High Street"}),
            11: ([3, 1, 5], ROAD | {"name": "Low Street"}),
            12: ([2, 3], {"highway": "footway"}),
            13: ([4, 5], {"building": "yes"}),
        },
        date="2024-05-06T07:08:09Z",
    )
    extract = read_extract(path)
    assert extract.date == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert extract.names == ("a.osm.pbf",)
    assert extract.way_id.tolist() == [10, 11, 12]
    assert extract.node_id[
        extract.way_node[extract.way_start[1] : extract.way_start[2]]
    ].tolist() == [3, 1, 5]
    assert extract.tag_sets == ({"highway": "residential"}, {"highway": "footway"})
    assert extract.way_tags.tolist() == [0, 0, 1]
    assert extract.lat[2] > extract.lat[0]


def test_barriers_on_ways_are_found(tmp_path: Path) -> None:
    path = write_extract(
        tmp_path / "a.osm.pbf",
        cross() | {6: (X0 + 500, Y0)},
        {10: ([4, 1, 2], ROAD)},
        node_tags={
            1: {"barrier": "gate", "access": "private", "note": "rusty"},
            6: {"barrier": "gate"},
        },
    )
    extract = read_extract(path)
    assert extract.node_id[extract.barrier_node].tolist() == [1]
    tags = [extract.barrier_tag_sets[each] for each in extract.barrier_tags]
    assert tags == [{"barrier": "gate", "access": "private"}]


def test_a_way_in_two_extracts_counts_once(tmp_path: Path) -> None:
    west = write_extract(tmp_path / "w.osm.pbf", cross(), {10: ([4, 1], ROAD), 11: ([1, 2], ROAD)})
    east = write_extract(tmp_path / "e.osm.pbf", cross(), {11: ([1, 2], ROAD), 12: ([2, 3], ROAD)})
    extract = read_extract(west, east)
    assert extract.way_id.tolist() == [10, 11, 12]
    assert extract.node_id.tolist() == [1, 2, 3, 4]


def test_the_date_of_several_extracts_is_the_oldest_or_unknown(tmp_path: Path) -> None:
    ways = {10: ([4, 1], ROAD)}
    old = write_extract(tmp_path / "o.osm.pbf", cross(), ways, date="2022-01-01T00:00:00Z")
    new = write_extract(tmp_path / "n.osm.pbf", cross(), ways, date="2024-01-01T00:00:00Z")
    bare = write_extract(tmp_path / "b.osm.pbf", cross(), ways)
    assert read_extract(new, old).date == datetime(2022, 1, 1, tzinfo=UTC)
    assert read_extract(new, bare).date is None


def test_a_way_cut_by_the_extract_keeps_the_parts_that_are_there(tmp_path: Path) -> None:
    points = cross() | {6: (X0 + 500, Y0)}
    del points[3]
    path = write_extract(tmp_path / "a.osm.pbf", points, {10: ([4, 1, 3, 2, 6], ROAD)})
    extract = read_extract(path)
    assert extract.ways_cut == 1
    assert extract.way_id.tolist() == [10, 10]
    pieces = np.split(extract.node_id[extract.way_node], extract.way_start[1:-1])
    assert [piece.tolist() for piece in pieces] == [[4, 1], [2, 6]]
    assert np.isfinite(extract.lon).all()


def test_plain_xml_and_a_file_without_an_ending_are_read_too(tmp_path: Path) -> None:
    ways = {10: ([4, 1], ROAD)}
    xml = write_extract(tmp_path / "a.osm", cross(), ways)
    pbf = write_extract(tmp_path / "a.osm.pbf", cross(), ways)
    stored = pbf.rename(tmp_path / "3f2a9c")
    assert read_extract(xml).way_id.tolist() == read_extract(stored).way_id.tolist() == [10]


def test_progress_ends_with_the_number_of_ways(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "a.osm.pbf", cross(), {10: ([4, 1], ROAD), 11: ([1, 2], ROAD)})
    heard: list[int] = []
    read_extract(path, progress=heard.append)
    assert heard == [2]


def test_an_extract_without_streets_says_what_it_holds(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "a.osm.pbf", cross(), {10: ([4, 1], {"building": "yes"})})
    with pytest.raises(ExtractError, match="5 nodes, 1 ways and 0 relations, none of them tagged"):
        read_extract(path)


def test_an_extract_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "a.osm.pbf", {}, {})
    with pytest.raises(ExtractError, match="0 nodes"):
        read_extract(path)


def test_a_missing_extract_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"no street extract at .*gone\.osm\.pbf"):
        read_extract(tmp_path / "gone.osm.pbf")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.pbf"
    path.touch()
    with pytest.raises(ExtractError, match="is empty"):
        read_extract(path)


@pytest.mark.parametrize("keep", [20, 200, -30])
def test_a_truncated_extract_is_refused(tmp_path: Path, keep: int) -> None:
    points = {i: (X0 + i, Y0) for i in range(1, 3000)}
    path = write_extract(tmp_path / "a.osm.pbf", points, {1: (range(1, 2000), ROAD)})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ExtractError, match="cannot be read as a street extract"):
        read_extract(path)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.pbf"
    path.write_text("<html>404 not found</html>" * 100)
    with pytest.raises(ExtractError, match="cannot be read as a street extract") as caught:
        read_extract(path)
    assert caught.value.hint is not None


def test_no_extract_at_all_is_refused() -> None:
    with pytest.raises(ExtractError, match="no street extract was named"):
        read_extract()
