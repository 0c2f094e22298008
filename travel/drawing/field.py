"""The travel-time field: seconds at every cell of a fine grid.

The time at a place is that of its nearest street, where it is nearest, and the walk to it. Streets
that were not reached own their surroundings too, so that a reached street never lends its time to
places across one that is out of reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

from travel.drawing.claims import FAR, Singles
from travel.drawing.ground import BLOCK, Block
from travel.network import DECISECONDS, Frame
from travel.paths.bucket_queue import Ints, Places, Streets
from travel.paths.search import Reach
from travel.snapping import drawn_max_m


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
    """
    network = reach.network
    frame = _frame(reach, float(cell_m))
    ground = network.grounds.get(cell_m=frame.cell_m, furthest_m=drawn_max_m())
    seconds = np.empty((frame.rows, frame.columns), np.float32)
    distance = np.empty((frame.rows, frame.columns), np.float32)
    south, west = round(frame.y0 / frame.cell_m), round(frame.x0 / frame.cell_m)
    origin = Places(reach.origin.edge, reach.origin.fraction, reach.origin.distance_m)
    labels = reach.left_ds, reach.limit_ds, network.off_street_m_s
    for row in range(south // BLOCK, (south + frame.rows - 1) // BLOCK + 1):
        for column in range(west // BLOCK, (west + frame.columns - 1) // BLOCK + 1):
            _read(
                ground.block(column, row),
                column * BLOCK - west,
                row * BLOCK - south,
                network.streets,
                *labels,
                origin,
                reach.spent_ds,
                seconds,
                distance,
            )
    _add_surroundings(reach, frame, seconds, distance)
    return Field(frame, seconds, distance)


def _frame(reach: Reach, cell_m: float) -> Frame:
    """Hold every place that can be reached, on grid points that do not depend on the origin."""
    network = reach.network
    is_on = reach.origin.is_on_street
    x = np.concatenate((network.x[reach.nodes], reach.origin.x[is_on]))
    y = np.concatenate((network.y[reach.nodes], reach.origin.y[is_on]))
    left = np.concatenate((reach.left_ds[reach.nodes], reach.limit_ds - reach.spent_ds[is_on]))
    # Beyond a node lie only streets that start there, beyond a starting point only its own.
    off = np.nan_to_num(reach.origin.distance_m[is_on])
    own = network.length_m[reach.origin.edge[is_on]] + off
    step = np.concatenate((network.longest_m[reach.nodes], own))
    rim = np.maximum(left, 0) / DECISECONDS * network.off_street_m_s
    rim = np.minimum(rim, step) + drawn_max_m() + 2 * cell_m
    x0 = math.floor(float((x - rim).min()) / cell_m) * cell_m
    y0 = math.floor(float((y - rim).min()) / cell_m) * cell_m
    columns = math.ceil((float((x + rim).max()) - x0) / cell_m) + 1
    rows = math.ceil((float((y + rim).max()) - y0) / cell_m) + 1
    return Frame(x0, y0, cell_m, columns, rows)


def _add_surroundings(
    reach: Reach,
    frame: Frame,
    seconds: Singles,
    distance: Singles,
) -> None:
    """Let people walk straight to what is nearer to the starting point than its street."""
    pace = reach.network.off_street_m_s
    x = frame.x0 + frame.cell_m * np.arange(frame.columns)
    y = frame.y0 + frame.cell_m * np.arange(frame.rows)
    for start in np.flatnonzero(reach.origin.is_on_street):
        off = max(float(reach.origin.distance_m[start]), frame.cell_m)
        columns = np.flatnonzero(np.abs(x - reach.origin.x[start]) <= off)
        rows = np.flatnonzero(np.abs(y - reach.origin.y[start]) <= off)
        box = np.ix_(rows, columns)
        straight = np.hypot(
            x[columns][None, :] - reach.origin.x[start], y[rows][:, None] - reach.origin.y[start]
        )
        spent = reach.spent_ds[start] / DECISECONDS - reach.origin.distance_m[start] / pace
        is_near = straight <= off
        direct = np.where(is_near, spent + straight / pace, FAR)
        seconds[box] = np.minimum(seconds[box], direct)
        distance[box] = np.where(is_near, np.minimum(distance[box], straight), distance[box])


@njit(cache=True, nogil=True)
def _read(  # noqa: C901, PLR0913, PLR0917
    block: Block,
    column0: int,
    row0: int,
    streets: Streets,
    left: Ints,
    limit_ds: int,
    off_street_m_s: float,
    origin: Places,
    spent_ds: Ints,
    seconds: Singles,
    distance_m: Singles,
) -> None:
    """Read the times of a block's points, of those that lie within the grid."""
    rows, columns = seconds.shape
    edge = -1
    from_tail = np.inf
    from_head = np.inf
    forward = 0.0
    backward = 0.0
    is_origin = False
    for row in range(max(0, row0), min(rows, row0 + BLOCK)):
        for column in range(max(0, column0), min(columns, column0 + BLOCK)):
            e = block.edge[row - row0, column - column0]
            away = block.distance_m[row - row0, column - column0]
            distance_m[row, column] = away
            if e < 0:
                seconds[row, column] = FAR
                continue
            f = block.fraction[row - row0, column - column0]
            if e != edge:
                edge = e
                forward = streets.forward_ds[e]
                backward = streets.backward_ds[e]
                at_tail = left[streets.tail[e]]
                at_head = left[streets.head[e]]
                from_tail = limit_ds + 1 - at_tail if at_tail > 0 and forward >= 0 else np.inf
                from_head = limit_ds + 1 - at_head if at_head > 0 and backward >= 0 else np.inf
                is_origin = False
                for i in range(origin.edge.size):
                    is_origin |= origin.edge[i] == e
            best = min(from_tail + f * forward, from_head + (1.0 - f) * backward)
            if is_origin:
                for i in range(origin.edge.size):
                    further = f - origin.fraction[i]
                    weight = forward if further >= 0.0 else backward
                    if origin.edge[i] == e and weight >= 0:
                        best = min(best, spent_ds[i] + abs(further) * weight)
            is_reached = best < np.inf
            seconds[row, column] = best / DECISECONDS + away / off_street_m_s if is_reached else FAR
