"""Travel times for the arcs of a hierarchy, and which arcs no quickest way needs.

First every arc takes the quickest way that only passes vertices below it: triangles with a lower
third vertex are gone through from the bottom up. Then, from the top down, triangles with a higher
third vertex give the quickest way of all between the ends of an arc; arcs that are slower than
that are left out (Dibbelt, Strasser and Wagner 2016, sections 5 and 6: customisation, and perfect
customisation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.hierarchy.contraction import Graph, Topology

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

NEVER = 2**30 - 1
"""Deciseconds of a way there is not; two of them together are still an ``int32``."""

MISSING = -1
"""What `_weigh` returns where an arc of the graph joins two vertices that are no neighbours."""


@dataclass(frozen=True, eq=False, slots=True)
class Arcs:
    """The arcs that quickest ways need, those that lead up and those that lead down.

    Vertices are named by place: 0 for the one taken away last.

    Attributes:
        up_start: ``int32``, places + 1; arcs that lead up from each place.
        up: ``int32``, shape (arcs, 2): the place led to, and deciseconds.
        down_start: ``int32``, places + 1; arcs that lead down to each place.
        down: ``int32``, shape (arcs, 2): the place come from, and deciseconds.
    """

    up_start: Ints
    up: Ints
    down_start: Ints
    down: Ints


def customise(topology: Topology, graph: Graph) -> Arcs | None:
    """Work out the travel times of a hierarchy's arcs; nothing where the graph needs others."""
    rank, up_start, up = topology.rank, topology.up_start, topology.up
    rising = np.full(up.size, NEVER, np.int32)
    falling = np.full(up.size, NEVER, np.int32)
    if _weigh(rank, up_start, up, graph.start, graph.arcs, rising, falling) == MISSING:
        return None
    _lower_triangles(up_start, up, rising, falling)
    quickest = rising.copy(), falling.copy()
    _upper_triangles(up_start, up, *quickest)
    packed = (
        *_needed(up_start, up, rising, quickest[0]),
        *_needed(up_start, up, falling, quickest[1]),
    )
    for array in packed:
        array.flags.writeable = False
    return Arcs(*packed)


@njit(cache=True)
def _weigh(
    rank: Ints,
    up_start: Longs,
    up: Ints,
    start: npt.NDArray[np.uint32],
    arcs: npt.NDArray[np.uint64],
    rising: Ints,
    falling: Ints,
) -> int:
    """Give arcs the times of the graph's; of several between two vertices the quickest."""
    for v in range(rank.size):
        for k in range(start[v], start[v + 1]):
            one = rank[v]
            other = rank[np.int64(arcs[k] & np.uint64(0xFFFFFFFF))]
            weight = np.int64(arcs[k] >> np.uint64(32))
            low, high = min(one, other), max(one, other)
            if low == high:
                continue
            i = up_start[low] + np.searchsorted(up[up_start[low] : up_start[low + 1]], high)
            if i == up_start[low + 1] or up[i] != high:
                return MISSING
            if one < other:
                rising[i] = min(rising[i], weight)
            else:
                falling[i] = min(falling[i], weight)
    return 0


@njit(cache=True)
def _lower_triangles(up_start: Longs, up: Ints, rising: Ints, falling: Ints) -> None:
    """Improve the arc between two neighbours above a vertex by the way through it."""
    for r in range(up_start.size - 1):
        end = up_start[r + 1]
        for i in range(up_start[r], end):
            fall, rise = falling[i], rising[i]
            k = up_start[up[i]]
            for j in range(i + 1, end):
                while up[k] < up[j]:
                    k += 1
                rising[k] = min(rising[k], fall + rising[j])
                falling[k] = min(falling[k], falling[j] + rise)


@njit(cache=True)
def _upper_triangles(up_start: Longs, up: Ints, rising: Ints, falling: Ints) -> None:
    """Improve the arcs of a vertex by ways through its neighbours above."""
    for r in range(up_start.size - 2, -1, -1):
        end = up_start[r + 1]
        for i in range(up_start[r], end):
            k = up_start[up[i]]
            for j in range(i + 1, end):
                while up[k] < up[j]:
                    k += 1
                rising[i] = min(rising[i], rising[j] + falling[k])
                rising[j] = min(rising[j], rising[i] + rising[k])
                falling[i] = min(falling[i], rising[k] + falling[j])
                falling[j] = min(falling[j], falling[k] + falling[i])


@njit(cache=True)
def _needed(up_start: Longs, up: Ints, weight: Ints, quickest: Ints) -> tuple[Ints, Ints]:
    """Keep the arcs that are a quickest way, by place."""
    n = up_start.size - 1
    start = np.zeros(n + 1, np.int32)
    for place in range(n):
        r = n - 1 - place
        start[place + 1] = start[place]
        for i in range(up_start[r], up_start[r + 1]):
            start[place + 1] += weight[i] < NEVER and weight[i] == quickest[i]
    arcs = np.empty((start[n], 2), np.int32)
    for place in range(n):
        r = n - 1 - place
        k = start[place]
        for i in range(up_start[r], up_start[r + 1]):
            if weight[i] < NEVER and weight[i] == quickest[i]:
                arcs[k, 0] = n - 1 - up[i]
                arcs[k, 1] = weight[i]
                k += 1
    return start, arcs
