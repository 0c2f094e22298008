"""Need and spare places of planning areas."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import balances as answers
from api.answers.files import (
    AS_CSV,
    AS_XLSX,
    GEOJSON,
    columns_of,
    csv_file,
    file_of,
    xlsx_file,
)
from api.dependencies import InUse
from api.problems import RESPONSES
from api.schemas.balances import Places, PlacesAsked, PlacesFilter, PlacesMap, PlacesRow

router = APIRouter(tags=["Forecasts"], responses=RESPONSES)

Kept = Annotated[PlacesFilter, Query()]
COLUMNS = columns_of(PlacesRow)


@router.get("/places", summary="Need and spare places, side by side")
def places(build: InUse, asked: Annotated[PlacesAsked, Query()]) -> Places:
    """By planning area, phase, school year and year group; never set off against each other."""
    return answers.places_of(build, asked)


@router.get(
    "/places.csv",
    summary="Need and spare places as CSV",
    **AS_CSV,
)
def places_csv(build: InUse, asked: Kept) -> Response:
    """One row a planning area, phase, school year and year group."""
    return csv_file(build, "places", COLUMNS, answers.rows_of(build, asked))


@router.get(
    "/places.xlsx",
    summary="Need and spare places as a workbook",
    **AS_XLSX,
)
def places_xlsx(build: InUse, asked: Kept) -> Response:
    """One row a planning area, phase, school year and year group."""
    rows = answers.rows_of(build, asked)
    sources = build.sources(*answers.SOURCES)
    return xlsx_file(build, "places", COLUMNS, rows, title="Places", sources=sources)


@router.get(
    "/places.geojson",
    summary="Planning areas with their need and spare places as GeoJSON",
    **file_of(GEOJSON, "RFC 7946; an area whose outline is not known has a null geometry"),
)
def places_geojson(build: InUse, asked: Kept) -> Response:
    """One feature a planning area and phase, in the school year asked for, else the last one."""
    found: PlacesMap = answers.map_of(build, asked)
    return Response(found.model_dump_json(), media_type=GEOJSON)
