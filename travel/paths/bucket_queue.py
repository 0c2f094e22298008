"""Dial's bucket queue: the loop inside every bounded search.

One bucket for every 3.2 seconds, emptied in order (Dial 1969, Algorithm 360, Communications of the
ACM 12). What is labelled is a node or, where turns count, a state: the loop is the same. One
improved within its own bucket is put back and scanned again, so the result is exact. Indices are
unsigned: signed ones would be tested for counting from the end.

Labels count what is *left* of the limit rather than what was spent, plus one, so that 0 means "not
reached" and fresh memory, which is all zeros, needs no filling. Memory used again is cleared only
where the search before came. A state's label is the time at which its edge is *entered*, after the
turn onto it: an edge of which only the first metres are in reach has a label too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.paths.entries import (
    Floats,
    Ints,
    Streets,
    come_to,
    entries,
    entry,
    has_turns,
    may_start,
    signed,
)

BUCKET_BITS = 5
"""A bucket is 32 deciseconds wide."""

ASK_AGAIN_DS = 128
"""A target that has not been met is asked after once in so much of the search."""

NONE = 0xFFFFFFFF
"""End of a bucket's list."""

FULL = -1
"""What `spread` returns where the queue was too short; the search is to be made again."""


class Places(NamedTuple):
    """Points on edges: where a search starts, or where it may end."""

    edge: Ints
    fraction: Floats
    distance_m: Floats


class Memory(NamedTuple):
    """What a search writes to.

    Attributes:
        left: deciseconds left at each node or state, plus one; 0 where it is not reached.
        metres: length of the quickest way to each.
        reached: those labelled, in the order in which they were found.
        queue: ends of the buckets' lists: what is labelled, and the next entry in the upper half.
        bucket: first entry of each bucket, ``NONE`` between searches.
    """

    left: npt.NDArray[np.uint32]
    metres: npt.NDArray[np.float32]
    reached: npt.NDArray[np.int32]
    queue: npt.NDArray[np.uint64]
    bucket: npt.NDArray[np.uint32]


def memory(n_labels: int, *, queue_length: int, limit_ds: int) -> Memory:
    """Set memory aside for searches up to a limit; a page of it costs nothing until it is used."""
    return Memory(
        np.zeros(n_labels, np.uint32),
        np.empty(n_labels, np.float32),
        np.empty(n_labels, np.int32),
        np.empty(queue_length, np.uint64),
        np.full((limit_ds >> BUCKET_BITS) + 1, NONE, np.uint32),
    )


@njit(cache=True, nogil=True)
def clear(used: Memory, n_reached: int) -> None:
    """Make memory as good as new after a search that labelled so many."""
    for i in range(n_reached):
        used.left[np.uint64(used.reached[i])] = np.uint32(0)


@njit(cache=True, nogil=True)
def spread(  # noqa: C901, PLR0912, PLR0915 - one loop
    streets: Streets,
    origin: Places,
    spent_ds: Ints,
    targets: Places,
    limit_ds: int,
    to: Memory,
    keeps_only_final: bool,  # noqa: FBT001 - a loop takes no names
) -> int:
    """Label everything within the limit, or what is no further than the last of the targets.

    Args:
        streets: what is searched.
        origin: starting points; those without an edge are passed over.
        spent_ds: deciseconds spent on coming to each starting point's edge.
        targets: the search ends when the times to all of these are known; none: at the limit.
        limit_ds: deciseconds.
        to: memory without labels; its buckets reach to the limit.
        keeps_only_final: take back labels beyond the last target, which might yet improve. Whoever
            only reads the times to the targets, which are final, need not wait for that.

    Returns:
        How many are labelled (``to.reached``), or ``FULL``, and then none is.
    """
    one = np.uint64(1)
    low = np.uint64(NONE)
    half = np.uint64(32)
    shift = np.uint32(BUCKET_BITS)
    none = np.uint32(NONE)
    nothing = np.uint32(0)
    arc_start, arcs, arc_m = streets.arc_start, streets.arcs, streets.arc_m
    left, metres, reached, queue, bucket = to
    room = np.uint64(queue.size)
    top = np.uint32(limit_ds + 1)
    n_reached, queued = _start(streets, origin, spent_ds, limit_ds, to)
    known = 0
    next_ds = 0
    is_full = bool(queued > room)
    b = np.uint64(0)
    buckets = np.uint64((limit_ds >> BUCKET_BITS) + 1)
    while b < buckets and not is_full:
        entry = bucket[b]
        while entry != none:
            bucket[b] = none
            while entry != none:
                item = queue[np.uint64(entry)]
                u = item & low
                entry = np.uint32(item >> half)
                mine = left[u]
                if np.uint64(np.uint32(top - mine) >> shift) != b:
                    continue
                k = np.uint64(arc_start[u])
                end = np.uint64(arc_start[u + one])
                if queued + (end - k) > room:
                    is_full = True
                    break
                so_far = metres[u]
                while k < end:
                    arc = arcs[k]
                    v = arc & low
                    weight = np.uint32(arc >> half)
                    if weight < mine:
                        label = np.uint32(mine - weight)
                        before = left[v]
                        if label > before:
                            if before == nothing:
                                reached[n_reached] = np.int32(v)
                                n_reached += one
                            left[v] = label
                            metres[v] = so_far + arc_m[k]
                            later = np.uint64(np.uint32(top - label) >> shift)
                            queue[queued] = v | np.uint64(bucket[later]) << half
                            bucket[later] = np.uint32(queued)
                            queued += one
                    k += one
            if is_full:
                break
            entry = bucket[b]
        b += one
        if targets.edge.size > 0 and not is_full:
            settled_ds = int(np.int64(b)) << BUCKET_BITS
            if settled_ds >= next_ds:
                known, next_ds = _known(streets, targets, known, settled_ds, limit_ds, left)
            if known == targets.edge.size:
                if keeps_only_final:
                    n_reached = _forget_beyond(
                        settled_ds, limit_ds, int(np.int64(n_reached)), left, reached
                    )
                break
    if b < buckets or is_full:
        bucket[:buckets] = none
    if is_full:
        clear(to, int(np.int64(n_reached)))
        return FULL
    return int(np.int64(n_reached))


@njit(cache=True, nogil=True)
def _start(
    streets: Streets, origin: Places, spent_ds: Ints, limit_ds: int, to: Memory
) -> tuple[np.uint64, np.uint64]:
    """Label what comes first after the starting points; return how many were reached and queued."""
    counts = np.zeros(2, np.uint64)
    for i in range(origin.edge.size):
        e = origin.edge[i]
        if e < 0:
            continue
        first, last = entries(streets, e)
        for k in range(first, last):
            _, ds, is_forward = entry(streets, k)
            part = 1.0 - origin.fraction[i] if is_forward else origin.fraction[i]
            # Whoever stands at an end of the edge is there, even if it may not be walked that way.
            if not may_start(streets, k) or (ds < 0 and part != 0.0):
                continue
            spent = spent_ds[i] + round(part * ds)
            metres = origin.distance_m[i] + part * streets.length_m[e]
            if not has_turns(streets):
                v = streets.head[e] if is_forward else streets.tail[e]
                _put(to, counts, v, spent, metres, limit_ds)
                continue
            for j in range(streets.arc_start[k], streets.arc_start[k + 1]):
                v = signed(streets.arcs[j] & np.uint64(NONE))
                turn = signed(streets.arcs[j] >> np.uint64(32)) - ds
                _put(to, counts, v, spent + turn, metres, limit_ds)
    return counts[0], counts[1]


@njit(cache=True, nogil=True)
def _put(
    to: Memory, counts: npt.NDArray[np.uint64], v: int, ds: int, metres: float, limit_ds: int
) -> None:
    """Label and queue one thing, if that is quicker; what finds no room is counted too."""
    label = np.uint32(limit_ds + 1 - ds) if ds <= limit_ds else np.uint32(0)
    if label <= to.left[v]:
        return
    if to.left[v] == 0:
        to.reached[counts[0]] = np.int32(v)
        counts[0] += np.uint64(1)
    to.left[v] = label
    to.metres[v] = metres
    if counts[1] < np.uint64(to.queue.size):
        first = np.uint64(ds >> BUCKET_BITS)
        to.queue[counts[1]] = np.uint64(v) | np.uint64(to.bucket[first]) << np.uint64(32)
        to.bucket[first] = np.uint32(counts[1])
    counts[1] += np.uint64(1)


@njit(cache=True, nogil=True)
def _known(
    streets: Streets,
    targets: Places,
    known: int,
    settled_ds: int,
    limit_ds: int,
    left: npt.NDArray[np.uint32],
) -> tuple[int, int]:
    """Count on over targets whose time cannot improve: no later than what is settled.

    Returns:
        How many are known, and when it is worth asking again.
    """
    while known < targets.edge.size:
        e = targets.edge[known]
        if e >= 0:
            best, _, _ = come_to(
                e,
                targets.fraction[known],
                left,
                limit_ds,
                streets.tail,
                streets.head,
                streets.forward_ds,
                streets.backward_ds,
                streets.state_start,
                streets.state_flags,
                streets.state_ds,
            )
            if best > settled_ds:
                return known, int(best) if best < np.inf else settled_ds + ASK_AGAIN_DS
        known += 1
    return known, settled_ds


@njit(cache=True, nogil=True)
def _forget_beyond(
    settled_ds: int,
    limit_ds: int,
    n_reached: int,
    left: npt.NDArray[np.uint32],
    reached: Ints,
) -> np.uint64:
    """Take back labels that are not final; return how many stay."""
    kept = np.uint64(0)
    for i in range(n_reached):
        v = np.uint64(reached[i])
        if limit_ds + 1 - np.int64(left[v]) <= settled_ds:
            reached[kept] = reached[i]
            kept += np.uint64(1)
        else:
            left[v] = np.uint32(0)
    return kept
