"""Journeys: bands of time around a place, and the schools within reach of it."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from api import lookups
from api.answers.journeys import isochrone_grid, isochrones, reachable_schools
from api.dependencies import InUse
from api.heavy import HeavyRoute
from api.problems import RESPONSES
from api.routers.places import Postcode
from api.routers.schools import Urn
from api.schemas.filters import (
    BandChoice,
    BandsFromPoint,
    GridChoice,
    GridFromPoint,
    ReachChoice,
    ReachFromPoint,
)
from api.schemas.geojson import Isochrones
from api.schemas.schools import ReachableSchools

router = APIRouter(tags=["Journeys"], responses=RESPONSES, route_class=HeavyRoute)

GRID: Final = "application/vnd.schools-atlas.time-grid"
TIME_GRID: Final[dict[str, Any]] = {
    "response_class": Response,
    "responses": {
        200: {
            "content": {GRID: {"schema": {"type": "string", "format": "binary"}}},
            "description": "`ATG1`, the length of the header, the header as JSON, the cells row "
            "by row from the south west; docs/time-grid.md",
        }
    },
}
"""What the addresses of time grids share."""


@router.get("/isochrones", summary="Bands of time around a point")
def point_isochrones(build: InUse, chosen: Annotated[BandsFromPoint, Query()]) -> Isochrones:
    """Nested polygons that follow the streets, the widest first."""
    return isochrones(build, lookups.start_at_point(chosen.lon, chosen.lat), chosen)


@router.get("/postcodes/{postcode}/isochrones", summary="Bands of time around a postcode")
def postcode_isochrones(
    build: InUse, postcode: Postcode, chosen: Annotated[BandChoice, Query()]
) -> Isochrones:
    """Nested polygons that follow the streets, the widest first."""
    return isochrones(build, lookups.start_at_postcode(build, postcode), chosen)


@router.get("/schools/{urn}/isochrones", summary="Bands of time around a school")
def school_isochrones(build: InUse, urn: Urn, chosen: Annotated[BandChoice, Query()]) -> Isochrones:
    """Nested polygons that follow the streets, the widest first."""
    return isochrones(build, lookups.start_at_school(build, urn), chosen)


@router.get("/isochrone-grid", summary="Minutes around a point, as a grid", **TIME_GRID)
def point_isochrone_grid(build: InUse, chosen: Annotated[GridFromPoint, Query()]) -> Response:
    """One byte of minutes a cell, behind a header that says where the cells lie."""
    return _sent(isochrone_grid(build, lookups.start_at_point(chosen.lon, chosen.lat), chosen))


@router.get(
    "/postcodes/{postcode}/isochrone-grid",
    summary="Minutes around a postcode, as a grid",
    **TIME_GRID,
)
def postcode_isochrone_grid(
    build: InUse, postcode: Postcode, chosen: Annotated[GridChoice, Query()]
) -> Response:
    """One byte of minutes a cell, behind a header that says where the cells lie."""
    return _sent(isochrone_grid(build, lookups.start_at_postcode(build, postcode), chosen))


@router.get(
    "/schools/{urn}/isochrone-grid", summary="Minutes around a school, as a grid", **TIME_GRID
)
def school_isochrone_grid(
    build: InUse, urn: Urn, chosen: Annotated[GridChoice, Query()]
) -> Response:
    """One byte of minutes a cell, behind a header that says where the cells lie."""
    return _sent(isochrone_grid(build, lookups.start_at_school(build, urn), chosen))


def _sent(gzipped: bytes) -> Response:
    return Response(gzipped, media_type=GRID, headers={"Content-Encoding": "gzip"})


@router.get("/reachable-schools", summary="Schools within reach of a point")
def from_point(build: InUse, chosen: Annotated[ReachFromPoint, Query()]) -> ReachableSchools:
    """Nearest first, and those near as the crow flies that no time can be given for."""
    return reachable_schools(build, lookups.start_at_point(chosen.lon, chosen.lat), chosen)


@router.get("/postcodes/{postcode}/reachable-schools", summary="Schools within reach of a postcode")
def from_postcode(
    build: InUse, postcode: Postcode, chosen: Annotated[ReachChoice, Query()]
) -> ReachableSchools:
    """Nearest first, and those near as the crow flies that no time can be given for."""
    return reachable_schools(build, lookups.start_at_postcode(build, postcode), chosen)


@router.get("/schools/{urn}/reachable-schools", summary="Schools that a school is within reach of")
def from_school(
    build: InUse, urn: Urn, chosen: Annotated[ReachChoice, Query()]
) -> ReachableSchools:
    """Nearest first, by the way from them to the school; the school itself is left out."""
    return reachable_schools(build, lookups.start_at_school(build, urn), chosen)
