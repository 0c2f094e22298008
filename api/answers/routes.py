"""The way from a place to a school, as it is sent."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

import travel
from api.answers.sources import POSTCODES, REGISTER, STREETS
from api.build import Build
from api.journeys import Start
from api.narrative.modes import method
from api.narrative.route import route_sentence
from api.projection import POINT_DECIMALS, to_degrees
from api.schemas.routes import (
    LineString,
    RoadClass,
    RoadCrossed,
    Route,
    RouteAtAge,
    RouteChoice,
    RouteGoal,
    RouteProperties,
    RouteStretch,
)
from api.schemas.schools import Origin
from config.tables import assumption_table

CLASSES: Final = tuple(RoadClass)
"""Classes of road by their number; see `travel.rules.classes`."""


def route_to(build: Build, start: Start, school: Start, chosen: RouteChoice) -> Route:
    """Find and draw the quickest way from a place to a school.

    Raises:
        BadParameter: the mode is not in this build.
        travel.OutsideCoverage: one of the two lies beyond the streets.
        travel.NotConnected: no street is near one of them.
        travel.NoWay: no way leads from one to the other.
    """
    streets = build.modes.streets(chosen.mode)
    snapped_m = streets.snapped_m(start), streets.snapped_m(school)
    found = streets.route(start, school)
    return Route(
        geometry=LineString(coordinates=_degrees(found.line)),
        properties=_properties(found, start, school),
        origin=origin_of(start, snapped_m[0]),
        destination=goal_of(school, snapped_m[1]),
        method=method(chosen.mode, has_heights=build.has_heights()),
        sources=build.sources(REGISTER, STREETS, POSTCODES),
    )


def origin_of(start: Start, snapped_m: int) -> Origin:
    """Say where a way starts, so many metres from its street."""
    return Origin(lon=start.lon, lat=start.lat, label=start.label, snapped_m=snapped_m)


def goal_of(school: Start, snapped_m: int) -> RouteGoal:
    """Say which school a way leads to, so many metres from its street."""
    return RouteGoal(
        urn=school.urn or 0,
        label=school.label,
        lon=school.lon,
        lat=school.lat,
        snapped_m=snapped_m,
    )


def _properties(found: travel.Route, start: Start, school: Start) -> RouteProperties:
    crossed = None if found.crossings is None else len(found.crossings)
    seconds = round(found.seconds)
    return RouteProperties(
        sentence=route_sentence(
            start.label,
            school.label,
            found.mode,
            seconds=seconds,
            metres=found.metres,
            roads_crossed=crossed,
            climb_m=found.climb_m,
        ),
        mode=found.mode,
        seconds=seconds,
        minutes=round(seconds / 60, 1),
        minutes_by_age=_at_ages(seconds) if found.mode == "walk" else [],
        metres=round(found.metres),
        climb_m=None if found.climb_m is None else round(found.climb_m),
        descent_m=None if found.descent_m is None else round(found.descent_m),
        roads_crossed=crossed,
        crossings=_crossings(found.crossings or ()),
        stretches=[
            RouteStretch(road_class=CLASSES[each.road_class], metres=round(each.metres))
            for each in found.stretches
        ],
    )


def _at_ages(seconds: int) -> list[RouteAtAge]:
    """Say how long a walk takes at each age, by the paces that are assumed."""
    return [
        RouteAtAge(
            ages=name.removeprefix("age_").replace("_", " "),
            minutes=round(seconds / row["share"] / 60, 1),
        )
        for name, row in assumption_table("walking_paces").rows.items()
    ]


def _crossings(crossings: Sequence[travel.Crossing]) -> list[RoadCrossed]:
    if not crossings:
        return []
    points = shapely.MultiPoint([(each.x, each.y) for each in crossings])
    return [
        RoadCrossed(lon=lon, lat=lat, road_class=CLASSES[each.road_class])
        for each, (lon, lat) in zip(crossings, _degrees(points), strict=True)
    ]


def _degrees(shape: BaseGeometry) -> list[list[float]]:
    """Return the positions of a shape, every one of them: a way of no length has two."""
    degrees = np.round(shapely.get_coordinates(to_degrees(shape)), POINT_DECIMALS)
    positions: list[list[float]] = degrees.tolist()
    return positions
