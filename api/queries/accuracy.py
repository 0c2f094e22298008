"""Questions about the record: what was expected, what came, and who was nearer."""

from typing import Any

import sqlalchemy as sa

from api.queries.rows import Page, all_rows, one_page
from ingest.schema import SQL

RECORD = SQL["forecast_record"]
SCORECARD = SQL["scorecard_record"]
ACCURACY = SQL["forecast_accuracy"]
AUTHORITY = SQL["authority"]

KEY = ("level", "unit_code", "year_group", "made_by", "made_in", "academic_year", "source_id")


def record_page(
    engine: sa.Engine, *, limit: int, cursor: str | None, **chosen: str | int | None
) -> Page:
    """Return what was expected and what came, by unit, maker and year, a page at a time.

    Args:
        engine: of the build.
        limit: rows on the page.
        cursor: of the page.
        chosen: any of ``level``, ``unit_code``, ``phase``, ``made_by``, ``years_ahead``; of
            scorecards, authorities that the atlas is about where no unit is chosen.
    """
    listed = _kept(**chosen)
    keys = [listed.c[name] for name in KEY]
    return one_page(engine, sa.select(listed), keys=keys, limit=limit, cursor=cursor)


def record_rows(engine: sa.Engine, **chosen: str | int | None) -> list[dict[str, Any]]:
    """Return all of them, in the same order."""
    listed = _kept(**chosen)
    return all_rows(engine, sa.select(listed).order_by(*(listed.c[name] for name in KEY)))


def of_methods(engine: sa.Engine, **chosen: str | int | None) -> list[dict[str, Any]]:
    """Return how far off each method would have been, by level, part and years ahead."""
    columns = {
        "level": ACCURACY.c.level,
        "phase": ACCURACY.c.year_group,
        "made_by": ACCURACY.c.forecast_method,
        "years_ahead": ACCURACY.c.years_ahead,
    }
    found = sa.select(ACCURACY)
    for name, value in chosen.items():
        if value is not None and name in columns:
            found = found.where(columns[name] == value)
    order = ("level", "year_group", "years_ahead", "forecast_method")
    return all_rows(engine, found.order_by(*(ACCURACY.c[name] for name in order)))


def scorecard_errors(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the errors that the scorecards tell of every authority of England."""
    chosen = sa.select(SCORECARD).where(SCORECARD.c.error_ratio.is_not(None))
    order = ("la_code", "phase", "years_ahead", "academic_year", "made_by")
    return all_rows(engine, chosen.order_by(*(SCORECARD.c[name] for name in order)))


def has_authority(engine: sa.Engine, la_code: str) -> bool:
    """Say whether there is a record of an authority."""
    one = sa.select(SCORECARD.c.la_code).where(SCORECARD.c.la_code == la_code).limit(1)
    return bool(all_rows(engine, one))


def _kept(**chosen: str | int | None) -> sa.Subquery:
    """Keep rows of either table before they are put together, so that indexes are of use."""
    is_only_shown = chosen.get("unit_code") is None
    parts = [_where(_of_rolls(), chosen), _where(_of_scorecards(is_only_shown), chosen)]
    return sa.union_all(*parts).subquery()


def _where(found: sa.Select[Any], chosen: dict[str, str | int | None]) -> sa.Select[Any]:
    columns = {column.name: getattr(column, "element", column) for column in found.selected_columns}
    names = {"phase": "year_group"}
    for name, value in chosen.items():
        if value is not None:
            found = found.where(columns[names.get(name, name)] == value)
    return found


def _of_rolls() -> sa.Select[Any]:
    ahead = _start(RECORD.c.academic_year) - _start(RECORD.c.made_in)
    return sa.select(
        sa.literal("rolls").label("source_id"),
        *(RECORD.c[name] for name in KEY[:-1]),
        ahead.label("years_ahead"),
        RECORD.c.pupils_expected,
        RECORD.c.pupils_came,
        RECORD.c.error_ratio,
        RECORD.c.is_hindcast,
    )


def _of_scorecards(is_only_shown: bool) -> sa.Select[Any]:  # noqa: FBT001 - a query's one choice
    found = sa.select(
        sa.literal("scorecards").label("source_id"),
        sa.literal("authority").label("level"),
        SCORECARD.c.la_code.label("unit_code"),
        SCORECARD.c.phase.label("year_group"),
        SCORECARD.c.made_by,
        SCORECARD.c.made_in,
        SCORECARD.c.academic_year,
        SCORECARD.c.years_ahead,
        SCORECARD.c.pupils_expected,
        SCORECARD.c.pupils_came,
        SCORECARD.c.error_ratio,
        (SCORECARD.c.made_by != "authority").label("is_hindcast"),
    )
    if is_only_shown:
        found = found.where(SCORECARD.c.la_code.in_(sa.select(AUTHORITY.c.la_code)))
    return found


def _start(year: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    """Return the calendar year in which a school year begins."""
    return sa.cast(sa.func.substr(year, 1, 4), sa.Integer)
