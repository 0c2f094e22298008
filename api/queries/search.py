"""The names that search looks through, read once a build."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from api.finder import Entry, Finder
from api.narrative.school import school_detail
from config.terms import AreaKind, Phase, SchoolStatus, Sector
from ingest.schema import SQL

PLACE_WEIGHTS: Final = {"city": 0, "town": 1, "suburb": 4, "village": 4, "hamlet": 6, "street": 9}
AREA_WEIGHTS: Final = {AreaKind.AUTHORITY: 1, AreaKind.WARD25: 8, AreaKind.LSOA21: 10}
SCHOOL_WEIGHTS: Final = {
    SchoolStatus.OPEN: 3,
    SchoolStatus.CLOSING: 3,
    SchoolStatus.PROPOSED: 5,
    SchoolStatus.CLOSED: 11,
}
"""Which of several things that match alike comes first."""
OUTSIDE: Final = 2
AREA_WORDS: Final = {
    AreaKind.AUTHORITY: "Authority",
    AreaKind.WARD25: "Ward",
    AreaKind.LSOA21: "Census area",
}


def load_finder(engine: sa.Engine) -> Finder:
    """Read every name of a build into an index."""
    with engine.connect() as connection:
        return Finder([*_schools(connection), *_places(connection), *_areas(connection)])


def _schools(connection: sa.Connection) -> Iterator[Entry]:
    table = SQL["school"]
    names = ("urn", "name", "phase", "sector", "status", "town", "la_name", "lon", "lat")
    columns = [table.c[name] for name in (*names, "is_outside", "postcode")]
    for row in connection.execute(sa.select(*columns)):
        status = SchoolStatus(row.status)
        yield Entry(
            kind="school",
            id=str(row.urn),
            label=row.name,
            detail=school_detail(
                Phase(row.phase), Sector(row.sector), status, row.town or row.la_name
            ),
            lon=row.lon,
            lat=row.lat,
            weight=SCHOOL_WEIGHTS[status] + OUTSIDE * row.is_outside,
            also=f"{row.urn} {row.town or ''} {row.postcode or ''}",
            phase=row.phase,
            status=row.status,
        )


def _places(connection: sa.Connection) -> Iterator[Entry]:
    for row in connection.execute(sa.select(SQL["place"])):
        kind = row.kind or "place"
        yield Entry(
            kind="place",
            id=str(row.place_id),
            label=row.name,
            detail=f"{kind.capitalize()}{f' in {row.near}' if row.near else ''}",
            lon=row.lon,
            lat=row.lat,
            weight=PLACE_WEIGHTS.get(kind, PLACE_WEIGHTS["hamlet"]),
            also=row.near or "",
        )


def _areas(connection: sa.Connection) -> Iterator[Entry]:
    table = SQL["area"]
    parent = table.alias("parent")
    names = ("area_code", "name", "kind", "is_outside", "lon", "lat")
    statement = sa.select(
        *(table.c[name] for name in names), parent.c.name.label("parent_name")
    ).select_from(table.outerjoin(parent, parent.c.area_code == table.c.parent_code))
    for row in connection.execute(statement):
        kind = AreaKind(row.kind)
        within = f" in {row.parent_name}" if row.parent_name else ""
        yield Entry(
            kind="area",
            id=row.area_code,
            label=row.name,
            detail=f"{AREA_WORDS[kind]}{within if kind is not AreaKind.AUTHORITY else ''}",
            lon=row.lon,
            lat=row.lat,
            weight=AREA_WEIGHTS[kind] + OUTSIDE * row.is_outside,
            also=row.area_code,
        )
