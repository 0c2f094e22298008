"""Figures of schools and authorities: what is counted, measured and judged, over the years."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api import lookups
from api.answers import figures as answers
from api.answers.files import AS_CSV, columns_of, csv_file
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.routers.schools import Urn
from api.schemas.base import Listed
from api.schemas.figures import (
    AuthorityFigures,
    Figure,
    FigurePoint,
    FigureTopic,
    RollRow,
    SchoolFigures,
)

router = APIRouter(tags=["Figures"], responses=RESPONSES)

LaCode = Annotated[
    str,
    Path(pattern=r"^[A-Z]\d{8}$", description="GSS code of an authority", examples=["E06000017"]),
]
COLUMNS = columns_of(Figure, FigurePoint, leave_out=("is_headline",))
ROLL_COLUMNS = columns_of(RollRow)


@router.get("/schools/{urn}/figures", summary="A school's figures by topic, over three years")
def school_figures(build: InUse, urn: Urn, _: Nothing) -> SchoolFigures:
    """Each value with its file and status, those of predecessors marked, and what stands beside.

    What stands beside is the authority's and England's figure of the same measure and period;
    where neither is published, the middle half of the region's state schools of the same phase.
    """
    return answers.school_figures(build, lookups.school(build, urn))


@router.get(
    "/schools/{urn}/figures.csv",
    summary="A school's figures as CSV",
    **AS_CSV,
)
def school_figures_csv(build: InUse, urn: Urn, _: Nothing) -> Response:
    """One row a measure and period."""
    found = answers.school_figures(build, lookups.school(build, urn))
    return csv_file(build, f"figures-{urn}", COLUMNS, _points(found.topics))


@router.get("/schools/{urn}/rolls", summary="A school's pupils by year group and year")
def school_rolls(build: InUse, urn: Urn, _: Nothing) -> Listed[RollRow]:
    """Headcounts as each series has them, side by side; those of predecessors are marked."""
    rows = answers.rolls(build, lookups.school(build, urn)["urn"])
    return Listed(items=rows, next=None, sources=build.sources(*(row.source_id for row in rows)))


@router.get(
    "/schools/{urn}/rolls.csv",
    summary="A school's pupils by year group and year as CSV",
    **AS_CSV,
)
def school_rolls_csv(build: InUse, urn: Urn, _: Nothing) -> Response:
    """One row a source, school year, year group and sex."""
    rows = answers.rolls(build, lookups.school(build, urn)["urn"])
    return csv_file(build, f"rolls-{urn}", ROLL_COLUMNS, rows)


@router.get("/authorities/{la_code}/figures", summary="An authority's figures by topic")
def authority_figures(build: InUse, la_code: LaCode, _: Nothing) -> AuthorityFigures:
    """Each value of three years with its file and status, beside England's."""
    return answers.authority_figures(build, lookups.authority(build, la_code))


@router.get(
    "/authorities/{la_code}/figures.csv",
    summary="An authority's figures as CSV",
    **AS_CSV,
)
def authority_figures_csv(build: InUse, la_code: LaCode, _: Nothing) -> Response:
    """One row a measure and period."""
    found = answers.authority_figures(build, lookups.authority(build, la_code))
    return csv_file(build, f"figures-{la_code}", COLUMNS, _points(found.topics))


def _points(topics: Sequence[FigureTopic]) -> Iterator[dict[str, Any]]:
    for topic in topics:
        for figure in topic.figures:
            about = figure.model_dump(exclude={"points", "context"})
            for point in figure.points:
                yield {**about, **point.model_dump()}
