"""The order in which a hierarchy takes streets away: nested dissection.

A part of the map is cut in two across few streets, not too far off the middle: along the best
straight line in any of several directions, or along a bent one where that crosses fewer. Then each
half is cut, and so on down to single junctions. Streets across an early cut come last in the
order, so that everything a journey between the halves may use is met by going up the order (George
1973, Nested Dissection of a Regular Finite Element Mesh, SIAM Journal on Numerical Analysis 10). A
poor cut makes a hierarchy slower, never wrong.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.hierarchy.flow import FIRST, Paper, Roads, flow_cut, paper_for
from travel.network import Network

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

DIRECTIONS = 8
"""Directions in which cuts are tried."""

OFF_MIDDLE = 0.3
"""The smaller part keeps at least this share of the junctions."""

LEANING = 0.33
"""How much an even cut is preferred to one across fewer streets: the power of the shares."""

BENT = 48
"""Parts with fewer junctions are cut along straight lines only."""


def dissect(network: Network) -> tuple[Ints, Ints]:
    """Rank the junctions and the edges of a network; those ranked 0 are taken away first.

    Edges are ranked for hierarchies over states, in which the edges across a cut are what
    separates its two sides.

    Returns:
        One rank per node, and one per edge.
    """
    roads = _both_ways(network.tail, network.head, network.n_nodes)
    angle = np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    across = np.outer(np.cos(angle), network.x) + np.outer(np.sin(angle), network.y)
    orders = np.argsort(across, axis=1, kind="stable").astype(np.int32)
    return _dissect(orders, roads, paper_for(network.n_nodes, network.n_edges))


def _both_ways(tail: Ints, head: Ints, n_nodes: int) -> Roads:
    """List the edges at each node."""
    origin = np.concatenate((tail, head))
    order = np.argsort(origin, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(origin, minlength=n_nodes))))
    edge = np.tile(np.arange(tail.size, dtype=np.int32), 2)[order]
    sign = np.where(order < tail.size, 1, -1).astype(np.int8)
    return Roads(start.astype(np.int64), np.concatenate((head, tail))[order], edge, sign)


@njit(cache=True)
def _dissect(  # noqa: C901
    orders: Ints, roads: Roads, paper: Paper
) -> tuple[Ints, Ints]:
    """Cut parts, the later half first; ranks are given from the last downwards."""
    start, neighbour, edge, _ = roads
    n = start.size - 1
    node_rank = np.full(n, -1, np.int32)
    edge_rank = np.full(paper.flow.size, -1, np.int32)
    last_node, last_edge = n, paper.flow.size
    part = np.zeros(n, np.int32)
    place = np.empty(n, np.int32)
    crossing = np.empty(n + 1, np.int32)
    is_high = np.zeros(n, np.bool_)
    spare = np.empty(n, np.int32)
    waiting = [(0, n)]
    while len(waiting) > 0:
        first, end = waiting.pop()
        here = orders[0, first:end]
        if end - first > 1:
            direction, low, score = _best_cut(
                orders, first, end, start, neighbour, part, place, crossing
            )
            for i in range(first, end):
                is_high[orders[direction, i]] = i >= first + low
            if end - first >= BENT:
                low = _bend(orders, first, end, low, score, roads, part, paper, is_high)
            last_edge = _rank_edges(
                here, start, neighbour, edge, part, is_high, edge_rank, last_edge
            )
            last_node = _rank_nodes(here, start, neighbour, part, is_high, node_rank, last_node)
            _divide(orders, first, end, first + low, is_high, spare)
            for i in range(first + low, end):
                part[orders[0, i]] = first + low
            waiting.append((first, first + low))
            waiting.append((first + low, end))
        elif end > first:
            u = here[0]
            if node_rank[u] < 0:
                last_node -= 1
                node_rank[u] = last_node
            for k in range(start[u], start[u + 1]):
                if edge_rank[edge[k]] < 0:  # a street that ends where it starts
                    last_edge -= 1
                    edge_rank[edge[k]] = last_edge
    return node_rank, edge_rank


@njit(cache=True)
def _bend(  # noqa: PLR0913, PLR0917
    orders: Ints,
    first: int,
    end: int,
    low: int,
    score: float,
    roads: Roads,
    part: Ints,
    paper: Paper,
    is_high: npt.NDArray[np.bool_],
) -> int:
    """Bend a cut where that is better; return how many nodes come before it."""
    size = end - first
    least = max(1, int(size * OFF_MIDDLE))
    for d in range(0, orders.shape[0], 2):
        most = int(score * 0.25**LEANING) + 1
        cut, before = flow_cut(orders[d, first:end], least, most, roads, part, paper)
        if cut >= most:
            continue
        found = _score(cut, before / size)
        if found < score:
            score, low = found, before
            for i in range(first, end):
                u = orders[d, i]
                is_high[u] = paper.side[u] != FIRST and paper.seen[u] != cut + 1
    return low


@njit(cache=True)
def _score(crossed: int, share: float) -> float:
    """Weigh how few streets a cut crosses against how even it is; less is better."""
    return float((crossed + 0.01) / (share * (1.0 - share)) ** LEANING)


@njit(cache=True)
def _best_cut(  # noqa: C901, PLR0913, PLR0917
    orders: Ints,
    first: int,
    end: int,
    start: Longs,
    neighbour: Ints,
    part: Ints,
    place: Ints,
    crossing: Ints,
) -> tuple[int, int, float]:
    """Find the best straight cut: its direction, how many nodes come before it, its score."""
    size = end - first
    least = max(1, int(size * OFF_MIDDLE))
    best = np.inf
    direction, low = 0, least
    for d in range(orders.shape[0]):
        order = orders[d, first:end]
        for i in range(size):
            place[order[i]] = i
        crossing[: size + 1] = 0
        for i in range(size):
            u = order[i]
            for k in range(start[u], start[u + 1]):
                v = neighbour[k]
                if part[v] == part[u] and place[v] > i:
                    crossing[i + 1] += 1
                    crossing[place[v] + 1] -= 1
        crossed = 0
        for i in range(1, size - least + 1):
            crossed += crossing[i]
            if i >= least:
                score = _score(crossed, i / size)
                if score < best:
                    best = score
                    direction, low = d, i
    return direction, low, best


@njit(cache=True)
def _rank_edges(  # noqa: PLR0913, PLR0917
    nodes: Ints,
    start: Longs,
    neighbour: Ints,
    edge: Ints,
    part: Ints,
    is_high: npt.NDArray[np.bool_],
    edge_rank: Ints,
    last: int,
) -> int:
    """Rank the edges across a cut; return the lowest rank given."""
    for i in range(nodes.size):
        u = nodes[i]
        if is_high[u]:
            continue
        for k in range(start[u], start[u + 1]):
            v = neighbour[k]
            if part[v] == part[u] and is_high[v]:
                last -= 1
                edge_rank[edge[k]] = last
    return last


@njit(cache=True)
def _rank_nodes(
    nodes: Ints,
    start: Longs,
    neighbour: Ints,
    part: Ints,
    is_high: npt.NDArray[np.bool_],
    node_rank: Ints,
    last: int,
) -> int:
    """Rank the ends of the edges across a cut, on the side where they are fewer."""
    lows, highs = 0, 0
    for sweep in range(2):
        is_chosen_high = highs < lows
        for i in range(nodes.size):
            u = nodes[i]
            if node_rank[u] >= 0 or (sweep == 1 and is_high[u] != is_chosen_high):
                continue
            is_at_cut = False
            for k in range(start[u], start[u + 1]):
                v = neighbour[k]
                if (
                    part[v] == part[u]
                    and is_high[v] != is_high[u]
                    and (node_rank[v] < 0 or (sweep == 1 and is_high[v] != is_chosen_high))
                ):
                    is_at_cut = True
            if is_at_cut and sweep == 0:
                highs += is_high[u]
                lows += not is_high[u]
            elif is_at_cut:
                last -= 1
                node_rank[u] = last
    return last


@njit(cache=True)
def _divide(
    orders: Ints,
    first: int,
    end: int,
    middle: int,
    is_high: npt.NDArray[np.bool_],
    spare: Ints,
) -> None:
    """Keep every order, but put the nodes before the cut first."""
    for d in range(orders.shape[0]):
        low, high = first, 0
        for i in range(first, end):
            u = orders[d, i]
            if is_high[u]:
                spare[high] = u
                high += 1
            else:
                orders[d, low] = u
                low += 1
        orders[d, middle:end] = spare[:high]
