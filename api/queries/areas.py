"""Questions about areas and their values."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page, one_row
from config.words import search_key
from ingest.schema import SQL

AREA = SQL["area"]
MEASURE = SQL["measure"]
VALUE = SQL["area_value"]
_OF_AREAS = sa.select(MEASURE).where(MEASURE.c.level == "area")


def area_page(
    engine: sa.Engine,
    *,
    kind: str | None,
    is_outside: bool | None,
    q: str | None,
    with_geometry: bool,
    limit: int,
    cursor: str | None,
) -> Page:
    """Return a page of areas by name."""
    statement = sa.select(*_columns(with_geometry=with_geometry))
    if kind is not None:
        statement = statement.where(AREA.c.kind == kind)
    if is_outside is not None:
        statement = statement.where(AREA.c.is_outside == is_outside)
    for word in search_key(q or "").split():
        padded = (
            sa.literal(" ") + sa.func.lower(AREA.c.name) + " " + sa.func.lower(AREA.c.area_code)
        )
        statement = statement.where(padded.contains(f" {word}", autoescape=True))
    keys = (sa.func.lower(AREA.c.name, type_=sa.String()), AREA.c.area_code)
    return one_page(engine, statement, keys=keys, limit=limit, cursor=cursor)


def area(engine: sa.Engine, area_code: str, *, with_geometry: bool) -> dict[str, Any] | None:
    """Return one area."""
    columns = _columns(with_geometry=with_geometry)
    return one_row(engine, sa.select(*columns).where(AREA.c.area_code == area_code))


def areas_like(engine: sa.Engine, area_code: str, *, most: int = 3) -> list[str]:
    """Return codes that begin like ``area_code``, the longest common beginning first."""
    for length in range(len(area_code) - 1, 0, -1):
        start = area_code[:length]
        statement = (
            sa.select(AREA.c.area_code)
            .where(AREA.c.area_code >= start, AREA.c.area_code < start + "\uffff")
            .order_by(AREA.c.area_code)
            .limit(most)
        )
        with engine.connect() as connection:
            if found := list(connection.execute(statement).scalars()):
                return found
    return []


def values_of_area(engine: sa.Engine, area_code: str, kind: str) -> list[dict[str, Any]]:
    """Return an area's values in reading order, and its rank among the region's areas alike."""
    among = _among(area_code, kind)
    statement = (
        sa.select(
            VALUE.c.measure,
            *(MEASURE.c[name] for name in ("title", "topic", "unit", "decimals", "period")),
            MEASURE.c.source_id,
            VALUE.c.value,
            VALUE.c.status,
            (among.c.higher + 1).label("rank"),
            among.c.ranked,
        )
        .select_from(
            VALUE.join(MEASURE, MEASURE.c.measure == VALUE.c.measure).outerjoin(
                among, among.c.measure == VALUE.c.measure
            )
        )
        .where(VALUE.c.area_code == area_code)
        .order_by(MEASURE.c.position, MEASURE.c.measure)
    )
    return all_rows(engine, statement)


def measures(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return every measure in reading order, with the kinds of area that have values of it."""
    kinds: dict[str, list[str]] = {}
    pairs = (
        sa.select(VALUE.c.measure, AREA.c.kind)
        .join(AREA, AREA.c.area_code == VALUE.c.area_code)
        .distinct()
        .order_by(AREA.c.kind)
    )
    for row in all_rows(engine, pairs):
        kinds.setdefault(row["measure"], []).append(row["kind"])
    rows = all_rows(engine, _OF_AREAS.order_by(MEASURE.c.position, MEASURE.c.measure))
    return [row | {"kinds": kinds.get(row["measure"], [])} for row in rows]


def measure(engine: sa.Engine, measure_id: str) -> dict[str, Any] | None:
    """Return one measure."""
    return one_row(engine, _OF_AREAS.where(MEASURE.c.measure == measure_id))


def measure_ids(engine: sa.Engine) -> Sequence[str]:
    """Return the id of every measure, in reading order."""
    with engine.connect() as connection:
        return list(
            connection.execute(
                sa.select(MEASURE.c.measure)
                .where(MEASURE.c.level == "area")
                .order_by(MEASURE.c.position)
            ).scalars()
        )


def measure_values(engine: sa.Engine, measure_id: str, kind: str) -> list[dict[str, Any]]:
    """Return the value of one measure for every area of a kind, by code."""
    statement = (
        sa.select(AREA.c.area_code, VALUE.c.value, VALUE.c.status, AREA.c.is_outside)
        .join(VALUE, VALUE.c.area_code == AREA.c.area_code)
        .where(VALUE.c.measure == measure_id, AREA.c.kind == kind)
        .order_by(AREA.c.area_code)
    )
    return all_rows(engine, statement)


def _among(area_code: str, kind: str) -> sa.Subquery:
    """Count, by measure, the region's areas of a kind that have a value, and a higher one."""
    mine, other = VALUE.alias("mine"), VALUE.alias("other")
    alike = sa.select(AREA.c.area_code).where(AREA.c.kind == kind, AREA.c.is_outside.is_(False))
    return (
        sa.select(
            mine.c.measure,
            sa.func.count().label("ranked"),
            sa.func.count(sa.case((other.c.value > mine.c.value, 1))).label("higher"),
        )
        .select_from(mine.join(other, other.c.measure == mine.c.measure))
        .where(
            mine.c.area_code == area_code,
            other.c.area_code.in_(alike),
            other.c.value.is_not(None),
        )
        .group_by(mine.c.measure)
        .subquery("among")
    )


def _columns(*, with_geometry: bool) -> list[sa.Column[Any]]:
    return [column for column in AREA.c if with_geometry or column.name != "geometry"]
