"""Routes: the way from a place to a school."""

from typing import Annotated

from fastapi import APIRouter, Query

from api import lookups
from api.answers.routes import route_to
from api.answers.transit_routes import transit_route_to
from api.dependencies import InUse
from api.heavy import HeavyRoute
from api.problems import RESPONSES
from api.routers.places import Postcode
from api.routers.schools import Urn
from api.schemas.routes import Route, RouteChoice, RouteFromPoint
from api.schemas.transit_routes import TransitRoute, TransitRouteChoice, TransitRouteFromPoint

router = APIRouter(tags=["Journeys"], responses=RESPONSES, route_class=HeavyRoute)


@router.get("/route-to/{urn}", summary="The way from a point to a school")
def route_from_point(build: InUse, urn: Urn, chosen: Annotated[RouteFromPoint, Query()]) -> Route:
    """The quickest way as a line, with its minutes, metres, climb and the main roads it crosses."""
    start = lookups.start_at_point(chosen.lon, chosen.lat)
    return route_to(build, start, lookups.start_at_school(build, urn), chosen)


@router.get("/postcodes/{postcode}/route-to/{urn}", summary="The way from a postcode to a school")
def route_from_postcode(
    build: InUse, postcode: Postcode, urn: Urn, chosen: Annotated[RouteChoice, Query()]
) -> Route:
    """The quickest way as a line, with its minutes, metres, climb and the main roads it crosses."""
    start = lookups.start_at_postcode(build, postcode)
    return route_to(build, start, lookups.start_at_school(build, urn), chosen)


@router.get("/transit-route-to/{urn}", summary="The way from a point to a school by bus")
def transit_route_from_point(
    build: InUse, urn: Urn, chosen: Annotated[TransitRouteFromPoint, Query()]
) -> TransitRoute:
    """The quickest way by public transport and on foot, leg by leg, with stops and times."""
    start = lookups.start_at_point(chosen.lon, chosen.lat)
    return transit_route_to(build, start, lookups.start_at_school(build, urn), chosen)


@router.get(
    "/postcodes/{postcode}/transit-route-to/{urn}",
    summary="The way from a postcode to a school by bus",
)
def transit_route_from_postcode(
    build: InUse, postcode: Postcode, urn: Urn, chosen: Annotated[TransitRouteChoice, Query()]
) -> TransitRoute:
    """The quickest way by public transport and on foot, leg by leg, with stops and times."""
    start = lookups.start_at_postcode(build, postcode)
    return transit_route_to(build, start, lookups.start_at_school(build, urn), chosen)
