"""Pieces of tables: each county leaves its rows in a folder, and the file is put together."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import geopandas as gpd
import pandas as pd

ROWS: Final = "rows.csv"
FRAME: Final = "rows.parquet"


def write_rows(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows of a CSV file, without its header, ending in line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def join_rows(parts: Sequence[Path], out: Path, header: str) -> None:
    """Put a text file together from a header line and every county's rows."""
    with out.open("wb") as file:
        file.write(header.encode())
        append(file, (part / ROWS for part in parts))


def append(file: BinaryIO, pieces: Iterable[Path]) -> None:
    """Append the bytes of some files."""
    for piece in pieces:
        with piece.open("rb") as source:
            shutil.copyfileobj(source, file)


def join_frames(parts: Sequence[Path]) -> pd.DataFrame:
    """Return every county's table as one."""
    return pd.concat([pd.read_parquet(part / FRAME) for part in parts], ignore_index=True)


def join_outlines(parts: Sequence[Path]) -> gpd.GeoDataFrame:
    """Return every county's outlines as one table."""
    frames = [gpd.read_parquet(part / FRAME) for part in parts]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=frames[0].crs)
