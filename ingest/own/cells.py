"""Reads the rows of an authority's own file; every cell that cannot be right is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.terms import Status
from config.words import search_key
from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.marks import MARKS
from ingest.own.declare import Column, Template
from ingest.own.kinds import KINDS, Value
from ingest.own.laid_out import by_column, is_wanted
from ingest.own.sheet import Sheet, read_sheet

TOLD: Final = 10
"""Faults that a message names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be right."""

    row: int
    column: str
    says: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.says}"


def read_own(path: Path, template: Template, issues: IssueLog) -> pd.DataFrame:
    """Read one file of an authority's own.

    Args:
        path: CSV (commas, semicolons or tabs) or workbook; titles may stand above the header, and
            columns in any order. Columns that the template does not have are not read.
        template: what it may hold. Where it has a wide layout, a file may have either.
        issues: where columns that are not read are noted.

    Returns:
        A column per column of the template, null where blank or not there; beside one of counts
        or numbers, ``…_status`` says why a value is missing. Indexed by the row in the file.

    Raises:
        SourceChanged: a required column is missing, or no header is found.
        CheckFailed: there are no rows where some must be, or some cells cannot be right; the
            message names them.
    """
    sheet = read_sheet(
        path,
        is_heading=lambda text: is_wanted(text, template),
        source=template.id,
        is_name=lambda text: template.column_headed(text) is not None,
    )
    return read_cells(sheet, template, issues)


def read_cells(sheet: Sheet, template: Template, issues: IssueLog) -> pd.DataFrame:
    """Read the cells of a table, as ``read_own`` does."""
    frame = by_column(sheet, template, issues)
    if frame.empty and not template.may_be_empty:
        raise CheckFailed(
            f"{template.id}: {sheet.file} has a header and no rows below it",
            hint="fill it in, or leave it out of [own_files] in the region file.",
        )
    faults: list[Fault] = []
    read = {column.name: _read_column(frame, column, faults) for column in template.columns}
    rows = pd.DataFrame(read, index=frame.index)
    faults += _repeated(rows, template)
    if faults:
        raise faulty(template.id, sheet.file, faults)
    for column in template.columns:
        if column.kind in ("count", "number"):
            rows[f"{column.name}_status"] = _status(frame[column.name], rows[column.name])
    return rows


def faulty(source: str, file: str, faults: Sequence[Fault]) -> CheckFailed:
    """Return the error for a file with cells that cannot be right."""
    ordered = sorted(faults, key=lambda fault: fault.row)
    told = [f"  {fault}" for fault in ordered[:TOLD]]
    if len(faults) > TOLD:
        told.append(f"  and {len(faults) - TOLD:,} more")
    cells = "1 cell needs" if len(faults) == 1 else f"{len(faults):,} cells need"
    return CheckFailed(
        "\n".join([f"{source}: {file} cannot be used as it is: {cells} another look", *told]),
        hint="put them right in the file and build again; `atlas template "
        f"{source}` writes an empty file that explains every column.",
    )


def _read_column(frame: pd.DataFrame, column: Column, faults: list[Fault]) -> pd.Series:
    """Read every cell of a column; those that cannot be right become faults."""
    cells = frame[column.name]
    read = {str(text): value_of(str(text), column) for text in cells.dropna().unique()}
    says = {
        text: f"{text!r} is not {column.wants}"
        for text, value in read.items()
        if value is None and not _is_mark(text, column)
    }
    if column.required:
        blank = f"is blank; it should be {column.wants}"
        faults += [Fault(row, column.name, blank) for row in cells.index[cells.isna()]]
    odd = cells[cells.isin(list(says))]
    faults += [
        Fault(row, column.name, says[text]) for row, text in zip(odd.index, odd, strict=True)
    ]
    values = [None if pd.isna(text) else read[str(text)] for text in cells]
    return pd.Series(values, index=frame.index, dtype=KINDS[column.kind].dtype)


def value_of(text: str, column: Column) -> Value | None:
    """Read a cell of a column; ``None`` where it cannot be one."""
    if column.kind != "choice":
        return KINDS[column.kind].read(text)
    by_key = {search_key(word): stored for word, stored in column.choices.items()}
    return by_key.get(search_key(text))


def _is_mark(text: str, column: Column) -> bool:
    """Say whether a cell holds one of the publishers' marks for a number that cannot be given."""
    return column.kind in ("count", "number") and text.casefold() in MARKS


def _status(texts: pd.Series, values: pd.Series) -> pd.Series:
    why = [
        str(Status.MEASURED) if pd.notna(value) else str(MARKS[str(text or "").casefold()].status)
        for text, value in zip(texts.fillna(""), values, strict=True)
    ]
    return pd.Series(np.array(why, dtype=object), index=texts.index, dtype="string")


def _repeated(rows: pd.DataFrame, template: Template) -> list[Fault]:
    """Find rows that have the same key as one before them."""
    key = list(template.key)
    if not key:
        return []
    first: dict[tuple[str, ...], int] = {}
    faults = []
    texts = rows[key].astype("string").fillna("")
    for row, cells in zip(rows.index, texts.itertuples(index=False, name=None), strict=True):
        if cells not in first:
            first[cells] = row
        elif cells[0]:
            named = ", ".join(
                f"{name} {cell}" for name, cell in zip(key, cells, strict=True) if cell
            )
            faults.append(Fault(row, key[-1], f"the same {named} as in row {first[cells]}"))
    return faults
