"""Forecasts that were in use, and why this one differs from the last."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers.causes import causes_of
from api.answers.files import AS_CSV, columns_of, csv_file
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.queries import vintages as queries
from api.schemas.base import Listed
from api.schemas.vintages import CausePage, CausesKept, ForecastCause, ForecastCauses, Vintage

router = APIRouter(tags=["Forecasts"], responses=RESPONSES)
COLUMNS = columns_of(ForecastCause)


@router.get("/vintages", summary="Forecasts that were in use, the oldest first")
def vintages(build: InUse, _: Nothing) -> Listed[Vintage]:
    """When each was made, from rolls up to which year, and what was new about it."""
    rows = [Vintage(**row) for row in queries.vintages(build.engine)]
    return Listed(items=rows, next=None, sources=[])


@router.get("/forecast-changes", summary="Why this forecast differs from the last one")
def forecast_changes(build: InUse, chosen: Annotated[CausePage, Query()]) -> ForecastCauses:
    """Six causes of every figure of both forecasts; their parts add up to the difference."""
    return causes_of(build, chosen)


@router.get(
    "/forecast-changes.csv",
    summary="Why this forecast differs from the last one, as CSV",
    **AS_CSV,
)
def forecast_changes_csv(build: InUse, chosen: Annotated[CausesKept, Query()]) -> Response:
    """One row a unit, phase, school year and cause."""
    rows = queries.causes(build.engine, kept=chosen.kept())
    return csv_file(build, "forecast-changes", COLUMNS, rows)
