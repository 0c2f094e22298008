"""Questions about need and spare places, unfilled places and what need costs."""

from typing import Any, Final

import sqlalchemy as sa

from api.queries.forecasts import areas_listed
from api.queries.rows import Page, all_rows, one_page
from ingest.schema import SQL

BALANCE = SQL["place_balance"]
FORECAST = SQL["forecast"]
COST = SQL["place_cost"]
UNFILLED = SQL["school_unfilled"]
AREA = SQL["planning_area"]
AREA_SCHOOL = SQL["planning_area_school"]

FILTERS: Final = ("la_code", "planning_area", "phase", "academic_year")


def rows_page(engine: sa.Engine, *, limit: int, cursor: str | None, **chosen: str | None) -> Page:
    """Return need and spare by planning area, phase, school year and year group, a page at a time.

    Args:
        engine: of the build.
        limit: rows on the page.
        cursor: of the page.
        chosen: any of ``FILTERS``.
    """
    listed = _rows(**chosen).subquery()
    keys = [listed.c[name] for name in ("planning_area", "phase", "academic_year", "position")]
    return one_page(engine, sa.select(listed), keys=keys, limit=limit, cursor=cursor)


def rows(engine: sa.Engine, **chosen: str | None) -> list[dict[str, Any]]:
    """Return all of them, in the same order."""
    listed = _rows(**chosen).subquery()
    keys = [listed.c[name] for name in ("planning_area", "phase", "academic_year", "position")]
    return all_rows(engine, sa.select(listed).order_by(*keys))


def years(engine: sa.Engine) -> list[str]:
    """Return the school years that anything is told of, in order."""
    listed = _rows().subquery()
    year = listed.c["academic_year"]
    return [
        row["academic_year"] for row in all_rows(engine, sa.select(year).distinct().order_by(year))
    ]


def costs(engine: sa.Engine, **chosen: str | None) -> list[dict[str, Any]]:
    """Return what need costs, by planning area, phase and kind of project."""
    order = (COST.c.planning_area, COST.c.phase, COST.c.project)
    return all_rows(engine, _of(COST, **chosen).order_by(*order))


def unfilled(engine: sa.Engine, **chosen: str | None) -> list[dict[str, Any]]:
    """Return places without a pupil by phase and school year, counted school by school."""
    within = _members(**{name: chosen.get(name) for name in FILTERS[:3]}).subquery()
    found = (
        sa.select(
            UNFILLED.c.phase,
            UNFILLED.c.academic_year,
            sa.func.sum(UNFILLED.c.unfilled).label("unfilled"),
            sa.func.sum(UNFILLED.c.places).label("places"),
            sa.func.count(UNFILLED.c.unfilled).label("schools"),
        )
        .join(
            within,
            (within.c.urn == UNFILLED.c.urn) & (within.c.phase == UNFILLED.c.phase),
        )
        .where(UNFILLED.c.unfilled.is_not(None))
        .group_by(UNFILLED.c.phase, UNFILLED.c.academic_year)
        .order_by(UNFILLED.c.phase, UNFILLED.c.academic_year)
    )
    if year := chosen.get("academic_year"):
        found = found.where(UNFILLED.c.academic_year == year)
    return all_rows(engine, found)


def outlines(engine: sa.Engine) -> dict[tuple[str, str], bytes]:
    """Return the outline of every planning area that has one; a published one goes first."""
    chosen = (
        sa.select(AREA.c.planning_area, AREA.c.phase, AREA.c.geometry)
        .where(AREA.c.geometry.is_not(None))
        .order_by(AREA.c.basis.desc())
    )
    return {
        (row["planning_area"], row["phase"]): row["geometry"] for row in all_rows(engine, chosen)
    }


def _rows(**chosen: str | None) -> sa.Select[Any]:
    """Select balances with a number by which year groups come in their order.

    Beside the pupils expected stands the range of the forecast that they are taken from.
    """
    group = BALANCE.c.year_group
    position = sa.case((group == "R", 0), else_=sa.cast(group, sa.Integer))
    ranges = (
        sa.select(
            *(FORECAST.c[name] for name in ("unit_code", "academic_year", "year_group")),
            FORECAST.c.low_80.label("pupils_low_80"),
            FORECAST.c.high_80.label("pupils_high_80"),
        )
        .where(
            FORECAST.c.level == "planning_area",
            FORECAST.c.sex == "all",
            FORECAST.c.is_chosen.is_(True),
        )
        .subquery()
    )
    same = sa.and_(
        ranges.c.unit_code == BALANCE.c.planning_area,
        ranges.c.academic_year == BALANCE.c.academic_year,
        ranges.c.year_group == group,
    )
    found = _of(BALANCE, **chosen).outerjoin(ranges, same)
    return found.add_columns(
        ranges.c.pupils_low_80, ranges.c.pupils_high_80, position.label("position")
    )


def _of(table: sa.Table, **chosen: str | None) -> sa.Select[Any]:
    """Select rows of a table with the name and authority of their planning area."""
    areas = areas_listed().subquery()
    same = (areas.c.planning_area == table.c.planning_area) & (areas.c.phase == table.c.phase)
    found = sa.select(table, areas.c.name, areas.c.la_code).select_from(
        table.outerjoin(areas, same)
    )
    columns = {name: table.c[name] for name in FILTERS[1:]} | {"la_code": areas.c.la_code}
    for name, value in chosen.items():
        if value is not None:
            found = found.where(columns[name] == value)
    return found


def _members(**chosen: str | None) -> sa.Select[Any]:
    """Select the schools of the planning areas that are kept."""
    areas = areas_listed().subquery()
    same = (areas.c.planning_area == AREA_SCHOOL.c.planning_area) & (
        areas.c.phase == AREA_SCHOOL.c.phase
    )
    found = sa.select(AREA_SCHOOL.c.urn, AREA_SCHOOL.c.phase).select_from(
        AREA_SCHOOL.outerjoin(areas, same)
    )
    columns = {
        "la_code": areas.c.la_code,
        "planning_area": AREA_SCHOOL.c.planning_area,
        "phase": AREA_SCHOOL.c.phase,
    }
    for name, value in chosen.items():
        if value is not None:
            found = found.where(columns[name] == value)
    return found
