"""Heights of the extract's own nodes, from a file of columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from travel.elevation.grids import without_impossible
from travel.errors import HeightsError

Floats = npt.NDArray[np.float64]


def read_node_heights(
    path: Path, node_column: str, height_column: str
) -> tuple[npt.NDArray[np.int64], Floats, int]:
    """Read a CSV file of node numbers and heights.

    Returns:
        The nodes, ascending and each once; their heights in metres, ``NaN`` where not known; and
        how many heights were no numbers or impossible.

    Raises:
        HeightsError: it is missing, broken, or lacks a column.
    """
    import pandas as pd  # noqa: PLC0415 - a journey need not wait for it

    wanted = [node_column, height_column]
    try:
        found = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise HeightsError(f"{path} cannot be read as a table of heights: {error}") from error
    if missing := [column for column in wanted if column not in found]:
        raise HeightsError(
            f"{path} has no column {' or '.join(missing)}; it has {', '.join(found.columns)}",
            hint="name its columns in the region file: node_column and height_column.",
        )
    node = pd.to_numeric(found[node_column], errors="coerce")
    height = pd.to_numeric(found[height_column], errors="coerce")
    is_unread = node.isna() | (height.isna() & found[height_column].notna())
    known, wrong = without_impossible(height.to_numpy(np.float64))
    rows = pd.DataFrame({"node": node, "height": known.astype(np.float64)})
    rows = rows[node.notna()].drop_duplicates("node").sort_values("node")
    return (
        rows["node"].to_numpy(np.int64),
        rows["height"].to_numpy(np.float64),
        wrong + int(is_unread.sum()),
    )
