"""The atlas itself: whether it answers, what it holds, what was odd."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import about as answers
from api.answers.areas import geometry
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.queries import about
from api.schemas.about import Change, Health, Issue, Region, Release
from api.schemas.base import Listed, Paged
from api.schemas.filters import ChangePage, IssuePage
from api.schemas.geojson import Coverage, CoverageProperties

router = APIRouter(tags=["About this atlas"], responses=RESPONSES)


@router.get("/health", summary="Whether the atlas has data and answers")
async def health(build: InUse, _: Nothing) -> Health:
    """Answer 200 once a build is served, 503 until then."""
    return Health(build_id=build.build_id, region_id=build.folder.parent.name)


@router.get("/release", summary="What the atlas holds, and where it came from")
def release(build: InUse, _: Nothing) -> Release:
    """Title, bounds, authorities, counts, tile addresses, sources and their receipts."""
    made: Release = build.remembered.get("release", lambda: answers.release(build))
    return made


@router.get("/regions", summary="The regions this server answers for")
def regions(build: InUse, _: Nothing) -> Listed[Region]:
    """One server serves one region."""
    row = about.build_row(build.engine)
    served = Region(
        region_id=row["region_id"] or build.folder.parent.name,
        title=row["title"],
        bounds=answers.bounds(row),
        is_served=True,
    )
    return Listed(items=[served], next=None, sources=[])


@router.get("/coverage", summary="Where travel times can be given")
def coverage(build: InUse, _: Nothing) -> Coverage:
    """The area that the street network covers, as a GeoJSON feature."""
    row = about.coverage(build.engine)
    return Coverage(
        properties=CoverageProperties(covered_pct=row.get("covered_pct")),
        geometry=geometry(row.get("coverage")),
    )


@router.get("/issues", summary="What was odd in the files, and what was done about it")
def issues(build: InUse, chosen: Annotated[IssuePage, Query()]) -> Paged[Issue]:
    """Every row that was dropped, mended or doubted while building, in order."""
    page = about.issue_page(
        build.engine,
        severity=chosen.severity,
        q=chosen.q,
        limit=chosen.limit,
        cursor=chosen.cursor,
    )
    return Paged(
        items=[Issue(**row) for row in page.items], next=page.next, total=page.total, sources=[]
    )


@router.get("/changes", summary="What changed since the build that was in use before")
def changes(build: InUse, chosen: Annotated[ChangePage, Query()]) -> Paged[Change]:
    """Schools, values, series and coverage that are others than before, each with a sentence."""
    page = about.change_page(
        build.engine,
        kind=chosen.change,
        urn=chosen.urn,
        limit=chosen.limit,
        cursor=chosen.cursor,
    )
    sources = dict.fromkeys(row["source_id"] for row in page.items)
    return Paged(
        items=[Change(**row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=build.sources(*sources),
    )
