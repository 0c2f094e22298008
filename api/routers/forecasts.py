"""Forecasts of pupils: by planning area, school and authority."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from api import lookups
from api.answers import forecasts as answers
from api.answers.areas import geometry
from api.answers.files import AS_CSV, AS_XLSX, columns_of, csv_file, xlsx_file
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


def _of_area(build: InUse, planning_area: PlanningArea, asked: Asked) -> Forecast:
    row = lookups.planning_area(build, planning_area)
    found = row["planning_area"], row["name"]
    return answers.forecast_of(build, "planning_area", *found, asked, row["la_code"])


def _of_school(build: InUse, urn: Urn, asked: Asked) -> Forecast:
    row = lookups.school(build, urn)
    return answers.forecast_of(build, "school", str(urn), row["name"], asked, row["la_code"])


def _of_authority(build: InUse, la_code: LaCode, asked: Asked) -> Forecast:
    row = lookups.authority(build, la_code)
    return answers.forecast_of(build, "authority", la_code, row["name"], asked, la_code)


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of unit whose forecast is offered as JSON, CSV and a workbook.

    Attributes:
        level: its word in addresses' ids.
        path: of one unit.
        words: where the pupils are expected.
        find: returns the forecast of the unit that an address names.
    """

    level: str
    path: str
    words: str
    find: Callable[..., Forecast]


UNITS = (
    Unit("planning_area", "/planning-areas/{planning_area}", "in a planning area", _of_area),
    Unit("school", "/schools/{urn}", "at a school", _of_school),
    Unit("authority", "/authorities/{la_code}", "in an authority", _of_authority),
)


def _offer(unit: Unit) -> None:
    """Offer the forecast of a kind of unit, in every form."""
    address, name = f"{unit.path}/forecast", f"{unit.level}_forecast"
    summary = f"Pupils expected {unit.words}"

    @router.get(address, name=name, summary=summary)
    def as_json(found: Annotated[Forecast, Depends(unit.find)]) -> Forecast:
        """By year group and sum, with ranges, the method and why, and how far off it has been."""
        return found

    @router.get(f"{address}.csv", name=f"{name}_csv", summary=f"{summary} as CSV", **AS_CSV)
    def as_csv(build: InUse, found: Annotated[Forecast, Depends(unit.find)]) -> Response:
        """One row a school year and year group, or sum."""
        return csv_file(build, _stem(found), COLUMNS, _rows(found))

    @router.get(
        f"{address}.xlsx", name=f"{name}_xlsx", summary=f"{summary} as a workbook", **AS_XLSX
    )
    def as_xlsx(build: InUse, found: Annotated[Forecast, Depends(unit.find)]) -> Response:
        """One row a school year and year group, or sum."""
        rows, series = _rows(found), found.sources
        return xlsx_file(build, _stem(found), COLUMNS, rows, title="Forecast", sources=series)


def _rows(found: Forecast) -> Iterator[dict[str, Any]]:
    about = {name: getattr(found, name) for name in NAMED}
    return ({**about, **row.model_dump()} for row in found.items)


def _stem(found: Forecast) -> str:
    """Return what a file is called, a unit's code among it."""
    marks = (mark if mark.isascii() and mark.isalnum() else "-" for mark in found.unit_code)
    return f"forecast-{''.join(marks)}"


for _unit in UNITS:
    _offer(_unit)
