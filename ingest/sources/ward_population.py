"""Children by ward of 2015: single year of age, mid-2015."""

from pathlib import Path
from typing import Final

from config.authority import plain_name
from config.terms import AreaKind
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA
from ingest.schema.people import POPULATION
from ingest.small_area_ages import AGE_COLUMNS, by_age
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "ward_population"
YEAR: Final = 2015
COLUMNS: Final[Names] = {
    "area_code": "WardCode",
    "district": "LocalAuthority",
    **{age: age for age in AGE_COLUMNS},
}


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table of wards, which names their district and gives no code of it.

    Returns:
        Rows of ``population`` for the wards of the authorities shown, by their codes of 2015.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=reading.issues, key=("area_code",))
    own = rows[rows["district"].map(plain_name).isin(_districts(reading))]
    return {POPULATION: by_age(own.assign(year=YEAR), keys=[], source_id=ID)}


def _districts(reading: Reading) -> frozenset[str]:
    """Return the plain names of the districts shown: a small area is called after its own."""
    areas = reading.rows_of(AREA)
    own = areas[(areas["kind"] == str(AreaKind.LSOA21)) & ~areas["is_outside"].astype(bool)]
    return frozenset(plain_name(name.rpartition(" ")[0]) for name in own["name"])


SOURCE: Final = Source(
    id=ID,
    title="Single year of age by ward, mid-2015",
    publisher="Office for National Statistics",
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates/datasets/wardlevelmidyearpopulationestimatesexperimental"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(Release(name="2015", file_name="ward_ages_mid_2015.csv", addresses=())),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("ward_ages_mid_2015.csv",),
    read_rows=read_rows,
    tables=(POPULATION,),
    caveats=(
        "Wards of 2015: many have been redrawn since, and their codes are no longer on maps.",
    ),
)
