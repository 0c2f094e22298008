"""The school census as Explore Education Statistics has it: underlying data by school."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import AcademicYear
from ingest.census.measures import EAL, EAL_PCT, FSM, FSM_PCT, ID, PUPILS, STAGES
from ingest.census.rolls import rolls
from ingest.performance.figures import Figure
from ingest.performance.reading import marked_number, put_together, values
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.pupils import ROLL, SCHOOL_VALUE
from ingest.source import Reading, Rows
from ingest.tables import Names, read_table

YEAR: Final = "time_period"
"""The column by which the layout is known."""

_LANGUAGE: Final = "whose first language is known or believed to be other than English"
_MEALS: Final = "known to be eligible for free school meals"


def _spelt(*columns: str) -> tuple[str, ...]:
    """Return the ways in which releases spell columns: with spaces or lines below, any case."""
    lower = [column.lower() for column in columns]
    lower += [f"{column[:1].upper()}{column[1:]}" for column in columns]
    return tuple(
        dict.fromkeys([*columns, *lower, *(one.replace(" ", "_") for one in (*columns, *lower))])
    )


_NAMES: Final[Names] = {
    "year": YEAR,
    "urn": _spelt("URN"),
    "pupils": _spelt("headcount of pupils", "headcount of pupils (unrounded)"),
    "girls": _spelt("headcount total female", "headcount total girls"),
    "boys": _spelt("headcount total male", "headcount total boys"),
    "nursery": _spelt("number of nursery pupils (years N1 and N2)"),
    "reception": _spelt("number of reception pupils (year R)"),
    "ks1": _spelt("number of key stage 1 pupils (years 1 and 2)"),
    "ks2": _spelt("number of key stage 2 pupils (years 3 to 6)"),
    "ks3": _spelt("number of key stage 3 pupils (years 7 to 9)"),
    "ks4": _spelt("number of key stage 4 pupils (years 10 and 11)"),
    "ks5": _spelt("number of key stage 5 pupils (years 12 to 14)"),
    "fsm": _spelt(
        f"number of pupils {_MEALS}",
        f"number of pupils {_MEALS.replace('for', 'for and claiming')}",
    ),
    "fsm_pct": _spelt(
        f"% of pupils {_MEALS}", f"% of pupils {_MEALS.replace('for', 'for and claiming')}"
    ),
    "eal": _spelt(f"number of pupils {_LANGUAGE}"),
    "eal_pct": _spelt(f"% of pupils {_LANGUAGE}"),
}
FIGURES: Final = (
    Figure(measure=PUPILS, value="pupils"),
    *(Figure(measure=measure, value=stage) for stage, measure in STAGES.items()),
    Figure(measure=FSM, value="fsm"),
    Figure(measure=FSM_PCT, value="fsm_pct", cohort="pupils"),
    Figure(measure=EAL, value="eal"),
    Figure(measure=EAL_PCT, value="eal_pct", cohort="pupils"),
)


def read(path: Path, reading: Reading) -> Rows:
    """Read the underlying data of one or more years.

    Raises:
        SourceChanged: a column is missing.
    """
    issues = reading.issues
    rows = read_table(path, _NAMES, source=ID, issues=issues)
    rows = rows.assign(urn=numbers(rows, f.URN, key=("urn",), issues=issues))
    own = first_of_each(reading.cut.of_schools(rows), ("urn", "year"), issues=issues)
    years = own["year"].drop_duplicates()
    return put_together(
        *(_of_year(own[own["year"] == year], year, reading, path.name) for year in years)
    )


def _of_year(rows: pd.DataFrame, year: str, reading: Reading, of: str) -> Rows:
    issues, period = reading.issues, str(AcademicYear.parse(year))
    count = {
        column: marked_number(rows, column, issues, of=of)
        for column in ("pupils", "girls", "boys", "reception")
    }
    return {
        SCHOOL_VALUE: values(rows, FIGURES, "urn", period, issues, of=of),
        ROLL: rolls(
            rows["urn"],
            {
                ("all", "all"): count["pupils"],
                ("all", "F"): count["girls"],
                ("all", "M"): count["boys"],
                ("R", "all"): count["reception"],
            },
            period=period,
            issues=issues,
        ),
    }
