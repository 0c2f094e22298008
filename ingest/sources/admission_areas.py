"""An authority's own admission areas: homes whose children have priority at some schools."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.own.admissions import PAGE, YEAR_OF_ENTRY
from ingest.own.declare import Column, Template
from ingest.own.outlines import read_outlines
from ingest.own.phases import PHASE
from ingest.own.source import own_source
from ingest.schema.provision import ADMISSION_AREA
from ingest.source import Reading, Rows

ID: Final = "admission_areas"
TEMPLATE: Final = Template(
    id=ID,
    title="Admission areas",
    says="Outlines of the areas whose children have priority at one school or several.",
    form="outlines",
    columns=(
        Column(
            name="name",
            says="What the area is called; its code, where it has one, may stand in code.",
            kind="text",
            required=True,
            also=("catchment", "area"),
            example="Patcham",
        ),
        Column(
            name="code",
            says="The authority's own code of the area.",
            kind="text",
            blank="the name stands for it",
        ),
        YEAR_OF_ENTRY,
        PHASE,
        Column(
            name="urns",
            says="Numbers of the schools that give its children priority, with spaces between.",
            kind="urns",
            blank="not stated",
            also=("urn", "schools"),
            example="100000 100001",
        ),
        Column(
            name="la_code_dfe",
            says="The Department's three digits of the authority.",
            kind="text",
            blank="the region's, where it shows one authority",
            also=("la", "la code"),
        ),
        PAGE,
    ),
    key=("name", "year_of_entry", "phase"),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one file of admission areas."""
    rows = read_outlines(path, TEMPLATE, reading.issues)
    own = sorted(reading.cut.la_codes_dfe)
    return {
        ADMISSION_AREA: pd.DataFrame(
            {
                "source_id": ID,
                "academic_year": rows["year_of_entry"],
                "admission_area": rows["code"].fillna(rows["name"]),
                "la_code_dfe": rows["la_code_dfe"].fillna(own[0] if len(own) == 1 else pd.NA),
                "name": rows["name"],
                "phase": rows["phase"],
                "urns": rows["urns"],
                "source_page": rows["source_page"],
                "geometry": rows["geometry"],
            }
        )
    }


SOURCE: Final = own_source(TEMPLATE, read_rows, (ADMISSION_AREA,))
