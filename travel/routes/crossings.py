"""Main roads that somebody on foot or on a bicycle crosses at junctions on the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from config.assumptions import assumptions
from travel.network import Network
from travel.routes.course import Leg
from travel.rules.classes import road_class_of

MAIN_ROAD = 3
"""The least class of road that counts as a main one: tertiary; see `travel.rules.classes`."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A main road that is crossed.

    Attributes:
        x: where, metres EPSG:27700.
        y: likewise.
        road_class: of the road, 3 (tertiary) to 7 (motorway); see `travel.rules.classes`.
    """

    x: float
    y: float
    road_class: int


@dataclass(frozen=True, slots=True)
class _Arm:
    """An edge as it leaves a junction: which, and in what direction, radians."""

    edge: int
    bearing: float


def crossings_on(network: Network, legs: Sequence[Leg]) -> tuple[Crossing, ...]:
    """List the main roads that a way crosses.

    A road is crossed at a junction that the way goes through where main roads lie on both sides
    of the way, other than those it comes along and goes on along. Its class is the least busy of
    the two sides' busiest. Carriageways crossed within ``one_road_m`` of each other count as one
    road, the busier. A road that the network does not hold, such as one closed to people on foot,
    is not seen; nor is one that is walked along for a while and left on its other side.

    Args:
        network: the streets.
        legs: of the way, in order.
    """
    found = [each for leg, on in pairwise(legs) if (each := _crossed(network, leg, on))]
    return tuple(_as_roads(found, assumptions("walking")["one_road_m"].value))


def _crossed(network: Network, leg: Leg, on: Leg) -> Crossing | None:
    node = int((network.head if leg.is_forward else network.tail)[leg.edge])
    others = np.array([e for e in _edges_at(network, node) if e not in (leg.edge, on.edge)], int)
    is_main = road_class_of(network.traits[others]) >= MAIN_ROAD
    if is_main.sum() == 0:
        return None
    came = _arm(network, leg.edge, at_head=leg.is_forward)
    goes = _arm(network, on.edge, at_head=not on.is_forward)
    busiest = {True: 0, False: 0}
    for arm in _arms(network, node, others[is_main].tolist()):
        side = _turned(came.bearing, arm.bearing) < _turned(came.bearing, goes.bearing)
        road_class = int(road_class_of(network.traits[arm.edge : arm.edge + 1])[0])
        busiest[side] = max(busiest[side], road_class)
    crossed = min(busiest.values())
    if crossed < MAIN_ROAD:
        return None
    return Crossing(float(network.x[node]), float(network.y[node]), crossed)


def _arms(network: Network, node: int, edges: Sequence[int]) -> Iterator[_Arm]:
    """Measure how edges leave a junction; a loop leaves it twice."""
    for edge in edges:
        if network.tail[edge] == node:
            yield _arm(network, edge, at_head=False)
        if network.head[edge] == node:
            yield _arm(network, edge, at_head=True)


def _edges_at(network: Network, node: int) -> list[int]:
    """List the edges that lead away from a junction or to it, each once."""
    edges: set[int] = set()
    for streets in (network, network.reversed):
        first, last = int(streets.arc_start[node]), int(streets.arc_start[node + 1])
        edges.update(streets.arc_edge[first:last].tolist())
    return sorted(edges)


def _arm(network: Network, edge: int, *, at_head: bool) -> _Arm:
    """Measure the direction in which an edge leaves one of its ends."""
    first, last = int(network.shape_start[edge]), int(network.shape_start[edge + 1]) - 1
    at, then = (last, last - 1) if at_head else (first, first + 1)
    dx = float(network.shape_x[then] - network.shape_x[at])
    dy = float(network.shape_y[then] - network.shape_y[at])
    return _Arm(edge, math.atan2(dy, dx))


def _turned(start: float, end: float) -> float:
    """Measure the angle from one direction anticlockwise to another, 0 up to a whole turn."""
    return (end - start) % (2 * math.pi)


def _as_roads(found: Sequence[Crossing], one_road_m: float) -> Iterator[Crossing]:
    """Join crossings of one road's carriageways."""
    held: list[Crossing] = []
    for each in found:
        if held and math.hypot(each.x - held[-1].x, each.y - held[-1].y) > one_road_m:
            yield max(held, key=lambda crossing: crossing.road_class)
            held = []
        held.append(each)
    if held:
        yield max(held, key=lambda crossing: crossing.road_class)
