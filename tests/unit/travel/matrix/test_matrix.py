import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.matrix.places import (
    NEEDS_RUTLAND,
    RUTLAND,
    by_home,
    by_place,
    check_every_pair,
    points,
    rutland_places,
    scattered,
)
from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, network_of, write_extract
from travel import MODES, build_network, build_networks, read_extract
from travel.errors import MatrixError
from travel.matrix import Matrix, Way, make_matrix

GRID = grid(9, 7)
SMALL_PARTS = Way(threads=2, places_per_part=7)


@pytest.fixture(scope="module")
def rutland():
    return build_networks(read_extract(RUTLAND), modes=MODES)


def made(tmp_path, network, homes, places, limit_s=900.0):
    matrix = make_matrix(network, homes, places, limit_s=limit_s, out=tmp_path, way=SMALL_PARTS)
    return matrix, check_every_pair(matrix, network, homes, places, limit_s=limit_s)


def test_on_a_grid_where_a_block_takes_a_minute_four_blocks_take_four(tmp_path) -> None:
    homes = points([("HOME", X0, Y0), ("NEXT", X0 + 80, Y0)])
    places = points([(101, X0 + 160, Y0 + 160), (102, X0, Y0 + 80)])
    matrix, pairs = made(tmp_path, GRID, homes, places)
    assert pairs == matrix.about.pairs == 4
    home = matrix.home("HOME")
    assert matrix.seconds(home, matrix.place(101)) == 240
    assert matrix.seconds(home, matrix.place(102)) == 60
    row = matrix.from_home(home)
    assert dict(zip(matrix.place_id[row.number].tolist(), row.metres.tolist(), strict=True)) == {
        101: 320,
        102: 80,
    }


def test_every_pair_on_a_grid_is_what_a_search_of_its_own_says(tmp_path) -> None:
    homes = scattered(GRID, 300, first="H", seed=1)
    places = scattered(GRID, 60, first="P", seed=2)
    _, pairs = made(tmp_path, GRID, homes, places, limit_s=400)
    assert pairs > 1_000


def test_homes_without_a_junction_in_reach_are_found_all_the_same(tmp_path) -> None:
    road = network_of([(X0, Y0), (X0 + 5_000, Y0)], [[0, 1]])
    middle = X0 + 2_500
    homes = points([(f"H{i}", middle + at, Y0 + 3) for i, at in enumerate(range(-300, 301, 50))])
    off_street = points([("OFF1", middle, Y0 + 100), ("OFF2", middle + 20, Y0 + 90)])
    for place in (points([(1, middle, Y0)]), points([(1, middle, Y0 + 110)])):
        for each in (homes, off_street):
            _, pairs = made(tmp_path, road, each, place, limit_s=240)
            assert pairs > 0


def test_a_time_is_that_of_the_way_to_school_not_of_the_way_back(tmp_path) -> None:
    corners = [(X0, Y0), (X0 + 800, Y0), (X0 + 400, Y0 + 300)]
    network = network_of(corners, [[0, 1], [1, 2, 0]], kmh=[(4.8, 0.0), (4.8, 4.8)])
    homes, places = points([("HOME", X0 + 100, Y0)]), points([(1, X0 + 700, Y0)])
    matrix, _ = made(tmp_path, network, homes, places, limit_s=3600)
    assert matrix.seconds(0, 0) == 600 / 80 * 60
    assert matrix.to_place(0).metres[0] == 600
    back, _ = made(tmp_path, network, points([("HOME", X0 + 700, Y0)]), points([(1, X0 + 100, Y0)]))
    assert back.to_place(0).metres[0] == 100 + 500 + 500 + 100


def test_where_turns_count_they_count(tmp_path) -> None:
    road = {"highway": "residential", "oneway": "no"}
    ways = {10: ([4, 1, 2], road), 11: ([3, 1, 5], road)}
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", cross(400), ways))
    network, _ = build_network(extract, mode="drive")
    homes = scattered(network, 120, first="H", seed=3)
    places = scattered(network, 30, first="P", seed=4)
    _, pairs = made(tmp_path / "matrix", network, homes, places, limit_s=120)
    assert pairs > 500


spots = st.lists(st.tuples(st.floats(-60, 700), st.floats(-60, 540)), min_size=1, max_size=12)


@settings(max_examples=30, deadline=None)
@given(spots, spots, st.floats(1, 1200))
def test_every_pair_of_any_places_is_what_a_search_says(
    tmp_path_factory, homes, places, limit_s
) -> None:
    folder = tmp_path_factory.mktemp("matrix")
    at_home = points([(f"H{i}", X0 + x, Y0 + y) for i, (x, y) in enumerate(homes)])
    at_place = points([(i, X0 + x, Y0 + y) for i, (x, y) in enumerate(places)])
    made(folder, GRID, at_home, at_place, limit_s=limit_s)


@pytest.mark.skipif(not RUTLAND.exists(), reason=NEEDS_RUTLAND)
@pytest.mark.parametrize(
    ("mode", "minutes"), [("walk", 60), ("wheels", 30), ("cycle", 20), ("drive", 12)]
)
def test_every_pair_in_rutland_is_what_a_search_of_its_own_says(
    tmp_path, rutland, mode, minutes
) -> None:
    network, _ = rutland[mode]
    homes, places = rutland_places()
    matrix, pairs = made(tmp_path, network, homes, places, limit_s=minutes * 60)
    assert pairs > 4_000
    assert np.array_equal(by_home(matrix).todense(), by_place(matrix).todense().T)
    assert np.all(np.diff(matrix.home_start) >= 0)


def test_what_is_kept_by_home_is_what_is_kept_by_place(tmp_path) -> None:
    homes = scattered(GRID, 200, first="H", seed=5)
    places = scattered(GRID, 40, first="P", seed=6)
    matrix, _ = made(tmp_path, GRID, homes, places, limit_s=500)
    assert np.array_equal(by_home(matrix).todense(), by_place(matrix).todense().T)
    for home in range(200):
        row = matrix.from_home(home)
        assert np.all(np.diff(row.number) > 0)
        for place, seconds in zip(row.number.tolist(), row.seconds.tolist(), strict=True):
            assert matrix.seconds(home, place) == seconds


def test_a_pair_beyond_the_limit_has_no_time(tmp_path) -> None:
    homes = points([("NEAR", X0, Y0), ("FAR", X0 + 640, Y0 + 480)])
    matrix, _ = made(tmp_path, GRID, homes, points([(1, X0, Y0)]), limit_s=120)
    assert matrix.seconds(matrix.home("NEAR"), 0) == 0
    assert matrix.seconds(matrix.home("FAR"), 0) is None


def test_places_without_a_street_are_counted_and_reach_nobody(tmp_path) -> None:
    homes = points([("HERE", X0, Y0), ("AWAY", X0 + 90_000, Y0)])
    places = points([(1, X0, Y0), (2, X0, Y0 - 90_000)])
    matrix, pairs = made(tmp_path, GRID, homes, places)
    assert pairs == 1
    assert (matrix.about.homes_off_street, matrix.about.places_off_street) == (1, 1)
    assert len(matrix.from_home(matrix.home("AWAY"))) == 0


def test_there_may_be_nothing_to_find(tmp_path) -> None:
    homes, nowhere = points([("H", X0, Y0)]), points([(1, X0, Y0 - 90_000)])
    matrix, pairs = made(tmp_path, GRID, homes, nowhere)
    assert pairs == matrix.home_place.size == 0


def test_times_beyond_what_two_bytes_hold_take_four(tmp_path) -> None:
    road = network_of([(X0, Y0), (X0 + 100_000, Y0)], [[0, 1]])
    homes = points([("H", X0 + 99_000, Y0)])
    matrix, pairs = made(tmp_path, road, homes, points([(1, X0, Y0)]), limit_s=90_000)
    assert pairs == 1
    assert matrix.seconds(0, 0) == 99_000 / 80 * 60
    assert matrix.to_place(0).metres[0] == 99_000


def test_an_id_that_is_not_there_is_named(tmp_path) -> None:
    matrix, _ = made(tmp_path, GRID, points([("LE15 6HP", X0, Y0)]), points([(1, X0, Y0)]))
    with pytest.raises(MatrixError, match="LE15 6HQ is no home of this matrix"):
        matrix.home("LE15 6HQ")
    with pytest.raises(MatrixError, match="7 is no place"):
        matrix.place(7)


def test_what_cannot_be_asked_is_refused(tmp_path) -> None:
    twice = points([("A", X0, Y0), ("A", X0, Y0)])
    one = points([("A", X0, Y0)])
    with pytest.raises(MatrixError, match="the id A is given twice"):
        make_matrix(GRID, twice, one, limit_s=60, out=tmp_path)
    with pytest.raises(MatrixError, match="limit of -1 seconds"):
        make_matrix(GRID, one, one, limit_s=-1, out=tmp_path)


@pytest.mark.parametrize(
    ("breakage", "says"),
    [
        (lambda folder: (folder / "matrix.json").unlink(), "there is no matrix"),
        (lambda folder: (folder / "matrix.json").write_text("{"), "is damaged"),
        (lambda folder: _say(folder, version=99), "of version 99; this atlas reads 1"),
        (lambda folder: _say(folder, pairs=5), "not as long as matrix.json says"),
        (lambda folder: (folder / "home_place.npy").unlink(), "home_place.npy"),
        (lambda folder: (folder / "place_home.npy").write_bytes(b"\x93NUMPY"), "is damaged"),
    ],
)
def test_a_broken_matrix_says_so(tmp_path, breakage, says) -> None:
    made(tmp_path, GRID, points([("A", X0, Y0)]), points([(1, X0, Y0)]))
    breakage(tmp_path)
    with pytest.raises(MatrixError, match=says):
        Matrix.load(tmp_path)


def _say(folder, **told) -> None:
    path = folder / "matrix.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | told))
