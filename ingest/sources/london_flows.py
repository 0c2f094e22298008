"""London Schools Atlas: from which small area to which secondary school, spring census 2016."""

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.region import Region
from config.terms import AcademicYear
from ingest.conversion import converted, known_changes
from ingest.rhythm import NEVER_AGAIN
from ingest.rows import numbers
from ingest.schema import fields as f
from ingest.schema.pupils import FLOW
from ingest.schema.schools import PUPILS
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import read_table

ID: Final = "london_flows"
COLUMNS: Final = {
    "lsoa11": "LSOA_CODE",
    "pupils_of_area": "Total_No_of_LSOA_Pupils",
    "urn": "Secondary_School_URN",
    "pupils": "Pupil_count",
}
YEAR: Final = 2016
"""The only spring whose table was published; a made-up region has one of every spring."""
PHASE: Final = "secondary"
SMALLEST: Final = 3
"""The publisher leaves out counts below this."""
NEIGHBOUR: Final = "E10000030"
"""Surrey, whose pupils and schools are in the table where they cross the border."""
_KEY: Final = ("lsoa11", "urn")


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table of flows and move it to the small areas of 2021.

    Counts under three are not in it; the totals by small area are from before they were left out,
    so that the issue log can say how many pupils that hides.

    Returns:
        Rows of ``flow`` for the schools of the region and those they followed.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=reading.issues, key=_KEY)
    read = {
        "urn": numbers(rows, f.URN, key=_KEY, issues=reading.issues),
        "pupils": numbers(rows, PUPILS, key=_KEY, issues=reading.issues),
    }
    told = rows.assign(**read).dropna(subset=["urn"])
    _note_hidden(told, path, reading)
    own = reading.cut.of_schools(told)
    changes = known_changes(reading, path.name)
    moved = converted(own, changes, counts=["pupils"], by=["urn"])
    return {
        FLOW: moved.rename(columns={"lsoa21": "home_code", "pupils": "pupils_counted"}).assign(
            source_id=ID, academic_year=_school_year(reading.release), phase=PHASE, at_most=np.nan
        )
    }


def _note_hidden(rows: pd.DataFrame, path: Path, reading: Reading) -> None:
    """Write down how many pupils of the areas in the table are in no count of it."""
    totals = pd.to_numeric(rows.drop_duplicates("lsoa11")["pupils_of_area"], errors="coerce")
    everybody, shown = int(totals.sum()), int(rows["pupils"].sum())
    says = (
        f"{everybody - shown:,} of {everybody:,} pupils go to schools to which fewer than "
        f"{SMALLEST} go from their small area; they are in no count"
    )
    reading.issues.note("small counts are hidden", path.name, says)


def _school_year(release: str) -> str:
    """Return the school year of a spring census.

    >>> _school_year("2016")
    '2015/16'
    """
    return str(AcademicYear(int(release[:4]) - 1))


def releases(region: Region, today: date) -> tuple[Release, ...]:
    """Name the file for regions in London or Surrey; others have no pupils in it.

    A made-up region has tables in the same layout, one of every spring.
    """
    own = region.authorities()
    if region.made_up:
        return tuple(
            Release(
                name=str(year), file_name=f"Catchments_LSOAtoSecSchool_{year}.csv", addresses=()
            )
            for year in range(today.year, YEAR - 1, -1)
        )
    if not any(each.region == "London" or each.la_code == NEIGHBOUR for each in own):
        return ()
    name = "Catchments_LSOAtoSecSchool_2016_south_london_surrey.csv"
    return (Release(name=str(YEAR), file_name=name, addresses=()),)


SOURCE: Final = Source(
    id=ID,
    title="London Schools Atlas: home area to secondary school",
    publisher="Greater London Authority",
    landing_page="https://data.london.gov.uk/dataset/london-schools-atlas",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=NEVER_AGAIN,
    mirror_folder="flows",
    mirror_files=(),
    read_rows=read_rows,
    tables=(FLOW,),
    caveats=(
        "Pupils of the spring census 2016; counts under three are left out by the publisher.",
        "Homes are moved from the small areas of 2011 to those of 2021; where one was split, its "
        "pupils are shared out by children, an estimate.",
        "A school that has since become another keeps its number of 2016; table school_succession "
        "says whose it is today.",
    ),
)
