"""Stated rules for rows with more or fewer cells than their table has columns."""

import csv
from collections.abc import Sequence
from typing import Final

from ingest.issues import IssueLog

SHORT: Final = "as many cells as columns"
JOINED: Final = "a comma inside a cell"


def cells_of(line: str) -> list[str]:
    """Return the cells of one row of a CSV file.

    >>> cells_of('1,"Hill, Upper",')
    ['1', 'Hill, Upper', '']
    """
    return next(csv.reader([line]), [])


def padded(row: Sequence[str], columns: int) -> list[str]:
    """Fill a short row up with blanks at its end, where publishers leave blank cells off.

    >>> padded(["1", "2"], 4)
    ['1', '2', '', '']
    """
    return [*row, *[""] * (columns - len(row))]


def rejoined(row: Sequence[str], *, columns: int, text: int) -> list[str] | None:
    """Put together a cell of text that a comma inside it has split, in a row one cell too long.

    Args:
        row: cells, with as many after ``columns`` as the row is too long by.
        columns: how many there should be.
        text: position of the cell that may hold commas.

    Returns:
        The row as it was meant, or ``None`` where it is not too long.

    >>> rejoined(["8", "Cross", "High School", "837", "900"], columns=4, text=1)
    ['8', 'Cross, High School', '837', '900']
    >>> rejoined(["8", "Cross", "837", "900"], columns=4, text=1) is None
    True
    """
    extra = max((place + 1 for place, cell in enumerate(row) if cell), default=0) - columns
    if extra <= 0:
        return None
    joined = ", ".join(cell.strip() for cell in row[text : text + extra + 1])
    return [*row[:text], joined, *row[text + extra + 1 : columns + extra]]


def note_padded(rows: int, *, of: str, columns: int, issues: IssueLog) -> None:
    """Write down that short rows were filled up, once for a file."""
    if rows:
        issues.note(
            SHORT,
            of,
            f"{rows:,} rows with fewer cells than the {columns} columns; what is missing at "
            "their end is taken as blank",
        )


def note_cut(rows: int, *, of: str, columns: int, issues: IssueLog) -> None:
    """Write down that cells beyond the last column were left off, once for a file."""
    if rows:
        issues.note(
            SHORT,
            of,
            f"{rows:,} rows with more cells than the {columns} columns, where the last column "
            "spills over; the cells at their end are left out",
        )
