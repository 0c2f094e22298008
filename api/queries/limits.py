"""Questions about limits on intakes: who is sent elsewhere, and who finds no place."""

from typing import Any, Final

import sqlalchemy as sa

from api.queries.rows import all_rows
from ingest.schema import SQL

DISPLACED = SQL["forecast_displaced"]
ORDER: Final = (DISPLACED.c.academic_year, DISPLACED.c.year_group)


def displaced(engine: sa.Engine, level: str, code: str) -> list[dict[str, Any]]:
    """Return whom limits move in a unit, by school year and year group."""
    kept = (DISPLACED.c.level == level) & (DISPLACED.c.unit_code == code)
    return all_rows(engine, sa.select(DISPLACED).where(kept).order_by(*ORDER))


def unplaced(engine: sa.Engine, la_code: str | None) -> list[dict[str, Any]]:
    """Return who finds no place in an authority, or in each of all; by school year and group."""
    found = sa.select(DISPLACED).where(
        DISPLACED.c.level == "authority", DISPLACED.c.pupils_unplaced > 0
    )
    if la_code is not None:
        found = found.where(DISPLACED.c.unit_code == la_code)
    return all_rows(engine, found.order_by(DISPLACED.c.unit_code, *ORDER))
