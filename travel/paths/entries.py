"""The ways onto an edge: from either end of it or, where turns count, in each of its states.

A search labels nodes or, where a network has turns, states: the edges by direction that it enters.
What differs between the two is said here and nowhere else.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.turns import FORWARD, MAY_END, MAY_START

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
UInts = npt.NDArray[np.uint32]


def _none(kind: type[np.generic]) -> Any:  # noqa: ANN401 - the fields below say which
    """Make an empty array, marked as those of every network are: loops are compiled once."""
    array = np.empty(0, kind)
    array.flags.writeable = False
    return array


class Streets(NamedTuple):
    """What the loops read of a network; see `travel.network.Network` and `travel.turns.Turns`.

    Attributes:
        arc_start: labels + 1; the arcs, or turns, that leave each node or state.
        arcs: the node or state that each leads to, and its deciseconds in the upper half.
        arc_m: metres of each.
        tail: one per edge, as are the next four.
        head: see `Network`.
        forward_ds: likewise.
        backward_ds: likewise.
        length_m: likewise.
        state_start: edges + 1; empty where nodes are searched, as are the next three.
        state_edge: one per state.
        state_flags: likewise.
        state_ds: likewise.
    """

    arc_start: UInts
    arcs: npt.NDArray[np.uint64]
    arc_m: npt.NDArray[np.float32]
    tail: Ints
    head: Ints
    forward_ds: Ints
    backward_ds: Ints
    length_m: Floats
    state_start: UInts = _none(np.uint32)
    state_edge: Ints = _none(np.int32)
    state_flags: npt.NDArray[np.uint8] = _none(np.uint8)
    state_ds: Ints = _none(np.int32)


@njit(cache=True, nogil=True, inline="always")
def signed(value: np.integer) -> int:
    """Widen a number of any kind, so that it may be reckoned with."""
    return int(np.int64(value))


@njit(cache=True, nogil=True, inline="always")
def has_turns(streets: Streets) -> bool:
    """Say whether states are searched rather than nodes."""
    return streets.state_start.size > 0


@njit(cache=True, nogil=True)
def entries(streets: Streets, e: int) -> tuple[int, int]:
    """Return the first way onto an edge, and the first that is another edge's."""
    if has_turns(streets):
        return signed(streets.state_start[e]), signed(streets.state_start[e + 1])
    return 2 * e, 2 * e + 2


@njit(cache=True, nogil=True)
def entry(streets: Streets, k: int) -> tuple[int, int, bool]:
    """Describe a way onto an edge.

    Returns:
        The node or state that is labelled with the time of entering, deciseconds along the whole
        edge (negative where that is not allowed), and whether it leads from tail to head.
    """
    if has_turns(streets):
        is_forward = (streets.state_flags[k] & FORWARD) != 0
        return k, signed(streets.state_ds[k]), is_forward
    e = k >> 1
    if k & 1:
        return signed(streets.head[e]), signed(streets.backward_ds[e]), False
    return signed(streets.tail[e]), signed(streets.forward_ds[e]), True


@njit(cache=True, nogil=True)
def may_start(streets: Streets, k: int) -> bool:
    """Say whether a journey may begin on the edge, going this way."""
    return not has_turns(streets) or (streets.state_flags[k] & MAY_START) != 0


@njit(cache=True, nogil=True)
def may_end(streets: Streets, k: int) -> bool:
    """Say whether a journey may end on the edge, come this way."""
    return not has_turns(streets) or (streets.state_flags[k] & MAY_END) != 0


@njit(cache=True, nogil=True)
def come_to(
    streets: Streets, e: int, fraction: float, left: UInts, limit_ds: int
) -> tuple[float, int]:
    """Come to a point along an edge by the quickest way onto the edge.

    Whoever is at an end of the edge is there, even if the edge may not be entered from it.

    Args:
        streets: what was searched.
        e: the edge.
        fraction: where on it the point is.
        left: labels, as in `travel.paths.bucket_queue.Memory`.
        limit_ds: of the search.

    Returns:
        Deciseconds, infinite where there is no way, and which way it was.
    """
    best = np.inf
    by = -1
    first, last = entries(streets, e)
    for k in range(first, last):
        label, ds, is_forward = entry(streets, k)
        part = fraction if is_forward else 1.0 - fraction
        mine = signed(left[label])
        if mine == 0 or not may_end(streets, k) or (ds < 0 and part > 0.0):
            continue
        took = limit_ds + 1 - mine + part * ds
        if took < best:
            best = took
            by = k
    return best, by
