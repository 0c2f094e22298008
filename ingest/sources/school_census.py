"""Pupils by school, as counted in the school census of January."""

from datetime import date
from pathlib import Path
from typing import Final

from config.region import Region
from ingest.census import performance_layout, underlying_layout
from ingest.census.measures import ID, MEASURES
from ingest.columns import header_of
from ingest.performance.releases import LANDING_PAGE, yearly, years
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import ROLL, SCHOOL_VALUE
from ingest.source import Reading, Release, Rows, Source

_TABLES: Final = yearly("CENSUS", "census")


def releases(region: Region, today: date) -> tuple[Release, ...]:
    """Name the tables of every year, then the underlying data that a mirror may hold."""
    underlying = tuple(
        Release(
            name=str(year),
            file_name=f"{year.start}-{year.start + 1}_spc_school_level_underlying_data.csv",
            addresses=(),
            mirror_file=f"{year.start}-{year.start + 1}/spc_school_level_underlying_data*.csv",
        )
        for year in years(today)
    )
    return (*_TABLES(region, today), *underlying)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a table of either layout."""
    if underlying_layout.YEAR in header_of(path):
        return underlying_layout.read(path, reading)
    return performance_layout.read(path, reading)


SOURCE: Final = Source(
    id=ID,
    title="School census: schools and their pupils",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=comes_yearly(6),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE, ROLL),
    measures=MEASURES,
    caveats=(
        "Counted on one day in January; pupils registered at two schools count at the main one in "
        "some figures and at both in others.",
        'Pupils by key stage and in reception come from the underlying data of "Schools, pupils '
        'and their characteristics" (Explore Education Statistics), put into a mirror by hand.',
        "For independent schools little more than the number of pupils is published.",
        "Free school meals in the last six years are of pupils from reception to year 11 only.",
    ),
)
