"""Schools as files to keep; the same filters as the list, all rows at once."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.answers.files import (
    AS_CSV,
    AS_PARQUET,
    CSV,
    GEOJSON,
    PARQUET,
    XLSX,
    behind,
    file_of,
    kept_as,
    marked,
)
from api.answers.schools import kept
from api.answers.sources import LINKS, POSTCODES, REGISTER
from api.build import Build
from api.dependencies import InUse
from api.exports import Column, Row, csv_chunks, geojson_chunks, parquet, workbook
from api.heavy import HeavyRoute, in_pieces, limit
from api.problems import RESPONSES
from api.queries import schools
from api.schemas.filters import SchoolFilter

router = APIRouter(tags=["Schools"], responses=RESPONSES, route_class=HeavyRoute)

STEM = "schools"
SERIES = (REGISTER, LINKS, POSTCODES)

Chosen = Annotated[SchoolFilter, Query()]


@router.get(
    "/schools.csv",
    summary="Schools as CSV",
    **AS_CSV,
)
def schools_csv(request: Request, build: InUse, chosen: Chosen) -> StreamingResponse:
    """One row a school, by name. The columns are those of the data dictionary."""
    chunks = csv_chunks(*_told(build, chosen))
    pieces = in_pieces(chunks, limit(request))
    return StreamingResponse(pieces, media_type=CSV, headers=kept_as(build, STEM, "csv"))


@router.get(
    "/schools.geojson",
    summary="Schools as GeoJSON",
    **file_of(GEOJSON, "RFC 7946; a school without a position has a null geometry"),
)
def schools_geojson(request: Request, build: InUse, chosen: Chosen) -> StreamingResponse:
    """One feature a school, by name."""
    _, rows = _told(build, chosen)
    chunks = geojson_chunks(rows, key="urn", sources=build.sources(REGISTER, POSTCODES))
    pieces = in_pieces(chunks, limit(request))
    return StreamingResponse(pieces, media_type=GEOJSON, headers=kept_as(build, STEM, "geojson"))


@router.get(
    "/schools.xlsx",
    summary="Schools as a workbook",
    **file_of(XLSX, "Sheets: Schools, Columns (what each means), Sources"),
)
def schools_xlsx(build: InUse, chosen: Chosen) -> Response:
    """One row a school, by name."""
    content = workbook(*_told(build, chosen), title="Schools", sources=behind(build, *SERIES))
    return Response(content, media_type=XLSX, headers=kept_as(build, STEM, "xlsx"))


@router.get(
    "/schools.parquet",
    summary="Schools as Parquet",
    **AS_PARQUET,
)
def schools_parquet(build: InUse, chosen: Chosen) -> Response:
    """One row a school, by name."""
    content = parquet(*_told(build, chosen), sources=behind(build, *SERIES))
    return Response(content, media_type=PARQUET, headers=kept_as(build, STEM, "parquet"))


def _told(build: Build, chosen: SchoolFilter) -> tuple[Sequence[Column], Iterable[Row]]:
    columns = [
        Column(field.name, field.kind, field.says, field.unit)
        for field in schools.exported_fields()
    ]
    rows: Iterable[Any] = schools.exported_schools(build.engine, kept(chosen))
    return marked(build, columns, rows)
