"""Questions about postcodes and named places."""

from typing import Any

import sqlalchemy as sa

from api.finder import PostcodeQuery, nearest_postcodes
from api.queries.rows import all_rows, one_row
from ingest.schema import SQL

POSTCODE = SQL["postcode"]
PLACE = SQL["place"]
AREA = SQL["area"]
LAST = "\uffff"
"""Sorts after every letter: the end of a range of prefixes."""


def postcode_detail(engine: sa.Engine, postcode: str) -> dict[str, Any] | None:
    """Return one postcode, spelled with its space, and the names of its areas."""
    ward, lsoa, authority = AREA.alias("ward"), AREA.alias("lsoa"), AREA.alias("authority")
    joined = (
        POSTCODE.outerjoin(ward, ward.c.area_code == POSTCODE.c.ward25)
        .outerjoin(lsoa, lsoa.c.area_code == POSTCODE.c.lsoa21)
        .outerjoin(authority, authority.c.area_code == POSTCODE.c.la_code)
    )
    statement = (
        sa.select(
            *POSTCODE.c,
            ward.c.name.label("ward_name"),
            lsoa.c.name.label("lsoa21_name"),
            authority.c.name.label("la_name"),
        )
        .select_from(joined)
        .where(POSTCODE.c.postcode == postcode)
    )
    return one_row(engine, statement)


def postcodes_begun(engine: sa.Engine, query: PostcodeQuery, *, most: int) -> list[dict[str, Any]]:
    """Return postcodes that begin as typed, those of the authorities shown first."""
    start = query.key
    column = POSTCODE.c.postcode_key
    if query.outward is not None:
        start = f"{query.outward} {query.key.removeprefix(query.outward)}"
        column = POSTCODE.c.postcode
    ward, authority = AREA.alias("ward"), AREA.alias("authority")
    statement = (
        sa.select(
            POSTCODE.c.postcode,
            POSTCODE.c.lon,
            POSTCODE.c.lat,
            ward.c.name.label("ward_name"),
            authority.c.name.label("la_name"),
        )
        .select_from(
            POSTCODE.outerjoin(ward, ward.c.area_code == POSTCODE.c.ward25).outerjoin(
                authority, authority.c.area_code == POSTCODE.c.la_code
            )
        )
        .where(column >= start, column < start + LAST)
        .order_by(POSTCODE.c.is_outside, POSTCODE.c.postcode)
        .limit(most)
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
