"""What forecasts assume: who set it, when and why."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers.files import AS_CSV, columns_of, csv_file
from api.dependencies import InUse
from api.problems import RESPONSES
from api.queries import planning_settings as queries
from api.schemas.base import Paged
from api.schemas.planning_settings import Assumed, AssumptionFilter, AssumptionPage

router = APIRouter(tags=["About this atlas"], responses=RESPONSES)
COLUMNS = columns_of(Assumed)


@router.get("/assumptions", summary="What forecasts assume: who set it, when and why")
def assumptions(build: InUse, chosen: Annotated[AssumptionPage, Query()]) -> Paged[Assumed]:
    """The atlas's own assumptions, and what planners set instead; nothing is ever taken out."""
    page = queries.assumption_page(
        build.engine,
        holds_for=chosen.holds_for,
        in_use=chosen.in_use,
        limit=chosen.limit,
        cursor=chosen.cursor,
    )
    items = [Assumed(**row) for row in page.items]
    return Paged(items=items, next=page.next, total=page.total, sources=[])


@router.get(
    "/assumptions.csv",
    summary="What forecasts assume, as CSV",
    **AS_CSV,
)
def assumptions_csv(build: InUse, chosen: Annotated[AssumptionFilter, Query()]) -> Response:
    """One row an assumption, the unit that it holds for, and the day on which it was set."""
    rows = queries.assumptions(build.engine, holds_for=chosen.holds_for, in_use=chosen.in_use)
    return csv_file(build, "assumptions", COLUMNS, rows)
