"""What a store of builds' tables can do, whichever database it is."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import pyarrow as pa
import sqlalchemy as sa

from ingest.schema import Table

Parts = Iterable[pa.RecordBatch]
"""Rows of one table with its declared columns, a part at a time."""


POOL: Final[dict[str, Any]] = {"poolclass": sa.QueuePool, "pool_size": 8, "max_overflow": 40}
"""Connections for the threads that answer requests."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables of a build lie, as its manifest says.

    Attributes:
        kind: which database.
        name: of the file in the build's folder, or of the schema.
        sha256: of the file; empty for a schema.
    """

    kind: Literal["sqlite", "postgresql"]
    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class TableLoad:
    """What loading one table took.

    Attributes:
        table: its name.
        rows: loaded.
        seconds: wall-clock, without its indexes.
    """

    table: str
    rows: int
    seconds: float

    @property
    def rows_per_second(self) -> float:
        """Rows loaded in a second; 0 where there were none."""
        return self.rows / self.seconds if self.seconds else 0.0


class Draft(Protocol):
    """The tables of a build while they are loaded: all of them, or none."""

    connection: sa.Connection
    """For questions about what was loaded so far."""

    def load(self, table: Table, parts: Parts) -> TableLoad:
        """Load the rows of a table in bulk."""

    def finish(self) -> Tables:
        """Index and keep what was loaded; say where it lies."""


class Store(Protocol):
    """A database that keeps the tables of builds."""

    def draft(
        self, folder: Path, *, region_id: str, build_id: str, owner: str
    ) -> AbstractContextManager[Draft]:
        """Begin the tables of a build; what is not finished leaves no trace.

        Args:
            folder: of the build, while it is made.
            region_id: the region.
            build_id: the build's name.
            owner: mark of the atlas; no other atlas's builds are touched.
        """

    def open(self, folder: Path, tables: Tables) -> sa.Engine:
        """Open the tables of a build for reading by many threads; nothing can be written.

        Raises:
            TablesMissing: they are not there, or in a database that this store does not know.
        """

    def has(self, folder: Path, tables: Tables) -> bool:
        """Say whether the tables of a build are there, and as they were written."""

    def use(self, tables: Tables, *, region_id: str, build_id: str, owner: str) -> None:
        """Show a build's tables to readers of the database, in one transaction."""

    def sweep(self, *, region_id: str, owner: str, kept: frozenset[str]) -> list[str]:
        """Drop the tables of builds of a region that are none of ``kept``; return their ids."""
