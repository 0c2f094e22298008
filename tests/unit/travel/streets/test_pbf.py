"""The reader of binary extracts, held to libosmium."""

import struct
import zlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import osmium
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, cross, write_extract
from travel import Extract, ExtractError, read_extract
from travel.streets import osm
from travel.streets.pbf import NotThisWay
from travel.streets.pbf_streets import read_pbf
from travel.streets.reading import Reading

ROAD = {"highway": "residential"}


@pytest.fixture
def by_libosmium(monkeypatch: pytest.MonkeyPatch):
    def read(*paths: Path) -> Extract:
        def refuse(_path: Path, _reading: Reading) -> None:
            raise NotThisWay

        with monkeypatch.context() as patched:
            patched.setattr(osm, "read_pbf", refuse)
            return read_extract(*paths)

    return read


def assert_same(one: Extract, other: Extract) -> None:
    for each in fields(Extract):
        mine, theirs = getattr(one, each.name), getattr(other, each.name)
        if each.name.endswith("tag_sets"):
            assert list(mine) == list(theirs), each.name
        elif isinstance(mine, np.ndarray):
            assert mine.dtype == theirs.dtype, each.name
            assert np.array_equal(mine, theirs), each.name
        else:
            assert mine == theirs, each.name


EXTRACTS = ("rutland_2022-07-20", "oxford_2020-08-07", "newport_2023-06-13", "leeds_inner_2022-07")


@pytest.mark.parametrize("name", EXTRACTS)
def test_real_extracts_are_read_as_libosmium_reads_them(publishers: Path, by_libosmium, name: str):
    path = publishers / "osm" / f"{name}.osm.pbf"
    assert_same(read_extract(path), by_libosmium(path))


def test_several_extracts_are_joined_as_libosmium_joins_them(publishers: Path, by_libosmium):
    paths = [publishers / "osm" / f"{name}.osm.pbf" for name in EXTRACTS[:2]]
    assert_same(read_extract(*paths, paths[0]), by_libosmium(*paths, paths[0]))


def test_everything_odd_is_read_as_libosmium_reads_it(tmp_path: Path, by_libosmium) -> None:
    points = cross() | {6: (X0 + 500, Y0), 40_000_000_007: (X0 - 500, Y0)}
    del points[3]
    ways = {
        10: ([4, 1, 3, 2, 6], ROAD | {"name": "Straße", "maxspeed": "20 mph"}),
        11: ([1], ROAD),
        12: ([1, 1], ROAD),
        13: ([5, 40_000_000_007], {"route": "ferry", "duration": "00:10"}),
        14: ([2, 6], {"route": "hiking"}),
        15: ([3, 3], ROAD),
        16: ([], ROAD),
    }
    rules = [
        ({"restriction": "no_left_turn", "except": "psv;bicycle"}, [("w", 10, "from")]),
        ({"type": "route", "route": "bus"}, [("w", 10, "")]),
        ({"restriction:conditional": "no_u_turn @ (Mo-Fr)"}, [("n", 1, "via"), ("r", 9, "")]),
    ]
    nodes = {
        1: {"highway": "crossing", "crossing": "zebra"},
        2: {"barrier": "gate", "highway": "traffic_signals"},
        5: {"highway": "bus_stop"},
    }
    for name in ("a.osm.pbf", "b.osm"):
        path = write_extract(
            tmp_path / name,
            points,
            ways,
            node_tags=nodes,
            restrictions=rules,
            date="2024-05-06T07:08:09Z",
        )
        assert_same(read_extract(path), by_libosmium(path))


def test_squares_drawn_as_relations_are_read_as_libosmium_reads_them(
    tmp_path: Path, by_libosmium
) -> None:
    points = cross() | {6: (X0 + 500, Y0), 7: (X0 - 10, Y0 - 10), 8: (X0 - 20, Y0 - 10)}
    ways = {
        10: ([4, 1, 2], ROAD),
        11: ([1, 2, 3], {}),
        12: ([1, 5, 3], {"surface": "sett"}),
        13: ([6, 7, 8, 6], {}),
        14: ([7, 8], {"building": "yes"}),
        15: ([2, 3, 5, 2], {}),
    }
    square = {"type": "multipolygon", "highway": "footway", "surface": "asphalt"}
    relations = [
        (square, [("w", 12, "outer"), ("w", 11, "outer"), ("w", 15, "inner"), ("n", 8, "")]),
        (square | {"name": "open"}, [("w", 14, "outer")]),
        (square | {"highway": "service"}, [("w", 13, "outer")]),
        ({"restriction": "no_left_turn"}, [("w", 10, "from")]),
    ]
    written = [
        write_extract(tmp_path / name, points, ways, restrictions=relations)
        for name in ("a.osm.pbf", "b.osm")
    ]
    extracts = [read_extract(*paths) for paths in ([written[0]], [written[1]], written)]
    assert_same(extracts[0], by_libosmium(written[0]))
    for other in extracts[1:]:
        for name in ("way_id", "way_node", "node_id", "holes", "squares_open", "tag_sets"):
            assert np.array_equal(getattr(extracts[0], name), getattr(other, name)), name
    assert extracts[0].way_id.tolist() == [10, 12]
    assert extracts[0].node_id.tolist() == [1, 2, 3, 4, 5]
    assert extracts[0].squares_open == (901,)


def test_a_file_that_is_packed_otherwise_is_left_to_libosmium(tmp_path: Path) -> None:
    whole = write_extract(tmp_path / "a.osm.pbf", cross(), {10: ([4, 1, 2], ROAD)})
    for option in ("pbf_compression=none", "pbf_dense_nodes=false", "pbf_compression=lz4"):
        path = tmp_path / f"{option}.osm.pbf"
        with osmium.SimpleWriter(osmium.io.File(str(path), f"pbf,{option}")) as writer:
            for thing in osmium.FileProcessor(str(whole)):
                writer.add(thing)
        assert read_extract(path).way_id.tolist() == [10]
        if "none" in option:
            read_pbf(path, Reading(lambda _: None))
        else:
            with pytest.raises(NotThisWay):
                read_pbf(path, Reading(lambda _: None))


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_refused_or_read_never_a_crash(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    path = tmp_path / "a.osm.pbf"
    option = "pbf_compression=none" if seed % 2 else "pbf"
    with osmium.SimpleWriter(osmium.io.File(str(path), f"pbf,{option}")) as writer:
        for node in range(1, 50):
            writer.add_node(osmium.osm.mutable.Node(id=node, location=(node / 1e4, 52.0)))
        for way in range(1, 40):
            writer.add_way(osmium.osm.mutable.Way(id=way, nodes=[way, way + 1], tags=ROAD))
    data = bytearray(path.read_bytes())
    for at in random.integers(0, len(data), 3):
        data[at] = random.integers(0, 256)
    path.write_bytes(bytes(data))
    try:
        found = read_extract(path).way_id.size > 0
    except ExtractError as error:
        found = "cannot be read" in str(error) or "none of them tagged" in str(error)
    assert found


def test_a_block_that_unpacks_to_nothing_sensible_is_refused(tmp_path: Path) -> None:
    whole = write_extract(tmp_path / "a.osm.pbf", cross(), {10: ([4, 1, 2], ROAD)})
    data = whole.read_bytes()
    packed = zlib.compress(b"\x0a\x05ab")
    blob = b"\x10\x04\x1a" + bytes([len(packed)]) + packed
    header = b"\x0a\x07OSMData\x18" + bytes([len(blob)])
    whole.write_bytes(data + struct.pack(">I", len(header)) + header + blob)
    with pytest.raises(ExtractError, match="cannot be read as a street extract"):
        read_extract(whole)
