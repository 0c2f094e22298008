"""Read publishers' tables by the names of their columns, whatever their order or layout."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from ingest.columns import Layout, Names, columns_of, no_rows, spellings, unreadable
from ingest.encodings import encoding_of
from ingest.issues import IssueLog
from ingest.ragged import cells_of, note_cut, note_padded, padded
from ingest.rows import first_of_each, without_blanks
from ingest.workbooks import is_workbook, rows_of

__all__ = [
    "Layout",
    "Names",
    "columns_of",
    "no_rows",
    "read_table",
    "spellings",
    "unreadable",
]

MISSING: Final = ("", "NULL", "Null", "null", "N/A", "#N/A")
SHOWN_CHARACTERS: Final = 80


def read_table(
    path: Path,
    names: Names | Layout,
    *,
    source: str,
    issues: IssueLog,
    encoding: str = "utf-8-sig",
    key: Sequence[str] = (),
    pads_short_rows: bool = False,
) -> pd.DataFrame:
    """Read the named columns of a CSV, workbook, Parquet or GeoJSON file, renamed to ours.

    Text columns come as ``string``; of a CSV or a workbook every column is text. A workbook is
    known by what is in it, also where it is named ``.csv``. Rows of a CSV with too few or too many
    cells are left out and logged, unless ``pads_short_rows``: then blanks fill up short ones, which
    come last. A geometry column is kept under its own name where the file has one and ``names``
    asks for ``geometry``. Where a ``key`` is given, rows without it are left out and of several
    with the same the first is kept; both are logged. The index counts the file's rows and bears
    its name, until a key is given.

    Of a CSV, ``names`` may be a ``Layout`` with columns that are not always there.

    Raises:
        SourceChanged: a column is missing, the delimiter is not a comma, or the file is not
            what its name says; the message names what was looked for and what was found.
        CheckFailed: the file has no rows, or too many odd ones.
    """
    layout = names if isinstance(names, Layout) else Layout(names)
    frame = _read(path, layout, source, issues, encoding, pads=pads_short_rows)
    if frame.empty:
        raise no_rows(source, path.name)
    frame.index.name = path.name
    if not key:
        return frame
    kept = without_blanks(frame, key, key=key, issues=issues)
    return first_of_each(kept, key, issues=issues).reset_index(drop=True)


def _read(
    path: Path, layout: Layout, source: str, issues: IssueLog, encoding: str, *, pads: bool
) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _read_parquet(path, layout.names, source)
    if suffix in (".geojson", ".json"):
        return _read_geojson(path, layout.names, source)
    if is_workbook(path):
        return _read_workbook(path, layout.names, source)
    return _read_csv(path, layout, source, issues, encoding, pads=pads)


def _read_csv(
    path: Path, layout: Layout, source: str, issues: IssueLog, encoding: str, *, pads: bool
) -> pd.DataFrame:
    actual = encoding_of(path, encoding, source)
    if actual != encoding:
        issues.note(
            "encoding",
            path.name,
            f"declared as {encoding}, found to be {actual}; read as that",
        )
    with path.open(encoding=actual, newline="") as file:
        header = next(csv.reader(file), [])
    _refuse_other_delimiters(header, layout.names, path=path, source=source)
    matched = layout.found(header, source=source, file=path.name)
    odd = _Odd(keeps_short=pads, keeps_long=bool(header) and header[-1] == layout.spills)
    frame = _read_rows(path, list(matched), source, issues, actual, odd)
    if odd.lines:
        rows = [padded(cells_of(line), len(header)) for line in odd.lines]
        note_padded(odd.short, of=path.name, columns=len(header), issues=issues)
        note_cut(odd.long, of=path.name, columns=len(header), issues=issues)
        frame = pd.concat([frame, _texts(rows, header, list(matched))], ignore_index=True)
    for ours in set(layout.if_there) - set(matched.values()):
        frame[ours] = pd.Series(pd.NA, frame.index, dtype="string")
    return frame.rename(columns=matched)


@dataclass(slots=True)
class _Odd:
    """Rows with too few or too many cells: which to keep, and those kept so far."""

    keeps_short: bool
    keeps_long: bool
    short: int = 0
    long: int = 0
    lines: list[str] = field(default_factory=list)

    def keeps(self, row: pa_csv.InvalidRow) -> bool:
        """Keep a row, if such rows are kept."""
        is_short = row.actual_columns < row.expected_columns
        if not (self.keeps_short if is_short else self.keeps_long):
            return False
        self.short, self.long = self.short + is_short, self.long + (not is_short)
        self.lines.append(row.text)
        return True


def _texts(rows: list[list[str]], header: list[str], columns: list[str]) -> pd.DataFrame:
    """Lay out some columns as text, null where blank."""
    places = {column: header.index(column) for column in columns}
    cells = {
        column: [None if row[place] in MISSING else row[place] for row in rows]
        for column, place in places.items()
    }
    return pd.DataFrame(cells, dtype="string")


def _read_workbook(path: Path, names: Names, source: str) -> pd.DataFrame:
    header, rows = rows_of(path, spellings(names), source=source)
    matched = columns_of(header, names, source=source, file=path.name)
    whole = [padded(row, len(header)) for row in rows]
    return _texts(whole, header, list(matched)).rename(columns=matched)


def _read_rows(
    path: Path,
    columns: list[str],
    source: str,
    issues: IssueLog,
    encoding: str,
    odd: _Odd,
) -> pd.DataFrame:
    """Read some columns as text; rows with too few or too many cells are logged and left out.

    Those that ``odd`` keeps go there instead.
    """
    ragged = 0

    def leave_out(row: pa_csv.InvalidRow) -> str:
        nonlocal ragged
        if odd.keeps(row):
            return "skip"
        ragged += 1
        issues.warn(
            "as many cells as columns",
            f"{path.name}, line {row.number}",
            f"{row.actual_columns} cells for {row.expected_columns} columns; left out: "
            f"{row.text[:SHOWN_CHARACTERS]}",
        )
        return "skip"

    try:
        table = pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(
                encoding=encoding.removesuffix("-sig"), use_threads=False
            ),
            parse_options=pa_csv.ParseOptions(
                newlines_in_values=True, invalid_row_handler=leave_out
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(columns, pa.string()),
                null_values=list(MISSING),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise unreadable(source, path.name, f"cannot be read: {error}") from None
    issues.refuse_if_many("as many cells as columns", found=ragged, of=len(table) + ragged)
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get)
    return frame


def _refuse_other_delimiters(header: list[str], names: Names, *, path: Path, source: str) -> None:
    wanted = spellings(names)
    if wanted & set(header):
        return
    line = ",".join(header)
    for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        cells = {cell.strip(' "') for cell in line.split(mark)}
        if len(cells) > 1 and wanted & cells:
            raise unreadable(
                source,
                path.name,
                f"its columns are separated by {word}, not commas; save it with commas",
            )


def _read_parquet(path: Path, names: Names, source: str) -> pd.DataFrame:
    try:
        found = pq.read_schema(path).names
    except (OSError, ValueError) as error:
        raise unreadable(source, path.name, f"is no Parquet file: {error}") from None
    matched = columns_of(found, names, source=source, file=path.name)
    reader = gpd.read_parquet if "geometry" in matched.values() else pd.read_parquet
    frame: pd.DataFrame = reader(path, columns=list(matched))
    return frame.rename(columns=matched)


def _read_geojson(path: Path, names: Names, source: str) -> pd.DataFrame:
    try:
        frame = gpd.read_file(path, engine="pyogrio")
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(source, path.name, f"is no GeoJSON file: {error}") from None
    if frame.empty:  # without a feature, no column is known either
        raise no_rows(source, path.name)
    matched = columns_of(frame.columns, names, source=source, file=path.name)
    kept: pd.DataFrame = frame[list(matched)]
    return kept.rename(columns=matched)
