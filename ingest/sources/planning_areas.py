"""An authority's own planning areas: their codes, names and outlines."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.errors import CheckFailed
from ingest.own.declare import Column, Template
from ingest.own.outlines import read_outlines
from ingest.own.phases import PHASE
from ingest.own.source import own_source
from ingest.schema.provision import PLANNING_AREA
from ingest.source import Reading, Rows

ID: Final = "planning_areas"
TEMPLATE: Final = Template(
    id=ID,
    title="Outlines of planning areas",
    says=(
        "The areas by which places are planned, as the authority draws them. Codes are those of "
        "the school capacity survey, so that its figures find their outlines."
    ),
    form="outlines",
    columns=(
        Column(
            name="code",
            says="Code of the planning area, as in the school capacity survey.",
            kind="text",
            required=True,
            also=("planning area", "planning area code", "pa code"),
            example="857P01",
        ),
        Column(
            name="name",
            says="What it is called.",
            kind="text",
            blank="the code stands for it",
            also=("planning area name",),
            example="Oakham",
        ),
        PHASE,
        Column(
            name="la_code_dfe",
            says="The Department's three digits of the authority.",
            kind="text",
            blank="the region's, where it shows one authority",
            also=("la", "la code"),
            example="857",
        ),
    ),
    key=("code", "phase"),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one file of planning areas."""
    rows = read_outlines(path, TEMPLATE, reading.issues)
    own = sorted(reading.cut.la_codes_dfe)
    if rows["la_code_dfe"].isna().any() and len(own) != 1:
        raise CheckFailed(
            f"{ID}: {path.name} does not say whose areas these are, and the region shows "
            f"{len(own)} authorities",
            hint=f"add a column la_code_dfe with one of {', '.join(own)}.",
        )
    return {
        PLANNING_AREA: pd.DataFrame(
            {
                "source_id": ID,
                "planning_area": rows["code"],
                "phase": rows["phase"],
                "la_code_dfe": rows["la_code_dfe"].fillna(own[0]),
                "name": rows["name"].fillna(rows["code"]),
                "geometry": rows["geometry"],
                "basis": "published",
                "version": "",
            }
        )
    }


SOURCE: Final = own_source(TEMPLATE, read_rows, (PLANNING_AREA,))
