"""The quickest way between two points: drawn, measured, and what is met on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import shapely

from travel.errors import NotConnected, NoWay, OutsideCoverage
from travel.network import Mode, Network
from travel.paths.search import seconds_from
from travel.paths.times import times_to
from travel.routes.course import Course, Leg, course_to
from travel.routes.crossings import Crossing, crossings_on
from travel.routes.drawn import drawn
from travel.rules.classes import road_class_of
from travel.snapping import Snapped, snap_origin

Floats = npt.NDArray[np.float64]

DAY_S = 86_400.0
"""The longest way that is looked for where no limit is given."""

BY_CAR: frozenset[Mode] = frozenset({"drive", "school_run"})
"""Modes that cross roads as part of the traffic: crossings are not counted."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the way along streets of one class.

    Attributes:
        road_class: 0 (no motor traffic) to 7 (motorway); see `travel.rules.classes`.
        metres: of the part.
    """

    road_class: int
    metres: float


@dataclass(frozen=True, eq=False, slots=True)
class Route:
    """The quickest way from one point to another, from door to door.

    Attributes:
        mode: of travelling.
        seconds: what `travel.travel_times` says of the same journey.
        metres: likewise; added up along the way.
        x: metres EPSG:27700 of the points of the line that is drawn, the origin first, the
            destination last.
        y: likewise.
        legs: the parts of edges that are travelled, in order.
        climb_m: metres climbed in all; ``None`` where no heights are known.
        descent_m: metres descended in all; likewise.
        stretches: runs of legs along one class of road.
        crossings: main roads crossed on foot or by bicycle, in order; ``None`` by car.
    """

    mode: Mode
    seconds: float
    metres: float
    x: Floats
    y: Floats
    legs: tuple[Leg, ...]
    climb_m: float | None
    descent_m: float | None
    stretches: tuple[Stretch, ...]
    crossings: tuple[Crossing, ...] | None

    @property
    def line(self) -> shapely.LineString:
        """The line that is drawn, EPSG:27700."""
        return shapely.LineString(np.column_stack((self.x, self.y)))


def route(
    network: Network,
    origin_xy: tuple[float, float],
    destination_xy: tuple[float, float],
    *,
    limit_s: float | None = None,
) -> Route:
    """Find the quickest way from one point to another.

    One bounded search, as for `travel.travel_times`, and a walk back over its labels: of ways that
    are equally quick to the decisecond, always the same one is given. Turn restrictions and delays
    count where the network has turns. The walks between the points and their streets are straight.

    Args:
        network: the streets.
        origin_xy: metres EPSG:27700.
        destination_xy: likewise.
        limit_s: seconds the way may take at most; a day if left out.

    Raises:
        OutsideCoverage: one of the points lies beyond the streets that were loaded.
        NotConnected: no street of the network is near one of the points.
        NoWay: no way leads from one to the other within the limit.
        ValueError: the limit is negative or not finite.
    """
    origin = snap_origin(network, *origin_xy)
    to = _snap_destination(network, *destination_xy)
    within_s = DAY_S if limit_s is None else limit_s
    reach = seconds_from(network, origin, limit_s=within_s, targets=to)
    times = times_to(reach, to)
    seconds, metres = float(times.seconds[0]), float(times.metres[0])
    course = course_to(reach, to, seconds=seconds, metres=metres)
    if course is not None:
        return _route(network, origin, to, course, seconds)
    raise NoWay(
        f"no way of at most {within_s / 60:,.0f} minutes leads from "
        f"{_named(*origin_xy)} to {_named(*destination_xy)}",
        hint="allow more time; or one of the two lies where one-way streets or closed gates let "
        "nobody through.",
    )


def _snap_destination(network: Network, x: float, y: float) -> Snapped:
    try:
        return snap_origin(network, x, y)
    except (NotConnected, OutsideCoverage) as error:
        says = f"the destination cannot be reached: {error.message}"
        raise type(error)(says, hint=error.hint) from None


def _route(network: Network, origin: Snapped, to: Snapped, course: Course, seconds: float) -> Route:
    x, y = drawn(network, origin, to, course)
    climb_m, descent_m = _heights(network, course.legs)
    return Route(
        mode=network.mode,
        seconds=seconds,
        metres=_metres(network, origin, to, course),
        x=x,
        y=y,
        legs=course.legs,
        climb_m=climb_m,
        descent_m=descent_m,
        stretches=_stretches(network, course.legs),
        crossings=None if network.mode in BY_CAR else crossings_on(network, course.legs),
    )


def _metres(network: Network, origin: Snapped, to: Snapped, course: Course) -> float:
    if course.is_straight:
        return float(np.hypot(to.x[0] - origin.x[0], to.y[0] - origin.y[0]))
    on_streets = sum(_leg_m(network, leg) for leg in course.legs)
    return float(origin.distance_m[0]) + on_streets + float(to.distance_m[0])


def _leg_m(network: Network, leg: Leg) -> float:
    return abs(leg.end - leg.begin) * float(network.length_m[leg.edge])


def _heights(network: Network, legs: Sequence[Leg]) -> tuple[float | None, float | None]:
    """Add up metres climbed and descended; a part of an edge has its part of them."""
    if not network.has_heights:
        return None, None
    up = down = 0.0
    for leg in legs:
        part = abs(leg.end - leg.begin)
        forward = part * float(network.climb_m[leg.edge]), part * float(network.descent_m[leg.edge])
        climbed, descended = forward if leg.is_forward else forward[::-1]
        up, down = up + climbed, down + descended
    return up, down


def _stretches(network: Network, legs: Sequence[Leg]) -> tuple[Stretch, ...]:
    classes = road_class_of(network.traits[[leg.edge for leg in legs]]) if legs else ()
    runs = groupby(zip(map(int, classes), legs, strict=True), key=lambda pair: pair[0])
    return tuple(
        Stretch(road_class, sum(_leg_m(network, leg) for _, leg in run)) for road_class, run in runs
    )


def _named(x: float, y: float) -> str:
    return f"{x:.0f}, {y:.0f} (British grid)"
