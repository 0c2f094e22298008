"""What is compared of a build: read from its tables, of this version of the atlas or another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import pandas as pd
import sqlalchemy as sa

from config.terms import Status

SCHOOL_COLUMNS: Final = ("urn", "name", "status", "phase", "is_outside")
REGISTER_FIGURES: Final = ("pupils", "capacity_pupils", "fsm_pct")
"""Figures that stand in the register itself."""

VALUE_TABLES: Final = {
    "area_value": ("area_code",),
    "authority_value": ("area_code", "period"),
    "school_value": ("urn", "period"),
}
"""Tables of values by measure, and what else names a value in each."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The values of one measure.

    Attributes:
        title: for readers.
        unit: of the values.
        rows: ``value`` and ``status`` by whom or what they are of, as text; no key comes twice.
    """

    title: str
    unit: str
    rows: pd.DataFrame


class BuildTables(Protocol):
    """What is compared of a build."""

    def schools(self) -> pd.DataFrame:
        """Return the schools of the region, ``SCHOOL_COLUMNS`` with ``urn`` as the index."""

    def successors(self) -> dict[int, int]:
        """Return the URN of the school that follows another, by the URN of that."""

    def measure_ids(self) -> list[str]:
        """Name the measures that have values, in reading order."""

    def figures(self, measure: str) -> Figures | None:
        """Return the values of a measure; ``None`` where there is no such measure."""

    def releases(self) -> dict[str, tuple[str, str]]:
        """Return title and newest release of every series that gave a file, by its id."""

    def covered_pct(self) -> float | None:
        """Return the share of postcodes that streets cover, in per cent."""


@dataclass(frozen=True, slots=True)
class _Read:
    connection: sa.Connection
    columns: dict[str, frozenset[str]]

    def schools(self) -> pd.DataFrame:
        rows = self._rows("school", SCHOOL_COLUMNS, where="NOT is_outside")
        return rows.set_index("urn")

    def successors(self) -> dict[int, int]:
        rows = self._rows("school_succession", ("urn", "successor_urn"))
        return dict(zip(rows["urn"], rows["successor_urn"], strict=True))

    def measure_ids(self) -> list[str]:
        rows = self._rows("measure", ("measure", "position")).sort_values(["position", "measure"])
        held = [name for name in REGISTER_FIGURES if name in self._of("school")]
        return [*held, *rows["measure"]]

    def figures(self, measure: str) -> Figures | None:
        if measure in REGISTER_FIGURES:
            return self._of_register(measure)
        told = self._rows(
            "measure", ("measure", "title", "unit"), where="measure = :measure", measure=measure
        )
        if told.empty:
            return None
        parts = [self._values(table, names, measure) for table, names in VALUE_TABLES.items()]
        row = told.iloc[0]
        return Figures(str(row["title"]), str(row["unit"] or ""), pd.concat(parts))

    def releases(self) -> dict[str, tuple[str, str]]:
        files = self._rows("receipt", ("source_id", "release"))
        titles = self._rows("source", ("source_id", "title")).set_index("source_id")["title"]
        newest = files.fillna("").groupby("source_id")["release"].max()
        return {
            str(source): (str(titles.get(source, source)), str(release))
            for source, release in newest.items()
        }

    def covered_pct(self) -> float | None:
        rows = self._rows("build", ("covered_pct",))
        return None if rows.empty else rows["covered_pct"].iloc[0]

    def _of_register(self, measure: str) -> Figures | None:
        status = f"{measure}_status"
        if not {measure, status} <= self._of("school"):
            return None
        rows = self._rows("school", ("urn", measure, status), where="NOT is_outside")
        rows = rows.rename(columns={measure: "value", status: "status"})
        titles = {"pupils": "Pupils", "capacity_pupils": "Capacity", "fsm_pct": "Free school meals"}
        unit = "%" if measure == "fsm_pct" else "pupils"
        return Figures(f"{titles[measure]} in the register", unit, _keyed(rows, ("urn",)))

    def _values(self, table: str, names: Sequence[str], measure: str) -> pd.DataFrame:
        columns = (*names, "value", "status")
        rows = self._rows(table, columns, where="measure = :measure", measure=measure)
        return _keyed(rows, names)

    def _of(self, table: str) -> frozenset[str]:
        return self.columns.get(table, frozenset())

    def _rows(
        self, table: str, names: Sequence[str], *, where: str = "", **given: str
    ) -> pd.DataFrame:
        """Read columns of a table; of one that the build has not, nothing."""
        if not set(names) <= self._of(table):
            return pd.DataFrame(columns=list(names))
        columns: list[sa.ColumnElement[Any]] = [sa.column(name) for name in names]
        query = sa.select(*columns).select_from(sa.table(table))
        if where:
            query = query.where(sa.text(where))
        return pd.DataFrame(self.connection.execute(query, given).fetchall(), columns=list(names))


def read_build(connection: sa.Connection) -> BuildTables:
    """Look at the tables of a build, whatever version of the atlas made them.

    Args:
        connection: to its database; it stays open as long as what is read from it is used.
    """
    inspector = sa.inspect(connection)
    columns = {
        table: frozenset(column["name"] for column in inspector.get_columns(table))
        for table in inspector.get_table_names()
    }
    return _Read(connection, columns)


def _keyed(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    key = rows[names[0]].astype(str)
    for name in names[1:]:
        key = key + ", " + rows[name].astype(str)
    values = pd.to_numeric(rows["value"]).astype(float).to_numpy()
    status = rows["status"].fillna(str(Status.UNAVAILABLE)).to_numpy()
    return pd.DataFrame({"value": values, "status": status}, index=key.to_numpy())
