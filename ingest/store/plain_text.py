"""Text that PostgreSQL cannot hold is asked for as text that no row has."""

from typing import Any, Final

import psycopg
from psycopg.abc import Buffer
from psycopg.types.string import StrDumper

NOTHING: Final = "\N{REPLACEMENT CHARACTER}"


class _WithoutNull(StrDumper):
    """Writes text for the database, a null character as one that stands for no other."""

    def dump(self, obj: str) -> Buffer | None:
        """Write one value."""
        return super().dump(obj.replace("\0", NOTHING))


def keep_text_plain(connection: psycopg.Connection[Any]) -> None:
    """Let a connection take any text that a request may hold: nothing is found for it."""
    connection.adapters.register_dumper(str, _WithoutNull)
