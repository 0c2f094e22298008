"""Who goes where, and how likely an offer of a place is."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api import lookups
from api.answers import catchments, chances
from api.answers.files import AS_CSV, GEOJSON, columns_of, csv_file, file_of
from api.dependencies import InUse, Nothing
from api.heavy import HeavyRoute
from api.problems import RESPONSES
from api.routers.schools import Urn
from api.schemas.choices import (
    Catchment,
    CatchmentArea,
    CatchmentMap,
    ChancePoint,
    Destination,
    Destinations,
    OfferChances,
)

router = APIRouter(tags=["Choice"], responses=RESPONSES, route_class=HeavyRoute)

AreaCode = Annotated[
    str,
    Path(max_length=20, description="GSS code of a small area", examples=["E01013745"]),
]
AREA_COLUMNS = columns_of(CatchmentArea)
SCHOOL_COLUMNS = columns_of(Destination)


@router.get("/schools/{urn}/catchment", summary="Where a school's pupils are expected to live")
def school_catchment(build: InUse, urn: Urn, _: Nothing) -> Catchment:
    """The modelled catchment, beside the observed one where pupils are counted.

    It is no admission area, and gives nobody a priority.
    """
    return catchments.catchment(build, lookups.school(build, urn))


@router.get(
    "/schools/{urn}/catchment.geojson",
    summary="Where a school's pupils are expected to live, as a map",
    **file_of(GEOJSON, "RFC 7946; the outlines of small areas with their figures"),
)
def school_catchment_geojson(build: InUse, urn: Urn, _: Nothing) -> Response:
    """One feature a small area and phase."""
    found: CatchmentMap = catchments.catchment_map(build, lookups.school(build, urn))
    return Response(found.model_dump_json(), media_type=GEOJSON)


@router.get(
    "/schools/{urn}/catchment.csv",
    summary="Where a school's pupils are expected to live, as CSV",
    **AS_CSV,
)
def school_catchment_csv(build: InUse, urn: Urn, _: Nothing) -> Response:
    """One row a small area and phase."""
    found = catchments.catchment(build, lookups.school(build, urn))
    return csv_file(build, f"modelled-catchment-{urn}", AREA_COLUMNS, found.items)


@router.get("/schools/{urn}/chance", summary="How likely an offer is from a postcode or a point")
def school_chance(build: InUse, urn: Urn, chosen: Annotated[ChancePoint, Query()]) -> OfferChances:
    """For a child without any priority but distance; in figures and words, and no promise."""
    return chances.chances(build, urn, chosen)


@router.get(
    "/areas/{area_code}/destinations",
    summary="Which schools a small area's children are expected at",
)
def area_destinations(build: InUse, area_code: AreaCode, _: Nothing) -> Destinations:
    """By share, with those counted beside them and the chance of an offer."""
    return catchments.destinations(build, area_code)


@router.get(
    "/areas/{area_code}/destinations.csv",
    summary="Which schools a small area's children are expected at, as CSV",
    **AS_CSV,
)
def area_destinations_csv(build: InUse, area_code: AreaCode, _: Nothing) -> Response:
    """One row a school and phase."""
    found = catchments.destinations(build, area_code)
    return csv_file(build, f"destinations-{found.area_code}", SCHOOL_COLUMNS, found.items)
