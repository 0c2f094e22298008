"""Questions about postcodes and named places."""

from typing import Any

import sqlalchemy as sa

from api.finder import PostcodeQuery, nearest_postcodes
from api.queries.rows import all_rows, one_row
from ingest.schema import SQL

POSTCODE = SQL["postcode"]
PLACE = SQL["place"]
WARD, LSOA, AUTHORITY = (SQL["area"].alias(name) for name in ("ward", "lsoa", "authority"))
LAST = "\uffff"
"""Sorts after every letter: the end of a range of prefixes."""


def postcode_detail(engine: sa.Engine, postcode: str) -> dict[str, Any] | None:
    """Return one postcode, spelled with its space, and the names of its areas."""
    joined = (
        POSTCODE.outerjoin(WARD, WARD.c.area_code == POSTCODE.c.ward25)
        .outerjoin(LSOA, LSOA.c.area_code == POSTCODE.c.lsoa21)
        .outerjoin(AUTHORITY, AUTHORITY.c.area_code == POSTCODE.c.la_code)
    )
    statement = (
        sa.select(
            *POSTCODE.c,
            WARD.c.name.label("ward_name"),
            LSOA.c.name.label("lsoa21_name"),
            AUTHORITY.c.name.label("la_name"),
        )
        .select_from(joined)
        .where(POSTCODE.c.postcode == postcode)
    )
    return one_row(engine, statement)


def postcodes_begun(engine: sa.Engine, query: PostcodeQuery, *, most: int) -> list[dict[str, Any]]:
    """Return postcodes that begin as typed: of that very district first, then in the region."""
    start = query.key
    column = POSTCODE.c.postcode_key
    if query.outward is not None:
        start = f"{query.outward} {query.key.removeprefix(query.outward)}"
        column = POSTCODE.c.postcode
    is_elsewhere = (~_is_within(query.key)).label("is_elsewhere")
    names = ("postcode", "lon", "lat", "ward25", "la_code", "is_outside")
    begun = (
        sa.select(*(POSTCODE.c[name] for name in names), is_elsewhere)
        .where(column >= start, column < start + LAST)
        .order_by(is_elsewhere, POSTCODE.c.is_outside, POSTCODE.c.postcode)
        .limit(most)
        .subquery()
    )
    statement = (
        sa.select(
            begun.c.postcode,
            begun.c.lon,
            begun.c.lat,
            WARD.c.name.label("ward_name"),
            AUTHORITY.c.name.label("la_name"),
        )
        .select_from(
            begun.outerjoin(WARD, WARD.c.area_code == begun.c.ward25).outerjoin(
                AUTHORITY, AUTHORITY.c.area_code == begun.c.la_code
            )
        )
        .order_by(begun.c.is_elsewhere, begun.c.is_outside, begun.c.postcode)
    )
    return all_rows(engine, statement)


def similar_postcodes(engine: sa.Engine, postcode: str, *, most: int = 5) -> list[str]:
    """Return postcodes spelled alike: of the same sector, else of the same district."""
    outward, inward = postcode.split(" ")
    for start in (f"{outward} {inward[0]}", f"{outward} "):
        statement = sa.select(POSTCODE.c.postcode).where(
            POSTCODE.c.postcode >= start, POSTCODE.c.postcode < start + LAST
        )
        with engine.connect() as connection:
            known = list(connection.execute(statement).scalars())
        if known:
            return nearest_postcodes(postcode, known, most=most)
    return []


def place(engine: sa.Engine, place_id: int) -> dict[str, Any] | None:
    """Return one named settlement or street."""
    return one_row(engine, sa.select(PLACE).where(PLACE.c.place_id == place_id))


def _is_within(outward: str) -> sa.ColumnElement[bool]:
    """Say whether a postcode is of the district: LE1 5AA begins with LE15 and is not in it."""
    return sa.and_(POSTCODE.c.postcode >= f"{outward} ", POSTCODE.c.postcode < f"{outward} {LAST}")
