"""Which stretch of street is nearest to every cell of a grid.

Each segment first claims the cells it passes; claims are then handed from neighbour to neighbour in
sweeps over the grid, each cell keeping the nearest.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import Frame
from travel.times import Floats, Ints

Singles = npt.NDArray[np.float32]

FAR = 1e9
"""Metres to what is too far, or seconds to what is not reached."""


@njit(cache=True, nogil=True)
def nearest_on(j: int, x: float, y: float, shape_x: Floats, shape_y: Floats) -> tuple[float, float]:
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
def claim_cells(
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
def hand_on(
    frame: Frame,
    owner: Ints,
    square: Singles,
    shape_x: Floats,
    shape_y: Floats,
    furthest_m: float,
) -> None:
    """Hand claims from neighbour to neighbour: row by row upwards, then downwards.

    Claims reach ``furthest_m`` from their segment, and one cell beyond.

    A grid point within one cell of its segment is left alone: everything as near has claimed it.
    """
    x0, y0, side, columns, rows = frame
    settled = np.float32(side * side)
    furthest = np.float32(furthest_m**2)
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
                    away, _ = nearest_on(j, x0 + column * side, y, shape_x, shape_y)
                    if away < square[row, column]:
                        square[row, column] = away
                        owner[row, column] = j
            _hand_along(row, 1, frame, owner, square, shape_x, shape_y, furthest)
            _hand_along(row, -1, frame, owner, square, shape_x, shape_y, furthest)


@njit(cache=True, nogil=True)
def _hand_along(  # noqa: PLR0913, PLR0917
    row: int,
    step: int,
    frame: Frame,
    owner: Ints,
    square: Singles,
    shape_x: Floats,
    shape_y: Floats,
    furthest: np.float32,
) -> None:
    """Hand claims along one row, eastwards or westwards."""
    x0, y0, side, columns, _ = frame
    settled = np.float32(side * side)
    y = y0 + row * side
    for i in range(1, columns):
        column = i if step > 0 else columns - 1 - i
        j = owner[row, column - step]
        if square[row, column] <= settled or j < 0 or j == owner[row, column]:
            continue
        if square[row, column - step] > furthest:
            continue
        away, _ = nearest_on(j, x0 + column * side, y, shape_x, shape_y)
        if away < square[row, column]:
            square[row, column] = away
            owner[row, column] = j
