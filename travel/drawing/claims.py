"""Which stretch of street is nearest to every point of a grid: a z-buffer of segments.

Each segment first claims the grid points around it; claims are then handed from neighbour to
neighbour in sweeps over the grid, each point keeping the nearest (the vector distance transform of
Danielsson 1980, Euclidean distance mapping, Computer Graphics and Image Processing 14, with
segments for points). Distances are counted in grid units, single precision.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import Frame
from travel.paths.entries import Floats, Ints

Singles = npt.NDArray[np.float32]

FAR = 1e9
"""Metres to what is too far, or seconds to what is not reached."""


class Index(NamedTuple):
    """What finds segments by place; see `travel.network.Network`."""

    frame: Frame
    cell_start: Ints
    cell_segment: Ints
    shape_x: Floats
    shape_y: Floats


class Claims(NamedTuple):
    """The segment nearest to each grid point.

    Attributes:
        owner: ``int32``, shape (rows, columns), a row of the two below; -1 where none is near.
        square: ``float32``, squared grid units to it; ``FAR`` where none is near.
        segment: ``int32``, which segment of the network each row is of.
        line: ``float32``, shape (segments, 5): column and row of the segment's first end, the way
            from there to the second, and one by its squared length.
    """

    owner: Ints
    square: Singles
    segment: Ints
    line: Singles


@njit(cache=True, nogil=True, inline="always")
def _square(line: Singles, j: int, column: np.float32, row: np.float32) -> np.float32:
    """Measure the squared distance from a grid point to a segment."""
    px = column - line[j, 0]
    py = row - line[j, 1]
    dx = line[j, 2]
    dy = line[j, 3]
    t = min(np.float32(1), max(np.float32(0), (px * dx + py * dy) * line[j, 4]))
    px -= t * dx
    py -= t * dy
    return np.float32(px * px + py * py)


@njit(cache=True, nogil=True)
def _box(frame: Frame, at: Frame) -> tuple[int, int, int, int]:
    """Return the first and last column and row of the cells of one grid that another lies in.

    Where the two lie apart, the last comes before the first.
    """
    x0, y0, side, columns, rows = frame
    west = min(at.columns, max(0, math.floor((x0 - at.x0) / at.cell_m)))
    south = min(at.rows, max(0, math.floor((y0 - at.y0) / at.cell_m)))
    east = min(at.columns - 1, math.floor((x0 + columns * side - at.x0) / at.cell_m))
    north = min(at.rows - 1, math.floor((y0 + rows * side - at.y0) / at.cell_m))
    return west, east, south, north


@njit(cache=True, nogil=True)
def claim(frame: Frame, index: Index) -> Claims:  # noqa: PLR0915 - one loop
    """Let every segment claim the corners of all grid squares that its bounding box meets."""
    x0, y0, side, columns, rows = frame
    at, cell_start, cell_segment, shape_x, shape_y = index
    west, east, south, north = _box(frame, at)
    east = max(east, west - 1)
    listed = 0
    for index_row in range(south, north + 1):
        first = index_row * at.columns
        listed += max(0, cell_start[first + east + 1] - cell_start[first + west])
    owner = np.full((rows, columns), np.int32(-1), np.int32)
    square = np.full((rows, columns), np.float32(FAR), np.float32)
    segment = np.empty(listed, np.int32)
    line = np.empty((listed, 5), np.float32)
    per_m = 1.0 / side
    m = 0
    for index_row in range(south, north + 1):
        first = index_row * at.columns
        for k in range(cell_start[first + west], cell_start[first + east + 1]):
            j = cell_segment[k]
            ax = (shape_x[j - 1] - x0) * per_m
            ay = (shape_y[j - 1] - y0) * per_m
            bx = (shape_x[j] - x0) * per_m
            by = (shape_y[j] - y0) * per_m
            dx = bx - ax
            dy = by - ay
            length = dx * dx + dy * dy
            segment[m] = j
            line[m, 0] = ax
            line[m, 1] = ay
            line[m, 2] = dx
            line[m, 3] = dy
            line[m, 4] = 1.0 / length if length > 0.0 else 0.0
            column0 = max(0, math.floor(min(ax, bx)))
            column1 = min(columns - 1, math.floor(max(ax, bx)) + 1)
            row0 = max(0, math.floor(min(ay, by)))
            row1 = min(rows - 1, math.floor(max(ay, by)) + 1)
            for row in range(row0, row1 + 1):
                for column in range(column0, column1 + 1):
                    away = _square(line, m, np.float32(column), np.float32(row))
                    is_nearer = away < square[row, column]
                    square[row, column] = away if is_nearer else square[row, column]
                    owner[row, column] = m if is_nearer else owner[row, column]
            m += 1
    return Claims(owner, square, segment, line)


@njit(cache=True, nogil=True)
def hand_on(claims: Claims, furthest: np.float32) -> None:
    """Hand claims from neighbour to neighbour: row by row upwards, then downwards.

    A grid point within one cell of its segment is left alone: everything as near has claimed it.

    Args:
        claims: changed in place.
        furthest: squared grid units up to which claims are handed on, and one cell beyond.
    """
    owner, square, _, line = claims
    rows, columns = owner.shape
    settled = np.float32(1.0)
    for sweep in range(2):
        for i in range(1, rows):
            row = rows - 1 - i if sweep else i
            behind = row + 1 if sweep else row - 1
            for column in range(columns):
                away = square[row, column]
                if away <= settled:
                    continue
                mine = owner[row, column]
                for near in range(max(0, column - 1), min(columns, column + 2)):
                    j = owner[behind, near]
                    if j < 0 or j == mine or square[behind, near] > furthest:
                        continue
                    other = _square(line, j, np.float32(column), np.float32(row))
                    mine = j if other < away else mine
                    away = min(away, other)
                square[row, column] = away
                owner[row, column] = mine
            _hand_along(row, 1, claims, furthest)
            _hand_along(row, -1, claims, furthest)


@njit(cache=True, nogil=True)
def _hand_along(row: int, step: int, claims: Claims, furthest: np.float32) -> None:
    """Hand claims along one row, eastwards or westwards."""
    owner, square, _, line = claims
    columns = owner.shape[1]
    settled = np.float32(1.0)
    first = 0 if step > 0 else columns - 1
    j = owner[row, first]
    behind = square[row, first]
    for i in range(1, columns):
        column = i if step > 0 else columns - 1 - i
        mine = owner[row, column]
        away = square[row, column]
        if away > settled and j >= 0 and j != mine and behind <= furthest:
            other = _square(line, j, np.float32(column), np.float32(row))
            if other < away:
                square[row, column] = away = other
                owner[row, column] = mine = j
        j = mine
        behind = away
