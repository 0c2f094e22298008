"""The way from a place to a school by public transport, as it is sent."""

import math

from api.answers.routes import goal_of, origin_of
from api.answers.sources import POSTCODES, REGISTER
from api.answers.travelling import method_of, sources_of, when
from api.build import Build
from api.journeys import Start
from api.narrative.transit_route import clock, transit_route_sentence
from api.schemas.transit_routes import TransitLeg, TransitRoute, TransitRouteChoice
from travel.transit import Leg


def transit_route_to(
    build: Build, start: Start, school: Start, chosen: TransitRouteChoice
) -> TransitRoute:
    """Find the quickest way from a place to a school by public transport and on foot.

    Raises:
        BadParameter: the build has no timetable, or two times are given.
        travel.OutsideCoverage: one of the two lies beyond the streets.
        travel.NotConnected: no street is near one of them.
        travel.NoWay: none takes less than the longest time that is answered for.
    """
    timetabled, kept_to = build.modes.timetabled(), when(chosen.travelling)
    snapped_m = timetabled.walk.snapped_m(start), timetabled.walk.snapped_m(school)
    found = timetabled.at(kept_to).route(start, school)
    leave_s = found.legs[0].depart_s if found.legs else kept_to.at_s
    there_s = found.legs[-1].arrive_s if found.legs else kept_to.at_s
    return TransitRoute(
        sentence=transit_route_sentence(start.label, school.label, found.legs),
        seconds=found.seconds,
        minutes=round(found.seconds / 60, 1),
        depart=clock(leave_s),
        arrive=clock(there_s),
        rides=found.rides,
        legs=[_leg(leg) for leg in found.legs],
        origin=origin_of(start, snapped_m[0]),
        destination=goal_of(school, snapped_m[1]),
        method=method_of(build, chosen.travelling, start),
        sources=build.sources(REGISTER, *sources_of(chosen.travelling), POSTCODES),
    )


def _leg(leg: Leg) -> TransitLeg:
    return TransitLeg(
        kind=leg.kind,
        line=leg.route_name or None,
        from_stop=leg.from_stop or None,
        to_stop=leg.to_stop or None,
        depart=clock(leg.depart_s),
        arrive=clock(leg.arrive_s),
        seconds=leg.arrive_s - leg.depart_s,
        metres=None if math.isnan(leg.metres) else round(leg.metres),
    )
