"""The last stretch: from labelled vertices to the places that were asked for."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.hierarchy.climbing import Labels
from travel.hierarchy.doors import Ends, Starts
from travel.hierarchy.lanes import LANES
from travel.network import DECISECONDS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

BLOCK = 64
"""Places whose times are worked out together."""


class Around(NamedTuple):
    """Where the starting points of a sweep, and what is nearer to one than its street, may lie.

    Attributes:
        west: metres EPSG:27700.
        south: likewise.
        east: likewise.
        north: likewise.
        first_edge: the lowest of their edges; above ``last_edge`` where none has a street.
        last_edge: the highest.
    """

    west: float
    south: float
    east: float
    north: float
    first_edge: int
    last_edge: int


@njit(cache=True, nogil=True)
def fill(  # noqa: PLR0913, PLR0917
    starts: Starts,
    first: int,
    order: Longs,
    ends: Ends,
    paces: tuple[Ints, Ints, float],
    limit_ds: int,
    labels: Labels,
    seconds: Floats,
) -> None:
    """Write the seconds to every place; ``NaN`` where it is not reached within the limit.

    Args:
        starts: starting points; see `travel.hierarchy.sweeping.sweep`.
        first: the one of the first lane.
        order: which row of the result belongs to each starting point.
        ends: places, their vertices named by row.
        paces: deciseconds of each edge forwards and backwards, and metres a second off the street.
        limit_ds: deciseconds.
        labels: of a sweep.
        seconds: shape (starting points, places); written for those of this sweep.
    """
    lanes = min(LANES, starts.spent_ds.size - first)
    places = ends.edge.size
    around = _around(starts, first, lanes)
    best = np.empty((BLOCK, LANES))
    for begin in range(0, places, BLOCK):
        size = min(BLOCK, places - begin)
        _arrive(starts, first, lanes, around, ends, begin, size, paces, labels, best)
        for lane in range(lanes):
            to = order[first + lane]
            for i in range(size):
                is_within = best[i, lane] <= limit_ds / DECISECONDS
                seconds[to, begin + i] = best[i, lane] if is_within else np.nan


@njit(cache=True, nogil=True)
def gather(  # noqa: PLR0913, PLR0917
    starts: Starts,
    first: int,
    ends: Ends,
    paces: tuple[Ints, Ints, float],
    limit_ds: int,
    labels: Labels,
    begin: int,
    count: Ints,
    which: Ints,
    seconds: Floats,
) -> int:
    """List the places within the limit, for each starting point of a sweep.

    Args:
        starts: as in `fill`.
        first: likewise.
        ends: likewise.
        paces: likewise.
        limit_ds: likewise.
        labels: likewise.
        begin: the place to go on with.
        count: how many are listed in each lane so far; counted on.
        which: shape (LANES, room): the places.
        seconds: shape (LANES, room).

    Returns:
        The place to go on with when there is more room; the number of places when all is done.
    """
    lanes = min(LANES, starts.spent_ds.size - first)
    places = ends.edge.size
    around = _around(starts, first, lanes)
    best = np.empty((BLOCK, LANES))
    limit_s = limit_ds / DECISECONDS
    while begin < places:
        size = min(BLOCK, places - begin)
        if count[:lanes].max() + size >= which.shape[1]:
            break
        if _arrive(starts, first, lanes, around, ends, begin, size, paces, labels, best):
            for lane in range(lanes):
                c = count[lane]
                for i in range(size):  # written in any case, kept where it is within the limit
                    which[lane, c] = begin + i
                    seconds[lane, c] = best[i, lane]
                    c += best[i, lane] <= limit_s
                count[lane] = c
        begin += size
    return min(begin, places)


@njit(cache=True, nogil=True)
def _arrive(  # noqa: PLR0913, PLR0917
    starts: Starts,
    first: int,
    lanes: int,
    around: Around,
    ends: Ends,
    begin: int,
    size: int,
    paces: tuple[Ints, Ints, float],
    labels: Labels,
    best: Floats,
) -> bool:
    """Come to each place of a block by the quickest of all ways; say whether any is reached."""
    is_any = _by_a_vertex(
        ends.start,
        ends.vertex,
        ends.more_ds,
        ends.off_s,
        begin,
        size,
        labels.ds,
        labels.is_live,
        best,
    )
    edge, x, y = ends.edge, ends.x, ends.y
    for i in range(size):
        k = begin + i
        if (around.first_edge <= edge[k] <= around.last_edge) or (
            around.west <= x[k] <= around.east and around.south <= y[k] <= around.north
        ):
            is_any |= _without_a_junction(starts, first, lanes, ends, k, paces, best[i])
    return is_any


@njit(cache=True, nogil=True)
def _by_a_vertex(  # noqa: PLR0913, PLR0917
    start: Ints,
    vertex: Ints,
    more_ds: Floats,
    off_s: Floats,
    begin: int,
    size: int,
    ds: Ints,
    is_live: npt.NDArray[np.bool_],
    best: Floats,
) -> bool:
    is_any = False
    for i in range(size):
        first, last = start[begin + i], start[begin + i + 1]
        for lane in range(LANES):
            best[i, lane] = np.inf
        is_there = False
        for k in range(first, last):
            row = vertex[k]
            if not is_live[row]:
                continue
            is_there = True
            more = more_ds[k]
            for lane in range(LANES):  # what is never reached stays beyond every limit
                by = ds[row, lane] + more
                before = best[i, lane]
                best[i, lane] = by if by < before else before  # noqa: FURB136 - a vector of both
        if is_there:
            is_any = True
            off = off_s[begin + i]
            for lane in range(LANES):
                best[i, lane] = best[i, lane] / DECISECONDS + off
    return is_any


@njit(cache=True, nogil=True)
def _around(starts: Starts, first: int, lanes: int) -> Around:
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    first_edge, last_edge = 2**31, -1
    for j in range(first, first + lanes):
        if starts.edge[j] >= 0:
            off = starts.distance_m[j]
            west, east = min(west, starts.x[j] - off), max(east, starts.x[j] + off)
            south, north = min(south, starts.y[j] - off), max(north, starts.y[j] + off)
            first_edge = min(first_edge, int(starts.edge[j]))
            last_edge = max(last_edge, int(starts.edge[j]))
    return Around(west, south, east, north, first_edge, last_edge)


@njit(cache=True, nogil=True)
def _without_a_junction(
    starts: Starts,
    first: int,
    lanes: int,
    ends: Ends,
    k: int,
    paces: tuple[Ints, Ints, float],
    best: Floats,
) -> bool:
    """Come to a place along a starting point's own edge, or straight where that is nearer."""
    forward_ds, backward_ds, off_street_m_s = paces
    is_any = False
    for lane in range(lanes):
        j = first + lane
        edge, off = starts.edge[j], starts.distance_m[j]
        if edge < 0:
            continue
        spent = starts.spent_ds[j] / DECISECONDS
        other = np.inf
        if ends.edge[k] == edge:
            further = ends.fraction[k] - starts.fraction[j]
            weight = forward_ds[edge] if further >= 0 else backward_ds[edge]
            if weight >= 0:
                other = spent + (abs(further) * weight / DECISECONDS + ends.off_s[k])
        straight = math.hypot(ends.x[k] - starts.x[j], ends.y[k] - starts.y[j])
        if straight <= off and straight <= ends.distance_m[k]:
            other = min(other, spent + (straight - off) / off_street_m_s)
        if other < best[lane]:
            best[lane] = max(other, 0.0)
            is_any = True
    return is_any
