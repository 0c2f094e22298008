"""A grid that finds street segments by place."""

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import Frame

CELL_M = 100.0
"""Side of a cell; a click looks at some ten segments then."""

HALF_DIAGONAL = math.sqrt(0.5)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


def frame_around(x: Floats, y: Floats, *, cell_m: float = CELL_M) -> Frame:
    """Lay a grid over points, aligned with whole cells of the national grid."""
    x0 = math.floor(float(x.min()) / cell_m) * cell_m
    y0 = math.floor(float(y.min()) / cell_m) * cell_m
    columns = math.floor((float(x.max()) - x0) / cell_m) + 1
    rows = math.floor((float(y.max()) - y0) / cell_m) + 1
    return Frame(x0, y0, cell_m, columns, rows)


def segments_by_cell(
    frame: Frame, shape_start: npt.NDArray[np.int64], shape_x: Floats, shape_y: Floats
) -> tuple[Ints, Ints]:
    """List the segments that touch each cell.

    Returns:
        The start of each cell's list (cells + 1), and the lists end to end; a segment is named by
        the position of its second point. A segment may also be listed in a cell whose corner it
        only comes near.
    """
    is_first = np.zeros(shape_x.size, np.bool_)
    is_first[shape_start[:-1]] = True
    return _fill(frame, is_first, shape_x, shape_y)


@njit(cache=True)
def _touches(x: float, y: float, ax: float, ay: float, bx: float, by: float, within: float) -> bool:
    """Say whether a segment passes a point within a distance."""
    dx = bx - ax
    dy = by - ay
    square = dx * dx + dy * dy
    t = 0.0
    if square > 0.0:
        t = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square))
    return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2 <= within * within


@njit(cache=True)
def _fill(  # noqa: C901 - one loop, run twice: to count, then to list
    frame: Frame, is_first: npt.NDArray[np.bool_], px: Floats, py: Floats
) -> tuple[Ints, Ints]:
    x0, y0, side, columns, rows = frame
    start = np.zeros(columns * rows + 1, np.int32)
    within = side * HALF_DIAGONAL * 1.0001
    listed = np.empty(0, np.int32)
    fill = start[:-1]
    for sweep in range(2):
        for j in range(1, px.size):
            if is_first[j]:
                continue
            west = int((min(px[j - 1], px[j]) - x0) / side)
            east = int((max(px[j - 1], px[j]) - x0) / side)
            south = int((min(py[j - 1], py[j]) - y0) / side)
            north = int((max(py[j - 1], py[j]) - y0) / side)
            is_small = west == east or south == north
            for row in range(south, north + 1):
                for column in range(west, east + 1):
                    if not is_small and not _touches(
                        x0 + (column + 0.5) * side,
                        y0 + (row + 0.5) * side,
                        px[j - 1],
                        py[j - 1],
                        px[j],
                        py[j],
                        within,
                    ):
                        continue
                    cell = row * columns + column
                    if sweep == 0:
                        start[cell + 1] += 1
                    else:
                        listed[fill[cell]] = j
                        fill[cell] += 1
        if sweep == 0:
            for cell in range(columns * rows):
                start[cell + 1] += start[cell]
            listed = np.empty(start[-1], np.int32)
            fill = start[:-1].copy()
    return start, listed
