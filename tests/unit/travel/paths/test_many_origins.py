"""Searches from many points at once, each with its head start: as from bus stops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.junctions import ARM_M, BLOCK_S, along, built, crossroads
from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, network_of
from travel import Network, Snapped, bands, seconds_from, snap, time_grid, times_to
from travel.drawing.time_grids import NOT_REACHED, TimeGrid
from travel.snapping import drawn_max_m

GRID = grid(9, 9)
LOOP = network_of(
    [(X0, Y0), (X0 + 800, Y0), (X0 + 800, Y0 + 500), (X0, Y0 + 500)],
    [[0, 1, 2, 3, 0]],
    kmh=[(4.8, 0.0)],
)

STREETS = {"grid": GRID, "loop": LOOP}

starts = st.lists(
    st.tuples(st.floats(X0 - 60, X0 + 900), st.floats(Y0 - 60, Y0 + 900), st.integers(0, 8)),
    min_size=1,
    max_size=6,
)


def snapped(network: Network, places: list[tuple[float, float, int]]) -> tuple[Snapped, np.ndarray]:
    x, y, minutes = np.array(places, float).T
    return snap(network, x, y, max_m=drawn_max_m() / 2), minutes * 60


def at_points(found: TimeGrid, points: dict[tuple[int, int], int]) -> None:
    """Keep the least of each point's minutes, by where it lies."""
    for row, column in zip(*np.nonzero(found.minutes != NOT_REACHED), strict=True):
        where = (
            round(found.frame.x0 / found.frame.cell_m) + int(column),
            round(found.frame.y0 / found.frame.cell_m) + int(row),
        )
        points[where] = min(points.get(where, NOT_REACHED), int(found.minutes[row, column]))


@settings(max_examples=60, deadline=None)
@given(starts, st.sampled_from(sorted(STREETS)))
def test_from_many_points_each_place_has_the_time_from_the_best_of_them(
    places: list[tuple[float, float, int]], streets: str
) -> None:
    network = STREETS[streets]
    origins, spent_s = snapped(network, places)
    x, y = np.random.default_rng(3).uniform(0, 840, (2, 60))
    there = snap(network, X0 + x, Y0 + y)
    together = times_to(seconds_from(network, origins, limit_s=720, spent_s=spent_s), there)
    alone = [
        times_to(seconds_from(network, origins[i : i + 1], limit_s=720, spent_s=spent_s[i]), there)
        for i in range(len(places))
    ]
    least = np.min([np.nan_to_num(each.seconds, nan=np.inf) for each in alone], axis=0)
    assert np.nan_to_num(together.seconds, nan=np.inf) == pytest.approx(least)
    is_known = np.isfinite(together.seconds)
    metres = np.array([each.metres for each in alone])
    as_long = np.isclose(metres, together.metres, atol=0.01).any(axis=0)
    assert as_long[is_known].all()


@settings(max_examples=40, deadline=None)
@given(starts, st.sampled_from(sorted(STREETS)))
def test_a_grid_from_many_points_is_the_best_of_their_grids(
    places: list[tuple[float, float, int]], streets: str
) -> None:
    network = STREETS[streets]
    origins, spent_s = snapped(network, places)
    if not origins.is_on_street.any():
        return
    together: dict[tuple[int, int], int] = {}
    reach = seconds_from(network, origins, limit_s=600, spent_s=spent_s)
    at_points(time_grid(reach), together)
    best: dict[tuple[int, int], int] = {}
    for i in np.flatnonzero(origins.is_on_street):
        one = seconds_from(network, origins[i : i + 1], limit_s=600, spent_s=spent_s[i])
        at_points(time_grid(one), best)
    assert together == best


def test_on_a_grid_of_minutes_a_head_start_counts_in_the_grid() -> None:
    origins = snap(GRID, [X0, X0 + 640], [Y0 + 320, Y0 + 320])
    found = time_grid(seconds_from(GRID, origins, limit_s=480, spent_s=[0, 120]))
    row = round((Y0 + 320 - found.frame.y0) / 20)
    column = round((X0 - found.frame.x0) / 20)
    crossings = found.minutes[row, column : column + 33 : 4].tolist()
    assert crossings == [0, 1, 2, 3, 4, 5, 4, 3, 2]


def test_bands_from_several_points_join_up() -> None:
    origins = snap(GRID, [X0, X0 + 640], [Y0, Y0 + 640])
    (apart,) = bands(seconds_from(GRID, origins, limit_s=180 + 60), [3])
    assert len(apart.geometry.geoms) == 2
    (joined,) = bands(seconds_from(GRID, origins, limit_s=540 + 60), [9])
    assert len(joined.geometry.geoms) == 1


def test_no_point_with_a_street_is_no_picture() -> None:
    nowhere = snap(GRID, [X0 + 90_000], [Y0])
    with pytest.raises(ValueError, match="no starting point has a street"):
        time_grid(seconds_from(GRID, nowhere, limit_s=60))


def test_cars_set_out_from_several_points_too(tmp_path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    x, y = np.array([along(5, 100), along(3, 100), (X0 + 9_000, Y0)]).T
    reach = seconds_from(network, snap(network, x, y), limit_s=600, spent_s=[0, 30, 0])
    times = times_to(reach, snap(network, *np.array([along(5, 150), along(3, 100)]).T))
    assert times.seconds == pytest.approx([BLOCK_S / 4, min(30, BLOCK_S)], abs=0.2)
