"""Forecasts of pupils: by planning area, school and authority."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api import lookups
from api.answers import forecasts as answers
from api.answers.areas import geometry
from api.answers.files import CSV_ANSWER, XLSX_ANSWER, columns_of, csv_file, xlsx_file
from api.build import Build
from api.dependencies import InUse
from api.problems import RESPONSES
from api.queries import balances, forecasts
from api.routers.figures import LaCode
from api.routers.schools import Urn
from api.schemas.base import Paged
from api.schemas.forecasts import (
    Forecast,
    ForecastAsked,
    ForecastRow,
    PlanningAreaRow,
    PlanningAreasAsked,
)

router = APIRouter(tags=["Forecasts"], responses=RESPONSES)

Asked = Annotated[ForecastAsked, Query()]
PlanningArea = Annotated[
    str,
    Path(
        min_length=1,
        max_length=100,
        description="Code of a planning area, as its authority gives it",
        examples=["8570001"],
    ),
]
AREA_SOURCES = (
    *("planning_areas", "planning_area_schools", "school_capacity"),
    *("gias", "lsoa21", "streets"),
)
COLUMNS = columns_of(Forecast, ForecastRow, leave_out=("made_in",))
NAMED = ("level", "unit_code", "name")


@router.get("/planning-areas", summary="Planning areas by code, a page at a time")
def list_planning_areas(
    build: InUse, asked: Annotated[PlanningAreasAsked, Query()]
) -> Paged[PlanningAreaRow]:
    """Areas for which authorities plan places; one may be planned for several phases."""
    page = forecasts.planning_areas(
        build.engine,
        phase=asked.phase,
        la_code=asked.la_code,
        limit=asked.limit,
        cursor=asked.cursor,
    )
    outlines = balances.outlines(build.engine) if asked.geometry else {}
    return Paged(
        items=[
            PlanningAreaRow(
                **row, geometry=geometry(outlines.get((row["planning_area"], row["phase"])))
            )
            for row in page.items
        ],
        next=page.next,
        total=page.total,
        sources=build.sources(*AREA_SOURCES),
    )


def _of_area(build: Build, code: str, asked: ForecastAsked) -> Forecast:
    row = lookups.planning_area(build, code)
    found = row["planning_area"], row["name"]
    return answers.forecast_of(build, "planning_area", *found, asked, row["la_code"])


def _of_school(build: Build, urn: int, asked: ForecastAsked) -> Forecast:
    row = lookups.school(build, urn)
    return answers.forecast_of(build, "school", str(urn), row["name"], asked, row["la_code"])


def _of_authority(build: Build, la_code: str, asked: ForecastAsked) -> Forecast:
    row = lookups.authority(build, la_code)
    return answers.forecast_of(build, "authority", la_code, row["name"], asked, la_code)


@router.get(
    "/planning-areas/{planning_area}/forecast", summary="Pupils expected in a planning area"
)
def planning_area_forecast(build: InUse, planning_area: PlanningArea, asked: Asked) -> Forecast:
    """By year group and sum, with ranges, the method and why, and how far off it has been."""
    return _of_area(build, planning_area, asked)


@router.get("/schools/{urn}/forecast", summary="Pupils expected at a school")
def school_forecast(build: InUse, urn: Urn, asked: Asked) -> Forecast:
    """By year group and sum, with ranges, the method and why, and how far off it has been."""
    return _of_school(build, urn, asked)


@router.get("/authorities/{la_code}/forecast", summary="Pupils expected in an authority")
def authority_forecast(build: InUse, la_code: LaCode, asked: Asked) -> Forecast:
    """By year group and sum, with ranges, the method and why, and how far off it has been."""
    return _of_authority(build, la_code, asked)


@router.get(
    "/planning-areas/{planning_area}/forecast.csv",
    summary="Pupils expected in a planning area as CSV",
    response_class=Response,
    responses=CSV_ANSWER,
)
def planning_area_forecast_csv(build: InUse, planning_area: PlanningArea, asked: Asked) -> Response:
    """One row a school year and year group, or sum."""
    return _csv(build, _of_area(build, planning_area, asked))


@router.get(
    "/schools/{urn}/forecast.csv",
    summary="Pupils expected at a school as CSV",
    response_class=Response,
    responses=CSV_ANSWER,
)
def school_forecast_csv(build: InUse, urn: Urn, asked: Asked) -> Response:
    """One row a school year and year group, or sum."""
    return _csv(build, _of_school(build, urn, asked))


@router.get(
    "/authorities/{la_code}/forecast.csv",
    summary="Pupils expected in an authority as CSV",
    response_class=Response,
    responses=CSV_ANSWER,
)
def authority_forecast_csv(build: InUse, la_code: LaCode, asked: Asked) -> Response:
    """One row a school year and year group, or sum."""
    return _csv(build, _of_authority(build, la_code, asked))


@router.get(
    "/planning-areas/{planning_area}/forecast.xlsx",
    summary="Pupils expected in a planning area as a workbook",
    response_class=Response,
    responses=XLSX_ANSWER,
)
def planning_area_forecast_xlsx(
    build: InUse, planning_area: PlanningArea, asked: Asked
) -> Response:
    """One row a school year and year group, or sum."""
    return _xlsx(build, _of_area(build, planning_area, asked))


@router.get(
    "/schools/{urn}/forecast.xlsx",
    summary="Pupils expected at a school as a workbook",
    response_class=Response,
    responses=XLSX_ANSWER,
)
def school_forecast_xlsx(build: InUse, urn: Urn, asked: Asked) -> Response:
    """One row a school year and year group, or sum."""
    return _xlsx(build, _of_school(build, urn, asked))


@router.get(
    "/authorities/{la_code}/forecast.xlsx",
    summary="Pupils expected in an authority as a workbook",
    response_class=Response,
    responses=XLSX_ANSWER,
)
def authority_forecast_xlsx(build: InUse, la_code: LaCode, asked: Asked) -> Response:
    """One row a school year and year group, or sum."""
    return _xlsx(build, _of_authority(build, la_code, asked))


def _rows(found: Forecast) -> Iterator[dict[str, Any]]:
    about = {name: getattr(found, name) for name in NAMED}
    return ({**about, **row.model_dump()} for row in found.items)


def _csv(build: Build, found: Forecast) -> Response:
    return csv_file(build, f"forecast-{_stem(found)}", COLUMNS, _rows(found))


def _xlsx(build: Build, found: Forecast) -> Response:
    stem = f"forecast-{_stem(found)}"
    return xlsx_file(build, stem, COLUMNS, _rows(found), title="Forecast", sources=found.sources)


def _stem(found: Forecast) -> str:
    """Return a unit's code as a part of a file's name."""
    return "".join(mark if mark.isascii() and mark.isalnum() else "-" for mark in found.unit_code)
