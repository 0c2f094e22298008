"""Questions about forecasts that were in use."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page
from ingest.schema import SQL

VINTAGE = SQL["forecast_vintage"]
CAUSE = SQL["forecast_change"]
KEYS = tuple(CAUSE.primary_key.columns)


def vintages(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the forecasts that were in use, the oldest first."""
    return all_rows(engine, sa.select(VINTAGE).order_by(VINTAGE.c.vintage))


def causes(engine: sa.Engine, *, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return why the forecast differs from the last one, for units and phases."""
    return all_rows(engine, _kept(kept).order_by(*KEYS))


def cause_page(
    engine: sa.Engine, *, kept: Mapping[str, str], limit: int, cursor: str | None
) -> Page:
    """Return a page of the same."""
    return one_page(engine, _kept(kept), keys=KEYS, limit=limit, cursor=cursor)


def _kept(kept: Mapping[str, str]) -> sa.Select[Any]:
    return sa.select(CAUSE).where(*(CAUSE.c[name] == value for name, value in kept.items()))
