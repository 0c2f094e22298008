import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import snap, snap_origin
from travel.errors import NotConnected, OutsideCoverage
from travel.interchange import edge_lines

GRID = grid(5, 4)
LINES = edge_lines(GRID)


def test_a_point_beside_a_street_knows_how_far_along_and_how_far_away_it_is() -> None:
    network = network_of([(X0, Y0), (X0 + 200, Y0)], [[0, 1]])
    found = snap(network, X0 + 50, Y0 + 30)
    along = found.fraction[0] if network.x[network.tail[0]] == X0 else 1 - found.fraction[0]
    assert (found.edge[0], found.distance_m[0]) == (0, 30)
    assert along == pytest.approx(0.25)


def test_the_fraction_runs_along_the_shape() -> None:
    network = network_of([(X0, Y0), (X0, Y0 + 100), (X0 + 300, Y0 + 100)], [[0, 1, 2]])
    found = snap(network, X0 + 100, Y0 + 90)
    is_drawn_so = network.shape_x[0] == X0
    assert found.fraction[0] == pytest.approx(0.5)
    near_start = snap(network, X0 + 10, Y0 + 40).fraction[0]
    assert near_start == pytest.approx(0.1 if is_drawn_so else 0.9)


@settings(max_examples=200, deadline=None)
@given(st.floats(-350, 700), st.floats(-350, 600), st.sampled_from([20.0, 150.0, 400.0]))
def test_no_edge_is_nearer_than_the_one_found(dx: float, dy: float, max_m: float) -> None:
    x, y = X0 + dx, Y0 + dy
    away = shapely.distance(LINES, shapely.Point(x, y))
    found = snap(GRID, x, y, max_m=max_m)
    if found.edge[0] < 0:
        assert away.min() > max_m - 1e-6 or not GRID.is_covered(x, y)
        assert np.isnan(found.distance_m[0])
        assert np.isnan(found.fraction[0])
        return
    assert found.distance_m[0] == pytest.approx(away.min(), abs=1e-6)
    place = shapely.line_interpolate_point(LINES[found.edge[0]], found.fraction[0], normalized=True)
    assert place.distance(shapely.Point(x, y)) == pytest.approx(away.min(), abs=1e-6)


def test_beyond_the_coverage_no_street_is_near_enough() -> None:
    found = snap(GRID, X0 - 40 - 300, Y0, max_m=400)
    assert (found.edge[0], found.is_on_street[0]) == (-1, False)
    assert np.isnan([found.fraction[0], found.distance_m[0]]).all()


def test_many_points_are_answered_in_order() -> None:
    found = snap(GRID, [X0 + 40, X0 + 5_000, X0 + 80], [Y0 + 10, Y0, Y0 + 40])
    assert found.is_on_street.tolist() == [True, False, True]
    assert (len(found), found.distance_m[0], found.distance_m[2]) == (3, 10, 0)


def test_points_that_are_not_numbers_have_no_street() -> None:
    found = snap(GRID, [np.nan, np.inf, X0], [Y0, Y0, -np.inf])
    assert found.edge.tolist() == [-1, -1, -1]


def test_no_points_are_no_trouble() -> None:
    assert len(snap(GRID, [], [])) == 0


def test_coordinates_must_come_in_pairs() -> None:
    with pytest.raises(ValueError, match="2 x for 1 y"):
        snap(GRID, [X0, X0], [Y0])


def test_a_loop_is_snapped_to_along_its_whole_length() -> None:
    ring = network_of(
        [(X0, Y0), (X0 + 100, Y0), (X0 + 100, Y0 + 100), (X0, Y0 + 100)], [[0, 1, 2, 3, 0]]
    )
    found = snap(ring, [X0 + 50, X0 + 90], [Y0 - 5, Y0 + 50])
    assert sorted(found.fraction.tolist()) in ([0.125, 0.375], [0.625, 0.875])
    assert found.distance_m.tolist() == [5, 10]


def test_a_point_beyond_the_streets_is_outside_the_coverage() -> None:
    with pytest.raises(OutsideCoverage, match="outside the streets that were loaded") as caught:
        snap_origin(GRID, X0 - 2_000, Y0)
    assert caught.value.hint is not None


@pytest.mark.parametrize("place", [(np.nan, Y0), (X0, np.inf)])
def test_a_point_nowhere_is_outside_the_coverage(place: tuple[float, float]) -> None:
    with pytest.raises(OutsideCoverage):
        snap_origin(GRID, *place)


def test_a_point_in_the_middle_of_a_lake_has_no_street_near() -> None:
    side = 2_000.0
    shore = network_of(
        [(X0, Y0), (X0 + side, Y0), (X0 + side, Y0 + side), (X0, Y0 + side)], [[0, 1, 2, 3, 0]]
    )
    with pytest.raises(NotConnected, match="no street or path within 400 m of"):
        snap_origin(shore, X0 + side / 2, Y0 + side / 2)
