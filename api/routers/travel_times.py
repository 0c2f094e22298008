"""Times between homes and schools, as kept in the build: lists and files."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.answers import travel_times as answers
from api.answers.files import AS_CSV, AS_PARQUET, CSV, PARQUET, attached, behind
from api.build import Build
from api.dependencies import InUse
from api.exports import csv_chunks, parquet
from api.heavy import HeavyRoute, in_pieces, limit
from api.problems import RESPONSES
from api.routers.places import Postcode
from api.routers.schools import Urn
from api.schemas.travel_times import HomesChoice, TravelTimes, WayChoice

router = APIRouter(tags=["Journeys"], responses=RESPONSES, route_class=HeavyRoute)

Homes = Annotated[HomesChoice, Query()]
Way = Annotated[WayChoice, Query()]


@router.get("/postcodes/{postcode}/travel-times", summary="Schools within a time of a postcode")
def postcode_travel_times(build: InUse, postcode: Postcode, chosen: Way) -> TravelTimes:
    """Every school that is not closed, the nearest first, in whole seconds and metres."""
    return answers.travel_times(build, postcode, chosen)


@router.get(
    "/postcodes/{postcode}/travel-times.csv",
    summary="Schools within a time of a postcode, as CSV",
    **AS_CSV,
)
def postcode_travel_times_csv(
    request: Request, build: InUse, postcode: Postcode, chosen: Way
) -> StreamingResponse:
    """One row a school, the nearest first."""
    rows = answers.of_postcode(build, postcode, chosen)
    return _csv(request, build, rows, _named(postcode, chosen))


@router.get(
    "/postcodes/{postcode}/travel-times.parquet",
    summary="Schools within a time of a postcode, as Parquet",
    **AS_PARQUET,
)
def postcode_travel_times_parquet(build: InUse, postcode: Postcode, chosen: Way) -> Response:
    """One row a school, the nearest first."""
    rows = answers.of_postcode(build, postcode, chosen)
    return _parquet(build, rows, _named(postcode, chosen))


@router.get(
    "/schools/{urn}/travel-times.csv",
    summary="Homes within a time of a school, as CSV",
    **AS_CSV,
)
def school_travel_times_csv(
    request: Request, build: InUse, urn: Urn, chosen: Homes
) -> StreamingResponse:
    """One row a home of the region, in the order of their codes."""
    rows = answers.of_school(build, urn, chosen)
    return _csv(request, build, rows, _named(str(urn), chosen))


@router.get(
    "/schools/{urn}/travel-times.parquet",
    summary="Homes within a time of a school, as Parquet",
    **AS_PARQUET,
)
def school_travel_times_parquet(build: InUse, urn: Urn, chosen: Homes) -> Response:
    """One row a home of the region, in the order of their codes."""
    return _parquet(build, answers.of_school(build, urn, chosen), _named(str(urn), chosen))


def _csv(request: Request, build: Build, rows: answers.Rows, name: str) -> StreamingResponse:
    pieces = in_pieces(csv_chunks(*rows), limit(request))
    return StreamingResponse(pieces, media_type=CSV, headers=attached(build, f"{name}.csv"))


def _parquet(build: Build, rows: answers.Rows, name: str) -> Response:
    content = parquet(*rows, sources=behind(build, *answers.SERIES))
    headers = attached(build, f"{name}.parquet")
    return Response(content, media_type=PARQUET, headers=headers)


def _named(place: str, chosen: WayChoice) -> str:
    plain = "".join(letter for letter in place if letter.isascii() and letter.isalnum())
    return f"travel-times-{plain}-{chosen.mode}"
