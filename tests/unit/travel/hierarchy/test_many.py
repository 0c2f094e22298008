"""Times from many to many, held to searches one by one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.unit.travel.hierarchy.places import on_every_edge, one_by_one, places_near
from tests.unit.travel.slow_turns import assumed, extracts
from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import Mode, Network, Snapped, build_network, read_extract, snap
from travel.errors import ExtractError
from travel.hierarchy import Hierarchy, climbing, many_to_many, times_from_many

EXACT = {"rtol": 0.0, "atol": 1e-9}
LONG_S = 30_000


def test_on_a_grid_where_a_block_takes_a_minute_seven_blocks_take_seven() -> None:
    streets = grid(6, 6)
    home = snap(streets, X0, Y0)
    schools = snap(streets, [X0 + 3 * 80.0, X0], [Y0 + 4 * 80.0, Y0 + 80.0])
    assert_allclose(many_to_many(Hierarchy.of(streets), home, schools), [[420.0, 60.0]])


@pytest.mark.parametrize("mode", ["walk", "drive", "school_run"])
def test_rutland_equals_the_search_from_every_origin(publishers: Path, mode: Mode) -> None:
    extract = read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf")
    network, _ = build_network(extract, mode=mode)
    hierarchy = Hierarchy.of(network)
    origins, everywhere = places_near(network, 1, 40), on_every_edge(network, 0.3)
    for limit_s in (400, 1800, LONG_S):
        found = many_to_many(hierarchy, origins, everywhere, limit_s=limit_s)
        assert_allclose(found, one_by_one(network, origins, everywhere, limit_s), **EXACT)
    toward = many_to_many(hierarchy.reversed, origins, everywhere, limit_s=1800)
    assert_allclose(toward, one_by_one(network.reversed, origins, everywhere, 1800), **EXACT)


@settings(max_examples=60, deadline=None)
@given(extracts(), st.sampled_from((0.0, 0.25, 0.5, 1.0)), st.integers(20, 300))
def test_with_turns_every_pair_of_edges_equals_the_search(
    extract: tuple[dict, dict, dict, list], fraction: float, limit_s: int
) -> None:
    network = assumed(extract)
    hierarchy = Hierarchy.of(network)
    for each, streets in ((hierarchy, network), (hierarchy.reversed, network.reversed)):
        origins, ends = on_every_edge(streets, 1 - fraction), on_every_edge(streets, fraction)
        found = many_to_many(each, origins, ends, limit_s=limit_s)
        assert_allclose(found, one_by_one(streets, origins, ends, limit_s), **EXACT)


@st.composite
def one_way_streets(draw: st.DrawFn) -> Network:
    """Straight streets between random points, some of them one-way; parts may hang off."""
    n = draw(st.integers(3, 14))
    xy = draw(st.lists(st.tuples(*[st.integers(0, 40)] * 2), min_size=n, max_size=n, unique=True))
    pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1])
    pairs = draw(st.lists(pair, min_size=2, max_size=30, unique_by=lambda p: tuple(sorted(p))))
    kmh = [draw(st.sampled_from(((4.8, 4.8), (20.0, 0.0), (9.0, 4.0)))) for _ in pairs]
    try:
        return network_of([(X0 + 10.0 * x, Y0 + 10.0 * y) for x, y in xy], pairs, kmh=kmh)
    except ExtractError:
        return network_of([(X0, Y0), (X0 + 50.0, Y0)], [(0, 1)])


@settings(max_examples=100, deadline=None)
@given(one_way_streets(), st.integers(1, 100))
def test_random_one_way_streets_equal_the_search(network: Network, limit_s: int) -> None:
    hierarchy = Hierarchy.of(network)
    for limit in (limit_s, LONG_S):
        origins, ends = on_every_edge(network, 0.0), on_every_edge(network, 0.75)
        found = many_to_many(hierarchy, origins, ends, limit_s=limit)
        assert_allclose(found, one_by_one(network, origins, ends, limit), **EXACT)


def test_what_is_listed_is_what_the_matrix_holds(publishers: Path) -> None:
    extract = read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf")
    network, _ = build_network(extract, mode="drive")
    hierarchy = Hierarchy.of(network)
    origins, ends = places_near(network, 5, 50), on_every_edge(network)
    matrix = many_to_many(hierarchy, origins, ends, limit_s=900)
    listed = np.full(matrix.shape, np.nan)
    seen = []
    for each in times_from_many(hierarchy, origins, ends, limit_s=900, threads=2):
        listed[each.origin, each.destination] = each.seconds
        seen.append(each.origin)
    assert sorted(seen) == list(range(50))
    assert_array_equal(listed, matrix)
    assert 0 < np.isnan(matrix).mean() < 1


def test_without_a_limit_everything_connected_has_a_time(publishers: Path) -> None:
    extract = read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf")
    network, _ = build_network(extract, mode="walk")
    origins, ends = on_every_edge(network)[:20], on_every_edge(network, 0.1)
    found = many_to_many(Hierarchy.of(network), origins, ends)
    assert np.isfinite(found).all()
    assert_allclose(found, one_by_one(network, origins, ends, 200_000), **EXACT)


def test_places_without_a_street_reach_nothing_and_are_not_reached() -> None:
    streets = grid(3, 3)
    places = snap(streets, [X0, X0 + 9_000.0], [Y0, Y0])
    found = many_to_many(Hierarchy.of(streets), places, places)
    assert_array_equal(np.isnan(found), [[False, True], [True, True]])


def test_nobody_and_nowhere_are_possible() -> None:
    streets = grid(2, 2)
    hierarchy, some = Hierarchy.of(streets), snap(streets, X0, Y0)
    none = some[:0]
    assert many_to_many(hierarchy, none, some).shape == (0, 1)
    assert many_to_many(hierarchy, some, none).shape == (1, 0)
    (listed,) = times_from_many(hierarchy, some, none, limit_s=60)
    assert listed.destination.size == 0


def test_a_selection_is_asked_again_and_again() -> None:
    streets = grid(5, 5)
    selection = Hierarchy.of(streets).select(on_every_edge(streets))
    origins = on_every_edge(streets, 0.2)
    first = selection.seconds(origins, limit_s=200, threads=1)
    selection.seconds(origins[::-1], limit_s=60, threads=2)
    assert_array_equal(selection.seconds(origins, limit_s=200, threads=2), first)


@pytest.mark.parametrize("limit_s", [-1.0, float("nan"), float("inf")])
def test_a_limit_is_not_negative_and_can_be_counted(limit_s: float) -> None:
    streets = grid(2, 2)
    place = snap(streets, X0, Y0)
    with pytest.raises(ValueError, match="limit_s"):
        many_to_many(Hierarchy.of(streets), place, place, limit_s=limit_s)


def test_a_way_of_years_is_longer_than_no_limit_but_no_crash() -> None:
    slow = network_of([(X0, Y0), (X0 + 50_000.0, Y0)], [(0, 1)], kmh=[(0.0011, 0.0011)])
    ends = Snapped(
        np.array([X0, X0 + 50_000.0]),
        np.full(2, Y0),
        np.zeros(2, np.int32),
        np.array([0.0, 1.0]),
        np.zeros(2),
    )
    found = many_to_many(Hierarchy.of(slow), ends, ends)
    assert found[0, 0] == 0.0
    assert found[0, 1] == pytest.approx(50_000 / (0.0011 / 3.6), rel=1e-6) or np.isnan(found[0, 1])


def test_a_climb_that_needs_more_room_than_was_set_aside_makes_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    streets = grid(9, 7)
    origins, ends = places_near(streets, 3, 45), on_every_edge(streets)
    expected = many_to_many(Hierarchy.of(streets), origins, ends)
    monkeypatch.setattr(climbing, "CLIMBED", 2)
    assert_array_equal(many_to_many(Hierarchy.of(streets), origins, ends), expected)
    assert_allclose(expected, one_by_one(streets, origins, ends, LONG_S), **EXACT)
