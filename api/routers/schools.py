"""Schools: lists, files to keep, one school."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import lookups
from api.answers import schools as answers
from api.answers.sources import REGISTER
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.queries import schools
from api.schemas.base import Paged
from api.schemas.filters import SchoolPage
from api.schemas.schools import SchoolDetail, SchoolSummary, SchoolSymbols

router = APIRouter(tags=["Schools"], responses=RESPONSES)

Urn = Annotated[
    int,
    Path(ge=1, le=9_999_999, description="Unique Reference Number", examples=[120320]),
]


@router.get("/schools", summary="Schools by name, a page at a time")
def list_schools(build: InUse, chosen: Annotated[SchoolPage, Query()]) -> Paged[SchoolSummary]:
    """Keep those of a phase, type, status, authority, box or name; all filters hold together."""
    page = schools.school_page(
        build.engine, answers.kept(chosen), limit=chosen.limit, cursor=chosen.cursor
    )
    return Paged(
        items=[SchoolSummary(**row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=build.sources(REGISTER),
    )


@router.get("/schools/symbols", summary="Every school that has a position, to draw a map")
def symbols(build: InUse, _: Nothing) -> SchoolSymbols:
    """Columns of equal length: open, closing, proposed and closed schools alike."""
    columns = schools.school_symbols(build.engine)
    return SchoolSymbols(**columns, sources=build.sources(REGISTER))


@router.get("/schools/{urn}", summary="One school")
def one_school(build: InUse, urn: Urn, _: Nothing) -> SchoolDetail:
    """Everything the atlas says of it, each fact with its source and date."""
    return answers.school_detail(build, lookups.school(build, urn))
