"""Schools as files to keep; the same filters as the list, all rows at once."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.answers.schools import kept
from api.answers.sources import LINKS, POSTCODES, REGISTER
from api.build import Build
from api.dependencies import InUse
from api.exports import SAYS_MADE_UP, Column, csv_chunks, geojson_chunks, parquet, workbook
from api.heavy import HeavyRoute, in_pieces, limit
from api.problems import RESPONSES
from api.queries import about, schools
from api.schemas.filters import SchoolFilter

router = APIRouter(tags=["Schools"], responses=RESPONSES, route_class=HeavyRoute)

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON = "application/geo+json"
PARQUET = "application/vnd.apache.parquet"

Chosen = Annotated[SchoolFilter, Query()]


def file_of(media_type: str, says: str) -> dict[int | str, dict[str, Any]]:
    """Describe a file as the answer of an address."""
    is_json = media_type.endswith("json")
    schema = {"type": "object"} if is_json else {"type": "string", "format": "binary"}
    bare = media_type.partition(";")[0]
    return {200: {"content": {bare: {"schema": schema}}, "description": says}}


@router.get(
    "/schools.csv",
    summary="Schools as CSV",
    response_class=StreamingResponse,
    responses=file_of(CSV, "UTF-8 without a byte-order mark; one header row of column names"),
)
def schools_csv(request: Request, build: InUse, chosen: Chosen) -> StreamingResponse:
    """One row a school, by name. The columns are those of the data dictionary."""
    chunks = csv_chunks(_columns(build), _rows(build, chosen))
    pieces = in_pieces(chunks, limit(request))
    return StreamingResponse(pieces, media_type=CSV, headers=_headers(build, "csv"))


@router.get(
    "/schools.geojson",
    summary="Schools as GeoJSON",
    response_class=StreamingResponse,
    responses=file_of(GEOJSON, "RFC 7946; a school without a position has a null geometry"),
)
def schools_geojson(request: Request, build: InUse, chosen: Chosen) -> StreamingResponse:
    """One feature a school, by name."""
    chunks = geojson_chunks(
        _rows(build, chosen), key="urn", sources=build.sources(REGISTER, POSTCODES)
    )
    pieces = in_pieces(chunks, limit(request))
    return StreamingResponse(pieces, media_type=GEOJSON, headers=_headers(build, "geojson"))


@router.get(
    "/schools.xlsx",
    summary="Schools as a workbook",
    response_class=Response,
    responses=file_of(XLSX, "Sheets: Schools, Columns (what each means), Sources"),
)
def schools_xlsx(build: InUse, chosen: Chosen) -> Response:
    """One row a school, by name."""
    content = workbook(
        _columns(build), _rows(build, chosen), title="Schools", sources=_sources(build)
    )
    return Response(content, media_type=XLSX, headers=_headers(build, "xlsx"))


@router.get(
    "/schools.parquet",
    summary="Schools as Parquet",
    response_class=Response,
    responses=file_of(PARQUET, "Columns carry their meaning and unit as metadata"),
)
def schools_parquet(build: InUse, chosen: Chosen) -> Response:
    """One row a school, by name."""
    content = parquet(_columns(build), _rows(build, chosen), sources=_sources(build))
    return Response(content, media_type=PARQUET, headers=_headers(build, "parquet"))


def _columns(build: Build) -> list[Column]:
    columns = [
        Column(field.name, field.kind, field.says, field.unit)
        for field in schools.exported_fields()
    ]
    return [*columns, SAYS_MADE_UP] if build.is_made_up() else columns


def _rows(build: Build, chosen: SchoolFilter) -> Iterator[Any]:
    rows = schools.exported_schools(build.engine, kept(chosen))
    return ({**row, SAYS_MADE_UP.name: True} for row in rows) if build.is_made_up() else rows


def _sources(build: Build) -> list[dict[str, Any]]:
    used = build.sources(REGISTER, LINKS, POSTCODES)
    shown = ("source_id", "title", "publisher", "release", "licence", "attribution", "landing_page")
    return [
        {name: source[name] for name in shown}
        for source in about.sources(build.engine)
        if source["source_id"] in used
    ]


def _headers(build: Build, extension: str) -> dict[str, str]:
    data = "made-up-schools" if build.is_made_up() else "schools"
    name = f"{data}-{build.folder.parent.name}.{extension}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": '</api/v1/release>; rel="describedby"',
    }
