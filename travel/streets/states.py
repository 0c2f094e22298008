"""Edges by direction, and the turns from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from numba import njit

from config.assumptions import assumptions
from travel.network import Network
from travel.rules.verdict import FOR_ACCESS, ROUNDABOUT
from travel.turns import FORWARD, MAY_END, MAY_START

if TYPE_CHECKING:
    from travel.streets.restricting import Bans

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LOOK_AHEAD_M = 12.0
"""A road's direction at a junction is that of its first metres: kinks at the mouth do not count."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Deciseconds that turning costs."""

    left: int
    right: int
    u_turn: int
    roundabout: int
    signal: int
    crossing: int


@dataclass(frozen=True, slots=True)
class Junctions:
    """What nodes and edges of a network are called in the extract.

    Attributes:
        node_id: one per node.
        way_at_tail: the way of each edge where it starts.
        way_at_head: the way of each edge where it ends.
        ways_along: of edges that hold ways named in restrictions that run along ways: those ways,
            from tail to head; 0 for any other.
    """

    node_id: Longs
    way_at_tail: Longs
    way_at_head: Longs
    ways_along: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class States:
    """Edges by direction: first each as it is, then copies of those open for access only.

    Somebody on a copy came from a public road, and may not drive through to another.

    Attributes:
        edge: ``int32``, one per state.
        is_forward: from tail to head.
        ds: ``int32``, from end to end.
        tail: ``int32``, the node that each state leaves.
        head: ``int32``, the node that it comes to.
        copy: ``int64``, the copy of each state; -1 where it has none, or is one.
        original: ``int64``, the state that each one is or copies.
        flags: ``uint8``, as in `travel.turns`.
    """

    edge: Ints
    is_forward: Flags
    ds: Ints
    tail: Ints
    head: Ints
    copy: Longs
    original: Longs
    flags: npt.NDArray[np.uint8]


def states_of(network: Network) -> States:
    """List the states of a network."""
    edges = np.arange(network.n_edges, dtype=np.int32)
    forward, backward = edges[network.forward_ds >= 0], edges[network.backward_ds >= 0]
    edge = np.concatenate((forward, backward))
    is_forward = np.arange(edge.size) < forward.size
    access = np.flatnonzero(network.traits[edge] & FOR_ACCESS)
    copy = np.full(edge.size + access.size, -1, np.int64)
    copy[access] = edge.size + np.arange(access.size)
    original = np.concatenate((np.arange(edge.size), access))
    edge, is_forward = edge[original], is_forward[original]
    is_copy = np.arange(original.size) >= original.size - access.size
    flags = np.where(is_forward, FORWARD, 0) | np.where(is_copy, MAY_END, MAY_START | MAY_END)
    return States(
        edge=edge,
        is_forward=is_forward,
        ds=np.where(is_forward, network.forward_ds[edge], network.backward_ds[edge]),
        tail=np.where(is_forward, network.tail[edge], network.head[edge]),
        head=np.where(is_forward, network.head[edge], network.tail[edge]),
        copy=copy,
        original=original,
        flags=flags.astype(np.uint8),
    )


def list_turns(
    network: Network,
    states: States,
    bans: Bans,
    wait_ds: Ints,
    is_small_roundabout: Flags,
    cost: Delays,
) -> tuple[Longs, Longs, Longs]:
    """List the turns that may be made.

    Nobody turns round at a junction, but where there is no other way on.

    Args:
        network: the streets.
        states: of the network.
        bans: turns that are forbidden.
        wait_ds: deciseconds lost at each node, whichever way one goes.
        is_small_roundabout: whether each node is one.
        cost: of turns.

    Returns:
        The state each turn leaves, the one it leads to, and the deciseconds of the edge left
        behind and of the turn, together.
    """
    n_first = int((states.copy >= 0).sum())
    n_base = states.edge.size - n_first
    order = np.argsort(states.tail[:n_base], kind="stable")
    start = np.concatenate(
        ([0], np.cumsum(np.bincount(states.tail[:n_base], minlength=network.n_nodes)))
    )
    is_open = (network.forward_ds >= 0) | (network.backward_ds >= 0)  # edits close edges
    ends = np.concatenate((network.tail[is_open], network.head[is_open]))
    arms = np.bincount(ends, minlength=network.n_nodes)
    at_tail, at_head = _bearings(
        network.shape_start, network.shape_x, network.shape_y, network.shape_m, LOOK_AHEAD_M
    )
    angle = np.radians(assumptions("driving")["turn_angle"].value)
    return _list_turns(
        states.edge,
        states.ds,
        states.head,
        states.copy,
        states.original,
        np.where(states.is_forward, at_tail[states.edge], at_head[states.edge]),
        np.where(states.is_forward, at_head[states.edge], at_tail[states.edge]) + np.pi,
        (network.traits[states.edge] & ROUNDABOUT) > 0,
        (network.traits[states.edge] & FOR_ACCESS) > 0,
        order,
        start,
        arms,
        wait_ds,
        is_small_roundabout,
        bans.pairs,
        bans.is_bound,
        angle,
        cost.left,
        cost.right,
        cost.u_turn,
        cost.roundabout,
    )


@njit(cache=True)
def _bearings(
    shape_start: Longs, x: Floats, y: Floats, along: Floats, ahead_m: float
) -> tuple[Floats, Floats]:
    """Measure the directions in which edges leave their tails and their heads, radians."""
    edges = shape_start.size - 1
    at_tail = np.empty(edges)
    at_head = np.empty(edges)
    for e in range(edges):
        first = shape_start[e]
        last = shape_start[e + 1] - 1
        j = first + 1
        while j < last and along[j] < ahead_m:
            j += 1
        at_tail[e] = np.arctan2(y[j] - y[first], x[j] - x[first])
        j = last - 1
        while j > first and along[last] - along[j] < ahead_m:
            j -= 1
        at_head[e] = np.arctan2(y[j] - y[last], x[j] - x[last])
    return at_tail, at_head


@njit(cache=True)
def _list_turns(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    edge: Ints,
    ds: Ints,
    head: Ints,
    copy: Longs,
    original: Longs,
    leaving: Floats,
    arriving: Floats,
    is_round: Flags,
    is_access: Flags,
    order: Longs,
    start: Longs,
    arms: Longs,
    wait_ds: Ints,
    is_small_roundabout: Flags,
    banned: Longs,
    is_bound: Flags,
    angle: float,
    left: int,
    right: int,
    u_turn: int,
    roundabout: int,
) -> tuple[Longs, Longs, Longs]:
    most = 0
    for a in range(edge.size):
        most += start[head[a] + 1] - start[head[a]]
    origin = np.empty(most, np.int64)
    target = np.empty(most, np.int64)
    cost = np.empty(most, np.int64)
    n_base = order.size
    found = 0
    for a in range(edge.size):
        v = head[a]
        is_copy = a >= n_base
        before = found
        back = -1
        for k in range(start[v], start[v + 1]):
            b = order[k]
            if is_copy and not is_access[b]:
                continue
            if is_bound[original[a]]:
                pair = original[a] * n_base + b
                at = np.searchsorted(banned, pair)
                if at < banned.size and banned[at] == pair:
                    continue
            to = b
            if is_access[b] and (is_copy or not is_access[a]):
                to = copy[b]
            if edge[b] == edge[a] and b != original[a]:
                back = to
                continue
            turn = wait_ds[v]
            if is_small_roundabout[v] or (is_round[b] and not is_round[a]):
                turn += roundabout
            elif arms[v] > 2 and not is_round[a]:  # noqa: PLR2004
                bend = (leaving[b] - arriving[a] + 3 * np.pi) % (2 * np.pi) - np.pi
                if bend > angle:
                    turn += left
                elif bend < -angle:
                    turn += right
            origin[found] = a
            target[found] = to
            cost[found] = ds[a] + turn
            found += 1
        is_stuck = True
        for k in range(before, found):
            if is_access[a] or not is_access[target[k]]:
                is_stuck = False
        if back >= 0 and is_stuck:
            origin[found] = a
            target[found] = back
            cost[found] = ds[a] + wait_ds[v] + u_turn
            found += 1
    return origin[:found].copy(), target[:found].copy(), cost[:found].copy()
