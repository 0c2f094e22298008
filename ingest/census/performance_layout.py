"""The school census as the performance tables have it: one row per school, then England's."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.authority import ENGLAND
from ingest.census.measures import ENGLANDS, FIGURES, ID, WORKED_OUT
from ingest.census.rolls import rolls
from ingest.performance.reading import marked_number, values, year_of
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import ROLL, SCHOOL_VALUE
from ingest.source import Reading, Rows
from ingest.tables import read_table
from ingest.totals import tell_totals_that_differ

_NOT_SCHOOLS: Final = ("NAT", "LA")
"""What stands for the URN where a row is England's, or an authority's."""

_GIRLS, _BOYS, _PUPILS = "NORG", "NORB", "NOR"
_NAMES: Final = {"urn": "URN", "estab": "ESTAB", "school_type": "SCHOOLTYPE"} | {
    column: column
    for column in (
        _GIRLS,
        _BOYS,
        *(column for figure in FIGURES for column in figure.columns if column != WORKED_OUT),
    )
}


def read(path: Path, reading: Reading) -> Rows:
    """Read a year's table.

    Raises:
        SourceChanged: a column is missing.
    """
    issues, period = reading.issues, str(year_of(reading))
    rows = read_table(path, _NAMES, source=ID, issues=issues, pads_short_rows=True)
    is_school = ~rows["urn"].isin(list(_NOT_SCHOOLS))
    schools, england = rows[is_school], rows[rows["urn"] == _NOT_SCHOOLS[0]]
    _tell_totals(schools, england, reading, of=path.name)
    schools = schools.assign(urn=numbers(schools, f.URN, key=("urn",), issues=issues))
    own = first_of_each(reading.cut.of_schools(schools), ("urn",), issues=issues)
    own = _with_share(own, reading, of=path.name)
    england = _with_share(england, reading, of=path.name)
    return {
        SCHOOL_VALUE: values(own, FIGURES, "urn", period, issues, of=path.name),
        AUTHORITY_VALUE: pd.concat(
            [
                values(
                    england[england["estab"] == code].assign(area_code=ENGLAND),
                    figures,
                    "area_code",
                    period,
                    issues,
                    of=path.name,
                )
                for code, figures in ENGLANDS.items()
            ],
            ignore_index=True,
        ),
        ROLL: rolls(
            own["urn"],
            {
                ("all", "all"): marked_number(own, _PUPILS, issues, of=path.name),
                ("all", "F"): marked_number(own, _GIRLS, issues, of=path.name),
                ("all", "M"): marked_number(own, _BOYS, issues, of=path.name),
            },
            period=period,
            issues=issues,
        ),
    }


def _with_share(rows: pd.DataFrame, reading: Reading, *, of: str) -> pd.DataFrame:
    """Add the share of pupils eligible for free school meals; a mark stays a mark."""
    eligible = marked_number(rows, "NUMFSM", reading.issues, of=of)["value"]
    pupils = marked_number(rows, _PUPILS, reading.issues, of=of)["value"]
    share = (100 * eligible / pupils.where(pupils > 0)).map("{:.6f}".format, na_action="ignore")
    told = share.where(share.notna(), rows["NUMFSM"].astype("object"))
    return rows.assign(**{WORKED_OUT: told.where(eligible.isna() | (pupils > 0), np.nan)})


def _tell_totals(
    schools: pd.DataFrame, england: pd.DataFrame, reading: Reading, *, of: str
) -> None:
    """Compare the pupils of all schools of a kind with the total that the table prints."""
    pupils = pd.to_numeric(schools[_PUPILS], errors="coerce").astype("Float64")
    found = pupils.groupby(schools["school_type"]).sum()
    printed = pd.to_numeric(england[_PUPILS], errors="coerce").set_axis(england["school_type"])
    tell_totals_that_differ(
        {str(kind): float(total) for kind, total in found.items()},
        {str(kind): float(total) for kind, total in printed.dropna().items()},
        rule="pupils of all schools add up to England's",
        of=of,
        issues=reading.issues,
    )
