"""Tables as files to keep: CSV, workbooks, GeoJSON and Parquet.

Every file has one header row, or property names, with the column names of the data dictionary.
Text that a spreadsheet would take for a formula is written as text: with an apostrophe before it
in CSV, as a plain cell in workbooks.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from ingest.schema.about import MADE_UP

FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
"""Spreadsheets run text that begins so."""
CHUNK_ROWS: Final = 500
HEADER_FORMAT: Final = {"bold": True, "bottom": 1}
COLUMN_WIDTH: Final = 18
WIDE: Final = 60

ARROW: Final = {
    "whole": pa.int64(),
    "number": pa.float64(),
    "text": pa.string(),
    "flag": pa.bool_(),
    "date": pa.string(),
}
"""Kind of column to its type in Parquet; dates are ISO 8601 text."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Attributes:
        name: as in the data dictionary.
        kind: ``whole``, ``number``, ``text``, ``flag`` or ``date``.
        says: what it holds.
        unit: its unit, if it has one.
    """

    name: str
    kind: str
    says: str
    unit: str | None = None


SAYS_MADE_UP: Final = Column(MADE_UP.name, MADE_UP.kind, MADE_UP.says)
"""The column that only files of invented data have; it says so on every row."""


def csv_chunks(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Write UTF-8 without a byte-order mark, lines ending as RFC 4180 says."""
    names = [column.name for column in columns]
    for chunk in _chunks(rows):
        yield _csv_lines([names] if chunk.is_first else [], names, chunk.rows)


def geojson_chunks(
    rows: Iterable[Row], *, key: str, sources: Sequence[str], decimals: int = 6
) -> Iterator[bytes]:
    """Write an RFC 7946 feature collection of points; a row without a position has no geometry."""
    yield f'{{"type":"FeatureCollection","sources":{json.dumps(sources)},"features":['.encode()
    for chunk in _chunks(rows):
        features = (_feature(row, key, decimals) for row in chunk.rows)
        text = ",\n".join(json.dumps(each, ensure_ascii=False) for each in features)
        yield (text if chunk.is_first or not text else f",\n{text}").encode()
    yield b"]}"


def workbook(
    columns: Sequence[Column], rows: Iterable[Row], *, title: str, sources: Sequence[Row]
) -> bytes:
    """Write a workbook: the rows, what the columns mean, and where the figures come from."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    header = book.add_format(HEADER_FORMAT)
    names = [column.name for column in columns]
    data = ([row[name] for name in names] for row in rows)
    _sheet(book.add_worksheet(title), names, data, header, width=COLUMN_WIDTH)
    meanings = ([column.name, column.unit, column.says] for column in columns)
    _sheet(book.add_worksheet("Columns"), ["column", "unit", "says"], meanings, header, width=WIDE)
    shown = ("title", "publisher", "release", "licence", "attribution", "landing_page")
    origins = ([source[name] for name in shown] for source in sources)
    _sheet(book.add_worksheet("Sources"), shown, origins, header, width=WIDE)
    book.close()
    return file.getvalue()


def parquet(columns: Sequence[Column], rows: Iterable[Row], *, sources: Sequence[Row]) -> bytes:
    """Write a Parquet file; each column carries its meaning, the file its sources."""
    schema = pa.schema(
        [
            pa.field(column.name, ARROW[column.kind], metadata=_meaning(column))
            for column in columns
        ],
        metadata={"sources": json.dumps([dict(source) for source in sources])},
    )
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def spreadsheet_safe(value: object) -> object:
    """Return text so that no spreadsheet takes it for a formula; anything else as it is.

    >>> spreadsheet_safe("=cmd()"), spreadsheet_safe("St Mary's"), spreadsheet_safe(-0.7)
    ("'=cmd()", "St Mary's", -0.7)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_MARKS):
        return f"'{value}"
    return value


@dataclass(frozen=True, slots=True)
class _Chunk:
    rows: Sequence[Row]
    is_first: bool


def _chunks(rows: Iterable[Row]) -> Iterator[_Chunk]:
    """Gather rows; there is a first chunk even where there are none."""
    gathered: list[Row] = []
    is_first = True
    for row in rows:
        gathered.append(row)
        if len(gathered) == CHUNK_ROWS:
            yield _Chunk(gathered, is_first)
            gathered, is_first = [], False
    if gathered or is_first:
        yield _Chunk(gathered, is_first)


def _csv_lines(first: list[list[str]], names: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows(first)
    writer.writerows([_csv_cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode()


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return spreadsheet_safe(value)


def _feature(row: Row, key: str, decimals: int) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name not in ("lon", "lat")}
    lon, lat = row["lon"], row["lat"]
    point = None
    if lon is not None and lat is not None:
        point = {"type": "Point", "coordinates": [round(lon, decimals), round(lat, decimals)]}
    return {"type": "Feature", "id": row[key], "geometry": point, "properties": properties}


def _sheet(
    sheet: Any,  # noqa: ANN401 # xlsxwriter has no types
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    header: Any,  # noqa: ANN401 # xlsxwriter has no types
    *,
    width: int,
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(names) - 1, width)
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, header)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value)


def _write_cell(sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401 # untyped
    """Write by type: left to guess, xlsxwriter makes formulas and links of text."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


def _meaning(column: Column) -> dict[str, str]:
    unit = {"unit": column.unit} if column.unit else {}
    return {"says": column.says, **unit}
