"""Stated rules for odd rows: what is dropped or left empty, and what the issue log says of it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from ingest.issues import IssueLog
from ingest.schema.declare import Field

Row = int
"""A row's place in its file, from 0: the index it was read with, which bears the file's name."""

_TOLD_CELLS: Final = 3
_TOLD_CHARACTERS: Final = 80
"""What is told of a row that cannot be named by its key."""


def numbers(rows: pd.DataFrame, field: Field, *, key: Sequence[str], issues: IssueLog) -> pd.Series:
    """Read a column of text as the numbers its field declares; what cannot be is left empty.

    Returns:
        ``Int64`` where the field is whole, else ``Float64``.

    Raises:
        CheckFailed: too many rows hold something else.
    """
    given = rows[field.name]
    read = pd.to_numeric(given, errors="coerce").astype("Float64")
    values = pd.Series(read.to_numpy(float, na_value=np.nan), index=rows.index)
    allowed = field.allows(values)
    rule = f"{field.name} is {field.wanted}"
    odd = rows.index[given.notna() & ~allowed]
    for row in odd:
        says = f"{field.name} {str(given[row])!r} is not {field.wanted}; left empty"
        issues.warn(rule, named(rows, row, key), says)
    issues.refuse_if_many(rule, found=len(odd), of=len(rows))
    kept: pd.Series = values.where(allowed).astype("Int64" if field.kind == "whole" else "Float64")
    return kept


def dates(rows: pd.DataFrame, column: str, *, key: Sequence[str], issues: IssueLog) -> pd.Series:
    """Read a column of ``dd-mm-yyyy`` as ISO 8601; what is no date is left empty."""
    read = pd.to_datetime(rows[column], format="%d-%m-%Y", errors="coerce")
    for row in rows.index[read.isna() & rows[column].notna()]:
        issues.warn(
            f"{column} is a date",
            named(rows, row, key),
            f"{column} {rows[column][row]!r} is not dd-mm-yyyy; left empty",
        )
    return read.dt.strftime("%Y-%m-%d").astype("string")


def without_blanks(
    rows: pd.DataFrame, columns: Sequence[str], *, key: Sequence[str], issues: IssueLog
) -> pd.DataFrame:
    """Leave out the rows in which one of some columns is blank.

    Raises:
        CheckFailed: too many rows are.
    """
    blank = pd.DataFrame({column: _is_blank(rows[column]) for column in columns})
    odd = blank.any(axis="columns")
    rule = f"every row has its {' and '.join(columns)}"
    for row in rows.index[odd]:
        missing = " and ".join(column for column in columns if blank[column][row])
        says = f"has no {missing}{_cells(rows, row, key)}; left out"
        issues.warn(rule, named(rows, row, key), says)
    issues.refuse_if_many(rule, found=int(odd.sum()), of=len(rows))
    return rows[~odd] if odd.any() else rows


def first_of_each(
    rows: pd.DataFrame,
    key: Sequence[str],
    *,
    issues: IssueLog,
    compared: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Keep the first row of every key; rows that only repeat it are noted, others logged.

    Args:
        rows: none of them without a key.
        key: columns that should name a row.
        issues: where it is written down.
        compared: columns in which rows of one key may not differ; all, where not given.

    Raises:
        CheckFailed: too many rows differ from the first of their key.
    """
    later = rows.duplicated(list(key))
    if not later.any():
        return rows
    rule = f"one row per {' and '.join(key)}"
    others = [column for column in compared or rows.columns if column not in key]
    differing = _differing(rows, key, others)
    for row, columns in differing.items():
        says = f"comes again with another {', '.join(columns)}; the first row is kept"
        issues.warn(rule, named(rows, row, key), says)
    if repeats := int(later.sum()) - len(differing):
        subject = f"{repeats:,} rows" if repeats > 1 else "1 row"
        issues.note(rule, subject, "the same as an earlier one; left out")
    issues.refuse_if_many(rule, found=len(differing), of=len(rows))
    return rows[~later]


def _differing(
    rows: pd.DataFrame, key: Sequence[str], columns: Sequence[str]
) -> dict[Row, list[str]]:
    """Return the rows that differ from the first of their key, each with the columns in which."""
    texts = rows[list(columns)].astype("string").fillna("")
    places = pd.Series(rows.index, index=rows.index)
    first = places.groupby([rows[column] for column in key], sort=False).transform("first")
    again = rows.index[first.to_numpy() != rows.index.to_numpy()]
    unlike = texts.loc[again].ne(texts.loc[first[again]].set_axis(again))
    return {row: list(unlike.columns[unlike.loc[row]]) for row in again if unlike.loc[row].any()}


def named(rows: pd.DataFrame, row: Row, key: Sequence[str]) -> str:
    """Name a row for the issue log: by its key, else by its place in the file from 1."""
    if _lacks_key(rows, row, key):
        file = rows.index.name
        return f"row {row + 1}" if file is None else f"{file}, row {row + 1}"
    text = " / ".join(str(rows[column][row]) for column in key)
    return f"URN {text}" if key[0] == "urn" else text


def _lacks_key(rows: pd.DataFrame, row: Row, key: Sequence[str]) -> bool:
    cells = [rows[column][row] for column in key]
    return any(pd.isna(cell) or not str(cell).strip() for cell in cells)


def _is_blank(values: pd.Series) -> "pd.Series[bool]":
    return values.astype("string").str.strip().fillna("").eq("").astype(bool)


def _cells(rows: pd.DataFrame, row: Row, key: Sequence[str]) -> str:
    """Tell some of a row that has no key, in brackets; nothing of one that has."""
    if not _lacks_key(rows, row, key):
        return ""
    cells = rows.loc[row].drop("geometry", errors="ignore").astype("string").str.strip().fillna("")
    cells = cells[cells != ""]
    told = [cells["name"]] if "name" in cells else list(cells[:_TOLD_CELLS])
    return f" ({', '.join(told)[:_TOLD_CHARACTERS]})" if told else ""
