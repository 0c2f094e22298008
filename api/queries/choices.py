"""Questions about who goes where, and how likely an offer is."""

from typing import Any

import sqlalchemy as sa

from api.queries.rows import all_rows
from ingest.schema import SQL

AREA = SQL["area"]
ADMISSION_AREA = SQL["admission_area"]
ACCURACY = SQL["choice_accuracy"]
CATCHMENT = SQL["catchment"]
OFFER = SQL["offer_chance"]
SCHOOL = SQL["school"]


def areas_of_school(
    engine: sa.Engine, urn: int, *, with_geometry: bool = False
) -> list[dict[str, Any]]:
    """Return the small areas whose children are expected at a school, most pupils first."""
    outline = [AREA.c.geometry] if with_geometry else []
    statement = (
        sa.select(CATCHMENT, AREA.c.name.label("area_name"), AREA.c.is_outside, *outline)
        .select_from(CATCHMENT.outerjoin(AREA, AREA.c.area_code == CATCHMENT.c.home_code))
        .where(CATCHMENT.c.urn == urn)
        .order_by(
            CATCHMENT.c.phase,
            sa.func.coalesce(CATCHMENT.c.pupils_expected, -1.0).desc(),
            CATCHMENT.c.share_pct.desc(),
            CATCHMENT.c.home_code,
        )
    )
    return all_rows(engine, statement)


def schools_of_area(engine: sa.Engine, area_code: str) -> list[dict[str, Any]]:
    """Return the schools that an area's children are expected at, the largest share first."""
    statement = (
        sa.select(CATCHMENT, SCHOOL.c.name.label("school_name"), SCHOOL.c.is_outside)
        .select_from(CATCHMENT.outerjoin(SCHOOL, SCHOOL.c.urn == CATCHMENT.c.urn))
        .where(CATCHMENT.c.home_code == area_code)
        .order_by(CATCHMENT.c.phase, CATCHMENT.c.share_pct.desc(), CATCHMENT.c.urn)
    )
    return all_rows(engine, statement)


def catchments(engine: sa.Engine, *, urn: int | None, area: str | None) -> list[dict[str, Any]]:
    """Return every row of the modelled catchments, of one school or one area if asked."""
    statement = sa.select(
        CATCHMENT, SCHOOL.c.name.label("school_name"), AREA.c.name.label("area_name")
    ).select_from(
        CATCHMENT.outerjoin(SCHOOL, SCHOOL.c.urn == CATCHMENT.c.urn).outerjoin(
            AREA, AREA.c.area_code == CATCHMENT.c.home_code
        )
    )
    if urn is not None:
        statement = statement.where(CATCHMENT.c.urn == urn)
    if area is not None:
        statement = statement.where(CATCHMENT.c.home_code == area)
    order = (CATCHMENT.c.phase, CATCHMENT.c.urn, CATCHMENT.c.share_pct.desc())
    return all_rows(engine, statement.order_by(*order, CATCHMENT.c.home_code))


def every_accuracy(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return how well each method tells where children go, by whom it holds for and phase."""
    order = (ACCURACY.c.phase, ACCURACY.c.holds_for, ACCURACY.c.choice_method, ACCURACY.c.judged_by)
    return all_rows(engine, sa.select(ACCURACY).order_by(*order))


def accuracy_of_school(engine: sa.Engine, urn: int) -> list[dict[str, Any]]:
    """Return how well each method tells where children go, by phase, in a school's authority."""
    return _accuracy(engine, sa.select(SCHOOL.c.la_code).where(SCHOOL.c.urn == urn))


def accuracy_of_area(engine: sa.Engine, area_code: str) -> list[dict[str, Any]]:
    """Return the same of the authority that a small area lies in."""
    return _accuracy(engine, sa.select(AREA.c.parent_code).where(AREA.c.area_code == area_code))


def _accuracy(engine: sa.Engine, la_code: sa.Select[Any]) -> list[dict[str, Any]]:
    """Return what holds for an authority; around the region, what holds for all of it."""
    order = (ACCURACY.c.phase, ACCURACY.c.choice_method, ACCURACY.c.judged_by)
    everywhere = sa.select(ACCURACY).order_by(*order)
    there = everywhere.where(ACCURACY.c.holds_for.contains(la_code.scalar_subquery()))
    if rows := all_rows(engine, there):
        return rows
    rows = all_rows(engine, everywhere)
    return rows if len({row["holds_for"] for row in rows}) == 1 else []


def offers(engine: sa.Engine, urn: int) -> list[dict[str, Any]]:
    """Return how far a school's places went, in published and in drawn years."""
    order = (OFFER.c.year_group, OFFER.c.lives, OFFER.c.basis, OFFER.c.rank)
    return all_rows(engine, sa.select(OFFER).where(OFFER.c.urn == urn).order_by(*order))


def areas_of_priority(engine: sa.Engine, urn: int) -> list[bytes]:
    """Return the outlines, WKB in degrees, of the areas that a school gives priority to.

    Those of the newest year of entry.
    """
    rows = all_rows(
        engine,
        sa.select(ADMISSION_AREA).where(
            ADMISSION_AREA.c.urns.contains(str(urn), autoescape=True),
            ADMISSION_AREA.c.geometry.is_not(None),
        ),
    )
    own = [row for row in rows if str(urn) in row["urns"].split()]
    newest = max((row["academic_year"] for row in own), default="")
    return [row["geometry"] for row in own if row["academic_year"] == newest]
