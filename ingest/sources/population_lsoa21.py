"""Children by small area of 2021: the current estimates of the Office for National Statistics."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import python_calamine

from ingest.errors import SourceChanged
from ingest.rhythm import yearly
from ingest.schema.people import POPULATION
from ingest.small_area_ages import AGE_COLUMNS, by_age, small_areas
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import columns_of, unreadable

ID: Final = "population_lsoa21"
_SHEET: Final = re.compile(r"Mid-(\d{4}) LSOA 2021")
_CODE: Final = "LSOA 2021 Code"
_TITLE_ROWS: Final = 12
"""The header is looked for in so many rows; titles and notes stand above it."""

Cells = Sequence[object]


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the workbook: a sheet a year, a row an area, a column for every age and sex.

    Returns:
        Rows of ``population`` for the small areas of the region and its border, both sexes
        together.

    Raises:
        SourceChanged: it is no workbook, has no sheet of a year, or a sheet lacks a column.
    """
    kept = small_areas(reading)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        raise unreadable(ID, path.name, f"cannot be read as a workbook: {error}") from None
    sheets = {name: match[1] for name in book.sheet_names if (match := _SHEET.fullmatch(name))}
    if not sheets:
        raise SourceChanged(
            f"{ID}: {path.name} has no sheet called Mid-2024 LSOA 2021 or the like"
            f" (its sheets: {', '.join(book.sheet_names)})",
            hint="a build can go on with `--without population_lsoa21`.",
        )
    parts = [
        _sheet(iter(book.get_sheet_by_name(name).iter_rows()), kept, f"{path.name}, {name}").assign(
            year=int(year)
        )
        for name, year in sheets.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    return {POPULATION: by_age(rows, keys=[], source_id=ID)}


def _sheet(rows: Iterator[Cells], kept: frozenset[str], file: str) -> pd.DataFrame:
    """Read the areas wanted from one sheet, row by row: a sheet of all is far larger."""
    above: list[list[str]] = []
    for row in rows:
        cells = [str(cell).strip() for cell in row]
        if _CODE in cells:
            return _below(rows, cells, kept, file)
        above.append(cells)
        if len(above) == _TITLE_ROWS:
            break
    found = max(above, key=lambda cells: len(set(cells)), default=[])
    columns_of(found, {"area_code": _CODE}, source=ID, file=file)
    raise unreadable(ID, file, "has no rows")


def _below(
    rows: Iterator[Cells], header: list[str], kept: frozenset[str], file: str
) -> pd.DataFrame:
    wanted = {f"{sex}{age}": f"{sex}{age}" for sex in "FM" for age in AGE_COLUMNS}
    columns_of(header, {"area_code": _CODE, **wanted}, source=ID, file=file)
    place = {name: position for position, name in enumerate(header)}
    found = [
        [str(row[place[_CODE]]), *(_both(row, place, age) for age in AGE_COLUMNS)]
        for row in rows
        if str(row[place[_CODE]]) in kept
    ]
    return pd.DataFrame(found, columns=["area_code", *AGE_COLUMNS])


def _both(row: Cells, place: dict[str, int], age: str) -> float | None:
    """Return girls and boys together; nothing where one of the two is no number."""
    cells = (row[place[f"F{age}"]], row[place[f"M{age}"]])
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    return float(sum(numbers)) if len(numbers) == len(cells) else None


_AT: Final = (
    "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/populationandmigration/"
    "populationestimates/datasets/lowersuperoutputareamidyearpopulationestimates/"
)
SOURCE: Final = Source(
    id=ID,
    title="Single year of age by small area (2021), mid-2022 to mid-2024",
    publisher="Office for National Statistics",
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates/datasets/lowersuperoutputareamidyearpopulationestimates"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2024",
            file_name="sapelsoasyoa20222024.xlsx",
            addresses=(f"{_AT}mid2022revisednov2025tomid2024/sapelsoasyoa20222024.xlsx",),
        )
    ),
    every=yearly(11, years_after=1),
    mirror_folder="ons",
    mirror_files=("sapelsoasyoa*.xlsx",),
    read_rows=read_rows,
    tables=(POPULATION,),
    caveats=(
        "Single years of age in a small area rest on few people: add areas or years together.",
    ),
)
