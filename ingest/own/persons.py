"""Refuses a table of persons before it is copied anywhere."""

from pathlib import Path
from typing import Final

from config.words import search_key
from ingest.errors import CheckFailed, SourceChanged
from ingest.own.sheet import grids_of
from ingest.workbooks import TITLE_ROWS

PERSONAL: Final = frozenset(
    {
        *("upn", "unique pupil number", "pupil number", "uln", "nhs number"),
        *("forename", "first name", "firstname", "given name", "middle name"),
        *("surname", "last name", "lastname", "family name", "full name"),
        *("pupil name", "child name", "childs name", "parent name", "carer name"),
        *("date of birth", "dob", "birth date", "birthdate"),
    }
)
"""Headings of columns that only a list of persons has."""


def refuse_persons(path: Path, *, source: str) -> None:
    """Refuse a table whose header names what only a list of persons has.

    Args:
        path: CSV or workbook; a file that cannot be read is left to its reader.
        source: id of the series it is named for.

    Raises:
        CheckFailed: it does; the message names the headings and no cell below them.
    """
    try:
        grids = grids_of(path, source)
    except SourceChanged:
        return
    headings = {cell.strip() for grid in grids for row in grid[:TITLE_ROWS] for cell in row}
    if found := sorted(cell for cell in headings if search_key(cell) in PERSONAL):
        raise CheckFailed(
            f"{source}: {path.name} looks like a list of persons: it has {', '.join(found)}; "
            "it was not read further, and nothing of it was kept",
            hint="give counts without these columns. Pupils by home and school belong into "
            "own_counts, which keeps no copy of the file.",
        )
