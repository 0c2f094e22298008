"""Questions about forecasts: what is expected, by which method, and how far off that has been."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page
from ingest.schema import SQL

FORECAST = SQL["forecast"]
METHOD = SQL["forecast_method"]
ACCURACY = SQL["forecast_accuracy"]
RECORD = SQL["forecast_record"]
ROLL = SQL["forecast_roll"]
COHORT = SQL["forecast_cohort"]
BORDER = SQL["forecast_border"]
ASSUMPTION = SQL["assumption"]
AREA = SQL["planning_area"]
AREA_SCHOOL = SQL["planning_area_school"]
AUTHORITY = SQL["authority"]
SCHOOL = SQL["school"]
ISSUE = SQL["issue"]


TOPICS: Final = ("planning", "forecast", "intake", "housing", "rolls", "projections")
"""Topics of the assumptions that forecasts rest on."""


def _of(table: sa.Table, level: str, code: str) -> sa.ColumnElement[bool]:
    return (table.c.level == level) & (table.c.unit_code == code)


def expected(engine: sa.Engine, level: str, code: str) -> list[dict[str, Any]]:
    """Return what is expected of a unit, by year, part, sex and method."""
    chosen = sa.select(FORECAST).where(_of(FORECAST, level, code))
    order = ("academic_year", "year_group", "sex", "forecast_method")
    return all_rows(engine, chosen.order_by(*(FORECAST.c[name] for name in order)))


def chosen_of_level(
    engine: sa.Engine, level: str, parts: Sequence[str], *, sex: str
) -> list[dict[str, Any]]:
    """Return what is expected of all units of a level, by the methods chosen."""
    kept = (
        (FORECAST.c.level == level)
        & FORECAST.c.year_group.in_(parts)
        & (FORECAST.c.sex == sex)
        & FORECAST.c.is_chosen.is_(True)
    )
    order = ("unit_code", "year_group", "academic_year")
    return all_rows(
        engine, sa.select(FORECAST).where(kept).order_by(*(FORECAST.c[name] for name in order))
    )


def counted_in(
    engine: sa.Engine, level: str, parts: Sequence[str], *, sex: str, year: str
) -> list[dict[str, Any]]:
    """Return what was counted in all units of a level in one school year."""
    kept = (
        (ROLL.c.level == level)
        & ROLL.c.year_group.in_(parts)
        & (ROLL.c.sex == sex)
        & (ROLL.c.academic_year == year)
    )
    return all_rows(engine, sa.select(ROLL).where(kept))


def names(engine: sa.Engine, level: str) -> dict[str, str]:
    """Return the name of every unit of a level that is forecast, by its code."""
    codes = sa.select(FORECAST.c.unit_code).where(FORECAST.c.level == level).distinct()
    known = {row["unit_code"]: row["unit_code"] for row in all_rows(engine, codes)}
    for code, name in _named(engine, level):
        if code in known:
            known[code] = name
    return known


def _named(engine: sa.Engine, level: str) -> list[tuple[str, str]]:
    if level == "planning_area":
        return planning_area_codes(engine)
    code, table = (SCHOOL.c.urn, SCHOOL) if level == "school" else (AUTHORITY.c.la_code, AUTHORITY)
    rows = all_rows(engine, sa.select(code.label("code"), table.c.name))
    return [(str(row["code"]), row["name"]) for row in rows]


def why_none(engine: sa.Engine) -> str | None:
    """Return why a build has no forecast, as it was noted."""
    chosen = sa.select(ISSUE.c.says).where(
        ISSUE.c.step == "forecast", ISSUE.c.rule == "region is forecast"
    )
    rows = all_rows(engine, chosen)
    return rows[0]["says"] if rows else None


def accuracy(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return how each method has done, by level, part and years ahead."""
    order = ("level", "year_group", "forecast_method", "years_ahead")
    return all_rows(engine, sa.select(ACCURACY).order_by(*(ACCURACY.c[name] for name in order)))


def beside_published(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the authorities' own forecasts, and what the atlas would have said of the same."""
    own, ours = RECORD.alias(), RECORD.alias()
    same = [
        own.c[name] == ours.c[name]
        for name in ("level", "unit_code", "year_group", "made_in", "academic_year")
    ]
    statement = (
        sa.select(
            *(own.c[name] for name in ("level", "year_group", "made_in", "academic_year")),
            own.c.error_ratio.label("own_ratio"),
            (own.c.pupils_expected - own.c.pupils_came).label("own_pupils"),
            ours.c.error_ratio.label("atlas_ratio"),
            (ours.c.pupils_expected - ours.c.pupils_came).label("atlas_pupils"),
        )
        .select_from(own.outerjoin(ours, sa.and_(*same, ours.c.made_by == "chosen")))
        .where(own.c.made_by == "authority", own.c.error_ratio.is_not(None))
    )
    return all_rows(engine, statement)


def counted(engine: sa.Engine, level: str, code: str) -> list[dict[str, Any]]:
    """Return the rolls that a unit's forecast starts from, oldest first."""
    chosen = sa.select(ROLL).where(_of(ROLL, level, code))
    return all_rows(engine, chosen.order_by(ROLL.c.academic_year, ROLL.c.year_group, ROLL.c.sex))


def methods(engine: sa.Engine, level: str, code: str) -> list[dict[str, Any]]:
    """Return how each method has done for a unit, by phase, the best first."""
    chosen = sa.select(METHOD).where(_of(METHOD, level, code))
    order = (METHOD.c.phase, METHOD.c.error_pupils.is_(None), METHOD.c.error_pupils)
    return all_rows(engine, chosen.order_by(*order, METHOD.c.forecast_method))


def record(engine: sa.Engine, level: str, code: str, makers: Sequence[str]) -> list[dict[str, Any]]:
    """Return what some makers said of a unit in earlier years, and what came."""
    chosen = sa.select(RECORD).where(_of(RECORD, level, code), RECORD.c.made_by.in_(makers))
    order = ("year_group", "made_by", "made_in", "academic_year")
    return all_rows(engine, chosen.order_by(*(RECORD.c[name] for name in order)))


def cohorts(engine: sa.Engine, la_code: str | None) -> list[dict[str, Any]]:
    """Return the children of an authority who reach reception in the years ahead."""
    names = (COHORT.c.academic_year, COHORT.c.children, COHORT.c.basis)
    chosen = sa.select(*names).where(COHORT.c.la_code == la_code)
    return all_rows(engine, chosen.order_by(COHORT.c.academic_year))


def borders(engine: sa.Engine, level: str, code: str) -> list[dict[str, Any]]:
    """Return who crosses the border to or from a unit, by phase."""
    left_out = ("level", "unit_code")
    names = [column for column in BORDER.c if column.name not in left_out]
    chosen = sa.select(*names).where(_of(BORDER, level, code))
    return all_rows(engine, chosen.order_by(BORDER.c.phase))


def assumptions(engine: sa.Engine, units: Sequence[str]) -> list[dict[str, Any]]:
    """Return the assumptions in use that a forecast rests on, everywhere or for some units.

    Those that a planner has set otherwise come first; of the atlas's own, single numbers but not
    the cells of tables, which /api/v1/assumptions lists.

    Args:
        engine: of the build.
        units: such as ``authority:E06000017``.
    """
    name = ASSUMPTION.c.assumption
    kept = (
        ASSUMPTION.c.holds_for.in_(["all", *units])
        & ASSUMPTION.c.is_in_use.is_(True)
        & sa.or_(
            ASSUMPTION.c.is_default.is_(False),
            *(name.startswith(f"{topic}.", autoescape=True) for topic in TOPICS),
        )
    )
    order = (ASSUMPTION.c.is_default, name, ASSUMPTION.c.holds_for)
    return all_rows(engine, sa.select(ASSUMPTION).where(kept).order_by(*order))


def why_left_out(engine: sa.Engine, urn: int) -> str | None:
    """Return why a school has no forecast by year group, as the build noted it."""
    chosen = sa.select(ISSUE.c.says).where(
        ISSUE.c.step == "forecast",
        ISSUE.c.rule == "school is forecast by year group",
        ISSUE.c.subject.like(f"%({urn})"),
    )
    rows = all_rows(engine, chosen)
    return rows[0]["says"] if rows else None


def planning_areas(
    engine: sa.Engine,
    *,
    phase: str | None,
    la_code: str | None,
    limit: int,
    cursor: str | None,
) -> Page:
    """Return planning areas by code and phase, with how many schools are in each."""
    listed = areas_listed().subquery()
    chosen = sa.select(listed)
    if phase is not None:
        chosen = chosen.where(listed.c.phase == phase)
    if la_code is not None:
        chosen = chosen.where(listed.c.la_code == la_code)
    keys = (listed.c.planning_area, listed.c.phase)
    return one_page(engine, chosen, keys=keys, limit=limit, cursor=cursor)


def planning_area(engine: sa.Engine, code: str) -> list[dict[str, Any]]:
    """Return a planning area, a row for each phase that it is planned for."""
    listed = areas_listed().subquery()
    chosen = sa.select(listed).where(listed.c.planning_area == code)
    return all_rows(engine, chosen.order_by(listed.c.phase))


def planning_area_codes(engine: sa.Engine) -> list[tuple[str, str]]:
    """Return the code and name of every planning area."""
    listed = areas_listed().subquery()
    chosen = sa.select(listed.c.planning_area, listed.c.name).distinct()
    return [(row["planning_area"], row["name"]) for row in all_rows(engine, chosen)]


def areas_listed() -> sa.Select[Any]:
    """Select planning areas of the authorities shown, or with schools, with what they rest on.

    The survey tells of schools across the border too: their areas are no part of the atlas.
    """
    key = (AREA.c.planning_area, AREA.c.phase)
    named = sa.select(
        *key,
        sa.func.min(AREA.c.name).label("name"),
        sa.func.min(AREA.c.la_code_dfe).label("la_code_dfe"),
        sa.func.max(AREA.c.version).label("version"),
        sa.func.max(_one_if((AREA.c.geometry.is_not(None)) & (AREA.c.basis == "published"))).label(
            "is_drawn"
        ),
        sa.func.max(_one_if(AREA.c.geometry.is_not(None))).label("has_outline"),
    ).group_by(*key)
    named_rows = named.subquery()
    of_schools = (AREA_SCHOOL.c.planning_area, AREA_SCHOOL.c.phase)
    members = (
        sa.select(
            *of_schools,
            sa.func.count().label("schools"),
            sa.func.max(_one_if(AREA_SCHOOL.c.basis == "reconstructed")).label("is_new"),
        )
        .group_by(*of_schools)
        .subquery()
    )
    every = (
        sa.union(
            sa.select(named_rows.c.planning_area, named_rows.c.phase),
            sa.select(members.c.planning_area, members.c.phase),
        )
    ).subquery()
    of_area = (named_rows.c.planning_area == every.c.planning_area) & (
        named_rows.c.phase == every.c.phase
    )
    of_member = (members.c.planning_area == every.c.planning_area) & (
        members.c.phase == every.c.phase
    )
    return (
        sa.select(
            every.c.planning_area,
            every.c.phase,
            sa.func.coalesce(named_rows.c.name, every.c.planning_area).label("name"),
            AUTHORITY.c.la_code,
            sa.func.coalesce(members.c.schools, 0).label("schools"),
            sa.case(
                (members.c.is_new == 1, "reconstructed"), (members.c.is_new == 0, "stated")
            ).label("basis"),
            sa.case(
                (named_rows.c.is_drawn == 1, "published"),
                (named_rows.c.has_outline == 1, "reconstructed"),
            ).label("outline_basis"),
            sa.case((named_rows.c.version != "", named_rows.c.version)).label("version"),
        )
        .select_from(
            every.outerjoin(named_rows, of_area)
            .outerjoin(members, of_member)
            .outerjoin(AUTHORITY, AUTHORITY.c.la_code_dfe == named_rows.c.la_code_dfe)
        )
        .where(AUTHORITY.c.la_code.is_not(None) | (members.c.schools > 0))
    )


def _one_if(condition: sa.ColumnElement[bool]) -> sa.Case[int]:
    return sa.case((condition, 1), else_=0)
