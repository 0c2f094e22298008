"""An authority's own list of which schools count in which planning area, and of their places."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.own.cells import read_own
from ingest.own.declare import Column, Template
from ingest.own.phases import PHASE
from ingest.own.schools import of_known_schools
from ingest.own.source import own_source
from ingest.schema.provision import SCHOOL_PLACES
from ingest.source import Reading, Rows

ID: Final = "planning_area_schools"
TEMPLATE: Final = Template(
    id=ID,
    title="Schools of planning areas, and their places",
    says=(
        "Which planning area each school counts in. A school with primary and secondary places may "
        "be in two, one for each phase."
    ),
    columns=(
        Column(
            name="urn",
            says="The school's number in the register.",
            kind="urn",
            required=True,
            example="100000",
        ),
        Column(
            name="school_year",
            says="The school year for which this holds.",
            kind="school_year",
            required=True,
            also=("academic year", "year"),
            example="2025/26",
        ),
        PHASE,
        Column(
            name="planning_area",
            says="Code of the planning area, as in planning_areas.",
            kind="text",
            required=True,
            also=("code", "planning area code"),
            example="857P01",
        ),
        Column(
            name="places",
            says="Places of the phase in all year groups.",
            kind="count",
            blank="as in the school capacity survey",
            also=("capacity",),
            example="210",
        ),
    ),
    key=("urn", "school_year", "phase"),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one list of schools."""
    rows = read_own(path, TEMPLATE, reading.issues)
    rows = of_known_schools(rows, reading, source=ID, file=path.name)
    return {
        SCHOOL_PLACES: pd.DataFrame(
            {
                "source_id": ID,
                "urn": rows["urn"],
                "academic_year": rows["school_year"],
                "phase": rows["phase"],
                "places": rows["places"],
                "pupils": pd.Series(pd.NA, rows.index, dtype="Int64"),
                "unfilled": pd.Series(pd.NA, rows.index, dtype="Float64"),
                "planning_area": rows["planning_area"],
                "status": rows["places_status"],
            }
        )
    }


SOURCE: Final = own_source(TEMPLATE, read_rows, (SCHOOL_PLACES,))
