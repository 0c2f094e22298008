"""The travel-time field: seconds at every cell of a fine grid.

The time at a place is that of its nearest street, where it is nearest, and the walk to it. Streets
that were not reached own their surroundings too, so that a reached street never lends its time to
places across one that is out of reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit

from travel.drawing.claims import FAR, Singles
from travel.drawing.ground import BLOCK, Block
from travel.network import Frame
from travel.paths.arrivals import PER_SECOND, Doors, Starts, in_order
from travel.paths.entries import Floats, Ints, Streets, UInts, entered, has_turns, signed
from travel.paths.search import Reach, doors
from travel.snapping import drawn_max_m
from travel.turns import FORWARD


class Search(NamedTuple):
    """What the loops read of a `Reach`.

    Attributes:
        origin: the starting points.
        spent_ds: at each of them.
        starts: the same in order.
        left: labels.
        limit_ds: of the search.
    """

    origin: Doors
    spent_ds: Ints
    starts: Starts
    left: UInts
    limit_ds: int


@dataclass(frozen=True, slots=True)
class Field:
    """Travel times on a grid of points.

    Attributes:
        frame: the grid; a time belongs to the south-west corner of each cell.
        seconds: ``float32``, shape (rows, columns); ``FAR`` where no reached street is nearest.
        distance_m: ``float32``, to the nearest street.
    """

    frame: Frame
    seconds: Singles
    distance_m: Singles


def time_field(reach: Reach, *, cell_m: float) -> Field:
    """Lay the times of a search on a grid that holds everything reached, and a rim.

    Args:
        reach: a search from one or several points.
        cell_m: distance between grid points.

    Raises:
        ValueError: no starting point has a street.
    """
    if not reach.origin.is_on_street.any():
        raise ValueError("no starting point has a street")
    network = reach.network
    origin = doors(reach.origin)
    search = Search(origin, reach.spent_ds, in_order(origin), reach.labels.left, reach.limit_ds)
    frame = _frame(reach, search, float(cell_m))
    ground = network.grounds.get(cell_m=frame.cell_m, furthest_m=drawn_max_m())
    seconds = np.empty((frame.rows, frame.columns), np.float32)
    distance = np.empty((frame.rows, frame.columns), np.float32)
    south, west = round(frame.y0 / frame.cell_m), round(frame.x0 / frame.cell_m)
    for row in range(south // BLOCK, (south + frame.rows - 1) // BLOCK + 1):
        for column in range(west // BLOCK, (west + frame.columns - 1) // BLOCK + 1):
            _read(
                ground.block(column, row),
                column * BLOCK - west,
                row * BLOCK - south,
                network.streets,
                search,
                network.off_street_m_s,
                seconds,
                distance,
            )
    _add_surroundings(frame, search, network.off_street_m_s, seconds, distance)
    return Field(frame, seconds, distance)


def _frame(reach: Reach, search: Search, cell_m: float) -> Frame:
    """Hold every place that can be reached, on grid points that do not depend on the origin."""
    network = reach.network
    west, south, east, north = _bounds(network.streets, network.x, network.y, search, reach.found)
    rim = drawn_max_m() + 2 * cell_m
    x0 = math.floor((west - rim) / cell_m) * cell_m
    y0 = math.floor((south - rim) / cell_m) * cell_m
    columns = math.ceil((east + rim - x0) / cell_m) + 1
    rows = math.ceil((north + rim - y0) / cell_m) + 1
    return Frame(x0, y0, cell_m, columns, rows)


@njit(cache=True, nogil=True)
def _bounds(
    streets: Streets, x: Floats, y: Floats, search: Search, found: Ints
) -> tuple[float, float, float, float]:
    """Bound the streets in reach: west, south, east, north.

    Beyond a node lie only streets that start there, in a state only its own edge, beyond a
    starting point its own street and what is nearer: so far as there is time for them.
    """
    origin, spent_ds, starts, left, limit_ds = search
    box = np.array([np.inf, np.inf, -np.inf, -np.inf])
    for i in starts.by_x:
        e = origin.edge[i]
        mine = max(0, limit_ds - spent_ds[i])
        far = max(
            _furthest(streets.length_m[e], streets.forward_ds[e], mine),
            _furthest(streets.length_m[e], streets.backward_ds[e], mine),
        )
        _widen(box, origin.x[i], origin.y[i], origin.distance_m[i] + far)
    if has_turns(streets):
        _bound_states(streets, x, y, left, found, box)
    else:
        _bound_nodes(streets, x, y, left, found, box)
    return box[0], box[1], box[2], box[3]


@njit(cache=True, nogil=True)
def _bound_nodes(
    streets: Streets, x: Floats, y: Floats, left: UInts, found: Ints, box: Floats
) -> None:
    arc_start, arcs, arc_m = streets.arc_start, streets.arcs, streets.arc_m
    for node in found:
        mine = signed(left[node])
        far = 0.0
        for k in range(arc_start[node], arc_start[node + 1]):
            far = max(far, _furthest(arc_m[k], signed(arcs[k] >> np.uint64(32)), mine))
        _widen(box, x[node], y[node], far)


@njit(cache=True, nogil=True)
def _bound_states(
    streets: Streets, x: Floats, y: Floats, left: UInts, found: Ints, box: Floats
) -> None:
    _, _, _, tail, head, _, _, length_m, _, state_edge, flags, state_ds = streets
    for state in found:
        e = state_edge[state]
        node = tail[e] if flags[state] & FORWARD else head[e]
        far = _furthest(length_m[e], state_ds[state], signed(left[state]))
        _widen(box, x[node], y[node], far)


@njit(cache=True, nogil=True)
def _furthest(length_m: float, ds: int, left_ds: int) -> float:
    """Say how far along a street one comes with what is left."""
    return length_m if ds <= left_ds else length_m * left_ds / ds


@njit(cache=True, nogil=True)
def _widen(box: Floats, x: float, y: float, far: float) -> None:
    box[0] = min(box[0], x - far)
    box[1] = min(box[1], y - far)
    box[2] = max(box[2], x + far)
    box[3] = max(box[3], y + far)


@njit(cache=True, nogil=True)
def _add_surroundings(
    frame: Frame,
    search: Search,
    off_street_m_s: float,
    seconds: Singles,
    distance_m: Singles,
) -> None:
    """Let people walk straight to what is nearer to a starting point than its street."""
    origin, spent_ds, starts, _, _ = search
    x0, y0, cell_m, columns, rows = frame
    for i in starts.by_x:
        off = max(origin.distance_m[i], cell_m)
        west = origin.x[i] - x0
        south = origin.y[i] - y0
        spent = spent_ds[i] / PER_SECOND - origin.distance_m[i] / off_street_m_s
        first = max(0, math.floor((west - off) / cell_m))
        last = min(columns, math.ceil((west + off) / cell_m) + 1)
        for row in range(
            max(0, math.floor((south - off) / cell_m)),
            min(rows, math.ceil((south + off) / cell_m) + 1),
        ):
            for column in range(first, last):
                # From places on the British grid, so that the frame makes no difference.
                x = x0 + column * cell_m
                y = y0 + row * cell_m
                straight = math.hypot(x - origin.x[i], y - origin.y[i])
                if straight <= off:
                    direct = np.float32(spent + straight / off_street_m_s)
                    seconds[row, column] = min(seconds[row, column], direct)
                    distance_m[row, column] = min(distance_m[row, column], np.float32(straight))


@njit(cache=True, nogil=True)
def _read(  # noqa: PLR0913, PLR0917
    block: Block,
    column0: int,
    row0: int,
    streets: Streets,
    search: Search,
    off_street_m_s: float,
    seconds: Singles,
    distance_m: Singles,
) -> None:
    """Read the times of a block's points, of those that lie within the grid."""
    origin, spent_ds, starts, left, limit_ds = search
    _, _, _, tail, head, forward_ds, backward_ds, _, state_start, _, flags, state_ds = streets
    begun, start_edge = starts.by_edge, starts.edge
    begun_at = origin.fraction
    edges, fractions, distances = block
    rows, columns = seconds.shape
    edge = -1
    from_tail = np.inf
    from_head = np.inf
    forward = 0.0
    backward = 0.0
    first = 0
    last = 0
    for row in range(max(0, row0), min(rows, row0 + BLOCK)):
        for column in range(max(0, column0), min(columns, column0 + BLOCK)):
            e = edges[row - row0, column - column0]
            away = distances[row - row0, column - column0]
            f = np.float64(fractions[row - row0, column - column0])
            distance_m[row, column] = away
            seconds[row, column] = FAR
            if e < 0:
                continue
            if e != edge:
                edge = e
                from_tail, forward, _, from_head, backward, _ = entered(
                    e,
                    left,
                    limit_ds,
                    tail,
                    head,
                    forward_ds,
                    backward_ds,
                    state_start,
                    flags,
                    state_ds,
                )
                first = np.searchsorted(start_edge, e)
                last = np.searchsorted(start_edge, e, side="right")
            best = min(from_tail + f * forward, from_head + (1.0 - f) * backward)
            for k in range(first, last):
                i = begun[k]
                further = f - begun_at[i]
                ds = forward_ds[e] if further >= 0.0 else backward_ds[e]
                if ds >= 0:
                    best = min(best, spent_ds[i] + abs(further) * ds)
            if best < np.inf:
                seconds[row, column] = best / PER_SECOND + away / off_street_m_s
