"""Sub-national population projections: children by district and authority, years ahead."""

import io
import re
import zipfile
from pathlib import Path
from typing import Final

import pandas as pd

from config.authority import register_code
from ingest.rhythm import every_years
from ingest.schema.people import POPULATION
from ingest.small_area_ages import AGE_COLUMNS
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import columns_of, unreadable

ID: Final = "population_projections"
COLUMNS: Final = {"area_code": "AREA_CODE", "sex": "SEX", "age": "AGE_GROUP"}
PERSONS: Final = "persons.csv"
_YEAR: Final = re.compile(r"20\d\d")


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table of persons inside the zip: a row an area and age, a column a year.

    Returns:
        Rows of ``population``, projected, for the districts and authorities shown.
    """
    frame = _persons(path)
    names = columns_of(map(str, frame), COLUMNS, source=ID, file=f"{path.name}, {PERSONS}")
    rows = frame.rename(columns=names)
    rows = rows.assign(area_code=rows["area_code"].map(register_code))
    own = {reading.cut.la_codes[code] for code in reading.cut.la_codes_dfe}
    kept = rows[rows["area_code"].isin(reading.cut.districts | own) & rows["age"].isin(AGE_COLUMNS)]
    years = [name for name in kept.columns if _YEAR.fullmatch(name)]
    long = kept.melt(["area_code", "age"], years, var_name="year", value_name="people")
    people = pd.to_numeric(long["people"], errors="coerce")
    return {
        POPULATION: long.assign(
            source_id=ID,
            age=long["age"].astype(int),
            year=long["year"].astype(int),
            sex="all",
            people=people,
            basis="published",
            is_projected=True,
            status=people.notna().map({True: "forecast", False: "unavailable"}),
        )
    }


def _persons(path: Path) -> pd.DataFrame:
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(
                (each for each in archive.namelist() if each.casefold().endswith(PERSONS)), None
            )
            if name is None:
                raise unreadable(ID, path.name, f"holds no file that ends in {PERSONS}")
            text = archive.read(name).decode("utf-8-sig")
    except (zipfile.BadZipFile, EOFError, OSError, UnicodeDecodeError) as error:
        raise unreadable(ID, path.name, f"cannot be read as a zip: {error}") from None
    try:
        return pd.read_csv(io.StringIO(text), dtype=str)
    except ValueError as error:
        raise unreadable(ID, f"{path.name}, {name}", f"cannot be read: {error}") from None


_AT: Final = (
    "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/populationandmigration/"
    "populationprojections/datasets/localauthoritiesinenglandz1/"
)
SOURCE: Final = Source(
    id=ID,
    title="Sub-national population projections, 2022-based",
    publisher="Office for National Statistics",
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationprojections/datasets/localauthoritiesinenglandz1"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2022",
            file_name="2022snpppopulationsyoa5yr.zip",
            addresses=(
                f"{_AT}2022basedfiveyearmigrationvariantprojection/2022snpppopulationsyoa5yr.zip",
            ),
        )
    ),
    every=every_years(2, 6),
    mirror_folder="ons",
    mirror_files=("*snpppopulationsyoa*.zip",),
    read_rows=read_rows,
    tables=(POPULATION,),
    caveats=(
        "What would come if recent trends went on: no plans for homes or schools are in it.",
        "The variant with migration as in the last five years; the publisher has others.",
    ),
)
