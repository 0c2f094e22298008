"""Inner loops that read a search: the times to points, and to junctions."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.paths.entries import Floats, Ints, Streets, come_to, entry, may_start, signed

UInts = npt.NDArray[np.uint32]
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
def arrive(  # noqa: C901, PLR0913, PLR0917
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
    seconds = np.full(to.edge.size, np.nan)
    metres = np.full(to.edge.size, np.nan)
    starts = in_order(origin)
    for i in range(to.edge.size):
        if to.edge[i] < 0:
            continue
        best, way = _by_a_junction(streets, to, i, left, label_m, limit_ds, off_street_m_s)
        for k in range(np.searchsorted(starts.edge, to.edge[i]), starts.edge.size):
            start = starts.by_edge[k]
            if origin.edge[start] != to.edge[i]:
                break
            other, other_m = along_the_edge(streets, origin, start, to, i, off_street_m_s)
            if spent_ds[start] / PER_SECOND + other < best:
                best = spent_ds[start] / PER_SECOND + other
                way = other_m
        around = min(to.distance_m[i], starts.furthest_m)
        for k in range(np.searchsorted(starts.x, to.x[i] - around), starts.x.size):
            start = starts.by_x[k]
            if origin.x[start] > to.x[i] + around:
                break
            other, other_m = straight_to(origin, start, to, i, off_street_m_s)
            if spent_ds[start] / PER_SECOND + other < best:
                best = max(0.0, spent_ds[start] / PER_SECOND + other)
                way = other_m
        if best <= limit_ds / PER_SECOND:
            seconds[i] = best
            metres[i] = way
    return seconds, metres


@njit(cache=True, nogil=True)
def _by_a_junction(
    streets: Streets,
    to: Doors,
    i: int,
    left: UInts,
    label_m: Singles,
    limit_ds: int,
    off_street_m_s: float,
) -> tuple[float, float]:
    """Come along a point's edge from an end of it: seconds and metres."""
    e = to.edge[i]
    best, k = come_to(streets, e, to.fraction[i], left, limit_ds)
    if k < 0:
        return np.inf, np.nan
    label, _, is_forward = entry(streets, k)
    part = to.fraction[i] if is_forward else 1.0 - to.fraction[i]
    off = to.distance_m[i]
    way = label_m[label] + part * streets.length_m[e] + off
    return best / PER_SECOND + off / off_street_m_s, way


@njit(cache=True, nogil=True)
def along_an_edge(streets: Streets, e: int, from_fraction: float, to_fraction: float) -> float:
    """Return the deciseconds along one edge, without a junction; infinite the wrong way."""
    further = to_fraction - from_fraction
    ds = streets.forward_ds[e] if further >= 0 else streets.backward_ds[e]
    return abs(further) * ds if ds >= 0 else np.inf


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
    ds = along_an_edge(streets, e, origin.fraction[start], to.fraction[i])
    along_m = abs(to.fraction[i] - origin.fraction[start]) * streets.length_m[e]
    off = to.distance_m[i]
    return ds / PER_SECOND + off / off_street_m_s, origin.distance_m[start] + along_m + off


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
    at = np.zeros(n_nodes, np.int32)
    for i in range(origin.edge.size):
        e = origin.edge[i]
        for k in range(streets.state_start[max(e, 0)], streets.state_start[e + 1]):
            _, ds, is_forward = entry(streets, k)
            rest = 1.0 - origin.fraction[i] if is_forward else origin.fraction[i]
            if may_start(streets, k):
                mine = limit_ds + 1 - spent_ds[i] - round(rest * ds)
                node = streets.head[e] if is_forward else streets.tail[e]
                at[node] = max(at[node], mine)
    for k in states:
        e = streets.state_edge[k]
        _, ds, is_forward = entry(streets, k)
        node = streets.head[e] if is_forward else streets.tail[e]
        at[node] = max(at[node], signed(left[k]) - ds)
    return at
