"""Data quality, and the published series that the atlas can read."""

from fastapi import APIRouter, Response

from api.answers import quality as answers
from api.answers.files import AS_CSV, columns_of, csv_file
from api.answers.series import series
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.schemas.base import Listed
from api.schemas.quality import CaseRow, Quality, SeriesHeld

router = APIRouter(tags=["About this atlas"], responses=RESPONSES)
COLUMNS = columns_of(CaseRow)


@router.get("/quality", summary="What the figures of several sources say of each other")
def quality(build: InUse, _: Nothing) -> Quality:
    """Named checks with their worst cases and what to do; counts compared; the issue log in sum."""
    made: Quality = build.remembered.get("quality page", lambda: answers.quality_of(build))
    return made


@router.get(
    "/quality.csv",
    summary="Every case of every check as CSV",
    **AS_CSV,
)
def quality_csv(build: InUse, _: Nothing) -> Response:
    """One row a case, the worst of each check first."""
    return csv_file(build, "data-quality", COLUMNS, answers.cases(build))


@router.get("/sources", summary="Every published series that the atlas can read")
def sources(build: InUse, _: Nothing) -> Listed[SeriesHeld]:
    """Publisher, licence, releases held, rows, issues, and when the next is due."""
    held = build.remembered.get("series", lambda: series(build))
    used = build.sources(*(one.source_id for one in held if one.is_held))
    return Listed(items=held, next=None, sources=used)
