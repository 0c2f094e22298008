"""Rows on their way into a database, a part at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.schema import Table

ROWS_AT_ONCE: Final = 50_000
"""Rows held in memory while loading; a table may have millions."""

POSITION: Final = "position"
"""A column of this name numbers the rows of a table in reading order, over all its parts."""

_ARROW: Final = {
    "whole": pa.int64(),
    "number": pa.float64(),
    "text": pa.string(),
    "flag": pa.bool_(),
    "date": pa.string(),
    "geometry": pa.binary(),
}


def batches_of(table: Table, paths: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    """Read the rows that steps wrote of a table, in the order of the files."""
    schema = arrow_schema(table)
    first = 0
    for path in paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=table.names):
                yield _numbered(batch.select(table.names), first, schema)
                first += batch.num_rows


def batches_from(table: Table, frame: pd.DataFrame) -> Iterator[pa.RecordBatch]:
    """Give the rows of a small frame; columns that it lacks are null."""
    typed = table.typed(frame.reindex(columns=table.names))
    whole = pa.Table.from_pandas(typed, schema=arrow_schema(table), preserve_index=False)
    yield from whole.to_batches(max_chunksize=ROWS_AT_ONCE)


def arrow_schema(table: Table) -> pa.Schema:
    """Return a table's columns with the types that its parts have."""
    return pa.schema([(field.name, _ARROW[field.kind]) for field in table.columns])


def rows_in(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a part as Python values."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _numbered(batch: pa.RecordBatch, first: int, schema: pa.Schema) -> pa.RecordBatch:
    columns = list(batch.columns)
    if POSITION in schema.names:
        numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
        columns[schema.get_field_index(POSITION)] = numbers
    return pa.RecordBatch.from_arrays(
        [
            column if column.type == field.type else column.cast(field.type)
            for column, field in zip(columns, schema, strict=True)
        ],
        schema=schema,
    )
