"""An authority's own rolls: pupils by school, year group and sex."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.own.cells import read_own
from ingest.own.declare import Column, Template, Wide
from ingest.own.schools import of_known_schools
from ingest.own.source import own_source
from ingest.schema.pupils import ROLL
from ingest.source import Reading, Rows

ID: Final = "rolls"
SEXES: Final = (
    dict.fromkeys(("F", "female", "girl", "girls"), "F")
    | dict.fromkeys(("M", "male", "boy", "boys"), "M")
    | dict.fromkeys(("all", "both", "total"), "all")
)

TEMPLATE: Final = Template(
    id=ID,
    title="Pupils on roll, by school and year group",
    says=(
        "The planner's key file: how many pupils every school had on the day of the autumn or "
        "January census, year after year. Forecasts start from it."
    ),
    columns=(
        Column(
            name="urn",
            says="The school's number in the register, as it was in that year.",
            kind="urn",
            required=True,
            example="100000",
        ),
        Column(
            name="school_year",
            says="The school year of the count: a count of January 2025 is of 2024/25.",
            kind="school_year",
            required=True,
            also=("academic year", "year"),
            example="2024/25",
        ),
        Column(
            name="year_group",
            says="National curriculum year; N1 and N2 come before reception (R).",
            kind="year_group",
            required=True,
            also=("year group", "ncy", "nc year"),
            example="R",
        ),
        Column(
            name="sex",
            says="Where pupils are counted by sex.",
            kind="choice",
            choices=SEXES,
            blank="not told apart: all",
            also=("gender",),
            example="all",
        ),
        Column(
            name="pupils",
            says="Headcount, not full-time equivalent.",
            kind="count",
            blank="not known; where there were none, write 0",
            also=("headcount", "number on roll", "nor"),
            example="60",
        ),
    ),
    key=("urn", "school_year", "year_group", "sex"),
    wide=Wide(
        by="year_group",
        value="pupils",
        kind="year_group",
        headings=("R", *(str(year) for year in range(1, 12))),
    ),
    notes=(
        "A row for each cell, or a row for each school and year with a column for each year group "
        "(R, 1, 2, … or Year 1, Year 2, …) in place of year_group and pupils.",
        "Counts of school, year group and sex only: never a row for a child.",
    ),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one file of rolls, in either layout."""
    rows = read_own(path, TEMPLATE, reading.issues)
    rows = of_known_schools(rows, reading, source=ID, file=path.name)
    return {
        ROLL: pd.DataFrame(
            {
                "source_id": ID,
                "urn": rows["urn"],
                "academic_year": rows["school_year"],
                "year_group": rows["year_group"],
                "sex": rows["sex"].fillna("all"),
                "pupils": rows["pupils"],
                "status": rows["pupils_status"],
            }
        )
    }


SOURCE: Final = own_source(
    TEMPLATE,
    read_rows,
    (ROLL,),
    caveats=("As the authority counted; the school census by the Department may differ.",),
)
