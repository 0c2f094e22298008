"""National pupil projections: how many pupils England expects, by kind of school and age."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from config.region import Region
from config.terms import AcademicYear, Status
from ingest.education_statistics import catalogue_csv
from ingest.errors import SourceChanged
from ingest.marks import marked
from ingest.rhythm import yearly
from ingest.schema import fields as f
from ingest.schema.pupils import PUPIL_PROJECTION
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import read_table

ID: Final = "pupil_projections"
COLUMNS: Final = {
    "vintage": "time_period",
    "variant": "projection_type",
    "school_type": "school_type",
    "counted_as": "pupil_status",
    "age_group": "pupil_age",
}
PRINCIPAL: Final = "Principal"
_YEAR: Final = re.compile(r"(\d{4})_(actual|projection)")
FIRST_VINTAGE: Final = 2018


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one vintage: a row per kind of school, age and way of counting, a column per January.

    Returns:
        Rows of ``pupil_projection``; a January is told by its school year.

    Raises:
        SourceChanged: a column is missing, or none is of a year.
    """
    years = _years(path)
    names = COLUMNS | {column: column for column in years}
    rows = read_table(path, names, source=ID, issues=reading.issues)
    for variant, others in rows[rows["variant"] != PRINCIPAL].groupby("variant"):
        says = f"{len(others):,} rows of the projection called {variant}; left out"
        reading.issues.note("principal projection", path.name, says)
    rows = rows[rows["variant"] == PRINCIPAL]
    keys = ["vintage", "school_type", "counted_as", "age_group"]
    long = rows.melt(id_vars=keys, value_vars=list(years), var_name="column", value_name="cell")
    cells = marked(long["cell"], issues=reading.issues, of=path.name)
    periods = {name: str(AcademicYear(year - 1)) for name, year in years.items()}
    is_projected = long["column"].str.endswith("projection")
    is_there = cells["status"].eq(str(Status.MEASURED))
    told = long[keys].assign(
        counted_as=long["counted_as"].str.casefold(),
        sex=f.ALL,
        period=long["column"].map(periods),
        pupils_counted=cells["value"],
        is_projected=is_projected,
        status=np.where(is_there & is_projected, str(Status.FORECAST), cells["status"]),
    )
    return {PUPIL_PROJECTION: told}


def _years(path: Path) -> dict[str, int]:
    """Return the columns that hold pupils, each with the calendar year of its January."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    years = {name: int(match[1]) for name in header if (match := _YEAR.fullmatch(name))}
    if not years:
        raise SourceChanged(
            f"{ID}: {path.name} has no column such as 2022_actual or 2023_projection"
            f" (its columns: {', '.join(header[:12])})",
            added=header,
            hint="a build can go on with `--without pupil_projections`.",
        )
    return years


DATA_SETS: Final = {2022: ("9c5a841d-c6fe-45f7-813c-126693f1868b",)}
"""Ids of the vintages in the catalogue of Explore Education Statistics, those that are known."""


def releases(_: Region, today: date) -> tuple[Release, ...]:
    """Name every vintage that may be held, the newest first; each is kept."""
    return tuple(
        Release(
            name=str(year),
            file_name=f"pupilprojprincipal_{year}.csv",
            addresses=tuple(map(catalogue_csv, DATA_SETS.get(year, ()))),
            mirror_file=f"pupilprojprincipal_{year}.csv",
        )
        for year in range(today.year, FIRST_VINTAGE - 1, -1)
    )


SOURCE: Final = Source(
    id=ID,
    title="National pupil projections",
    publisher="Department for Education",
    landing_page=(
        "https://explore-education-statistics.service.gov.uk/find-statistics/"
        "national-pupil-projections"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=yearly(7),
    mirror_folder=ID,
    mirror_files=(),
    read_rows=read_rows,
    tables=(PUPIL_PROJECTION,),
    caveats=(
        "For England as a whole; an authority may go another way.",
        "Full-time equivalents of children under five are fewer than heads: many come half days.",
        "The publisher gives a file a new address with every vintage: one that is not declared "
        "here goes into a mirror folder, or under [own_files].",
    ),
)
