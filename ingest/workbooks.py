"""Read workbooks (XLSX, XLS, ODS) as rows of text, whatever their file is named."""

import datetime as dt
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

import python_calamine

from ingest.errors import SourceChanged

Cells = list[str]

_SHEETS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_OLD_MARK: Final = b"\xd0\xcf\x11\xe0"
TITLE_ROWS: Final = 20
"""A header is looked for in so many rows; titles and notes may stand above it."""


def is_workbook(path: Path) -> bool:
    """Say whether a file is a workbook by what is in it, not by its name."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLD_MARK:
        return True
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name in _SHEETS for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def rows_of(path: Path, wanted: Collection[str], *, source: str) -> tuple[Cells, list[Cells]]:
    """Read the sheet that holds some columns.

    Args:
        path: the workbook.
        wanted: names of columns. The first sheet with a row that has most of them is taken.
        source: the series, for the message.

    Returns:
        The header, and the rows below it: each cell as text, blank where empty, a whole number
        without decimals, a date as ISO 8601. Rows without any text are left out.

    Raises:
        SourceChanged: the file cannot be read as a workbook, or has no rows.
    """
    texts = sheets_of(path, source=source)
    sheet, start = _place_of_header(texts, set(wanted))
    if not texts or not texts[sheet]:
        raise SourceChanged(f"{source}: {path.name} has no rows", hint="fetch the file again.")
    rows = texts[sheet]
    return rows[start], [row for row in rows[start + 1 :] if any(row)]


def sheets_of(path: Path, *, source: str) -> list[list[Cells]]:
    """Read every sheet of a workbook, from its first row on, as ``rows_of`` reads cells.

    Raises:
        SourceChanged: the file cannot be read as a workbook.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, OSError) as error:
        raise SourceChanged(
            f"{source}: {path.name} is a workbook that cannot be read: {error}",
            hint="open it and save it again as .xlsx or .csv.",
        ) from None
    return [[[_text(cell) for cell in row] for row in sheet] for sheet in sheets]


def _place_of_header(sheets: list[list[Cells]], wanted: set[str]) -> tuple[int, int]:
    """Return the sheet and the row that have most of the columns; the first where none has any."""
    best, place = 0, (0, 0)
    for number, rows in enumerate(sheets):
        for position, row in enumerate(rows[:TITLE_ROWS]):
            if (found := len(wanted & set(row))) > best:
                best, place = found, (number, position)
    return place


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip()
