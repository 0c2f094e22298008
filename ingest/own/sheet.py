"""A table as somebody saved it: CSV or workbook, titles above the header, any usual separator."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.encodings import encoding_of
from ingest.errors import SourceChanged
from ingest.workbooks import TITLE_ROWS, is_workbook, sheets_of

Cells = list[str]
SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it.

    Attributes:
        file: name of the file.
        header: headings, as they stand.
        rows: cells as text, each row with its number as a spreadsheet counts: the first line is 1.
    """

    file: str
    header: Cells
    rows: list[tuple[int, Cells]]


def read_sheet(
    path: Path,
    *,
    is_heading: Callable[[str], bool],
    source: str,
    hint: str = "",
    is_name: Callable[[str], bool] | None = None,
) -> Sheet:
    """Read the table in a file whose header has most of the headings wanted.

    Args:
        path: a CSV, separated by commas, semicolons or tabs, or a workbook (XLSX, XLS, ODS).
        is_heading: says which headings are wanted.
        source: id of the series, for messages.
        hint: what to do where there is no header; else the way to its template.
        is_name: says which of them a header must have one of at least: figures may be headings too
            where there is a column for every year group, and a row of figures is no header.

    Raises:
        SourceChanged: it is neither, or no row of its beginning has any such heading.
    """
    grids = grids_of(path, source)
    best, place = 0, None
    for grid in grids:
        for position, row in enumerate(grid[:TITLE_ROWS]):
            if is_name is not None and not any(map(is_name, row)):
                continue
            if (found := sum(map(is_heading, row))) > best:
                best, place = found, (grid, position)
    if place is None:
        first = next((row for grid in grids for row in grid if any(row)), [])
        raise SourceChanged(
            f"{source}: {path.name} has no header with the columns looked for"
            f" (it begins with {', '.join(filter(None, first[:6])) or 'nothing'})",
            hint=hint or f"`atlas template {source}` writes an empty file with the right header.",
        )
    grid, position = place
    header = [cell.strip() for cell in grid[position]]
    rows = [
        (number, _as_wide_as(header, cells))
        for number, cells in enumerate(grid[position + 1 :], start=position + 2)
        if any(cell.strip() for cell in cells)
    ]
    return Sheet(path.name, header, rows)


def grids_of(path: Path, source: str) -> list[list[Cells]]:
    """Read every sheet of a workbook, or a CSV once for every separator it may have.

    Raises:
        SourceChanged: the file is neither.
    """
    return sheets_of(path, source=source) if is_workbook(path) else _csv_grids(path, source)


def _csv_grids(path: Path, source: str) -> list[list[Cells]]:
    """Read a CSV once for every separator it may have."""
    encoding = encoding_of(path, "utf-8-sig", source)
    try:
        text = path.read_bytes().decode(encoding)
        return [
            list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
            for separator in SEPARATORS
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceChanged(
            f"{source}: {path.name} cannot be read as a CSV: {error}",
            hint="open it and save it again as CSV (UTF-8) or as a workbook (.xlsx).",
        ) from None


def _as_wide_as(header: Cells, cells: Cells) -> Cells:
    return [*cells, *[""] * (len(header) - len(cells))][: len(header)]
