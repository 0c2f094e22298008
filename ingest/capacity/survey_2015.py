"""The survey of May 2015: one row per school, known by its number, with two planning areas."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import AcademicYear
from ingest.capacity.places import (
    ID,
    PRIMARY,
    SECONDARY,
    no_numbers,
    number,
    places,
    planning_areas,
    whole_schools,
)
from ingest.columns import Names, columns_of, spellings
from ingest.issues import IssueLog
from ingest.ragged import JOINED, padded, rejoined
from ingest.schema.provision import PLANNING_AREA, SCHOOL_PLACES
from ingest.source import Reading, Rows
from ingest.workbooks import Cells, is_workbook, rows_of

NAMES: Final[Names] = {
    "laestab": "LAEstab",
    "la_code_dfe": "LA1",
    "name": "Schoolname",
    "pupils": "MAYNOR",
    "places": ("Netcapacity (1)", "Netcapacity"),
    "places_primary": ("PrimaryCapacity (2)", "PrimaryCapacity"),
    "places_secondary": ("SecondaryCapacity (2)", "SecondaryCapacity"),
    "area_primary": ("Primary PA code (2)", "Primary PA code"),
    "area_secondary": ("Secondary PA code (2)", "Secondary PA code"),
    "main_phase": "Main Phase",
}
"""The numbers in brackets point to footnotes, and come and go."""

MAIN_PHASES: Final = {"PRI": PRIMARY, "SEC": SECONDARY}
SURVEY_MONTH: Final = 5
_LISTED: Final = 5
"""Schools that a note names before it stops."""


def read(path: Path, reading: Reading) -> Rows:
    """Read the survey from a workbook, whatever it is named, or from CSV.

    Every school has a row for all its phases, and one for each phase it has a planning area or
    places in: a school with primary and secondary pupils is in two planning areas. How many of its
    pupils are in which phase is not told.

    Raises:
        SourceChanged: a column is missing.
        CheckFailed: a column holds something other than numbers.
    """
    year = _year(reading.release)
    rows = _known(_rows(path), year, reading, of=path.name)
    _tell_joined(rows, reading.issues)
    rows = rows.assign(academic_year=str(year))
    issues, of = reading.issues, path.name
    whole = places(
        whole_schools(rows),
        number(rows, "places", issues, of=of),
        number(rows, "pupils", issues, of=of)["value"],
    )
    phases = [_of_phase(rows, phase, issues, of=of) for phase in (PRIMARY, SECONDARY)]
    return {
        SCHOOL_PLACES: pd.concat([whole, *(found for found, _ in phases)], ignore_index=True),
        PLANNING_AREA: pd.concat([areas for _, areas in phases], ignore_index=True),
    }


def repaired(path: Path) -> tuple[Cells, list[Cells], list[bool]]:
    """Return header and rows, each as wide as the header, and which rows were put right.

    A school's name with a comma in it was split over two cells when the table was made: the cells
    are joined again.
    """
    header, rows = _cells(path)
    columns = len([name for name in header if name])
    header = header[:columns]
    text = header.index("Schoolname") if "Schoolname" in header else columns - 1
    joined = [rejoined(row, columns=columns, text=text) for row in rows]
    whole = [padded((one or row)[:columns], columns) for one, row in zip(joined, rows, strict=True)]
    return header, whole, [one is not None for one in joined]


def _tell_joined(rows: pd.DataFrame, issues: IssueLog) -> None:
    for row in rows[rows["was_split"]].itertuples():
        issues.warn(
            JOINED,
            f"LAESTAB {row.laestab}",
            f"{row.name!r} was split over two cells, which moved all cells after it; joined again",
        )


def _cells(path: Path) -> tuple[Cells, list[Cells]]:
    if is_workbook(path):
        return rows_of(path, spellings(NAMES), source=ID)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def _rows(path: Path) -> pd.DataFrame:
    header, rows, was_split = repaired(path)
    matched = columns_of(header, NAMES, source=ID, file=path.name)
    frame = pd.DataFrame(rows, columns=header, dtype="string")[list(matched)]
    return frame.mask(frame == "").rename(columns=matched).assign(was_split=was_split)


def _known(rows: pd.DataFrame, year: AcademicYear, reading: Reading, *, of: str) -> pd.DataFrame:
    """Keep the rows of the region's schools, with their URNs."""
    laestabs = pd.to_numeric(rows["laestab"], errors="coerce")
    survey = date(year.start + 1, SURVEY_MONTH, 1)
    rows = rows.assign(urn=reading.cut.urns_of(laestabs, on=survey))
    own = rows["la_code_dfe"].isin(list(reading.cut.la_codes_dfe))
    unknown = rows[own & rows["urn"].isna()]
    if len(unknown):
        named = "; ".join(unknown["name"].fillna("").head(_LISTED))
        more = " …" if len(unknown) > _LISTED else ""
        reading.issues.note(
            "school has a URN",
            of,
            f"{len(unknown):,} of {int(own.sum()):,} schools of the region have numbers that no "
            f"school of the register has; left out: {named}{more}",
        )
    kept: pd.DataFrame = reading.cut.of_schools(rows[rows["urn"].notna()])
    return kept


def _of_phase(
    rows: pd.DataFrame, phase: str, issues: IssueLog, *, of: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the places of one phase and its planning areas."""
    other = SECONDARY if phase == PRIMARY else PRIMARY
    is_told, is_other_told = _tells_of(rows, phase), _tells_of(rows, other)
    is_main = (rows["main_phase"].map(MAIN_PHASES) == phase).fillna(value=False)
    rows = rows.assign(phase=phase, planning_area=rows[f"area_{phase}"])
    split = rows[is_told & is_other_told]
    whole = rows[(is_told | is_main) & ~is_other_told]
    found = [
        places(
            split,
            number(split, f"places_{phase}", issues, of=of),
            no_numbers(split.index),
        ),
        places(
            whole,
            number(whole, "places", issues, of=of),
            number(whole, "pupils", issues, of=of)["value"],
        ),
    ]
    return pd.concat(found), planning_areas(pd.concat([split, whole]))


def _tells_of(rows: pd.DataFrame, phase: str) -> "pd.Series[bool]":
    """Say which schools have a planning area or places of their own for a phase."""
    return rows[f"area_{phase}"].notna() | rows[f"places_{phase}"].notna()


def _year(release: str) -> AcademicYear:
    """Return the school year of a release, which may be named by the year of its May."""
    if release.isdigit():
        return AcademicYear(int(release) - 1)
    return AcademicYear.parse(release)
