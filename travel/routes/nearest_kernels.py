"""Inner loops of the search for the nearest of many places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

NONE = 0xFFFFFFFF
"""End of a bucket's list."""


class Ways(NamedTuple):
    """What leads on from each junction, or each state: the network as flat arrays.

    Attributes:
        start: ``uint32``, junctions + 1.
        hops: ``uint64``: where each one leads, and its deciseconds in the upper half.
        metres: ``float32``, the length of each.
    """

    start: npt.NDArray[np.uint32]
    hops: npt.NDArray[np.uint64]
    metres: Singles


class Seeds(NamedTuple):
    """Where the places' first labels are.

    Attributes:
        at: ``int32``, a junction or a state.
        place: ``int32``, whose label it is.
        ds: ``int64``, deciseconds spent there.
        metres: ``float32``.
    """

    at: Ints
    place: Ints
    ds: Longs
    metres: Singles


class Labels(NamedTuple):
    """The nearest places of each junction or state, nearest first.

    Attributes:
        known: ``int32``, how many are known of each.
        place: ``int32``, shape (junctions, k).
        ds: ``int32``, likewise.
        metres: ``float32``, likewise.
    """

    known: Ints
    place: Ints
    ds: Ints
    metres: Singles


class Doors(NamedTuple):
    """What leads from junctions or states to the doors of homes.

    Attributes:
        start: ``int64``, homes + 1; the doors of each home.
        at: ``int32``, the junction or state.
        s: ``float64`` seconds from there.
        metres: ``float64``, from there.
    """

    start: Longs
    at: Longs
    s: Floats
    metres: Floats


class Pairs(NamedTuple):
    """Places that a home is near without a junction between.

    Attributes:
        start: ``int64``, homes + 1.
        place: ``int32``.
        s: ``float64`` seconds.
        metres: ``float64``.
    """

    start: Longs
    place: Ints
    s: Floats
    metres: Floats


@njit(cache=True, nogil=True)
def label(ways: Ways, seeds: Seeds, limit_ds: int, k: int) -> Labels:
    """Find the k nearest places of every junction or state.

    Dial's buckets, a decisecond wide. Every hop takes at least one, so that labels are settled in
    order: the first k of different places that come to a junction are its nearest. What is not
    among the k nearest of a junction is not so of any beyond it.
    """
    n = ways.start.size - 1
    near = Labels(
        np.zeros(n, np.int32),
        np.full((n, k), -1, np.int32),
        np.zeros((n, k), np.int32),
        np.empty((n, k), np.float32),
    )
    bucket = np.full(limit_ds + 1, NONE, np.uint32)
    queue = _queue(1024)
    queued = 0
    for i in range(seeds.at.size - 1, -1, -1):
        if seeds.ds[i] <= limit_ds:
            queue = _with_room(queue, queued)
            _push(queue, bucket, queued, seeds.ds[i], seeds.at[i], seeds.place[i], seeds.metres[i])
            queued += 1
    for ds in range(limit_ds + 1):
        entry = bucket[ds]
        while entry != NONE:
            u, whose, so_far = queue.at[entry], queue.place[entry], queue.metres[entry]
            entry = queue.following[entry]
            if not _settle(near, u, whose, ds, so_far):
                continue
            for hop in range(np.int64(ways.start[u]), np.int64(ways.start[u + 1])):
                v = np.int64(ways.hops[hop] & np.uint64(NONE))
                then = ds + np.int64(ways.hops[hop] >> np.uint64(32))
                if then <= limit_ds and near.known[v] < k:
                    queue = _with_room(queue, queued)
                    _push(queue, bucket, queued, then, v, whose, so_far + ways.metres[hop])
                    queued += 1
    return near


@njit(cache=True, nogil=True)
def _settle(near: Labels, u: int, whose: int, ds: int, metres: float) -> bool:
    """Give a junction one more label, unless it has enough or one of the same place."""
    known = near.known[u]
    if known == near.place.shape[1]:
        return False
    for i in range(known):
        if near.place[u, i] == whose:
            return False
    near.place[u, known] = whose
    near.ds[u, known] = ds
    near.metres[u, known] = metres
    near.known[u] = known + 1
    return True


class _Queue(NamedTuple):
    """Labels that are not settled yet: those of one decisecond follow each other."""

    following: npt.NDArray[np.uint32]
    at: Ints
    place: Ints
    metres: Singles


@njit(cache=True, nogil=True)
def _queue(size: int) -> _Queue:
    return _Queue(
        np.empty(size, np.uint32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.float32),
    )


@njit(cache=True, nogil=True)
def _with_room(queue: _Queue, queued: int) -> _Queue:
    """Return a queue with room for one more."""
    if queued < queue.at.size:
        return queue
    longer = _queue(2 * queued)
    longer.following[:queued] = queue.following
    longer.at[:queued] = queue.at
    longer.place[:queued] = queue.place
    longer.metres[:queued] = queue.metres
    return longer


@njit(cache=True, nogil=True)
def _push(
    queue: _Queue,
    bucket: npt.NDArray[np.uint32],
    entry: int,
    ds: int | np.integer,
    at: int | np.integer,
    place: int | np.integer,
    metres: float | np.floating,
) -> None:
    queue.at[entry], queue.place[entry], queue.metres[entry] = at, place, metres
    queue.following[entry] = bucket[ds]
    bucket[ds] = entry


@njit(cache=True, nogil=True)
def come_home(
    near: Labels, doors: Doors, pairs: Pairs, limit_s: float, k: int
) -> tuple[Ints, Floats, Floats]:
    """Find the k nearest places of every home: by its doors, or without a junction between."""
    homes = doors.start.size - 1
    place = np.full((homes, k), -1, np.int32)
    seconds = np.full((homes, k), np.inf)
    metres = np.full((homes, k), np.nan)
    for home in range(homes):
        for door in range(doors.start[home], doors.start[home + 1]):
            at = doors.at[door]
            for i in range(near.known[at]):
                s = near.ds[at, i] / DECISECONDS + doors.s[door]
                if s <= limit_s:
                    m = near.metres[at, i] + doors.metres[door]
                    _insert(near.place[at, i], s, m, place[home], seconds[home], metres[home])
        for pair in range(pairs.start[home], pairs.start[home + 1]):
            if pairs.s[pair] <= limit_s:
                _insert(
                    pairs.place[pair],
                    pairs.s[pair],
                    pairs.metres[pair],
                    place[home],
                    seconds[home],
                    metres[home],
                )
    return place, np.where(place >= 0, seconds, np.nan), metres


@njit(cache=True, nogil=True)
def _insert(whose: int, s: float, m: float, place: Ints, seconds: Floats, metres: Floats) -> None:
    """Put a place among the nearest, by seconds and then by number, each place once."""
    at = place.size - 1
    for i in range(place.size):
        if place[i] == whose:
            at = i
    if place[at] >= 0 and not _is_nearer(s, whose, seconds[at], place[at]):
        return
    while at > 0 and (place[at - 1] < 0 or _is_nearer(s, whose, seconds[at - 1], place[at - 1])):
        place[at], seconds[at], metres[at] = place[at - 1], seconds[at - 1], metres[at - 1]
        at -= 1
    place[at], seconds[at], metres[at] = whose, s, m


@njit(cache=True, nogil=True)
def _is_nearer(s: float, whose: int, than_s: float, than: int) -> bool:
    return s < than_s or (s == than_s and whose < than)
