"""Questions that the data-quality page asks: rows as its checks take them."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from api.queries.rows import all_rows
from config.terms import IN_USE
from ingest.schema import SQL

SCHOOL = SQL["school"]
VALUE = SQL["school_value"]
PLACES = SQL["school_places"]
ROLL = SQL["roll"]
SUCCESSION = SQL["school_succession"]
ISSUE = SQL["issue"]
AUTHORITY_VALUE = SQL["authority_value"]
CENSUS_PUPILS: Final = "census_pupils"
PRIMARY_PUPILS: Final = "scorecard_pupils_primary"
SURVEY: Final = "school_capacity"


def schools_in_use(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the region's schools that children attend today."""
    named = ("urn", "name", "phase", "sector", "la_code", "la_name", "pupils", "capacity_pupils")
    columns = (SCHOOL.c[name] for name in (*named, "census_date", "lon"))
    chosen = sa.select(*columns).where(
        SCHOOL.c.status.in_(sorted(IN_USE)), SCHOOL.c.is_outside.is_(False)
    )
    return all_rows(engine, chosen.order_by(SCHOOL.c.name, SCHOOL.c.urn))


def planning_areas_of_schools(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the schools that a survey puts into planning areas, each under its number of today."""
    today = sa.func.coalesce(SUCCESSION.c.successor_urn, PLACES.c.urn).label("urn")
    statement = (
        sa.select(today, PLACES.c.planning_area)
        .select_from(PLACES.outerjoin(SUCCESSION, SUCCESSION.c.urn == PLACES.c.urn))
        .where(PLACES.c.planning_area.is_not(None))
    )
    return all_rows(engine, statement)


def census_counts(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the pupils of every school and year in the school census."""
    measure = SQL["measure"]
    statement = (
        sa.select(measure.c.source_id, VALUE.c.urn, VALUE.c.period, VALUE.c.value.label("pupils"))
        .join(measure, measure.c.measure == VALUE.c.measure)
        .where(VALUE.c.measure == CENSUS_PUPILS, VALUE.c.value.is_not(None))
    )
    return all_rows(engine, statement)


def places_counts(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the pupils that returns about places have beside them, by school, year and phase."""
    columns = (PLACES.c.source_id, PLACES.c.urn, PLACES.c.academic_year.label("period"))
    statement = sa.select(*columns, PLACES.c.phase, PLACES.c.pupils)
    return all_rows(engine, statement.where(PLACES.c.pupils.is_not(None)))


def rolls(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return every count of the roll table."""
    columns = ("source_id", "urn", "academic_year", "year_group", "sex", "pupils")
    statement = sa.select(*(ROLL.c[name] for name in columns)).where(ROLL.c.pupils.is_not(None))
    return all_rows(engine, statement)


def numbers_used(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the numbers under which figures are published, and what the register knows of each."""
    used = (
        sa.select(
            VALUE.c.urn,
            sa.func.count().label("values"),
            sa.func.min(VALUE.c.period).label("first"),
            sa.func.max(VALUE.c.period).label("last"),
        )
        .group_by(VALUE.c.urn)
        .subquery()
    )
    link = SQL["school_link"]
    linked = sa.select(sa.func.min(link.c.linked_name)).where(link.c.linked_urn == used.c.urn)
    name = sa.func.coalesce(SCHOOL.c.name, linked.scalar_subquery()).label("name")
    statement = (
        sa.select(used, name, SCHOOL.c.status)
        .select_from(used.outerjoin(SCHOOL, SCHOOL.c.urn == used.c.urn))
        .order_by(used.c.urn)
    )
    return all_rows(engine, statement)


def successors(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the schools of this atlas that came after others."""
    statement = (
        sa.select(SUCCESSION.c.urn, SUCCESSION.c.successor_urn, SCHOOL.c.name)
        .join(SCHOOL, SCHOOL.c.urn == SUCCESSION.c.successor_urn)
        .order_by(SUCCESSION.c.urn, SUCCESSION.c.successor_urn)
    )
    return all_rows(engine, statement)


def pupils_by_authority(engine: sa.Engine) -> list[dict[str, Any]]:
    """Add up the pupils of the capacity survey by authority, year and phase of the places."""
    parts = (SCHOOL.c.la_code, PLACES.c.academic_year, PLACES.c.phase)
    statement = (
        sa.select(
            SCHOOL.c.la_code,
            PLACES.c.academic_year.label("period"),
            PLACES.c.phase,
            sa.func.sum(PLACES.c.pupils).label("pupils"),
        )
        .join(SCHOOL, SCHOOL.c.urn == PLACES.c.urn)
        .where(
            SCHOOL.c.is_outside.is_(False),
            PLACES.c.source_id == SURVEY,
            PLACES.c.pupils.is_not(None),
        )
        .group_by(*parts)
    )
    return all_rows(engine, statement)


def published_pupils(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the primary pupils that are published of authorities."""
    columns = ("area_code", "period", "value")
    statement = sa.select(*(AUTHORITY_VALUE.c[name] for name in columns)).where(
        AUTHORITY_VALUE.c.measure == PRIMARY_PUPILS, AUTHORITY_VALUE.c.value.is_not(None)
    )
    return all_rows(engine, statement)


def issue_groups(engine: sa.Engine) -> list[dict[str, Any]]:
    """Count the issue log by step, severity and rule, the most first."""
    parts = (ISSUE.c.step, ISSUE.c.severity, ISSUE.c.rule)
    count = sa.func.count().label("count")
    example = sa.func.min(ISSUE.c.says).label("example")
    statement = sa.select(*parts, count, example).group_by(*parts)
    return all_rows(engine, statement.order_by(sa.desc(count), *parts))


def warnings_of(engine: sa.Engine, steps: Sequence[str]) -> list[dict[str, Any]]:
    """Return the warnings that some steps of a build wrote down, in the order they were found."""
    is_asked = ISSUE.c.step.in_(steps) & (ISSUE.c.severity == "warning")
    return all_rows(engine, sa.select(ISSUE).where(is_asked).order_by(ISSUE.c.issue_id))


def issues_of_series(engine: sa.Engine) -> dict[str, str]:
    """Return why series are not there, by id of the series, as the build wrote it down."""
    statement = sa.select(ISSUE.c.subject, ISSUE.c.says).where(ISSUE.c.step == "files")
    return {row["subject"]: row["says"] for row in all_rows(engine, statement)}
