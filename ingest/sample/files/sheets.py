"""Sheets: publishers' CSV files, of a header, every county's rows, and rows about all of them."""

import csv
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.pieces import FRAME, ROWS, append, join_frames
from ingest.sample.files.series import Country, County, Series

Cells = Sequence[object]
Columns = Mapping[str, Iterable[object]]
Rows = Callable[[County], Iterable[Cells]]
Figures = Callable[[County], pd.DataFrame]
Below = Callable[[pd.DataFrame, Country], Iterable[Cells]]

WITH_MARK: Final = "utf-8-sig"
"""UTF-8 with a byte-order mark, as the Department publishes many files."""


def sheet(  # noqa: PLR0913 - each says one thing about a file, by its name
    *,
    source: str,
    file: str,
    header: Sequence[str],
    rows: Rows | None = None,
    figures: Figures | None = None,
    keys: Sequence[str] = (),
    below: Below | None = None,
    encoding: str = WITH_MARK,
) -> Series:
    """Declare a CSV file of the sample.

    Args:
        source: the real series that it imitates.
        file: its place in the mirror.
        header: names of the columns.
        rows: a county's own rows, in the order of the header.
        figures: what a county adds to figures about authorities or the country, which counties
            share: keys and numbers.
        keys: columns of ``figures`` by which the counties' numbers are added up.
        below: rows below the counties' own, made from the figures added up.
        encoding: of the file.
    """

    def part(county: County, folder: Path) -> None:
        own = rows(county) if rows else ()
        with (folder / ROWS).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(own)
        if figures:
            figures(county).to_parquet(folder / FRAME, index=False)

    def join(parts: Sequence[Path], out: Path, country: Country) -> None:
        with out.open("wb") as raw:
            text = TextIOWrapper(raw, encoding=encoding, newline="", write_through=True)
            csv.writer(text).writerow(header)
            append(raw, (part / ROWS for part in parts))
            if figures and below:
                total = added_up(join_frames(parts), keys)
                rest = TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
                csv.writer(rest).writerows(below(total, country))
                rest.detach()
            text.detach()

    return Series(source=source, file=file, part=part, join=join)


def added_up(figures: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add numbers up by their keys, in the keys' order."""
    if not keys:
        return figures
    return figures.groupby(list(keys), as_index=False, sort=True).sum()


def cells(columns: Columns) -> list[Cells]:
    """Lay columns side by side as rows; what is missing is left blank.

    >>> cells({"urn": [1, 2], "name": ["A", None]})
    [(1, 'A'), (2, '')]
    """
    return list(zip(*map(_filled, columns.values()), strict=True))


def _filled(column: Iterable[object]) -> list[object]:
    values = column.tolist() if isinstance(column, pd.Series | np.ndarray) else list(column)
    return ["" if value is None or value is pd.NA or _is_nan(value) else value for value in values]


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
