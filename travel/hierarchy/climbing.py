"""From many starting points up the hierarchy, all at once.

Above each vertex stands one other, which all ways up come through (the elimination tree of Liu
1990, The role of elimination trees in sparse factorization, SIAM Journal on Matrix Analysis and
Applications 11). What is above several starting points that are near each other is mostly the
same, so it is gone through once for all of them, as a sweep down is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.hierarchy.customising import NEVER
from travel.hierarchy.doors import Starts
from travel.hierarchy.lanes import LANES, hand_on

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

CLIMBED = 8192
"""Places above the starting points of a sweep that there is room for; more make their own."""


class Labels(NamedTuple):
    """What sweeps write to.

    Attributes:
        ds: ``int32``, shape (rows, LANES).
        is_live: whether a row was gone through; others hold what was there before.
        above: the rows met on the way up.
        met: the places met on the way up.
        number: ``int32``, where each place stands in ``met``; -1 between climbs.
        climbed: ``int32``, shape (some, LANES); deciseconds at the places met, if there is room.
    """

    ds: Ints
    is_live: Flags
    above: Ints
    met: Ints
    number: Ints
    climbed: Ints


def labels_for(rows: int, places: int) -> Labels:
    """Set memory aside; a page of it costs nothing until it is used.

    Args:
        rows: that are selected.
        places: of the hierarchy.
    """
    return Labels(
        _lanes(rows),
        np.zeros(rows, np.bool_),
        np.empty(rows, np.int32),
        np.empty(places, np.int32),
        np.full(places, -1, np.int32),
        _lanes(min(places, CLIMBED)),
    )


def _lanes(rows: int) -> Ints:
    """Return memory for rows, each of which fills whole lines of the processor's cache."""
    size = rows * LANES * 4
    raw = np.empty(size + 64, np.uint8)
    skip = -raw.ctypes.data % 64
    return raw[skip : skip + size].view(np.int32).reshape(rows, LANES)


@njit(cache=True, nogil=True)
def list_above(starts: Starts, first: int, last: int, parent: Ints, to: Labels) -> int:
    """List the places above some starting points, each after all that are above it.

    From each starting point one goes up to the first place that is listed already. What is new on
    the way is listed from the top down.

    Returns:
        How many; ``to.met`` holds them, and ``to.number`` the number of each.
    """
    n = 0
    for k in range(starts.start[first], starts.start[last]):
        begin = n
        place = starts.vertex[k]
        while place >= 0 and to.number[place] < 0:
            to.number[place] = 0
            to.met[n] = place
            n += 1
            place = parent[place]
        to.met[begin:n] = to.met[begin:n][::-1].copy()
        for i in range(begin, n):
            to.number[to.met[i]] = i
    return n


@njit(cache=True, nogil=True)
def climb(  # noqa: PLR0913, PLR0917
    starts: Starts,
    first: int,
    lanes: int,
    limit_ds: int,
    up_start: Ints,
    up: Ints,
    row_of: Ints,
    met: int,
    climbed: Ints,
    to: Labels,
) -> int:
    """Go up from all starting points at once; return how many rows were come to on the way."""
    _set_out(starts, first, lanes, to.number, climbed[:met])
    n_above = 0
    for i in range(met - 1, -1, -1):
        place = to.met[i]
        for k in range(up_start[place], up_start[place + 1]):
            hand_on(climbed, i, to.number[up[k, 0]], up[k, 1])
        row = row_of[place]
        if row < 0:
            continue
        least = np.int32(NEVER)
        for lane in range(LANES):
            to.ds[row, lane] = climbed[i, lane]
            least = min(least, climbed[i, lane])
        if least <= limit_ds:
            to.above[n_above] = row
            n_above += 1
    for i in range(met):
        to.number[to.met[i]] = -1
    return n_above


@njit(cache=True, nogil=True)
def _set_out(starts: Starts, first: int, lanes: int, number: Ints, climbed: Ints) -> None:
    for i in range(climbed.shape[0]):
        for lane in range(LANES):
            climbed[i, lane] = NEVER
    for lane in range(lanes):
        for k in range(starts.start[first + lane], starts.start[first + lane + 1]):
            i = number[starts.vertex[k]]
            climbed[i, lane] = min(climbed[i, lane], starts.ds[k])
