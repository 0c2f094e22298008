"""Trafford: single year of age by small area of 2021, mid-2024, as the council lays it out."""

from datetime import date
from pathlib import Path
from typing import Final

from config.region import Region
from ingest.rhythm import yearly
from ingest.schema.people import POPULATION
from ingest.small_area_ages import AGE_COLUMNS, by_age, small_areas
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import Names, read_table

ID: Final = "trafford_population"
LA_CODE: Final = "E08000009"
COLUMNS: Final[Names] = {
    "period": "period",
    "area_code": "area_code",
    "sex": "sex",
    **{age: age for age in AGE_COLUMNS},
}
BOTH: Final = "Persons"


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table: a row an area and sex, a column a year of age.

    Returns:
        Rows of ``population``, both sexes together.
    """
    key = ("period", "area_code", "sex")
    rows = read_table(path, COLUMNS, source=ID, issues=reading.issues, key=key)
    own = rows[(rows["sex"] == BOTH) & rows["area_code"].isin(small_areas(reading))]
    dated = own.assign(year=own["period"].str[:4])
    return {POPULATION: by_age(dated, keys=[], source_id=ID)}


def releases(region: Region, _: date) -> tuple[Release, ...]:
    """Name the file for a region with Trafford; other regions have none."""
    if LA_CODE not in region.la_codes:
        return ()
    name = "mid-year_2024_population_estimates_lsoa.csv"
    return (Release(name="2024", file_name=name, addresses=()),)


SOURCE: Final = Source(
    id=ID,
    title="Single year of age by small area, Trafford",
    publisher="Trafford Council, from Office for National Statistics data",
    landing_page="https://www.trafforddatalab.io/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=releases,
    every=yearly(11, years_after=1),
    mirror_folder="authority/trafford",
    mirror_files=("mid-year_*_population_estimates_lsoa.csv",),
    read_rows=read_rows,
    tables=(POPULATION,),
    caveats=(
        "Single years of age in a small area rest on few people: add areas or years together.",
    ),
)
