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

from travel.claims import FAR, Singles, claim_cells, hand_on, nearest_on
from travel.network import DECISECONDS, Frame, Network
from travel.search import Reach
from travel.snapping import drawn_max_m
from travel.times import Floats, Ints


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
    owner, square = claim_cells(
        frame,
        network.frame,
        network.cell_start,
        network.cell_segment,
        network.shape_x,
        network.shape_y,
    )
    hand_on(frame, owner, square, network.shape_x, network.shape_y, drawn_max_m())
    seconds, distance = _read(
        frame,
        owner,
        network.shape_edge,
        network.shape_x,
        network.shape_y,
        network.shape_m,
        network.tail,
        network.head,
        network.forward_ds,
        network.backward_ds,
        network.length_m,
        reach.left_ds,
        reach.limit_ds,
        reach.origin.edge,
        reach.origin.fraction,
        reach.spent_ds,
        network.off_street_m_s,
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
    rim = np.maximum(left, 0) / DECISECONDS * network.off_street_m_s
    rim = np.minimum(rim, _longest_step(network)) + drawn_max_m() + 2 * cell_m
    x0 = math.floor(float((x - rim).min()) / cell_m) * cell_m
    y0 = math.floor(float((y - rim).min()) / cell_m) * cell_m
    columns = math.ceil((float((x + rim).max()) - x0) / cell_m) + 1
    rows = math.ceil((float((y + rim).max()) - y0) / cell_m) + 1
    return Frame(x0, y0, cell_m, columns, rows)


def _longest_step(network: Network) -> float:
    return float(network.length_m.max()) + drawn_max_m()


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
    frame: Frame,
    owner: Ints,
    shape_edge: Ints,
    shape_x: Floats,
    shape_y: Floats,
    shape_m: Floats,
    tail: Ints,
    head: Ints,
    forward_ds: Ints,
    backward_ds: Ints,
    length_m: Floats,
    left: Ints,
    limit_ds: int,
    origin_edge: Ints,
    origin_fraction: Floats,
    spent_ds: Ints,
    off_street_m_s: float,
) -> tuple[Singles, Singles]:
    """Read the time of each grid point off its nearest segment."""
    seconds = np.full(owner.shape, np.float32(FAR), np.float32)
    metres = np.full(owner.shape, np.float32(FAR), np.float32)
    for row in range(frame.rows):
        y = frame.y0 + row * frame.cell_m
        for column in range(frame.columns):
            j = owner[row, column]
            if j < 0:
                continue
            away, t = nearest_on(j, frame.x0 + column * frame.cell_m, y, shape_x, shape_y)
            away = math.sqrt(away)
            metres[row, column] = away
            e = shape_edge[j]
            f = 0.0
            if length_m[e] > 0.0:
                f = (shape_m[j - 1] + t * (shape_m[j] - shape_m[j - 1])) / length_m[e]
            best = np.inf
            if left[tail[e]] > 0 and forward_ds[e] >= 0:
                best = limit_ds + 1 - left[tail[e]] + f * forward_ds[e]
            if left[head[e]] > 0 and backward_ds[e] >= 0:
                best = min(best, limit_ds + 1 - left[head[e]] + (1.0 - f) * backward_ds[e])
            for i in range(origin_edge.size):
                if origin_edge[i] == e:
                    further = f - origin_fraction[i]
                    weight = forward_ds[e] if further >= 0.0 else backward_ds[e]
                    if weight >= 0:
                        best = min(best, spent_ds[i] + abs(further) * weight)
            if best < np.inf:
                seconds[row, column] = best / DECISECONDS + away / off_street_m_s
    return seconds, metres
