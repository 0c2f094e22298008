"""An authority's own admissions: in which order children are offered places."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.own.admissions import PAGE, SCHOOL, YEAR_OF_ENTRY
from ingest.own.cells import Fault, faulty, read_own
from ingest.own.declare import Column, Template
from ingest.own.schools import of_known_schools
from ingest.own.source import own_source
from ingest.schema.provision import ADMISSION_CRITERION
from ingest.source import Reading, Rows

ID: Final = "admission_criteria"
TEMPLATE: Final = Template(
    id=ID,
    title="Oversubscription criteria, by school",
    says="In which order a school that has too few places offers them, and how many went to each.",
    columns=(
        SCHOOL,
        YEAR_OF_ENTRY,
        Column(
            name="rank",
            says="1 for the criterion that is looked at first.",
            kind="count",
            required=True,
            also=("priority", "order"),
            example="1",
        ),
        Column(
            name="criterion",
            says="The criterion, in the authority's words.",
            kind="text",
            required=True,
            also=("says", "criterion description"),
            example="Looked after and previously looked after children",
        ),
        Column(
            name="offers",
            says="Places offered under it on offer day.",
            kind="count",
            blank="not known; where there were none, write 0",
            example="2",
        ),
        PAGE,
    ),
    key=("urn", "year_of_entry", "rank"),
    notes=("Small counts can point at a child: leave offers blank where your own rules say so.",),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one table of criteria."""
    rows = read_own(path, TEMPLATE, reading.issues)
    if faults := [
        Fault(row, "rank", "0 is no rank; the first is 1") for row in rows.index[rows["rank"] < 1]
    ]:
        raise faulty(ID, path.name, faults)
    rows = of_known_schools(rows, reading, source=ID, file=path.name)
    return {
        ADMISSION_CRITERION: pd.DataFrame(
            {
                "source_id": ID,
                "urn": rows["urn"],
                "academic_year": rows["year_of_entry"],
                "rank": rows["rank"],
                "says": rows["criterion"],
                "offers": rows["offers"],
                "source_page": rows["source_page"],
            }
        )
    }


SOURCE: Final = own_source(TEMPLATE, read_rows, (ADMISSION_CRITERION,))
