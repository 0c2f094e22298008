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

Singles = npt.NDArray[np.float32]

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
    owner, square = _claim(
        frame,
        network.frame,
        network.cell_start,
        network.cell_segment,
        network.shape_x,
        network.shape_y,
    )
    _hand_on(frame, owner, square, network.shape_x, network.shape_y)
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
def _away(j: int, x: float, y: float, shape_x: Floats, shape_y: Floats) -> tuple[float, float]:
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
def _claim(
    frame: Frame,
    index: Frame,
    cell_start: Ints,
    cell_segment: Ints,
    shape_x: Floats,
    shape_y: Floats,
) -> tuple[Ints, Singles]:
    """Let every segment claim the grid points around it.

    Returns:
        The segment nearest to each grid point so far (-1: none), and the squared metres to it.
    """
    x0, y0, side, columns, rows = frame
    owner = np.full((rows, columns), -1, np.int32)
    square = np.full((rows, columns), np.float32(FAR), np.float32)
    west = max(0, math.floor((x0 - index.x0) / index.cell_m))
    south = max(0, math.floor((y0 - index.y0) / index.cell_m))
    east = min(index.columns - 1, math.floor((x0 + columns * side - index.x0) / index.cell_m))
    north = min(index.rows - 1, math.floor((y0 + rows * side - index.y0) / index.cell_m))
    per_m = 1.0 / side
    for index_row in range(south, north + 1):
        first = index_row * index.columns
        for k in range(cell_start[first + west], cell_start[first + east + 1]):
            j = cell_segment[k]
            # In units of grid points, so that a point's place is its column and row.
            ax = (shape_x[j - 1] - x0) * per_m
            ay = (shape_y[j - 1] - y0) * per_m
            dx = (shape_x[j] - x0) * per_m - ax
            dy = (shape_y[j] - y0) * per_m - ay
            length = dx * dx + dy * dy
            per_length = 1.0 / length if length > 0.0 else 0.0
            column0 = max(0, math.floor(min(ax, ax + dx)))
            column1 = min(columns - 1, math.floor(max(ax, ax + dx)) + 1)
            row0 = max(0, math.floor(min(ay, ay + dy)))
            row1 = min(rows - 1, math.floor(max(ay, ay + dy)) + 1)
            for row in range(row0, row1 + 1):
                for column in range(column0, column1 + 1):
                    px = column - ax
                    py = row - ay
                    t = min(1.0, max(0.0, (px * dx + py * dy) * per_length))
                    px -= t * dx
                    py -= t * dy
                    away = np.float32((px * px + py * py) * side * side)
                    if away < square[row, column]:
                        square[row, column] = away
                        owner[row, column] = j
    return owner, square


@njit(cache=True, nogil=True)
def _hand_on(frame: Frame, owner: Ints, square: Singles, shape_x: Floats, shape_y: Floats) -> None:
    """Hand claims from neighbour to neighbour: row by row upwards, then downwards.

    A grid point within one cell of its segment is left alone: everything as near has claimed it.
    """
    x0, y0, side, columns, rows = frame
    settled = np.float32(side * side)
    furthest = np.float32(OFF_STREET_M**2)
    for sweep in range(2):
        for i in range(1, rows):
            row = rows - 1 - i if sweep else i
            behind = row + 1 if sweep else row - 1
            y = y0 + row * side
            for column in range(columns):
                if square[row, column] <= settled:
                    continue
                for near in range(max(0, column - 1), min(columns, column + 2)):
                    j = owner[behind, near]
                    if j < 0 or j == owner[row, column] or square[behind, near] > furthest:
                        continue
                    away, _ = _away(j, x0 + column * side, y, shape_x, shape_y)
                    if away < square[row, column]:
                        square[row, column] = away
                        owner[row, column] = j
            _hand_along(row, 1, frame, owner, square, shape_x, shape_y)
            _hand_along(row, -1, frame, owner, square, shape_x, shape_y)


@njit(cache=True, nogil=True)
def _hand_along(
    row: int,
    step: int,
    frame: Frame,
    owner: Ints,
    square: Singles,
    shape_x: Floats,
    shape_y: Floats,
) -> None:
    """Hand claims along one row, eastwards or westwards."""
    x0, y0, side, columns, _ = frame
    settled = np.float32(side * side)
    furthest = np.float32(OFF_STREET_M**2)
    y = y0 + row * side
    for i in range(1, columns):
        column = i if step > 0 else columns - 1 - i
        j = owner[row, column - step]
        if square[row, column] <= settled or j < 0 or j == owner[row, column]:
            continue
        if square[row, column - step] > furthest:
            continue
        away, _ = _away(j, x0 + column * side, y, shape_x, shape_y)
        if away < square[row, column]:
            square[row, column] = away
            owner[row, column] = j


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
            away, t = _away(j, frame.x0 + column * frame.cell_m, y, shape_x, shape_y)
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
