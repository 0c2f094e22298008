"""Inner loops that read a search: the times to points, and to junctions."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.paths.entries import Floats, Ints, Streets, UInts, come_to, signed
from travel.turns import FORWARD, MAY_START

Longs = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]

PER_SECOND = 10.0
"""Deciseconds; `travel.network.DECISECONDS` as a loop wants it."""


class Doors(NamedTuple):
    """Points with the edges they are snapped to; see `travel.snapping.Snapped`."""

    x: Floats
    y: Floats
    edge: Ints
    fraction: Floats
    distance_m: Floats


class Starts(NamedTuple):
    """Starting points in two orders, so that the few near a place are found among thousands.

    Attributes:
        by_edge: the starting points, in order of their edges.
        edge: those edges.
        by_x: the starting points that have a street, from west to east.
        x: their metres.
        furthest_m: the furthest of them from its street.
    """

    by_edge: Longs
    edge: Ints
    by_x: Longs
    x: Floats
    furthest_m: float


@njit(cache=True, nogil=True)
def in_order(origin: Doors) -> Starts:
    """Sort starting points by edge and by place."""
    by_edge = np.argsort(origin.edge)
    edge = origin.edge[by_edge]
    on_street = np.sort(by_edge[np.searchsorted(edge, 0) :])
    by_x = on_street[np.argsort(origin.x[on_street])]
    furthest = 0.0
    for start in by_x:
        furthest = max(furthest, origin.distance_m[start])
    return Starts(by_edge, edge, by_x, origin.x[by_x], furthest)


@njit(cache=True, nogil=True)
def arrive(  # noqa: PLR0913, PLR0917
    streets: Streets,
    origin: Doors,
    spent_ds: Ints,
    to: Doors,
    left: UInts,
    label_m: Singles,
    limit_ds: int,
    off_street_m_s: float,
) -> tuple[Floats, Floats]:
    """Come to each point by the quickest of all ways there are to it; return seconds and metres."""
    _, _, _, tail, head, forward_ds, backward_ds, length_m, state_start, _, flags, state_ds = (
        streets
    )
    edge, fraction, distance_m = to.edge, to.fraction, to.distance_m
    n = edge.size
    seconds = np.full(n, np.nan)
    metres = np.full(n, np.nan)
    for i in range(n):
        e = edge[i]
        if e < 0:
            continue
        best, by, passed = come_to(
            e,
            fraction[i],
            left,
            limit_ds,
            tail,
            head,
            forward_ds,
            backward_ds,
            state_start,
            flags,
            state_ds,
        )
        if best < np.inf:
            seconds[i] = best / PER_SECOND + distance_m[i] / off_street_m_s
            metres[i] = label_m[by] + passed * length_m[e] + distance_m[i]
    _come_without_a_junction(streets, origin, spent_ds, to, off_street_m_s, seconds, metres)
    for i in range(n):
        if not seconds[i] <= limit_ds / PER_SECOND:
            seconds[i] = np.nan
            metres[i] = np.nan
    return seconds, metres


@njit(cache=True, nogil=True)
def _come_without_a_junction(
    streets: Streets,
    origin: Doors,
    spent_ds: Ints,
    to: Doors,
    off_street_m_s: float,
    seconds: Floats,
    metres: Floats,
) -> None:
    """Improve the times to points on a starting point's own edge, or nearer than the street."""
    starts = in_order(origin)
    by_edge, edge, by_x, x, furthest_m = starts
    to_edge, to_x, to_m = to.edge, to.x, to.distance_m
    for i in range(to_edge.size):
        if to_edge[i] < 0:
            continue
        for k in range(np.searchsorted(edge, to_edge[i]), edge.size):
            if edge[k] != to_edge[i]:
                break
            other, way = along_the_edge(streets, origin, by_edge[k], to, i, off_street_m_s)
            _keep(i, spent_ds[by_edge[k]] / PER_SECOND + other, way, seconds, metres)
        around = min(to_m[i], furthest_m)
        for k in range(np.searchsorted(x, to_x[i] - around), x.size):
            if x[k] > to_x[i] + around:
                break
            other, way = straight_to(origin, by_x[k], to, i, off_street_m_s)
            _keep(i, spent_ds[by_x[k]] / PER_SECOND + other, way, seconds, metres)


@njit(cache=True, nogil=True)
def _keep(i: int, other: float, way: float, seconds: Floats, metres: Floats) -> None:
    """Take a way if it is quicker; one that takes next to no time takes none."""
    if other < np.inf and not seconds[i] <= other:
        seconds[i] = max(0.0, other)
        metres[i] = way


@njit(cache=True, nogil=True)
def along_the_edge(
    streets: Streets, origin: Doors, start: int, to: Doors, i: int, off_street_m_s: float
) -> tuple[float, float]:
    """Come to a point on the starting point's own edge, without a junction between.

    Returns:
        Seconds from the starting point's place on the street, and metres from door to door;
        infinite where there is no such way.
    """
    e = origin.edge[start]
    if to.edge[i] != e:
        return np.inf, np.nan
    further = to.fraction[i] - origin.fraction[start]
    ds = streets.forward_ds[e] if further >= 0 else streets.backward_ds[e]
    if ds < 0:
        return np.inf, np.nan
    off = to.distance_m[i]
    along_m = abs(further) * streets.length_m[e]
    return (
        abs(further) * ds / PER_SECOND + off / off_street_m_s,
        origin.distance_m[start] + along_m + off,
    )


@njit(cache=True, nogil=True)
def straight_to(
    origin: Doors, start: int, to: Doors, i: int, off_street_m_s: float
) -> tuple[float, float]:
    """Come straight to a point that is nearer than the street of either; see `along_the_edge`."""
    straight = math.hypot(to.x[i] - origin.x[start], to.y[i] - origin.y[start])
    off = origin.distance_m[start]
    if not (straight <= off and straight <= to.distance_m[i]):
        return np.inf, np.nan
    return (straight - off) / off_street_m_s, straight


@njit(cache=True, nogil=True)
def first_at_junctions(
    streets: Streets,
    origin: Doors,
    spent_ds: Ints,
    states: Ints,
    left: UInts,
    limit_ds: int,
    n_nodes: int,
) -> Ints:
    """Say what is left when each junction is first come to, by edges on which turns were counted.

    Returns:
        Deciseconds plus one, one per node; 0 where it is not reached.
    """
    _, _, _, tail, head, _, _, _, state_start, state_edge, flags, state_ds = streets
    at = np.zeros(n_nodes, np.int32)
    for i in range(origin.edge.size):
        e = origin.edge[i]
        for k in range(state_start[max(e, 0)], state_start[e + 1]):
            if flags[k] & MAY_START:
                rest = 1.0 - origin.fraction[i] if flags[k] & FORWARD else origin.fraction[i]
                mine = limit_ds + 1 - spent_ds[i] - round(rest * state_ds[k])
                node = head[e] if flags[k] & FORWARD else tail[e]
                at[node] = max(at[node], mine)
    for k in states:
        e = state_edge[k]
        node = head[e] if flags[k] & FORWARD else tail[e]
        at[node] = max(at[node], signed(left[k]) - state_ds[k])
    return at
