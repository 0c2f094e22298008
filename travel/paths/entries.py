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


@njit(cache=True, nogil=True, inline="always")
def entries(streets: Streets, e: int) -> tuple[int, int]:
    """Return the first way onto an edge, and the first that is another edge's."""
    if has_turns(streets):
        return signed(streets.state_start[e]), signed(streets.state_start[e + 1])
    return 2 * e, 2 * e + 2


@njit(cache=True, nogil=True, inline="always")
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


@njit(cache=True, nogil=True, inline="always")
def may_start(streets: Streets, k: int) -> bool:
    """Say whether a journey may begin on the edge, going this way."""
    return not has_turns(streets) or (streets.state_flags[k] & MAY_START) != 0


class Entered(NamedTuple):
    """When an edge is first entered from either end, deciseconds; infinite where it is not.

    Attributes:
        from_tail: when at the tail.
        forward: deciseconds from there along the whole edge.
        tail_label: the node, or the state.
        from_head: when at the head.
        backward: deciseconds from there along the whole edge.
        head_label: the node, or the state.
    """

    from_tail: float
    forward: float
    tail_label: int
    from_head: float
    backward: float
    head_label: int


@njit(cache=True, nogil=True, inline="always")
def entered(  # noqa: C901, PLR0913, PLR0917
    e: int,
    left: UInts,
    limit_ds: int,
    tail: Ints,
    head: Ints,
    forward_ds: Ints,
    backward_ds: Ints,
    state_start: UInts,
    state_flags: npt.NDArray[np.uint8],
    state_ds: Ints,
) -> Entered:
    """Say when an edge is first entered from either end, by somebody who may stop on it.

    Arrays are handed over one by one: taking them out of `Streets` in a loop costs more than all
    the rest.

    Args:
        e: the edge.
        left: labels, as in `travel.paths.bucket_queue.Memory`.
        limit_ds: of the search.
        tail: as in `Streets`, and so the rest.
        head: likewise.
        forward_ds: likewise.
        backward_ds: likewise.
        state_start: likewise.
        state_flags: likewise.
        state_ds: likewise.
    """
    from_tail, forward, tail_label = np.inf, 0.0, 0
    from_head, backward, head_label = np.inf, 0.0, 0
    if state_start.size > 0:
        for k in range(signed(state_start[e]), signed(state_start[e + 1])):
            mine = signed(left[k])
            if mine > 0 and state_flags[k] & MAY_END:
                at = float(limit_ds + 1 - mine)
                if state_flags[k] & FORWARD:
                    if at < from_tail:
                        from_tail, forward, tail_label = at, float(state_ds[k]), k
                elif at < from_head:
                    from_head, backward, head_label = at, float(state_ds[k]), k
    else:
        tail_label = signed(tail[e])
        mine = signed(left[tail_label])
        if mine > 0 and forward_ds[e] >= 0:
            from_tail, forward = float(limit_ds + 1 - mine), float(forward_ds[e])
        head_label = signed(head[e])
        mine = signed(left[head_label])
        if mine > 0 and backward_ds[e] >= 0:
            from_head, backward = float(limit_ds + 1 - mine), float(backward_ds[e])
    return Entered(from_tail, forward, tail_label, from_head, backward, head_label)


@njit(cache=True, nogil=True, inline="always")
def come_to(  # noqa: PLR0913, PLR0917
    e: int,
    fraction: float,
    left: UInts,
    limit_ds: int,
    tail: Ints,
    head: Ints,
    forward_ds: Ints,
    backward_ds: Ints,
    state_start: UInts,
    state_flags: npt.NDArray[np.uint8],
    state_ds: Ints,
) -> tuple[float, int, float]:
    """Come to a point along an edge by the quickest way onto the edge; see `entered`.

    Who is at an end of the edge is there, even if the edge may not be entered from it.

    Returns:
        Deciseconds, infinite where there is no way; the node or state it is come from; and the
        part of the edge between.
    """
    on = entered(
        e,
        left,
        limit_ds,
        tail,
        head,
        forward_ds,
        backward_ds,
        state_start,
        state_flags,
        state_ds,
    )
    best, by, passed = on.from_tail + fraction * on.forward, on.tail_label, fraction
    other = on.from_head + (1.0 - fraction) * on.backward
    if other < best:
        best, by, passed = other, on.head_label, 1.0 - fraction
    if state_start.size == 0 and (fraction == 0.0 or fraction == 1.0):  # noqa: PLR1714 - a loop's
        node = signed(tail[e] if fraction == 0.0 else head[e])
        at = float(limit_ds + 1 - signed(left[node]))
        if left[node] > 0 and at < best:
            best, by, passed = at, node, 0.0
    return best, by, passed
