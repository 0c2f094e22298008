"""Live births by district, and by small area."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from config.authority import register_code
from config.region import Region
from ingest.marks import marked
from ingest.rhythm import yearly
from ingest.rows import without_blanks
from ingest.schema.people import BIRTHS
from ingest.small_area_ages import small_areas
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import Names, read_table

ID: Final = "births"
NOMIS: Final[Names] = {"area_code": "GEOGRAPHY_CODE", "when": "DATE", "births": "OBS_VALUE"}
COMPONENTS: Final[Names] = {"area_code": "GSS.Code", "when": "Year", "births": "Births"}
"""Births as one of the components of population change: twelve months to the end of June."""

RENAMED: Final = {
    "E06000048": "E06000057",  # Northumberland
    "E07000097": "E07000242",  # East Hertfordshire
    "E07000100": "E07000240",  # St Albans
    "E07000101": "E07000243",  # Stevenage
    "E07000104": "E07000241",  # Welwyn Hatfield
    "E08000020": "E08000037",  # Gateshead
}
"""Districts that were given new codes in 2012 and 2013, when a few streets changed hands."""


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read births of either layout: of Nomis, or as a component of population change.

    Returns:
        Rows of ``births``, girls and boys together, for the districts and authorities shown and,
        where the file has them, the small areas of the region and its border.
    """
    is_component = _is_component(path)
    names = COMPONENTS if is_component else NOMIS
    key = ("area_code", "when")
    read = read_table(path, names, source=ID, issues=reading.issues)
    rows = without_blanks(read, key, key=key, issues=reading.issues)
    codes = rows["area_code"].replace(RENAMED).map(register_code)
    rows = rows.assign(area_code=codes, period=rows["when"].str[:4])
    rows = rows[rows["area_code"].isin(_wanted(reading))]
    cells = marked(rows["births"], issues=reading.issues, of=path.name)
    told = rows[["area_code", "period"]].assign(births=cells["value"], status=cells["status"])
    sums = told.groupby(["area_code", "period"], as_index=False).agg(
        births=("births", lambda each: each.sum(skipna=False)), status=("status", "max")
    )
    if is_component:
        sums["period"] += "-06"
    return {BIRTHS: sums.assign(source_id=ID)}


def _is_component(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return "GSS.Code" in next(csv.reader(file), [])


def _wanted(reading: Reading) -> frozenset[str]:
    own = {reading.cut.la_codes[code] for code in reading.cut.la_codes_dfe}
    return small_areas(reading) | reading.cut.districts | own


_NOMIS: Final = (
    "https://www.nomisweb.co.uk/api/v01/dataset/NM_206_1.data.csv"
    "?measures=20100&select=DATE,GEOGRAPHY_CODE,OBS_VALUE"
)
_PAGE: Final = 25_000
"""Rows that the publisher gives at once; there are more small areas in England and Wales."""


def releases(_: Region, __: date) -> tuple[Release, ...]:
    """Name the files: districts and small areas at the publisher's, components in a mirror."""
    return (
        Release(
            name="newest",
            file_name="births_districts.csv",
            addresses=(f"{_NOMIS}&geography=TYPE424&date=latestMINUS10-latest",),
        ),
        *(
            Release(
                name="newest",
                file_name=f"births_lsoa21_{part}.csv",
                addresses=(
                    f"{_NOMIS}&geography=TYPE151&date=latest&recordoffset={(part - 1) * _PAGE}",
                ),
            )
            for part in (1, 2)
        ),
        Release(name="2014", file_name="births_by_district_2002_2014.csv", addresses=()),
    )


SOURCE: Final = Source(
    id=ID,
    title="Live births by district and small area",
    publisher="Office for National Statistics",
    landing_page="https://www.nomisweb.co.uk/sources/birth",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=releases,
    every=yearly(8, years_after=1),
    mirror_folder="ons",
    mirror_files=(),
    read_rows=read_rows,
    tables=(BIRTHS,),
    caveats=(
        "By where the mother lived, not where she gave birth.",
        "Figures of 2002 to 2014 are of twelve months to the end of June, later ones of calendar "
        "years: they do not join up.",
    ),
)
