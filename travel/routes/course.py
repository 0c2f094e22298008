"""Along which edges the quickest way between two points goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS
from travel.paths.search import Reach
from travel.routes.steps import LOW, Firsts, way_back
from travel.snapping import Snapped
from travel.turns import FORWARD, MAY_END, MAY_START, Turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of an edge, travelled in one direction.

    Attributes:
        edge: which.
        begin: where the part begins, as a fraction of the edge from its tail.
        end: where it ends; before ``begin`` where the edge is travelled from head to tail.
    """

    edge: int
    begin: float
    end: float

    @property
    def is_forward(self) -> bool:
        """Whether the edge is travelled from tail to head."""
        return self.end >= self.begin


@dataclass(frozen=True, slots=True)
class Course:
    """What a journey travels along.

    Attributes:
        legs: of streets, one after the other; the first and the last may be parts of edges.
        is_straight: the destination is nearer than the street, so that no street is travelled.
    """

    legs: tuple[Leg, ...]
    is_straight: bool = False


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One way of coming to the destination: how quick, how long, and by which place."""

    seconds: float
    metres: float
    place: int = -1
    last: Leg | None = None


def course_to(reach: Reach, to: Snapped, *, seconds: float, metres: float) -> Course | None:
    """Find the way that a search took to a point.

    Args:
        reach: a search from one point.
        to: one point.
        seconds: what the search says the way takes.
        metres: how long it says the way is.

    Returns:
        ``None`` where no way fits what the search says: it does not reach the point.
    """
    ways = [*_without_a_junction(reach, to), *_by_junctions(reach, to)]
    if not ways or not np.isfinite(seconds):
        return None
    way = min(ways, key=lambda each: (abs(each.seconds - seconds), abs(each.metres - metres)))
    if way.place < 0:
        return Course(_whole([way.last]) if way.last else (), is_straight=way.last is None)
    begun = _legs_back(reach, way.place)
    return None if begun is None else Course(_whole([*begun, way.last]))


def _whole(legs: Iterable[Leg | None]) -> tuple[Leg, ...]:
    """Leave out parts of no length: whoever starts at a junction has not come along its edge."""
    return tuple(leg for leg in legs if leg is not None and leg.begin != leg.end)


def _without_a_junction(reach: Reach, to: Snapped) -> Iterator[_Arrival]:
    """List the ways along the starting point's own edge, or straight: see `paths.arrivals`."""
    network, origin = reach.network, reach.origin
    edge, begin, end = int(origin.edge[0]), float(origin.fraction[0]), float(to.fraction[0])
    spent = float(reach.spent_ds[0]) / DECISECONDS
    off, away = float(origin.distance_m[0]), float(to.distance_m[0])
    weight = int((network.forward_ds if end >= begin else network.backward_ds)[edge])
    if int(to.edge[0]) == edge and weight >= 0:
        along = abs(end - begin)
        yield _Arrival(
            spent + along * weight / DECISECONDS + away / network.off_street_m_s,
            off + along * float(network.length_m[edge]) + away,
            last=Leg(edge, begin, end),
        )
    straight = float(np.hypot(to.x[0] - origin.x[0], to.y[0] - origin.y[0]))
    if straight <= off and straight <= away:
        yield _Arrival(max(spent + (straight - off) / network.off_street_m_s, 0.0), straight)


def _by_junctions(reach: Reach, to: Snapped) -> Iterator[_Arrival]:
    """List the ways by either end of the destination's edge, or by each of its states."""
    network = reach.network
    edge, fraction = int(to.edge[0]), float(to.fraction[0])
    if edge < 0:
        return
    length, away = float(network.length_m[edge]), float(to.distance_m[0])
    for place, begin, ds in _doors(reach, edge, fraction):
        left = int(reach.left_ds[place])
        if left > 0:
            part = abs(fraction - begin)
            yield _Arrival(
                (reach.limit_ds + 1 - left + part * ds) / DECISECONDS
                + away / network.off_street_m_s,
                float(reach.metres[place]) + part * length + away,
                place,
                Leg(edge, begin, fraction),
            )


def _doors(reach: Reach, edge: int, fraction: float) -> Iterator[tuple[int, float, int]]:
    """List what leads on to a point of an edge: the place, the end it is at, and deciseconds."""
    network = reach.network
    turns = network.turns
    if turns is not None:
        for state in _states_of(turns, edge, MAY_END):
            begin = 0.0 if turns.state_flags[state] & FORWARD else 1.0
            yield state, begin, int(turns.state_ds[state])
        return
    if network.forward_ds[edge] >= 0 or fraction == 0.0:
        yield int(network.tail[edge]), 0.0, int(network.forward_ds[edge])
    if network.backward_ds[edge] >= 0 or fraction == 1.0:
        yield int(network.head[edge]), 1.0, int(network.backward_ds[edge])


def _states_of(turns: Turns, edge: int, flag: int) -> Iterator[int]:
    for state in range(int(turns.state_start[edge]), int(turns.state_start[edge + 1])):
        if turns.state_flags[state] & flag:
            yield state


def _legs_back(reach: Reach, place: int) -> list[Leg] | None:
    """List the legs from the starting point to where a place begins."""
    turns = reach.network.turns
    starts = list(_ends(reach) if turns is None else _turns_at_start(reach, turns))
    first = Firsts(
        np.array([start.place for start in starts], np.int32),
        np.array([reach.limit_ds + 1 - start.ds for start in starts], np.int64),
        np.array([start.metres for start in starts], np.float32).astype(np.float64),
    )
    steps = reach.network.steps
    places, taken, begun = way_back(place, steps, first, reach.left_ds, reach.metres)
    if begun < 0:
        return None
    network = reach.network
    edges = steps.edge[taken[::-1]].tolist()
    if network.turns is None:
        is_forward = network.head[edges] == places[:-1][::-1]
    else:
        is_forward = network.turns.is_forward[places[1:][::-1]]
    passed = zip(edges, is_forward.tolist(), strict=True)
    return [
        starts[begun].leg,
        *(Leg(edge, 0.0, 1.0) if forward else Leg(edge, 1.0, 0.0) for edge, forward in passed),
    ]


@dataclass(frozen=True, slots=True)
class _Start:
    """A place that is come to first: when, after how many metres, and along what."""

    place: int
    ds: int
    metres: float
    leg: Leg


def _ends(reach: Reach) -> Iterator[_Start]:
    """List the ends of the starting point's edge."""
    network, origin = reach.network, reach.origin
    edge, fraction = int(origin.edge[0]), float(origin.fraction[0])
    for node, end, ds in (
        (network.head[edge], 1.0, int(network.forward_ds[edge])),
        (network.tail[edge], 0.0, int(network.backward_ds[edge])),
    ):
        rest = abs(end - fraction)
        if ds >= 0 or rest == 0.0:
            spent = int(reach.spent_ds[0]) + int(np.rint(rest * ds))
            metres = float(origin.distance_m[0]) + rest * float(network.length_m[edge])
            yield _Start(int(node), spent, metres, Leg(edge, fraction, end))


def _turns_at_start(reach: Reach, turns: Turns) -> Iterator[_Start]:
    """List the turns that can be made first, as `travel.paths.bucket_queue` does."""
    network, origin = reach.network, reach.origin
    edge, fraction = int(origin.edge[0]), float(origin.fraction[0])
    for state in _states_of(turns, edge, MAY_START):
        end = 1.0 if turns.state_flags[state] & FORWARD else 0.0
        rest = abs(end - fraction)
        whole = int(turns.state_ds[state])
        to_end = int(np.rint(rest * whole)) + int(reach.spent_ds[0]) - whole
        metres = float(origin.distance_m[0]) + rest * float(network.length_m[edge])
        first, last = int(turns.turn_start[state]), int(turns.turn_start[state + 1])
        for turn in turns.turns[first:last].tolist():
            yield _Start(turn & LOW, to_end + (turn >> 32), metres, Leg(edge, fraction, end))
