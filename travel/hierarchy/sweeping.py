"""From many starting points to everything selected, in one sweep down the hierarchy.

A quickest way first only goes up, then only down. So the vertices above a starting point are
gone through, and then all that are selected, from the top down, each improved by those above it
(Delling, Goldberg, Nowatzyk and Werneck 2013, PHAST: Hardware-accelerated shortest path trees,
Journal of Parallel and Distributed Computing 73; restricted to what the destinations need:
Delling, Goldberg and Werneck 2011, Faster Batched Shortest Paths in Road Networks, ATMOS). A cell
all of whose ways in are beyond the limit is passed over whole.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.hierarchy.climbing import Labels, climb, list_above
from travel.hierarchy.customising import NEVER
from travel.hierarchy.doors import Starts
from travel.hierarchy.lanes import LANES, improve

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEAST_ROWS = 128
"""Smaller parts are gone through rather than asked about."""


class Below(NamedTuple):
    """What a sweep goes through: selected vertices from the top down, in rows.

    Attributes:
        place: ``int32``, the place of each row.
        row: ``int32``, the row of each place; -1 where it is not selected.
        start: ``int32``, rows + 1; arcs that lead down to each row.
        arcs: ``int32``, shape (arcs, 2): the row come from, and deciseconds.
        cell_first: ``int32``, the first row of each cell, ascending.
        cell_end: ``int32``, the row after its last.
        gate_start: ``int32``, cells + 1.
        gate: ``int32``, the rows outside each cell from which arcs lead into it.
    """

    place: Ints
    row: Ints
    start: Ints
    arcs: Ints
    cell_first: Ints
    cell_end: Ints
    gate_start: Ints
    gate: Ints


@njit(cache=True)
def select_below(ends: Ints, down_start: Ints, down: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Find all that is needed to come down to some places; see `Below`."""
    n = down_start.size - 1
    row_of = np.full(n, -1, np.int32)
    row_of[ends] = 0
    needed = np.empty(n, np.int32)
    rows, arcs = 0, 0
    for place in range(n - 1, -1, -1):
        if row_of[place] < 0:
            continue
        needed[rows] = place
        rows += 1
        arcs += down_start[place + 1] - down_start[place]
        for k in range(down_start[place], down_start[place + 1]):
            row_of[down[k, 0]] = 0
    place_of = needed[:rows][::-1].copy()
    start = np.zeros(rows + 1, np.int32)
    packed = np.empty((arcs, 2), np.int32)
    m = 0
    for row in range(rows):
        place = place_of[row]
        row_of[place] = row
        for k in range(down_start[place], down_start[place + 1]):
            packed[m, 0] = row_of[down[k, 0]]
            packed[m, 1] = down[k, 1]
            m += 1
        start[row + 1] = m
    return place_of, row_of, start, packed


@njit(cache=True)
def find_cells(
    place_of: Ints, row_of: Ints, branches: Ints, size: Ints, up_start: Longs, up: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Find parts of the hierarchy that may be passed over; see `Below`.

    All below a branch is such a part, where enough of it is selected. The ways into it are the
    neighbours above the branch.
    """
    n = row_of.size
    first = [np.int32(0) for _ in range(0)]
    end = [np.int32(0) for _ in range(0)]
    gate_start = [np.int32(0)]
    gate = [np.int32(0) for _ in range(0)]
    for r in branches:
        place = n - 1 - r
        begins = np.searchsorted(place_of, place)
        ends = np.searchsorted(place_of, place + size[r])
        if ends - begins < LEAST_ROWS:
            continue
        first.append(np.int32(begins))
        end.append(np.int32(ends))
        for k in range(up_start[r], up_start[r + 1]):
            row = row_of[n - 1 - up[k]]
            if row >= 0:
                gate.append(row)
        gate_start.append(np.int32(len(gate)))
    return (
        np.array(first, np.int32),
        np.array(end, np.int32),
        np.array(gate_start, np.int32),
        np.array(gate, np.int32),
    )


@njit(cache=True, nogil=True)
def sweep(  # noqa: PLR0913, PLR0917
    starts: Starts,
    first: int,
    limit_ds: int,
    up_start: Ints,
    up: Ints,
    parent: Ints,
    below: Below,
    to: Labels,
) -> None:
    """Label all that is selected, for up to ``LANES`` starting points from one of them on.

    Args:
        starts: starting points, their vertices named by place.
        first: the one of the first lane.
        limit_ds: labels beyond it may be missing.
        up_start: arcs that lead up; see `travel.hierarchy.customising.Arcs`.
        up: likewise.
        parent: the place above each; -1 at the top.
        below: what is selected.
        to: memory; in lanes that are not used nothing is reached.
    """
    lanes = min(LANES, starts.spent_ds.size - first)
    met = list_above(starts, first, first + lanes, parent, to)
    climbed = to.climbed if met <= to.climbed.shape[0] else np.empty((met, LANES), np.int32)
    n_above = climb(starts, first, lanes, limit_ds, up_start, up, below.row, met, climbed, to)
    above = to.above[:n_above]
    above.sort()
    _go_down(below, above, limit_ds, to.ds, to.is_live)


@njit(cache=True, nogil=True)
def _go_down(below: Below, above: Ints, limit_ds: int, ds: Ints, is_live: Flags) -> None:
    rows = below.place.size
    start, arcs = below.start, below.arcs
    cells = below.cell_first.size
    row, cell, met = 0, 0, 0
    while row < rows:
        is_passed = False
        while cell < cells and below.cell_first[cell] <= row:
            end = below.cell_end[cell]
            is_asked = below.cell_first[cell] == row
            cell += 1
            if not is_asked:
                continue
            is_met = met < above.size and above[met] < end
            if not is_met and _is_beyond(below, cell - 1, limit_ds, ds):
                is_live[row:end] = False
                row = end
                is_passed = True
                break
        if is_passed:
            continue
        is_live[row] = True
        is_above = met < above.size and above[met] == row
        met += is_above
        improve(ds, row, arcs, start[row], start[row + 1], -1 if is_above else NEVER)
        row += 1


@njit(cache=True, nogil=True)
def _is_beyond(below: Below, cell: int, limit_ds: int, ds: Ints) -> bool:
    """Say whether every way into a cell is beyond the limit, in every lane."""
    for k in range(below.gate_start[cell], below.gate_start[cell + 1]):
        least = NEVER
        for lane in range(LANES):
            least = min(least, ds[below.gate[k], lane])
        if least <= limit_ds:
            return False
    return True
