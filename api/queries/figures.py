"""Questions about the figures of schools and authorities, each with the file it came from."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from api.queries.rows import all_rows
from config.terms import Sector
from ingest.schema import SQL

SCHOOL = SQL["school"]
MEASURE = SQL["measure"]
RECEIPT = SQL["receipt"]
SUCCESSION = SQL["school_succession"]
SCHOOL_VALUE = SQL["school_value"]
AUTHORITY_VALUE = SQL["authority_value"]
DESCRIBED: Final = (
    *("measure", "topic", "title", "says", "unit", "decimals", "polarity", "method", "position"),
    *("note", "source_id"),
)
VALUED: Final = ("period", "value", "low", "high", "cohort", "status", "receipt")


def predecessors(engine: sa.Engine, urn: int) -> list[dict[str, Any]]:
    """Return the establishments whose pupils went to a school, and to how many others as well."""
    others = (
        sa.select(SUCCESSION.c.urn, sa.func.count().label("successors"))
        .group_by(SUCCESSION.c.urn)
        .subquery()
    )
    statement = (
        sa.select(SUCCESSION.c.urn, SCHOOL.c.name, others.c.successors)
        .select_from(
            SUCCESSION.join(others, others.c.urn == SUCCESSION.c.urn).outerjoin(
                SCHOOL, SCHOOL.c.urn == SUCCESSION.c.urn
            )
        )
        .where(SUCCESSION.c.successor_urn == urn)
        .order_by(SUCCESSION.c.links, SUCCESSION.c.urn)
    )
    return all_rows(engine, statement)


def school_values(engine: sa.Engine, urns: Sequence[int]) -> list[dict[str, Any]]:
    """Return every value published under some URNs, by measure in reading order and period."""
    return all_rows(engine, _described(SCHOOL_VALUE, SCHOOL_VALUE.c.urn.in_(urns), "urn"))


def authority_values(engine: sa.Engine, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return every value of some authorities, regions or the country."""
    chosen = AUTHORITY_VALUE.c.area_code.in_(codes)
    return all_rows(engine, _described(AUTHORITY_VALUE, chosen, "area_code"))


def values_of_measures(
    engine: sa.Engine, measures: Sequence[str], codes: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the values of some measures for some authorities or the country."""
    chosen = AUTHORITY_VALUE.c.area_code.in_(codes) & AUTHORITY_VALUE.c.measure.in_(measures)
    return all_rows(engine, _described(AUTHORITY_VALUE, chosen, "area_code"))


def peer_positions(engine: sa.Engine, phase: str) -> list[dict[str, Any]]:
    """Return, by measure and period, the values that the quartiles of a phase lie between.

    Returns:
        ``measure``, ``period``, ``n`` (state schools of the phase in the region that have a
        value), ``place`` (from 1, the lowest first) and ``value``.
    """
    parts = (SCHOOL_VALUE.c.measure, SCHOOL_VALUE.c.period)
    ordered = (
        sa.select(
            *parts,
            SCHOOL_VALUE.c.value,
            sa.func.row_number()
            .over(partition_by=parts, order_by=SCHOOL_VALUE.c.value)
            .label("place"),
            sa.func.count().over(partition_by=parts).label("n"),
        )
        .join(SCHOOL, SCHOOL.c.urn == SCHOOL_VALUE.c.urn)
        .where(
            SCHOOL.c.phase == phase,
            SCHOOL.c.sector == Sector.STATE,
            SCHOOL.c.is_outside.is_(False),
            SCHOOL_VALUE.c.value.is_not(None),
        )
        .subquery()
    )
    gaps = ordered.c.n - 1
    near = [gaps // 4, (gaps + 3) // 4, gaps // 2, (gaps + 1) // 2, 3 * gaps // 4]
    wanted = sa.or_(*(ordered.c.place == place + 1 for place in [*near, (3 * gaps + 3) // 4]))
    return all_rows(engine, sa.select(ordered).where(wanted))


def school_measures(engine: sa.Engine) -> list[str]:
    """Return the ids of the measures that schools have values of."""
    rows = all_rows(engine, sa.select(MEASURE.c.measure).where(MEASURE.c.level == "school"))
    return [row["measure"] for row in rows]


def rows_of_schools(engine: sa.Engine, table: str, urns: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows that a table has of some schools, in the order of its key."""
    sql = SQL[table]
    chosen = sa.select(sql).where(sql.c.urn.in_(urns))
    return all_rows(engine, chosen.order_by(*sql.primary_key.columns))


def receipts(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return how the receipt of each file begins, with its series and release."""
    return all_rows(engine, sa.select(RECEIPT.c.receipt, RECEIPT.c.source_id, RECEIPT.c.release))


def groups_of(engine: sa.Engine, urn: int) -> list[dict[str, Any]]:
    """Return the trusts and federations that a school belongs to, with their size here."""
    group, member, other = SQL["school_group"], SQL["group_member"], SQL["group_member"].alias()
    size = (
        sa.select(sa.func.count())
        .select_from(other)
        .where(other.c.group_uid == group.c.group_uid)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            *(group.c[name] for name in ("group_uid", "name", "group_type", "status")),
            *(group.c[name] for name in ("open_date", "companies_house_number")),
            member.c.joined_on,
            member.c.source_id,
            member.c.receipt,
            size.label("members_here"),
        )
        .select_from(member.join(group, group.c.group_uid == member.c.group_uid))
        .where(member.c.urn == urn)
        .order_by(group.c.name)
    )
    return all_rows(engine, statement)


def _described(
    table: sa.Table, chosen: sa.ColumnElement[bool], key: str
) -> sa.Select[tuple[Any, ...]]:
    """Select values with what their measure says."""
    return (
        sa.select(
            *(MEASURE.c[name] for name in DESCRIBED),
            table.c[key],
            *(table.c[name] for name in VALUED),
        )
        .select_from(table.join(MEASURE, MEASURE.c.measure == table.c.measure))
        .where(chosen)
        .order_by(MEASURE.c.position, MEASURE.c.measure, table.c.period, table.c[key])
    )
