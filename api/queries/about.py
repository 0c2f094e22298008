"""Questions about the build itself."""

from typing import Any

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page, one_row
from config.terms import AreaKind, SchoolStatus
from config.words import search_key
from ingest.schema import SQL

BUILD = SQL["build"]
AUTHORITY = SQL["authority"]
SOURCE = SQL["source"]
RECEIPT = SQL["receipt"]
ISSUE = SQL["issue"]
CHANGE = SQL["change"]
SCHOOL = SQL["school"]
IN_USE = (SchoolStatus.OPEN, SchoolStatus.CLOSING)


def build_row(engine: sa.Engine) -> dict[str, Any]:
    """Return what is known of the build, without its coverage."""
    columns = [column for column in BUILD.c if column.name != "coverage"]
    return one_row(engine, sa.select(*columns)) or {}


def authorities(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the authorities shown, in the region file's order."""
    columns = (AUTHORITY.c.la_code, AUTHORITY.c.la_code_dfe, AUTHORITY.c.name)
    return all_rows(engine, sa.select(*columns).order_by(AUTHORITY.c.position))


def coverage(engine: sa.Engine) -> dict[str, Any]:
    """Return the coverage, as WKB in degrees, and its share."""
    return one_row(engine, sa.select(BUILD.c.coverage, BUILD.c.covered_pct)) or {}


def counts(engine: sa.Engine) -> dict[str, int]:
    """Count the schools in use today, the postcodes and the LSOAs."""
    in_use = _count(SCHOOL).where(SCHOOL.c.status.in_(IN_USE))
    area = SQL["area"]
    statement = sa.select(
        in_use.where(SCHOOL.c.is_outside.is_(False)).scalar_subquery().label("schools"),
        in_use.where(SCHOOL.c.is_outside.is_(True)).scalar_subquery().label("schools_outside"),
        _count(SQL["postcode"])
        .where(SQL["postcode"].c.is_outside.is_(False))
        .scalar_subquery()
        .label("postcodes"),
        _count(area)
        .where(area.c.kind == AreaKind.LSOA21, area.c.is_outside.is_(False))
        .scalar_subquery()
        .label("lsoa21"),
    )
    return one_row(engine, statement) or {}


def sources(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return every source with its receipts, by title."""
    receipts: dict[str, list[dict[str, Any]]] = {}
    for row in all_rows(engine, sa.select(RECEIPT).order_by(RECEIPT.c.file_name)):
        receipts.setdefault(row["source_id"], []).append(row)
    rows = all_rows(engine, sa.select(SOURCE).order_by(SOURCE.c.title))
    return [
        row
        | {
            "caveats": [line for line in (row["caveats"] or "").splitlines() if line],
            "receipts": (files := receipts.get(row["source_id"], [])),
            "release": max((file["release"] or "" for file in files), default="") or None,
        }
        for row in rows
    ]


def source_ids(engine: sa.Engine) -> frozenset[str]:
    """Return the id of every source."""
    with engine.connect() as connection:
        return frozenset(connection.execute(sa.select(SOURCE.c.source_id)).scalars())


def newest_release(engine: sa.Engine, source_id: str) -> str | None:
    """Return the newest release of a source that the build was made from."""
    statement = sa.select(sa.func.max(RECEIPT.c.release).label("release")).where(
        RECEIPT.c.source_id == source_id
    )
    found = one_row(engine, statement)
    return found["release"] if found else None


def issue_counts(engine: sa.Engine) -> dict[str, int]:
    """Count the build's issues by severity."""
    statement = sa.select(ISSUE.c.severity, sa.func.count().label("n")).group_by(ISSUE.c.severity)
    return {row["severity"]: row["n"] for row in all_rows(engine, statement)}


def issue_page(
    engine: sa.Engine, *, severity: str | None, q: str | None, limit: int, cursor: str | None
) -> Page:
    """Return a page of the issue log in the order it was written."""
    statement = sa.select(ISSUE)
    if severity is not None:
        statement = statement.where(ISSUE.c.severity == severity)
    for word in search_key(q or "").split():
        text = sa.func.lower(ISSUE.c.subject + " " + ISSUE.c.rule + " " + ISSUE.c.says)
        statement = statement.where(text.contains(word, autoescape=True))
    return one_page(engine, statement, keys=(ISSUE.c.issue_id,), limit=limit, cursor=cursor)


def change_counts(engine: sa.Engine) -> dict[str, int]:
    """Count what changed since the build compared with, by kind in reading order."""
    first = sa.func.min(CHANGE.c.change_id)
    statement = (
        sa.select(CHANGE.c.kind, sa.func.count().label("n")).group_by(CHANGE.c.kind).order_by(first)
    )
    return {row["kind"]: row["n"] for row in all_rows(engine, statement)}


def change_page(
    engine: sa.Engine, *, kind: str | None, urn: int | None, limit: int, cursor: str | None
) -> Page:
    """Return a page of what changed, in reading order."""
    statement = sa.select(CHANGE)
    if kind is not None:
        statement = statement.where(CHANGE.c.kind == kind)
    if urn is not None:
        statement = statement.where(CHANGE.c.urn == urn)
    return one_page(engine, statement, keys=(CHANGE.c.change_id,), limit=limit, cursor=cursor)


def _count(table: sa.Table) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table)
