"""Questions about what forecasts assume."""

from typing import Any

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page
from ingest.schema import SQL

ASSUMPTION = SQL["assumption"]
KEYS = (ASSUMPTION.c.assumption, ASSUMPTION.c.holds_for, ASSUMPTION.c.set_on)


def assumptions(
    engine: sa.Engine, *, holds_for: str | None, in_use: bool | None
) -> list[dict[str, Any]]:
    """Return the log of assumptions, by id, unit and day."""
    return all_rows(engine, _kept(holds_for=holds_for, in_use=in_use).order_by(*KEYS))


def assumption_page(
    engine: sa.Engine,
    *,
    holds_for: str | None,
    in_use: bool | None,
    limit: int,
    cursor: str | None,
) -> Page:
    """Return a page of the log of assumptions."""
    return one_page(
        engine, _kept(holds_for=holds_for, in_use=in_use), keys=KEYS, limit=limit, cursor=cursor
    )


def _kept(*, holds_for: str | None, in_use: bool | None) -> sa.Select[Any]:
    statement = sa.select(ASSUMPTION)
    if holds_for is not None:
        statement = statement.where(ASSUMPTION.c.holds_for == holds_for)
    if in_use is not None:
        statement = statement.where(ASSUMPTION.c.is_in_use.is_(in_use))
    return statement
