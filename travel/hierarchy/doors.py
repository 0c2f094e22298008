"""Places on streets to vertices of a hierarchy, whether turns count or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.snapping import Snapped
from travel.turns import FORWARD, MAY_END, MAY_START, Turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


class Starts(NamedTuple):
    """Where journeys begin.

    Attributes:
        start: ``int32``, places + 1; the vertices that place *i* leads to first.
        vertex: ``int32``.
        ds: ``int32`` deciseconds spent when each is come to, the walk to the street included.
        spent_ds: ``int32`` deciseconds of that walk, one per place.
        x: metres EPSG:27700, one per place.
        y: likewise.
        edge: ``int32``; -1 where there is no street.
        fraction: along the edge.
        distance_m: to the edge.
    """

    start: Ints
    vertex: Ints
    ds: Ints
    spent_ds: Ints
    x: Floats
    y: Floats
    edge: Ints
    fraction: Floats
    distance_m: Floats


class Ends(NamedTuple):
    """Where journeys end.

    Attributes:
        start: ``int32``, places + 1; the vertices that lead to place *i* last.
        vertex: ``int32``.
        more_ds: deciseconds from each to the place, along its edge.
        off_s: seconds from the edge to the place.
        x: metres EPSG:27700, one per place.
        y: likewise.
        edge: ``int32``; -1 where there is no street.
        fraction: along the edge.
        distance_m: to the edge.
    """

    start: Ints
    vertex: Ints
    more_ds: Floats
    off_s: Floats
    x: Floats
    y: Floats
    edge: Ints
    fraction: Floats
    distance_m: Floats


def starts_of(network: Network, places: Snapped) -> Starts:
    """List the vertices that journeys from some places come to first.

    As in a bounded search: whole deciseconds, and in every direction that is open.
    """
    off = np.where(places.is_on_street, places.distance_m, 0.0)
    spent = np.rint(off / network.off_street_m_s * DECISECONDS).astype(np.int32)
    if network.turns is None:
        which, vertex, ds = _first_nodes(network, places, spent)
    else:
        which, vertex, ds = _first_states(network.turns, places, spent)
    order = np.argsort(which, kind="stable")
    return Starts(
        _offsets(which, len(places)),
        vertex[order].astype(np.int32),
        ds[order].astype(np.int32),
        spent,
        *_on_the_ground(places),
    )


def ends_of(network: Network, places: Snapped) -> Ends:
    """List the vertices from which journeys to some places come last."""
    if network.turns is None:
        which, vertex, more = _last_nodes(network, places)
    else:
        which, vertex, more = _last_states(network.turns, places)
    order = np.argsort(which, kind="stable")
    return Ends(
        _offsets(which, len(places)),
        vertex[order].astype(np.int32),
        more[order],
        places.distance_m / network.off_street_m_s,
        *_on_the_ground(places),
    )


def _on_the_ground(places: Snapped) -> tuple[Floats, Floats, Ints, Floats, Floats]:
    return places.x, places.y, places.edge, places.fraction, places.distance_m


def _offsets(which: Longs, n: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(which, minlength=n)))).astype(np.int32)


Found = tuple[Longs, Ints, Floats]


def _first_nodes(network: Network, places: Snapped, spent_ds: Ints) -> Found:
    which = np.flatnonzero(places.is_on_street)
    edge, fraction = places.edge[which], places.fraction[which]
    both = np.concatenate((which, which))
    vertex = np.concatenate((network.head[edge], network.tail[edge]))
    part = np.concatenate((1.0 - fraction, fraction))
    weight = np.concatenate((network.forward_ds[edge], network.backward_ds[edge]))
    # Whoever stands at an end of the edge is there, even if it may not be travelled that way.
    can = (weight >= 0) | (part == 0.0)
    ds = spent_ds[both] + np.rint(part * weight)
    return both[can], vertex[can], ds[can]


def _last_nodes(network: Network, places: Snapped) -> Found:
    which = np.flatnonzero(places.is_on_street)
    edge, fraction = places.edge[which], places.fraction[which]
    part = np.concatenate((fraction, 1.0 - fraction))
    vertex = np.concatenate((network.tail[edge], network.head[edge]))
    weight = np.concatenate((network.forward_ds[edge], network.backward_ds[edge]))
    can = (weight >= 0) | (part == 0.0)
    return np.concatenate((which, which))[can], vertex[can], (part * weight)[can]


def _first_states(turns: Turns, places: Snapped, spent_ds: Ints) -> Found:
    which, state = _states_on(turns, places, MAY_START)
    fraction = places.fraction[which]
    is_forward = (turns.state_flags[state] & FORWARD) > 0
    rest = np.where(is_forward, 1.0 - fraction, fraction)
    to_end = np.rint(rest * turns.state_ds[state]) + spent_ds[which] - turns.state_ds[state]
    turn, count = _lists(turns.turn_start, state)
    target = (turns.turns[turn] & np.uint64(0xFFFFFFFF)).astype(np.int32)
    cost = (turns.turns[turn] >> np.uint64(32)).astype(np.int64)
    return np.repeat(which, count), target, np.repeat(to_end, count) + cost


def _last_states(turns: Turns, places: Snapped) -> Found:
    which, state = _states_on(turns, places, MAY_END)
    fraction = places.fraction[which]
    is_forward = (turns.state_flags[state] & FORWARD) > 0
    part = np.where(is_forward, fraction, 1.0 - fraction)
    return which, state.astype(np.int32), part * turns.state_ds[state]


def _states_on(turns: Turns, places: Snapped, flag: int) -> tuple[Longs, Longs]:
    """List the states of the places' edges that have a flag, with the place of each."""
    on_street = np.flatnonzero(places.is_on_street)
    state, count = _lists(turns.state_start, places.edge[on_street])
    has_flag = (turns.state_flags[state] & flag) > 0
    return np.repeat(on_street, count)[has_flag], state[has_flag]


def _lists(start: npt.NDArray[np.uint32], which: npt.NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Return what some lists hold, one after the other, and how much each of them holds."""
    first = start[which].astype(np.int64)
    count = start[which + 1].astype(np.int64) - first
    before = np.cumsum(count) - count
    return np.arange(count.sum()) + np.repeat(first - before, count), count
