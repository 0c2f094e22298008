"""Rows as every query returns them, and the cursors that walk through them."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from api.errors import BadParameter

Row = Mapping[str, Any]
"""One row by column name."""

LARGEST = 2**63 - 1
"""Largest whole number that databases hold."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list.

    Attributes:
        items: its rows.
        next: cursor of the next page; ``None`` on the last.
        total: rows in the whole list.
    """

    items: list[dict[str, Any]]
    next: str | None
    total: int


def all_rows(engine: sa.Engine, statement: sa.Select[Any]) -> list[dict[str, Any]]:
    """Return every row."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


def one_row(engine: sa.Engine, statement: sa.Select[Any]) -> dict[str, Any] | None:
    """Return the first row, if there is one."""
    with engine.connect() as connection:
        row = connection.execute(statement).mappings().first()
        return dict(row) if row is not None else None


def one_page(
    engine: sa.Engine,
    statement: sa.Select[Any],
    *,
    keys: Sequence[sa.ColumnElement[Any]],
    limit: int,
    cursor: str | None,
) -> Page:
    """Return a page in the order of ``keys``, which together name a row and are never null.

    Raises:
        BadParameter: the cursor was not given by this list.
    """
    named = [key.label(f"key_{number}") for number, key in enumerate(keys)]
    page = statement.add_columns(*named).order_by(*keys).limit(limit + 1)
    if cursor:
        page = page.where(sa.tuple_(*keys) > sa.tuple_(*_after(cursor, keys)))
    count = sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(page).mappings()]
        total = connection.execute(count).scalar_one()
    is_more = len(rows) > limit
    ends = [[row.pop(column.name) for column in named] for row in rows[:limit]]
    return Page(rows[:limit], _cursor(ends[-1]) if is_more else None, total)


def _cursor(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _after(cursor: str, keys: Sequence[sa.ColumnElement[Any]]) -> list[sa.BindParameter[Any]]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded))
        fits = len(values) == len(keys) and all(map(_fits, values, keys))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise BadParameter(
            f"the cursor {cursor[:40]!r} was not given by this list",
            hint="leave it out for the first page; then give what `next` said.",
        )
    return [sa.literal(value, key.type) for value, key in zip(values, keys, strict=True)]


def _fits(value: object, key: sa.ColumnElement[Any]) -> bool:
    """Say whether the database can compare a value with a key."""
    if isinstance(value, str):
        value.encode()  # a ValueError where it is no text
    is_small = not isinstance(value, int) or abs(value) <= LARGEST
    return is_small and isinstance(value, key.type.python_type)
