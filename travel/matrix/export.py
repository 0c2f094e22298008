"""A matrix as a file of rows, written a block of places at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from travel.matrix.matrix import Matrix

BLOCK_ROWS = 1 << 20
"""About how many rows are held in memory at once."""


def schema(matrix: Matrix, home: str, place: str) -> pa.Schema:
    """Return the columns of a file: home, place, seconds, and metres where they are known."""
    place_type = pa.int64() if matrix.place_id.dtype.kind in "iu" else pa.string()
    about = matrix.about
    told = {
        "mode": about.mode,
        "network_ids": " ".join(about.network_ids),
        "limit_s": f"{about.limit_s:g}",
    }
    measures = [pa.field("seconds", pa.int32(), metadata={"unit": "s"})]
    if about.has_metres:
        measures.append(pa.field("metres", pa.int32(), metadata={"unit": "m"}))
    return pa.schema([(home, pa.string()), (place, place_type), *measures], metadata=told)


def write_csv(matrix: Matrix, path: Path, *, home: str = "home", place: str = "place") -> int:
    """Write one line a pair, by place; return how many.

    Args:
        matrix: what to write.
        path: file to write to; it appears when it is whole.
        home: name of the column of homes.
        place: name of the column of places.
    """
    columns = schema(matrix, home, place)
    making = path.with_name(f".{path.name}.part")
    with pa.csv.CSVWriter(making, columns) as writer:
        rows = _written(writer, blocks(matrix, columns))
    making.replace(path)
    return rows


def write_parquet(matrix: Matrix, path: Path, *, home: str = "home", place: str = "place") -> int:
    """Write one row a pair, by place, as `write_csv` does; return how many.

    The file says by which mode, on which streets and up to which limit.
    """
    columns = schema(matrix, home, place)
    making = path.with_name(f".{path.name}.part")
    with pq.ParquetWriter(making, columns, compression="zstd") as writer:
        rows = _written(writer, blocks(matrix, columns))
    making.replace(path)
    return rows


def blocks(matrix: Matrix, columns: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Return the pairs by place, about `BLOCK_ROWS` at a time."""
    homes, places = _as_text(matrix.home_id), _as_text(matrix.place_id)
    start = matrix.place_start
    first = 0
    while first < matrix.place_id.size:
        last = int(np.searchsorted(start, start[first] + BLOCK_ROWS))
        last = min(max(last, first + 1), matrix.place_id.size)
        part = slice(int(start[first]), int(start[last]))
        count = np.diff(start[first : last + 1])
        numbers = np.repeat(np.arange(first, last), count)
        measures = (matrix.place_seconds, matrix.place_metres)
        yield pa.record_batch(
            [
                homes.take(pa.array(matrix.place_home[part])),
                places.take(pa.array(numbers)),
                *(pa.array(each[part].astype(np.int32)) for each in measures if each is not None),
            ],
            schema=columns,
        )
        first = last


def _written(writer: pa.csv.CSVWriter | pq.ParquetWriter, rows: Iterator[pa.RecordBatch]) -> int:
    count = 0
    for block in rows:
        if block.num_rows:
            writer.write(block)
        count += block.num_rows
    return count


def _as_text(ids: np.ndarray) -> pa.Array:
    if ids.dtype.kind == "S":
        return pa.array(ids.astype(str))
    return pa.array(np.asarray(ids, np.int64))
