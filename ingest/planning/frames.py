"""The tables that forecasts are made from, as frames."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
import sqlalchemy as sa

from config.authority import Authority
from ingest.schema import SQL
from ingest.schema.about import AUTHORITY
from ingest.schema.areas import AREA
from ingest.schema.choices import PLANNING_AREA_SCHOOL
from ingest.schema.declare import Table
from ingest.schema.people import BIRTHS, HOUSING_HOMES, HOUSING_SITE, POPULATION
from ingest.schema.provision import ADMISSION_NUMBER, PLANNING_AREA, SCHOOL_PLACES
from ingest.schema.pupils import FLOW, ROLL, ROLL_FORECAST
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION

NO_MATTER: Final = frozenset({"receipt"})
OUTLINES_NO_MATTER: Final = frozenset({"area"})
"""Tables whose outlines no forecast looks at; they take most of the room."""

READ: Final = (
    SCHOOL,
    SCHOOL_SUCCESSION,
    AREA,
    ROLL,
    ROLL_FORECAST,
    SCHOOL_PLACES,
    ADMISSION_NUMBER,
    PLANNING_AREA,
    PLANNING_AREA_SCHOOL,
    FLOW,
    BIRTHS,
    POPULATION,
    HOUSING_SITE,
    HOUSING_HOMES,
)
"""Tables that forecasts are made from, besides the list of authorities."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What a forecast is made from, as a build's tables have it.

    Attributes:
        authorities: those that the region is about: ``la_code``, ``la_code_dfe`` and ``name``.
        by_table: rows of each table by its name; one that is not there has no rows.
    """

    authorities: pd.DataFrame
    by_table: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def of(self, table: Table) -> pd.DataFrame:
        """Return the rows of a table; none, with its columns, where it is not there."""
        found = self.by_table.get(table.name)
        return pd.DataFrame(columns=_names(table)) if found is None else found


def frames_from(
    rows_of: Callable[[Table], pd.DataFrame], authorities: Iterable[Authority]
) -> Frames:
    """Take what a step of a build is given.

    Args:
        rows_of: gives the rows of a table.
        authorities: that the region is about.
    """
    told = [
        {"la_code": one.la_code, "la_code_dfe": one.la_code_dfe, "name": one.name}
        for one in authorities
    ]
    found = {table.name: rows_of(table)[_names(table)] for table in READ}
    return Frames(pd.DataFrame(told, columns=["la_code", "la_code_dfe", "name"]), found)


def read_frames(engine: sa.Engine) -> Frames:
    """Read what the database of a build holds, for commands and tests."""
    with engine.connect() as connection:
        by_table = {table.name: _rows(connection, table) for table in (AUTHORITY, *READ)}
    return Frames(by_table.pop(AUTHORITY.name), by_table)


def _rows(connection: sa.Connection, table: Table) -> pd.DataFrame:
    names = _names(table)
    found = connection.execute(sa.select(*(SQL[table.name].c[name] for name in names)))
    return pd.DataFrame(found.all(), columns=names)


def _names(table: Table) -> list[str]:
    left_out = NO_MATTER | ({"geometry"} if table.name in OUTLINES_NO_MATTER else set())
    return [name for name in table.names if name not in left_out]
