"""Lays the cells of an authority's own file out by the columns of its template."""

from typing import Final

import pandas as pd

from ingest.errors import SourceChanged
from ingest.issues import IssueLog
from ingest.own.declare import Column, Template, Wide
from ingest.own.kinds import KINDS, Value
from ingest.own.sheet import Sheet

ROW: Final = "row"
"""Name of the index of what is read: the row's number, as a spreadsheet counts."""


def is_wanted(heading: str, template: Template) -> bool:
    """Say whether a heading is one of a template's, in either of its layouts."""
    if not heading.strip():
        return False
    wide = template.wide
    is_wide = wide is not None and KINDS[wide.kind].read(heading) is not None
    return is_wide or template.column_headed(heading) is not None


def by_column(sheet: Sheet, template: Template, issues: IssueLog) -> pd.DataFrame:
    """Lay out the cells by our columns, as text, null where blank; wide rows become several.

    Raises:
        SourceChanged: a required column is missing, or one is there twice.
    """
    found = {place: template.column_headed(name) for place, name in enumerate(sheet.header)}
    wide = template.wide
    headed = {
        place: value
        for place, name in enumerate(sheet.header)
        if wide and found[place] is None and (value := KINDS[wide.kind].read(name)) is not None
    }
    is_wide = bool(headed) and wide is not None and not _has(found, wide.value)
    _refuse_missing(sheet, template, found, {wide.by, wide.value} if is_wide and wide else set())
    _refuse_twice(sheet, template, found)
    _note_others(sheet, template, found, headed if is_wide else {}, issues)
    index = pd.Index([number for number, _ in sheet.rows], name=ROW)
    columns = {
        column.name: [cells[place] for _, cells in sheet.rows]
        for place, column in found.items()
        if column is not None
    }
    frame = pd.DataFrame(columns, index=index, dtype="string")
    if is_wide and wide is not None:
        frame = _lengthened(frame, sheet, headed, wide)
    for column in template.columns:
        if column.name not in frame:
            frame[column.name] = pd.Series(pd.NA, frame.index, dtype="string")
    for name in frame:
        frame[name] = frame[name].str.strip()
    return frame.mask(frame == "")


def _has(found: dict[int, Column | None], name: str) -> bool:
    return any(column is not None and column.name == name for column in found.values())


def _lengthened(
    frame: pd.DataFrame, sheet: Sheet, headed: dict[int, Value], wide: Wide
) -> pd.DataFrame:
    """Make a row of every cell below a heading that is a value; blank ones make none."""
    parts = []
    for place, value in headed.items():
        part = frame.copy()
        part[wide.by] = str(value)
        part[wide.value] = [cells[place] for _, cells in sheet.rows]
        parts.append(part)
    rows = pd.concat(parts).astype("string")
    return rows[rows[wide.value].str.strip() != ""]


def _refuse_missing(
    sheet: Sheet, template: Template, found: dict[int, Column | None], not_needed: set[str]
) -> None:
    missing = [
        column.name
        for column in template.columns
        if column.required and column.name not in not_needed and not _has(found, column.name)
    ]
    if missing:
        others = [name for place, name in enumerate(sheet.header) if name and found[place] is None]
        raise SourceChanged(
            f"{template.id}: {sheet.file} has no column {'; '.join(missing)}"
            f" (its other columns: {', '.join(others) or 'none'})",
            missing=missing,
            added=others,
            hint=f"`atlas template {template.id}` writes an empty file with the right header.",
        )


def _refuse_twice(sheet: Sheet, template: Template, found: dict[int, Column | None]) -> None:
    names = [column.name for column in found.values() if column is not None]
    for place, column in found.items():
        if column is not None and names.count(column.name) > 1:
            raise SourceChanged(
                f"{template.id}: {sheet.file} has the column {column.name} more than once"
                f" (one is headed {sheet.header[place]!r})",
                hint="keep one of them.",
            )


def _note_others(
    sheet: Sheet,
    template: Template,
    found: dict[int, Column | None],
    headed: dict[int, Value],
    issues: IssueLog,
) -> None:
    others = [
        name
        for place, name in enumerate(sheet.header)
        if name and found[place] is None and place not in headed
    ]
    if others:
        says = f"not read, for the template has no such column: {', '.join(others)}"
        issues.note(f"columns of {template.id}", sheet.file, says)
