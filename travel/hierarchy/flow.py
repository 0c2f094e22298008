"""The fewest streets between two sides of a part of the map.

The first and the last third of the junctions along a direction are held apart; what lies between
goes to either side, so that as few streets as possible are cut (Schild and Sommer 2015, On Balanced
Separators in Road Networks, SEA). The cut is found as a largest flow, one way through after the
other (Ford and Fulkerson 1956, Maximal flow through a network, Canadian Journal of Mathematics 8).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

BETWEEN, FIRST, LAST = 0, 1, 2
"""Where a junction belongs before the flow decides."""


class Roads(NamedTuple):
    """Edges at each node.

    Attributes:
        start: ``int64``, nodes + 1.
        neighbour: ``int32``, the other end of each edge there.
        edge: ``int32``, the edge.
        sign: ``int8``, 1 where the node is the edge's tail, -1 where it is its head.
    """

    start: Longs
    neighbour: Ints
    edge: Ints
    sign: npt.NDArray[np.int8]


class Paper(NamedTuple):
    """What a flow is worked out on.

    Attributes:
        flow: one per edge: 1 from tail to head, -1 the other way, or 0.
        side: one per node.
        seen: one per node: the round in which it was last met.
        arc: one per node: the edge there by which it was met.
        came: one per node: the node it was met from.
        queue: nodes met, in order.
    """

    flow: npt.NDArray[np.int8]
    side: npt.NDArray[np.int8]
    seen: Ints
    arc: Longs
    came: Ints
    queue: Ints


def paper_for(n_nodes: int, n_edges: int) -> Paper:
    """Set memory aside for flows through any part of the map."""
    return Paper(
        np.zeros(n_edges, np.int8),
        np.zeros(n_nodes, np.int8),
        np.zeros(n_nodes, np.int32),
        np.empty(n_nodes, np.int64),
        np.empty(n_nodes, np.int32),
        np.empty(n_nodes, np.int32),
    )


@njit(cache=True)
def flow_cut(
    order: Ints, least: int, most: int, roads: Roads, part: Ints, paper: Paper
) -> tuple[int, int]:
    """Cut a part of the map across the fewest streets.

    Args:
        order: the nodes of the part along a direction.
        least: how many at either end are held apart.
        most: a cut across as many streets is not wanted.
        roads: edges at each node.
        part: of each node; those of one part have the same number.
        paper: memory. Nodes of the part that are ``FIRST``, or were seen in the round after the
            last way through, are on the earlier side.

    Returns:
        How many streets are cut, and how many nodes are on the earlier side; the first is ``most``
        where there is no cut across fewer.
    """
    here = part[order[0]]
    size = order.size
    for i in range(size):
        u = order[i]
        paper.side[u] = FIRST if i < least else (LAST if i >= size - least else BETWEEN)
        paper.seen[u] = 0
        for k in range(roads.start[u], roads.start[u + 1]):
            paper.flow[roads.edge[k]] = 0
    rim = _rim(order[:least], here, roads, part, paper)
    cut, met = 0, 0
    while cut < most:
        last, met = _way_through(rim, here, cut + 1, roads, part, paper)
        if last < 0:
            break
        while paper.side[last] != FIRST:
            k = paper.arc[last]
            paper.flow[roads.edge[k]] += roads.sign[k]
            last = paper.came[last]
        cut += 1
    return cut, least + met


@njit(cache=True)
def _rim(first: Ints, here: int, roads: Roads, part: Ints, paper: Paper) -> Ints:
    """List the nodes of the first side from which edges lead out of it."""
    rim = np.empty(first.size, np.int32)
    n = 0
    for u in first:
        for k in range(roads.start[u], roads.start[u + 1]):
            v = roads.neighbour[k]
            if part[v] == here and paper.side[v] != FIRST:
                rim[n] = u
                n += 1
                break
    return rim[:n]


@njit(cache=True)
def _way_through(
    first: Ints, here: int, round_number: int, roads: Roads, part: Ints, paper: Paper
) -> tuple[int, int]:
    """Find a way to the last side on which there is room.

    Returns:
        The node of the last side that was come to, -1 where there is no way; and how many nodes
        between the sides were met.
    """
    queue, seen = paper.queue, paper.seen
    end = first.size
    queue[:end] = first
    begin, met = 0, 0
    while begin < end:
        u = queue[begin]
        begin += 1
        for k in range(roads.start[u], roads.start[u + 1]):
            v = roads.neighbour[k]
            if part[v] != here or paper.side[v] == FIRST or seen[v] == round_number:
                continue
            if paper.flow[roads.edge[k]] == roads.sign[k]:
                continue
            seen[v] = round_number
            paper.arc[v] = k
            paper.came[v] = u
            if paper.side[v] == LAST:
                return v, met
            met += 1
            queue[end] = v
            end += 1
    return -1, met
