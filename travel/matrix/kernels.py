"""Inner loops of a matrix: every home within a limit of one place after another.

The search is the bounded one of `travel.paths.bucket_queue`. Homes hang on the vertices they are
come to from, so that only what the search reached is looked at; a set of bits, one a home, hands
them back in ascending order without sorting.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.matrix.arrays import CELL_M, WORD, Marks, Rows, Sources, Targets
from travel.network import DECISECONDS
from travel.paths.arrivals import along_the_edge, straight_to
from travel.paths.bucket_queue import FULL, Memory, Places, clear, spread
from travel.paths.entries import Streets

Longs = npt.NDArray[np.int64]

DONE, QUEUE_FULL, NO_ROOM = 0, 1, 2
"""How a run over places ended: all of them, or short of memory to search or to write to."""


_SEQUENCE = np.uint64(0x03F79D71B4CB0A89)
"""Every six bits of it, wherever they begin, are different: a de Bruijn sequence."""

_PLACES = np.empty(WORD, np.uint8)
_PLACES[[(0x03F79D71B4CB0A89 << i & 0xFFFFFFFFFFFFFFFF) >> 58 for i in range(WORD)]] = range(WORD)


@njit(cache=True, nogil=True)
def find_rows(  # noqa: PLR0913, PLR0917
    streets: Streets,
    roads: Streets,
    sources: Sources,
    targets: Targets,
    first: int,
    last: int,
    limit_ds: int,
    off_street_m_s: float,
    memory: Memory,
    known: Marks,
    ends: Longs,
    out: Rows,
) -> tuple[int, int, int]:
    """Find the homes within the limit of places ``first`` up to ``last``.

    Args:
        streets: what is searched: vertices and arcs.
        roads: the streets themselves, for journeys that pass no junction.
        sources: places.
        targets: homes.
        first: place to begin with.
        last: place to stop before.
        limit_ds: deciseconds.
        off_street_m_s: pace between a street and a place.
        memory: of the search.
        known: without marks, and left so.
        ends: written to: rows found up to the end of each place, counted from ``first``.
        out: written to, from its beginning.

    Returns:
        The place to go on with, the rows written, and why it ended.
    """
    nowhere = Places(np.empty(0, np.int32), np.empty(0), np.empty(0))
    n = 0
    for i in range(first, last):
        a = sources.first[i]
        b = sources.first[i + 1]
        start = Places(
            sources.start.edge[a:b], sources.start.fraction[a:b], sources.start.distance_m[a:b]
        )
        reached = spread(streets, start, sources.spent_ds[a:b], nowhere, limit_ds, memory, True)
        if reached == FULL:
            return i, n, QUEUE_FULL
        found = _mark_reached(targets, reached, limit_ds, memory, known)
        clear(memory, reached)
        if sources.door.edge[i] >= 0:
            found += _mark_along(roads, sources, i, targets, limit_ds, off_street_m_s, known)
            found += _mark_straight(sources, i, targets, limit_ds, off_street_m_s, known)
        if n + found > out.home.size:
            _read_marks(known, Rows(out.home[:0], out.seconds[:0], out.metres[:0]))
            return i, n, NO_ROOM
        _read_marks(known, Rows(out.home[n:], out.seconds[n:], out.metres[n:]))
        n += found
        ends[i - first] = n
    return last, n, DONE


@njit(cache=True, nogil=True)
def _mark_reached(
    targets: Targets, reached: int, limit_ds: int, memory: Memory, known: Marks
) -> int:
    """Mark the homes that hang on vertices reached; return how many there are."""
    limit_s = limit_ds / DECISECONDS
    found = 0
    for j in range(reached):
        u = np.uint64(memory.reached[j])
        k = np.uint64(targets.first[u])
        end = np.uint64(targets.first[u + np.uint64(1)])
        if k == end:
            continue
        spent = limit_ds + 1 - np.int64(memory.left[u])
        so_far = memory.metres[u]
        while k < end:
            h = np.uint64(targets.home[k])
            seconds = (spent + targets.ds[k]) / DECISECONDS + targets.off_s[h]
            best = known.seconds[h]
            if seconds <= limit_s and (
                seconds < best or (seconds == best and targets.rank[k] < known.rank[h])
            ):
                known.seconds[h] = seconds
                known.metres[h] = so_far + targets.metres[k] + targets.door.distance_m[h]
                known.rank[h] = targets.rank[k]
                if best == np.inf:
                    _add(known, h)
                    found += 1
            k += np.uint64(1)
    return found


@njit(cache=True, nogil=True)
def _add(known: Marks, h: np.uint64) -> None:
    word = h >> np.uint64(6)
    known.seen[word] |= np.uint64(1) << (h & np.uint64(63))
    known.word[word >> np.uint64(6)] |= np.uint64(1) << (word & np.uint64(63))


@njit(cache=True, nogil=True)
def _improve(known: Marks, home: int, seconds: float, metres: float, limit_s: float) -> int:
    """Take a way that passes no junction, if it is quicker; return 1 if the home is new."""
    best = known.seconds[home]
    if not (seconds < best and seconds <= limit_s):
        return 0
    known.seconds[home] = max(seconds, 0.0)
    known.metres[home] = metres
    if best < np.inf:
        return 0
    _add(known, np.uint64(home))
    return 1


@njit(cache=True, nogil=True)
def _mark_along(
    roads: Streets,
    sources: Sources,
    i: int,
    targets: Targets,
    limit_ds: int,
    off_street_m_s: float,
    known: Marks,
) -> int:
    """Mark the homes on a place's own edge; return how many are new."""
    edge = sources.door.edge[i]
    on_street = targets.in_cell.size
    spent = sources.off_ds[i] / DECISECONDS
    found = 0
    h = np.searchsorted(targets.door.edge[:on_street], edge)
    while h < on_street and targets.door.edge[h] == edge:
        seconds, metres = along_the_edge(roads, sources.door, i, targets.door, h, off_street_m_s)
        found += _improve(known, h, spent + seconds, metres, limit_ds / DECISECONDS)
        h += 1
    return found


@njit(cache=True, nogil=True)
def _mark_straight(
    sources: Sources,
    i: int,
    targets: Targets,
    limit_ds: int,
    off_street_m_s: float,
    known: Marks,
) -> int:
    """Mark the homes nearer to a place than the street of either; return how many are new."""
    off = sources.door.distance_m[i]
    spent = sources.off_ds[i] / DECISECONDS
    x = sources.door.x[i] - targets.west
    y = sources.door.y[i] - targets.south
    west = max(math.floor((x - off) / CELL_M), 0)
    east = min(math.floor((x + off) / CELL_M), targets.columns - 1)
    found = 0
    for row in range(math.floor((y - off) / CELL_M), math.floor((y + off) / CELL_M) + 1):
        k = np.searchsorted(targets.cell, row * targets.columns + west)
        end = np.searchsorted(targets.cell, row * targets.columns + east + 1)
        while k < end:
            h = targets.in_cell[k]
            seconds, metres = straight_to(sources.door, i, targets.door, h, off_street_m_s)
            found += _improve(known, h, spent + seconds, metres, limit_ds / DECISECONDS)
            k += 1
    return found


@njit(cache=True, nogil=True)
def _read_marks(known: Marks, out: Rows) -> None:
    """Take off every mark, in ascending order, and write as many as there is room for."""
    room = np.uint64(out.home.size)
    n = np.uint64(0)
    for above in range(known.word.size):
        words = known.word[above]
        known.word[above] = np.uint64(0)
        while words:
            w = np.uint64(above * WORD) + _lowest(words)
            words &= words - np.uint64(1)
            bits = known.seen[w]
            known.seen[w] = np.uint64(0)
            first = w * np.uint64(WORD)
            while bits:
                h = first + _lowest(bits)
                bits &= bits - np.uint64(1)
                if n < room:
                    out.home[n] = np.int32(h)
                    out.seconds[n] = np.int32(np.rint(known.seconds[h]))
                    out.metres[n] = np.int32(np.rint(known.metres[h]))
                    n += np.uint64(1)
                known.seconds[h] = np.inf


@njit(cache=True, nogil=True)
def _lowest(bits: np.uint64) -> np.uint64:
    """Return the place of the lowest bit (Leiserson, Prokop and Randall 1998)."""
    alone = bits & (~bits + np.uint64(1))
    return np.uint64(_PLACES[(alone * _SEQUENCE) >> np.uint64(58)])
