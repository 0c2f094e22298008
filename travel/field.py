"""The travel-time field: seconds at every cell of a fine grid.

The time at a place is that of its nearest street, where it is nearest, and the walk to it. Streets
that were not reached own their surroundings too, so that a reached street never lends its time to
places across one that is out of reach.

To find the nearest street of every cell, each segment first claims the cells it passes; claims are
then handed from neighbour to neighbour in sweeps over the grid, each cell keeping the nearest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS, Frame, Network
from travel.search import Reach
from travel.times import Floats, Ints

OFF_STREET_M = 100.0
"""How far from a street the field reaches."""

FAR = 1e9
"""Seconds, or metres, of what is not reached."""


@dataclass(frozen=True, slots=True)
class Field:
    """Travel times on a grid of points.

    Attributes:
        frame: the grid; a time belongs to the south-west corner of each cell.
        seconds: ``float32``, shape (rows, columns); ``FAR`` where no reached street is nearest.
        distance_m: ``float32``, to the nearest street.
    """

    frame: Frame
    seconds: npt.NDArray[np.float32]
    distance_m: npt.NDArray[np.float32]


def time_field(reach: Reach, *, cell_m: float) -> Field:
    """Lay the times of a search on a grid that holds everything reached, and a rim.

    Args:
        reach: a search from one or several points.
        cell_m: distance between grid points.
    """
    network = reach.network
    frame = _frame(reach, float(cell_m))
    origin_edge = reach.origin.edge
    seconds, distance = _field(
        frame,
        network.frame,
        network.cell_start,
        network.cell_segment,
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
        origin_edge,
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
    rim = np.minimum(rim, _longest_step(network)) + OFF_STREET_M + 2 * cell_m
    x0 = math.floor(float((x - rim).min()) / cell_m) * cell_m
    y0 = math.floor(float((y - rim).min()) / cell_m) * cell_m
    columns = math.ceil((float((x + rim).max()) - x0) / cell_m) + 1
    rows = math.ceil((float((y + rim).max()) - y0) / cell_m) + 1
    return Frame(x0, y0, cell_m, columns, rows)


def _longest_step(network: Network) -> float:
    return float(network.length_m.max()) + OFF_STREET_M


def _add_surroundings(
    reach: Reach,
    frame: Frame,
    seconds: npt.NDArray[np.float32],
    distance: npt.NDArray[np.float32],
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
def _away(  # noqa: PLR0913, PLR0917
    j: int, x: float, y: float, shape_x: Floats, shape_y: Floats
) -> tuple[float, float]:
    """Measure the squared distance to a segment, and where along it the nearest point is."""
    ax = shape_x[j - 1]
    ay = shape_y[j - 1]
    dx = shape_x[j] - ax
    dy = shape_y[j] - ay
    square = dx * dx + dy * dy
    t = 0.0
    if square > 0.0:
        t = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square))
    return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2, t


@njit(cache=True, nogil=True)
def _field(  # noqa: C901, PLR0912, PLR0913, PLR0914, PLR0915, PLR0917
    frame: Frame,
    index: Frame,
    cell_start: Ints,
    cell_segment: Ints,
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
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    x0, y0, h, columns, rows = frame
    gx0, gy0, side, gcolumns, grows = index
    owner = np.full((rows, columns), -1, np.int32)
    square = np.full((rows, columns), np.float32(FAR), np.float32)
    # Every segment in the box claims the grid points within one cell of it.
    west = max(0, int(math.floor((x0 - h - gx0) / side)))
    south = max(0, int(math.floor((y0 - h - gy0) / side)))
    east = min(gcolumns - 1, int(math.floor((x0 + columns * h - gx0) / side)))
    north = min(grows - 1, int(math.floor((y0 + rows * h - gy0) / side)))
    for gr in range(south, north + 1):
        for gc in range(west, east + 1):
            cell = gr * gcolumns + gc
            for k in range(cell_start[cell], cell_start[cell + 1]):
                j = cell_segment[k]
                c0 = max(0, int(math.floor((min(shape_x[j - 1], shape_x[j]) - x0) / h)))
                c1 = min(columns - 1, int(math.ceil((max(shape_x[j - 1], shape_x[j]) - x0) / h)))
                r0 = max(0, int(math.floor((min(shape_y[j - 1], shape_y[j]) - y0) / h)))
                r1 = min(rows - 1, int(math.ceil((max(shape_y[j - 1], shape_y[j]) - y0) / h)))
                for r in range(r0, r1 + 1):
                    for c in range(c0, c1 + 1):
                        if owner[r, c] == j:
                            continue
                        d, _ = _away(j, x0 + c * h, y0 + r * h, shape_x, shape_y)
                        if d < square[r, c]:
                            square[r, c] = d
                            owner[r, c] = j
    # Hand claims on: four sweeps, each looking at the neighbours already passed.
    for sweep in range(4):
        down = sweep >= 2  # noqa: PLR2004
        for rr in range(rows):
            r = rows - 1 - rr if down else rr
            back = r + 1 if down else r - 1
            for cc in range(columns):
                c = columns - 1 - cc if sweep % 2 else cc
                behind = c + 1 if sweep % 2 else c - 1
                for n in range(4):
                    if n == 0:
                        nr, nc = r, behind
                    else:
                        nr, nc = back, c + n - 2
                    if nr < 0 or nr >= rows or nc < 0 or nc >= columns:
                        continue
                    j = owner[nr, nc]
                    if j < 0 or j == owner[r, c] or square[nr, nc] > OFF_STREET_M**2:
                        continue
                    d, _ = _away(j, x0 + c * h, y0 + r * h, shape_x, shape_y)
                    if d < square[r, c]:
                        square[r, c] = d
                        owner[r, c] = j
    seconds = np.full((rows, columns), np.float32(FAR), np.float32)
    for r in range(rows):
        for c in range(columns):
            j = owner[r, c]
            if j < 0:
                continue
            d, t = _away(j, x0 + c * h, y0 + r * h, shape_x, shape_y)
            d = math.sqrt(d)
            square[r, c] = d
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
                    weight = forward_ds[e] if further >= 0 else backward_ds[e]
                    if weight >= 0:
                        best = min(best, spent_ds[i] + abs(further) * weight)
            if best < np.inf:
                seconds[r, c] = best / DECISECONDS + d / off_street_m_s
    return seconds, square
