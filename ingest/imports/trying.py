"""Shows what would be read of a table, before a build reads it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from config.imports import Import
from config.words import search_key
from ingest.imports.gathering import Imported
from ingest.imports.kinds import Found, place_columns
from ingest.imports.matching import WORDS
from ingest.issues import IssueLog
from ingest.marks import MARKS
from ingest.own.kinds import number
from ingest.own.sheet import Sheet

MOSTLY: Final = 0.5
"""A column is of figures where at least this share of its cells are numbers or marks."""

NO_FIGURES: Final = (
    *("lon", "lat", "longitude", "latitude", "easting", "northing", "x", "y"),
    *("code", "number", "id", "ref", "uprn"),
)
"""Last words of headings of numbers that measure nothing."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a column looks like.

    Attributes:
        heading: of the column.
        says: what stands in it, in words.
        is_figures: numbers, or marks in the place of numbers.
    """

    heading: str
    says: str
    is_figures: bool


def looked_at(sheet: Sheet) -> list[Looked]:
    """Say of every column what stands in it; the cells of text are not told."""
    places = {each.heading: each for each in reversed(_places(sheet))}
    return [
        _looked(heading, [cells[at].strip() for _, cells in sheet.rows], places.get(heading))
        for at, heading in enumerate(sheet.header)
        if heading
    ]


def has_place(sheet: Sheet) -> bool:
    """Say whether some column tells where its rows are."""
    return bool(_places(sheet))


def _places(sheet: Sheet) -> list[Found]:
    return place_columns(sheet.header, [cells for _, cells in sheet.rows])


def _looked(heading: str, cells: Sequence[str], place: Found | None) -> Looked:
    blank = sum(not cell for cell in cells)
    blanks = f", {blank:,} blank" if blank else ""
    if place is not None:
        says = f"{WORDS[place.kind]}, {place.share:.0%} of {len(cells) - blank:,} cells{blanks}"
        return Looked(heading, says, is_figures=False)
    numbers = [value for cell in cells if (value := number(cell)) is not None]
    marks = sum(bool(cell) and number(cell) is None and cell.casefold() in MARKS for cell in cells)
    if not numbers or len(numbers) + marks < MOSTLY * max(len(cells) - blank, 1):
        return Looked(heading, f"text{blanks}", is_figures=False)
    marked = f", {marks:,} marks" if marks else ""
    says = f"{len(numbers):,} numbers from {min(numbers):g} to {max(numbers):g}{marked}{blanks}"
    return Looked(heading, says, is_figures=True)


def lines_for_region_file(path: Path, sheet: Sheet) -> str:
    """Write the lines that add a table to a region file, to be completed by who knows it."""
    places = _places(sheet)
    short = re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_")
    short = short if short[:1].isalpha() else f"table_{short}"
    lines = [
        "[[imports]]",
        f"id = {_toml(short[:40])}",
        f"file = {_toml(str(path))}",
        f"title = {_toml(path.stem.replace('_', ' ').capitalize())}",
        'period = ""  # when it holds, such as 2025 or 2024/25',
    ]
    if places:
        lines += [f"place = {_toml(places[0].heading)}", f"kind = {_toml(places[0].kind)}"]
    figures = [
        each.heading
        for each in looked_at(sheet)
        if each.is_figures and search_key(each.heading).rpartition(" ")[2] not in NO_FIGURES
    ]
    for heading in figures:
        lines += [
            "",
            "[[imports.values]]",
            f"column = {_toml(heading)}",
            f"title = {_toml(heading.replace('_', ' ').capitalize())}",
            'unit = ""  # such as places, pupils or %',
        ]
    if not figures:
        lines.append('count_unit = ""  # what its rows are, to count them')
    return "\n".join(lines) + "\n"


def told_of(made: Imported, told: Import, issues: IssueLog) -> list[str]:
    """Say in lines what a table that a region file adds would give."""
    lines = [f"{told.title} ({told.file}): {WORDS[made.kind]}, into {made.table.name}"]
    for measure in made.measures:
        rows = made.rows[made.rows["measure"] == measure.id]
        values = rows["value"].dropna()
        span = f", from {values.min():g} to {values.max():g}" if len(values) else ""
        lines.append(
            f"  {measure.id}: {measure.title} ({measure.unit}): {len(values):,} values{span}"
        )
        lines += [f"    {why}: {count:,}" for why, count in _missing(rows).items()]
    return lines + [f"  {issue.subject}: {issue.says}" for issue in issues.issues]


def _missing(rows: pd.DataFrame) -> dict[str, int]:
    counts = rows.loc[rows["value"].isna(), "status"].value_counts()
    return {str(why): int(count) for why, count in counts.items()}


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
