"""The nearest street of every grid point, held to the slow and obvious way of finding it."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import Network, prepare_isochrones
from travel.drawing import ground
from travel.drawing.claims import FAR
from travel.drawing.ground import BLOCK, Ground
from travel.interchange import edge_lines

FURTHEST_M = 100.0


def points_of(column: int, row: int, cell_m: float) -> tuple[np.ndarray, np.ndarray]:
    x = cell_m * (column * BLOCK + np.arange(BLOCK))
    y = cell_m * (row * BLOCK + np.arange(BLOCK))
    return np.meshgrid(x, y)


def blocks_around(network: Network, cell_m: float) -> list[tuple[int, int]]:
    side = BLOCK * cell_m
    west, south = int(network.shape_x.min() // side), int(network.shape_y.min() // side)
    east, north = int(network.shape_x.max() // side), int(network.shape_y.max() // side)
    return [(c, r) for r in range(south, north + 1) for c in range(west, east + 1)]


def assert_nearest(network: Network, cell_m: float) -> None:
    lines = edge_lines(network)
    found = Ground(network, cell_m=cell_m, furthest_m=FURTHEST_M)
    for at in blocks_around(network, cell_m):
        x, y = points_of(*at, cell_m)
        points = shapely.points(x, y)
        block = found.block(*at)
        away = np.min([shapely.distance(points, line) for line in lines], axis=0)
        is_near = away <= FURTHEST_M - 1
        assert block.distance_m[is_near] == pytest.approx(away[is_near], abs=0.05)
        has_edge = block.edge >= 0
        assert has_edge[is_near].all()
        assert (block.distance_m[~has_edge] == np.float32(FAR)).all()
        on = shapely.line_interpolate_point(
            lines[block.edge[has_edge]], block.fraction[has_edge], normalized=True
        )
        to_it = shapely.distance(points[has_edge], on)
        assert block.distance_m[has_edge] == pytest.approx(to_it, abs=0.05)


@pytest.mark.parametrize("cell_m", [10.0, 20.0, 33.0])
def test_every_point_near_a_street_belongs_to_the_nearest_one(cell_m: float) -> None:
    assert_nearest(grid(9, 8, block_m=170), cell_m)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_blocks_meet_without_a_seam_whatever_the_streets(data: st.DataObject) -> None:
    places = st.tuples(st.floats(X0 - 300, X0 + 300), st.floats(Y0 - 300, Y0 + 300))
    ends = data.draw(st.lists(places, min_size=3, max_size=8, unique=True))
    assert_nearest(network_of(ends, [list(range(len(ends)))]), 20.0)


@pytest.mark.parametrize("east", [-9, 0, 9])
@pytest.mark.parametrize("north", [-9, 9])
def test_a_block_beyond_the_streets_is_empty(east: int, north: int) -> None:
    network = grid(3, 3)
    column, row = blocks_around(network, 20.0)[0]
    found = Ground(network, cell_m=20.0, furthest_m=FURTHEST_M)
    for at in ((0, 0), (column + east, row + north), (column + north, row + east)):
        assert (found.block(*at).edge == -1).all()


def test_a_block_is_worked_out_once_and_the_one_longest_unused_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ground, "BLOCKS_KEPT", 2)
    found = Ground(grid(3, 3), cell_m=20.0, furthest_m=FURTHEST_M)
    first, second = found.block(0, 0), found.block(0, 1)
    assert found.block(0, 0) is first
    found.block(0, 2)
    assert found.block(0, 0) is first
    assert found.block(0, 1) is not second


def test_a_network_remembers_a_few_grids() -> None:
    network = grid(3, 3)
    twenty = network.grounds.get(cell_m=20.0, furthest_m=FURTHEST_M)
    assert network.grounds.get(cell_m=20.0, furthest_m=FURTHEST_M) is twenty
    for cell_m in (10.0, 30.0, 40.0, 50.0):
        network.grounds.get(cell_m=cell_m, furthest_m=FURTHEST_M)
    assert network.grounds.get(cell_m=20.0, furthest_m=FURTHEST_M) is not twenty


def test_all_blocks_of_a_network_may_be_worked_out_ahead() -> None:
    network = grid(30, 30)
    there = set(blocks_around(network, 20.0))
    assert prepare_isochrones(network) >= len(there)
    ready = network.grounds.get(cell_m=20.0, furthest_m=FURTHEST_M)
    assert there <= set(ready._blocks)
    assert prepare_isochrones(network, at_most=1) == 0
