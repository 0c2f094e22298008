"""Read publishers' tables by the names of their columns, whatever their order or layout."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.ragged import cells_of, note_padded, padded
from ingest.rows import first_of_each, without_blanks
from ingest.workbooks import is_workbook, rows_of

Names = Mapping[str, str | tuple[str, ...]]
"""Our column name to the publisher's; several where layouts differ, any one of which will do."""

MISSING: Final = ("", "NULL", "Null", "null", "N/A", "#N/A")
_SNIFFED_BYTES: Final = 1 << 20
SHOWN_CHARACTERS: Final = 80
LISTED: Final = 12
"""Unknown columns named in a message before it stops."""


def read_table(
    path: Path,
    names: Names,
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

    Raises:
        SourceChanged: a column is missing, the delimiter is not a comma, or the file is not
            what its name says; the message names what was looked for and what was found.
        CheckFailed: the file has no rows, or too many odd ones.
    """
    frame = _read(path, names, source, issues, encoding, pads=pads_short_rows)
    if frame.empty:
        raise no_rows(source, path.name)
    frame.index.name = path.name
    if not key:
        return frame
    kept = without_blanks(frame, key, key=key, issues=issues)
    return first_of_each(kept, key, issues=issues).reset_index(drop=True)


def _read(
    path: Path, names: Names, source: str, issues: IssueLog, encoding: str, *, pads: bool
) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _read_parquet(path, names, source)
    if suffix in (".geojson", ".json"):
        return _read_geojson(path, names, source)
    if is_workbook(path):
        return _read_workbook(path, names, source)
    return _read_csv(path, names, source, issues, encoding, pads=pads)


def spellings(names: Names) -> set[str]:
    """Return every name that a publisher may give the columns wanted."""
    each = ((theirs,) if isinstance(theirs, str) else theirs for theirs in names.values())
    return {name for theirs in each for name in theirs}


def no_rows(source: str, file: str, where: str = "") -> CheckFailed:
    """Return the error for a file that was read and holds nothing."""
    return CheckFailed(
        f"{source}: {file} has no rows{where}",
        hint="fetch the file again, or compare it with the last one that loaded.",
    )


def columns_of(found: Iterable[str], names: Names, *, source: str, file: str) -> dict[str, str]:
    """Match the columns found with the ones wanted.

    Returns:
        The publisher's name to ours.

    Raises:
        SourceChanged: a wanted column goes by none of its names.
    """
    present = set(found)
    matched: dict[str, str] = {}
    missing: set[str] = set()
    for ours, theirs in names.items():
        spellings = (theirs,) if isinstance(theirs, str) else theirs
        spelt = next((spelling for spelling in spellings if spelling in present), None)
        if spelt is None:
            missing.add(" or ".join(spellings))
        else:
            matched[spelt] = ours
    if missing:
        raise _columns_changed(source, file, missing=missing, added=present - set(matched))
    return matched


def unreadable(source: str, file: str, says: str) -> SourceChanged:
    """Return the error for a file that is not what its series declares."""
    return SourceChanged(
        f"{source}: {file} {says}",
        hint="fetch the file again, or compare it with the last one that loaded.",
    )


def _columns_changed(
    source: str, file: str, *, missing: set[str], added: set[str]
) -> SourceChanged:
    unknown = sorted(added)
    shown = ", ".join(unknown[:LISTED]) + (" …" if len(unknown) > LISTED else "")
    return SourceChanged(
        f"{source}: {file} has no column {'; '.join(sorted(missing))}"
        f" (its other columns: {shown or 'none'})",
        missing=sorted(missing),
        added=unknown,
        hint=f"if a column was renamed, add its new name to ingest/sources/{source}.py.",
    )


def _read_csv(
    path: Path, names: Names, source: str, issues: IssueLog, encoding: str, *, pads: bool
) -> pd.DataFrame:
    actual = _encoding_of(path, encoding, source)
    if actual != encoding:
        issues.note(
            "encoding",
            path.name,
            f"declared as {encoding}, found to be {actual}; read as that",
        )
    with path.open(encoding=actual, newline="") as file:
        header = next(csv.reader(file), [])
    _refuse_other_delimiters(header, names, path=path, source=source)
    matched = columns_of(header, names, source=source, file=path.name)
    short: list[str] | None = [] if pads else None
    frame = _read_rows(path, list(matched), source, issues, actual, short)
    if short:
        rows = [padded(cells_of(line), len(header)) for line in short]
        note_padded(len(rows), of=path.name, columns=len(header), issues=issues)
        frame = pd.concat([frame, _texts(rows, header)[list(matched)]], ignore_index=True)
    return frame.rename(columns=matched)


def _texts(rows: list[list[str]], header: list[str]) -> pd.DataFrame:
    """Lay out cells as a frame of text, null where blank."""
    frame = pd.DataFrame([row[: len(header)] for row in rows], columns=header, dtype="string")
    return frame.mask(frame.isin(list(MISSING)))


def _read_workbook(path: Path, names: Names, source: str) -> pd.DataFrame:
    header, rows = rows_of(path, spellings(names), source=source)
    matched = columns_of(header, names, source=source, file=path.name)
    width = len(header)
    return _texts([padded(row, width) for row in rows], header)[list(matched)].rename(
        columns=matched
    )


def _read_rows(
    path: Path,
    columns: list[str],
    source: str,
    issues: IssueLog,
    encoding: str,
    short: list[str] | None,
) -> pd.DataFrame:
    """Read some columns as text; rows with too few or too many cells are logged and left out.

    Where a list is given for ``short`` rows, it gets the lines of those with too few instead.
    """
    ragged = 0

    def leave_out(row: pa_csv.InvalidRow) -> str:
        nonlocal ragged
        if short is not None and row.actual_columns < row.expected_columns:
            short.append(row.text)
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


def _encoding_of(path: Path, declared: str, source: str) -> str:
    """Return the encoding to read with: the declared one, unless the bytes say otherwise."""
    with path.open("rb") as file:
        head = file.read(_SNIFFED_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:1000]:
        raise unreadable(
            source,
            path.name,
            f"is UTF-16 or no text at all, not {declared}; save it as CSV (comma, {declared})",
        )
    if declared.startswith("utf"):
        return declared if _is_utf8(head) else "cp1252"
    if head.isascii() or not _is_utf8(head):
        return declared
    return "utf-8-sig"


def _is_utf8(head: bytes) -> bool:
    try:
        io.TextIOWrapper(io.BytesIO(head), encoding="utf-8").read()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # cut inside the last character
    return True


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
