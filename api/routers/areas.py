"""Areas and their values."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import lookups
from api.answers import areas as answers
from api.answers.sources import AREAS
from api.dependencies import InUse, Nothing
from api.problems import RESPONSES
from api.queries import areas
from api.schemas.base import Listed, Paged
from api.schemas.filters import AreaFilter, OneArea, ValuesOf
from api.schemas.places import AreaDetail, AreaSummary, Measure, MeasureValues

router = APIRouter(tags=["Areas"], responses=RESPONSES)


@router.get("/areas", summary="Areas by name, a page at a time")
def list_areas(build: InUse, chosen: Annotated[AreaFilter, Query()]) -> Paged[AreaSummary]:
    """Authorities, wards and census areas; outlines only when asked for."""
    page = areas.area_page(
        build.engine,
        kind=chosen.kind,
        is_outside=chosen.outside,
        q=chosen.q,
        with_geometry=chosen.geometry,
        limit=chosen.limit,
        cursor=chosen.cursor,
    )
    return Paged(
        items=[answers.area_summary(row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=build.sources(*AREAS),
    )


@router.get("/areas/{area_code}", summary="One area and its values")
def one_area(
    build: InUse,
    area_code: Annotated[str, Path(max_length=20, description="GSS code", examples=["E06000017"])],
    chosen: Annotated[OneArea, Query()],
) -> AreaDetail:
    """Every value with its unit, period and source, and its place among the region's areas."""
    row = lookups.area(build, area_code, with_geometry=chosen.geometry)
    return answers.area_detail(build, row)


@router.get("/measures", summary="The quantities that areas have values of")
def list_measures(build: InUse, _: Nothing) -> Listed[Measure]:
    """In reading order."""
    made: Listed[Measure] = build.remembered.get("measures", lambda: answers.measures(build))
    return made


@router.get("/measures/{measure}/values", summary="One quantity for every area of a kind")
def measure_values(
    build: InUse,
    measure: Annotated[
        str, Path(max_length=100, description="Id of the measure", examples=["imd_score"])
    ],
    chosen: Annotated[ValuesOf, Query()],
) -> MeasureValues:
    """Columns of equal length, and the classes that part the values for a map."""
    return answers.measure_values(build, lookups.measure(build, measure), chosen.kind)
