"""From sixteen starting points to everything selected, in one sweep down the hierarchy.

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


class Labels(NamedTuple):
    """What sweeps write to.

    Attributes:
        ds: ``int32``, shape (rows, LANES).
        is_live: whether a row was gone through; others hold what was there before.
        is_above: whether a row was met on the way up; none between batches.
        above: the rows met on the way up.
        climbing: ``int32``, one per place, ``NEVER`` between climbs.
    """

    ds: Ints
    is_live: Flags
    is_above: Flags
    above: Ints
    climbing: Ints


def labels_for(below: Below) -> Labels:
    """Set memory aside; a page of it costs nothing until it is used."""
    rows, bytes_each = below.place.size, 4
    raw = np.empty(rows * LANES * bytes_each + 64, np.uint8)
    skip = -raw.ctypes.data % 64
    ds = raw[skip : skip + rows * LANES * bytes_each].view(np.int32).reshape(rows, LANES)
    return Labels(
        ds,
        np.zeros(rows, np.bool_),
        np.zeros(rows, np.bool_),
        np.empty(rows, np.int32),
        np.full(below.row.size, NEVER, np.int32),
    )


@njit(cache=True)
def select_below(ends: Ints, down_start: Ints, down: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Find all that is needed to come down to some places; see `Below`."""
    n = down_start.size - 1
    is_needed = np.zeros(n, np.bool_)
    is_needed[ends] = True
    rows, arcs = 0, 0
    for place in range(n - 1, -1, -1):
        if is_needed[place]:
            rows += 1
            arcs += down_start[place + 1] - down_start[place]
            for k in range(down_start[place], down_start[place + 1]):
                is_needed[down[k, 0]] = True
    place_of = np.empty(rows, np.int32)
    row_of = np.full(n, -1, np.int32)
    start = np.zeros(rows + 1, np.int32)
    packed = np.empty((arcs, 2), np.int32)
    row, m = 0, 0
    for place in range(n):
        if not is_needed[place]:
            continue
        place_of[row] = place
        row_of[place] = row
        for k in range(down_start[place], down_start[place + 1]):
            packed[m, 0] = row_of[down[k, 0]]
            packed[m, 1] = down[k, 1]
            m += 1
        row += 1
        start[row] = m
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
    n_above = 0
    for lane in range(min(LANES, starts.spent_ds.size - first)):
        n_above = _climb(
            starts, first + lane, lane, limit_ds, up_start, up, parent, below.row, to, n_above
        )
    above = to.above[:n_above]
    above.sort()
    _go_down(below, above, limit_ds, to.ds, to.is_live)
    for i in range(n_above):
        to.is_above[above[i]] = False


@njit(cache=True, nogil=True)
def _climb(  # noqa: C901, PLR0913, PLR0917
    starts: Starts,
    which: int,
    lane: int,
    limit_ds: int,
    up_start: Ints,
    up: Ints,
    parent: Ints,
    row_of: Ints,
    to: Labels,
    n_above: int,
) -> int:
    """Go up from one starting point; return how many rows were met so far by any."""
    climbers = np.empty(starts.start[which + 1] - starts.start[which], np.int32)
    for i in range(climbers.size):
        k = starts.start[which] + i
        place = starts.vertex[k]
        climbers[i] = place
        to.climbing[place] = min(to.climbing[place], starts.ds[k])
    while climbers.size > 0:
        place = climbers.max()
        if place < 0:
            break
        for i in range(climbers.size):
            if climbers[i] == place:
                climbers[i] = parent[place]
        spent = to.climbing[place]
        to.climbing[place] = NEVER
        if spent > limit_ds:
            continue
        for k in range(up_start[place], up_start[place + 1]):
            high = up[k, 0]
            to.climbing[high] = min(to.climbing[high], spent + up[k, 1])
        row = row_of[place]
        if row < 0:
            continue
        if not to.is_above[row]:
            to.is_above[row] = True
            to.above[n_above] = row
            n_above += 1
            to.ds[row] = NEVER
        to.ds[row, lane] = spent
    return n_above


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
        if met < above.size and above[met] == row:
            met += 1
        else:
            ds[row] = NEVER
        improve(ds, row, arcs, start[row], start[row + 1])
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
