from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.unit.travel.paths.test_search import networks, quickest
from tests.unit.travel.slow_turns import assumed, extracts
from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import MODES, Network, Snapped, build_networks, nearest, read_extract, snap, times_from

GRID = grid(11, 3)


def full_table(network: Network, places: Snapped, homes: Snapped, limit_s: float) -> np.ndarray:
    """The slow, obvious answer: every place by itself, one row a place."""
    return np.array(
        [
            times_from(network.reversed, places[i : i + 1], homes, limit_s=limit_s).seconds
            for i in range(len(places))
        ]
    ).reshape(len(places), len(homes))


def check(network: Network, places: Snapped, homes: Snapped, *, limit_s: float, k: int) -> None:
    table = full_table(network, places, homes, limit_s)
    found = nearest(network, places, homes, limit_s=limit_s, k=k)
    assert found.place.shape == found.seconds.shape == found.metres.shape == (len(homes), k)
    padded = np.vstack((table, np.full((k, len(homes)), np.nan)))
    assert found.seconds == pytest.approx(np.sort(padded, axis=0)[:k].T, abs=1e-6, nan_ok=True)
    assert np.array_equal(found.place >= 0, np.isfinite(found.seconds))
    for home in range(len(homes)):
        named = [place for place in found.place[home].tolist() if place >= 0]
        assert len(set(named)) == len(named)
        own = found.seconds[home, : len(named)]
        assert own == pytest.approx(table[named, home], abs=1e-6)


def test_each_home_goes_to_the_place_it_is_nearest_to() -> None:
    places = snap(GRID, [X0, X0 + 800], [Y0, Y0])
    homes = snap(GRID, [X0 + 80.0 * block for block in range(11)], [Y0 + 80.0] * 11)
    found = nearest(GRID, places, homes, limit_s=3600)
    assert found.place[:, 0].tolist()[:5] == [0] * 5
    assert found.place[:, 0].tolist()[6:] == [1] * 5
    assert (found.seconds[:, 0] / 60).tolist() == [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    assert found.metres[:, 0] == pytest.approx(found.seconds[:, 0] * 80 / 60)


def test_the_k_nearest_come_in_order_each_once() -> None:
    places = snap(GRID, [X0 + 800, X0, X0 + 320, X0], [Y0, Y0, Y0, Y0 + 80])
    found = nearest(GRID, places, snap(GRID, X0 + 160, Y0), limit_s=3600, k=6)
    assert found.place.tolist() == [[1, 2, 3, 0, -1, -1]]
    assert (found.seconds / 60).tolist()[0][:4] == [2, 2, 3, 8]
    assert np.isnan(found.seconds[0, 4:]).all()
    assert np.isnan(found.metres[0, 4:]).all()


def test_the_way_counts_from_home_to_place_on_one_way_streets() -> None:
    points = [(X0, Y0), (X0 + 400, Y0), (X0 + 400, Y0 + 400), (X0, Y0 + 400)]
    dead_ends = [(x - 9, y - 9) for x, y in points]
    streets = [[0, 1, 2, 3, 0], [0, 4], [1, 5], [2, 6], [3, 7]]
    ring = network_of(points + dead_ends, streets, kmh=[(4.8, 0.0)] + [(4.8, 4.8)] * 4)
    places = snap(ring, [X0, X0 + 400], [Y0, Y0 + 400])
    found = nearest(ring, places, snap(ring, X0 + 100, Y0), limit_s=3600)
    assert (found.place[0, 0], found.metres[0, 0]) == (1, pytest.approx(300 + 400))


def test_a_place_on_the_homes_own_street_needs_no_junction() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    places = snap(road, [X0 + 100, X0 + 600, X0 + 900], [Y0, Y0 + 3, Y0])
    found = nearest(road, places, snap(road, X0 + 500, Y0), k=3)
    assert found.place.tolist() == [[1, 0, 2]]
    assert found.metres[0] == pytest.approx([103, 400, 400])


def test_a_place_nearer_than_the_street_is_walked_to_straight() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    places = snap(road, [X0 + 500, X0 + 400], [Y0, Y0 + 100])
    found = nearest(road, places, snap(road, X0 + 420, Y0 + 100))
    assert (found.place[0, 0], found.metres[0, 0]) == (1, pytest.approx(20))


def test_nobody_is_near_where_there_is_no_street_or_no_time() -> None:
    places = snap(GRID, [X0 + 90_000, X0], [Y0, Y0])
    homes = snap(GRID, [X0 + 90_000, X0 + 160, X0 + 800], [Y0, Y0, Y0])
    found = nearest(GRID, places, homes, limit_s=200)
    assert found.place[:, 0].tolist() == [-1, 1, -1]
    assert nearest(GRID, places[:1], homes).place[:, 0].tolist() == [-1, -1, -1]


def test_without_places_or_homes_nothing_is_found() -> None:
    some, none = snap(GRID, [X0], [Y0]), snap(GRID, [], [])
    assert nearest(GRID, none, some, k=2).place.tolist() == [[-1, -1]]
    assert nearest(GRID, some, none).place.shape == (0, 1)


@pytest.mark.parametrize(("limit", "k"), [(-1.0, 1), (np.nan, 1), (np.inf, 1), (60.0, 0)])
def test_what_cannot_be_asked_is_refused(limit: float, k: int) -> None:
    some = snap(GRID, [X0], [Y0])
    with pytest.raises(ValueError, match=r"limit_s must be seconds|less than 1"):
        nearest(GRID, some, some, limit_s=limit, k=k)


points = st.lists(
    st.tuples(st.floats(X0 - 20, X0 + 350), st.floats(Y0 - 20, Y0 + 390)), min_size=1, max_size=8
)


def snapped(network: Network, where: list[tuple[float, float]]) -> Snapped:
    return snap(network, *np.array(where).T)


@settings(max_examples=60, deadline=None)
@given(networks(), points, points, st.sampled_from((60.0, 3600.0)), st.integers(1, 4))
def test_the_nearest_are_those_of_the_full_table(
    network: Network, places: list, homes: list, limit: float, k: int
) -> None:
    check(network, snapped(network, places), snapped(network, homes), limit_s=limit, k=k)


@settings(max_examples=30, deadline=None)
@given(extracts(), points, points, st.sampled_from((40.0, 3600.0)), st.integers(1, 4))
def test_the_nearest_by_car_are_those_of_the_full_table(
    extract: tuple[dict, dict, dict, list], places: list, homes: list, limit: float, k: int
) -> None:
    network = assumed(extract)
    check(network, snapped(network, places), snapped(network, homes), limit_s=limit, k=k)


@pytest.fixture(scope="module")
def rutland(publishers: Path) -> dict[str, Network]:
    built = build_networks(read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf"))
    return {mode: network for mode, (network, _) in built.items()}


@pytest.mark.parametrize("mode", MODES)
def test_in_rutland_the_three_nearest_are_those_of_the_full_table(
    rutland: dict[str, Network], mode: str
) -> None:
    network = rutland[mode]
    rng = np.random.default_rng(11)
    at = rng.integers(0, network.n_nodes, 340)
    x, y = network.x[at] + rng.normal(0, 60, 340), network.y[at] + rng.normal(0, 60, 340)
    points = snap(network, x, y)
    check(network, points[:40], points[40:], limit_s=5400, k=3)


def test_at_the_junctions_of_rutland_scipy_finds_the_same_nearest(
    rutland: dict[str, Network],
) -> None:
    network = rutland["cycle"]
    rng = np.random.default_rng(3)
    nodes = np.unique(rng.integers(0, network.n_nodes, 30))
    places, homes = at_nodes(network, nodes), at_nodes(network, np.arange(network.n_nodes))
    found = nearest(network, places, homes, limit_s=1e5)
    expected = sparse.csgraph.dijkstra(quickest(network).T.tocsr(), indices=nodes, min_only=True)
    assert found.seconds[:, 0] == pytest.approx(expected / 10, abs=1e-6)


def at_nodes(network: Network, nodes: np.ndarray) -> Snapped:
    """Stand on junctions exactly, on an edge that touches each."""
    edge = np.zeros(network.n_nodes, np.int32)
    edge[network.head] = edge[network.tail] = np.arange(network.n_edges)
    edge = edge[nodes]
    fraction = np.where(network.tail[edge] == nodes, 0.0, 1.0)
    return Snapped(network.x[nodes], network.y[nodes], edge, fraction, np.zeros(nodes.size))
