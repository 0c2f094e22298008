"""The arcs of a hierarchy, whatever the weights: taking away one vertex after another.

When a vertex is taken away, all its neighbours that are still there become neighbours of each
other (Dibbelt, Strasser and Wagner 2016, Customizable Contraction Hierarchies, ACM Journal of
Experimental Algorithmics 21). What depends on travel times comes later, and can be done again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


BRANCH = 512
"""Vertices below one that make it worth asking whether all of them can be passed over."""


class Graph(NamedTuple):
    """What a hierarchy is made of: junctions and arcs, or states and turns.

    Attributes:
        start: ``uint32``, vertices + 1; the arcs that leave vertex *i*.
        arcs: ``uint64``: the vertex an arc leads to, and its deciseconds in the upper half.
    """

    start: npt.NDArray[np.uint32]
    arcs: npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Topology:
    """Vertices in order, and the neighbours above each when it is taken away.

    Attributes:
        rank: ``int32``, when each vertex of the graph is taken away. Vertices that hang together
            only through one that comes later follow each other directly before it.
        up_start: ``int64``, vertices + 1, by rank.
        up: ``int32``, ranks of the neighbours above, ascending. The first of them is the parent.
        size: ``int32``, by rank: how many ranks, up to this one, have this one above them.
    """

    rank: Ints
    up_start: Longs
    up: Ints
    size: Ints

    @property
    def n(self) -> int:
        """How many vertices."""
        return self.rank.size

    @cached_property
    def place(self) -> Ints:
        """The place of each vertex of the graph: 0 for the one taken away last."""
        return (self.n - 1 - self.rank).astype(np.int32)

    @cached_property
    def parent(self) -> Ints:
        """By place: the place above; -1 at the top."""
        above = np.full(self.n, -1, np.int32)
        has_parent = np.flatnonzero(self.up_start[1:] > self.up_start[:-1])
        first = self.up[self.up_start[has_parent]]
        above[self.n - 1 - has_parent] = self.n - 1 - first
        return above

    @cached_property
    def branches(self) -> Ints:
        """Ranks with much below them, where as much again hangs on the parent; from the top."""
        above = self.parent[::-1]
        has_parent = np.flatnonzero((above >= 0) & (self.size >= BRANCH))
        more = self.size[self.n - 1 - above[has_parent]] - 1 - self.size[has_parent]
        return has_parent[more >= BRANCH][::-1].astype(np.int32)


def contract(first_rank: Ints, neighbours: tuple[Longs, Ints]) -> Topology:
    """Take vertices away in order.

    Args:
        first_rank: an order of the vertices; one that needs the same arcs is used.
        neighbours: of each vertex, in either direction: start of its list, and the lists.
    """
    start, neighbour = neighbours
    rank, size = _family_order(first_rank, start, neighbour)
    up_start, up = _contract(rank, start, neighbour)
    for array in (rank, up_start, up, size):
        array.flags.writeable = False
    return Topology(rank, up_start, up, size)


def neighbours_in(graph: Graph, beside: tuple[Ints, Ints]) -> tuple[Longs, Ints]:
    """List the vertices that arcs of a graph lead to or come from.

    Args:
        graph: arcs.
        beside: pairs of vertices that are to be neighbours though no arc joins them.
    """
    n = graph.start.size - 1
    count = np.asarray(np.diff(graph.start.astype(np.int64)), np.int64)
    origin = np.repeat(np.arange(n, dtype=np.int32), count)
    target = (graph.arcs & np.uint64(0xFFFFFFFF)).astype(np.int32)
    ends = np.concatenate((origin, beside[0])), np.concatenate((target, beside[1]))
    one, other = np.concatenate(ends), np.concatenate(ends[::-1])
    order = np.argsort(one, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(one, minlength=n))))
    return start.astype(np.int64), other[order].astype(np.int32)


@njit(cache=True)
def _family_order(rank: Ints, start: Longs, neighbour: Ints) -> tuple[Ints, Ints]:  # noqa: C901
    """Put each vertex directly after all those that it is above of.

    The parents are found without the arcs (Liu 1986, A compact row storage scheme for Cholesky
    factors using elimination trees, ACM Transactions on Mathematical Software 12).
    """
    n = rank.size
    vertex = np.empty(n, np.int32)
    for v in range(n):
        vertex[rank[v]] = v
    parent = np.full(n, -1, np.int32)
    above = np.full(n, -1, np.int32)
    for r in range(n):
        v = vertex[r]
        for k in range(start[v], start[v + 1]):
            low = rank[neighbour[k]]
            if low >= r:
                continue
            while above[low] >= 0 and above[low] != r:
                above[low], low = r, above[low]
            if above[low] < 0:
                above[low] = r
                parent[low] = r
    size = np.ones(n, np.int32)
    for r in range(n):
        if parent[r] >= 0:
            size[parent[r]] += size[r]
    place = np.empty(n, np.int32)
    free = np.empty(n, np.int32)
    top = n
    for r in range(n - 1, -1, -1):
        if parent[r] < 0:
            place[r] = top - 1
            top -= size[r]
        else:
            place[r] = free[parent[r]]
            free[parent[r]] -= size[r]
        free[r] = place[r] - 1
    new_rank = np.empty(n, np.int32)
    new_size = np.empty(n, np.int32)
    for v in range(n):
        new_rank[v] = place[rank[v]]
        new_size[new_rank[v]] = size[rank[v]]
    return new_rank, new_size


@njit(cache=True)
def _contract(rank: Ints, start: Longs, neighbour: Ints) -> tuple[Longs, Ints]:  # noqa: C901, PLR0915
    """Hand the neighbours above a vertex on to the lowest of them."""
    n = rank.size
    vertex = np.empty(n, np.int32)
    for v in range(n):
        vertex[rank[v]] = v
    up = np.empty(4 * n + 16, np.int32)
    up_start = np.zeros(n + 1, np.int64)
    first_child = np.full(n, -1, np.int32)
    next_child = np.full(n, -1, np.int32)
    seen = np.full(n, -1, np.int32)
    found = np.empty(n, np.int32)
    m = 0
    for r in range(n):
        c = 0
        v = vertex[r]
        for k in range(start[v], start[v + 1]):
            high = rank[neighbour[k]]
            if high > r and seen[high] != r:
                seen[high] = r
                found[c] = high
                c += 1
        child = first_child[r]
        while child >= 0:
            for k in range(up_start[child], up_start[child + 1]):
                high = up[k]
                if high > r and seen[high] != r:
                    seen[high] = r
                    found[c] = high
                    c += 1
            child = next_child[child]
        if m + c > up.size:
            longer = np.empty(max(up.size * 3 // 2, m + c), np.int32)
            longer[:m] = up[:m]
            up = longer
        mine = found[:c]
        mine.sort()
        up[m : m + c] = mine
        m += c
        up_start[r + 1] = m
        if c > 0:
            next_child[r] = first_child[mine[0]]
            first_child[mine[0]] = r
    return up_start, up[:m].copy()
