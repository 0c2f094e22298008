"""Pictures of journeys by car: a place has the time of entering its street, turns counted."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.junctions import (
    ARM_M,
    BLOCK_S,
    EAST,
    NORTH,
    RIGHT,
    SOUTH,
    WEST,
    built,
    crossroads,
    restriction,
)
from tests.unit.travel.slow_turns import Slow, assumed, extracts
from tests.unit.travel.tiny_streets import MIRROR, cross
from travel import (
    MODES,
    Network,
    Snapped,
    build_network,
    isochrone,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    time_field,
    time_grid,
    times_to,
)
from travel.drawing.claims import FAR
from travel.drawing.field import Field
from travel.drawing.ground import BLOCK
from travel.drawing.isochrones import CELL_M
from travel.drawing.time_grids import NOT_REACHED
from travel.snapping import drawn_max_m

CELL = 10.0
RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"


def at(field: Field, x: float, y: float) -> float:
    frame = field.frame
    row, column = round((y - frame.y0) / frame.cell_m), round((x - frame.x0) / frame.cell_m)
    return float(field.seconds[row, column])


def ground_at(network: Network, field: Field) -> Snapped:
    """Snap every point of a field as the ground does."""
    frame = field.frame
    ground = network.grounds.get(cell_m=frame.cell_m, furthest_m=drawn_max_m())
    columns = np.arange(frame.columns) + round(frame.x0 / frame.cell_m)
    rows = np.arange(frame.rows) + round(frame.y0 / frame.cell_m)
    column, row = (each.ravel() for each in np.meshgrid(columns, rows))
    found = [
        tuple(part[r % BLOCK, c % BLOCK] for part in ground.block(int(c // BLOCK), int(r // BLOCK)))
        for c, r in zip(column, row, strict=True)
    ]
    edge, fraction, distance = (np.array(part) for part in zip(*found, strict=True))
    return Snapped(
        frame.cell_m * column.astype(float),
        frame.cell_m * row.astype(float),
        edge.astype(np.int32),
        fraction.astype(float),
        distance.astype(float),
    )


def test_a_street_that_may_not_be_turned_into_is_not_drawn_as_reached(tmp_path: Path) -> None:
    network, _ = built(
        tmp_path,
        cross(ARM_M),
        crossroads(),
        restrictions=[restriction("no_right_turn", 15, 12)],
    )
    reach = seconds_from(network, snap(network, *SOUTH), limit_s=BLOCK_S * 1.5)
    field = time_field(reach, cell_m=CELL)
    assert at(field, *NORTH) == pytest.approx(BLOCK_S, abs=0.2)
    assert at(field, *WEST) < FAR
    assert at(field, *EAST) == FAR


def test_a_street_that_is_turned_into_is_drawn_with_the_delay(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    reach = seconds_from(network, snap(network, *SOUTH), limit_s=600)
    field = time_field(reach, cell_m=CELL)
    assert at(field, *NORTH) == pytest.approx(BLOCK_S, abs=0.2)
    assert at(field, *EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)


@settings(max_examples=25, deadline=None)
@given(extracts(), st.integers(0, 10_000), st.sampled_from((0.25, 0.5, 0.75)))
def test_every_point_has_the_time_of_a_slow_search(
    extract: tuple[dict, dict, dict, list], which: int, fraction: float
) -> None:
    network = assumed(extract)
    edge = which % network.n_edges
    shape = slice(network.shape_start[edge], network.shape_start[edge + 1])
    along = fraction * network.length_m[edge]
    x, y = (
        np.interp([along], network.shape_m[shape], each[shape])
        for each in (network.shape_x, network.shape_y)
    )
    origin = Snapped(x, y, np.array([edge], np.int32), np.array([fraction]), np.zeros(1))
    field = time_field(seconds_from(network, origin, limit_s=3000), cell_m=CELL)
    points = ground_at(network, field)
    slow = Slow(network, *extract)
    entered = slow.entered(edge, fraction)
    expected = np.full(len(points), np.inf)
    for i in np.flatnonzero(points.is_on_street):
        e, f = int(points.edge[i]), float(points.fraction[i])
        ways = [
            ds + (f if forward else 1 - f) * slow.ds((e, forward))
            for forward in (True, False)
            if (ds := entered.get((e, forward))) is not None
        ]
        if e == edge:
            way = (e, f >= fraction)
            if way in slow.driven():
                ways.append(abs(f - fraction) * slow.ds(way))
        off_s = points.distance_m[i] / network.off_street_m_s
        expected[i] = min(ways, default=np.inf) / 10 + off_s
    found = field.seconds.ravel().astype(float)
    found[found == np.float32(FAR)] = np.inf
    # Around the starting point people walk, which may be quicker.
    is_beside = np.hypot(points.x - x, points.y - y) <= CELL
    assert found[~is_beside] == pytest.approx(expected[~is_beside], abs=0.01)


def test_every_mode_has_its_cells_and_bands_that_hold_each_other(tmp_path: Path) -> None:
    assert set(CELL_M) == set(MODES)
    for mode in MODES:
        network, _ = built(tmp_path, cross(900.0), crossroads(), mode=mode)
        inner, outer = isochrone(network, SOUTH, minutes=[1, 2])
        assert outer.geometry.is_valid
        assert shapely.covers(outer.geometry, inner.geometry)
        assert outer.geometry.area > inner.geometry.area > 0
        grid = time_grid(seconds_from(network, snap(network, *SOUTH), limit_s=120))
        assert grid.frame.cell_m == CELL_M[mode]
        assert (grid.minutes <= 2).any()


@pytest.mark.skipif(not RUTLAND.exists(), reason="../shared/data/publishers is not here")
def test_in_rutland_no_cell_of_a_drive_is_off_by_more_than_its_rounding() -> None:
    network, _ = build_network(read_extract(RUTLAND), mode="drive")
    origin = snap_origin(network, 486_000, 308_800)
    reach = seconds_from(network, origin, limit_s=900)
    found = time_grid(reach)
    frame = found.frame
    x, y = np.meshgrid(
        frame.x0 + frame.cell_m * np.arange(frame.columns),
        frame.y0 + frame.cell_m * np.arange(frame.rows),
    )
    places = snap(network, x.ravel(), y.ravel(), max_m=drawn_max_m())
    expected = np.ceil(np.round(times_to(reach, places).seconds, 1) / 60)
    is_drawn = (found.minutes.ravel() != NOT_REACHED) & network.is_covered(x.ravel(), y.ravel())
    both = is_drawn & np.isfinite(expected)
    assert both.sum() > 0.999 * max(is_drawn.sum(), np.isfinite(expected).sum())
    # Points just as near to two streets may take the time of either.
    assert (found.minutes.ravel() == expected)[both].mean() > 0.999
