"""Hides small counts, and those from which a small one could be worked out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def hidden(
    counts: pd.DataFrame, *, smallest: int, within: Sequence[str], margins: Sequence[str]
) -> pd.DataFrame:
    """Say which counts are not told, so that no total gives one of them away.

    A count below the smallest is hidden. Whoever knows the total of a school, or of a small area,
    could work out a hidden count where it is the only one there, or where all those hidden are
    each as small, or each as large, as can be. There the smallest count that is still told is
    hidden too, and that is gone on with, school by school and area by area, until no total tells.
    Where a group has no count left to hide, nothing of the group is told: its rows are to be left
    out.

    Args:
        counts: one row per cell: the columns named, and ``pupils``, at least 1.
        smallest: the smallest count that is told.
        within: columns in which totals stand apart, such as school year and phase.
        margins: columns that totals are known by, such as home area and school.

    Returns:
        ``is_small`` (below the smallest), ``is_hidden`` (those, and what hides them) and
        ``is_bare`` (hidden with nothing to hide it behind), indexed as ``counts``.

    Raises:
        ValueError: a count is below 1, or two rows are for the same cell.
    """
    if (counts["pupils"] < 1).any():
        raise ValueError("a cell without pupils is no cell: leave it out")
    if counts.duplicated([*within, *margins]).any():
        raise ValueError("two rows are for the same cell")
    pupils = counts["pupils"].astype(int)
    places = [rows for margin in margins for rows in _groups(counts, [*within, margin])]
    values: Numbers = np.asarray(pupils, np.int64)
    is_small = values < smallest
    is_hidden = is_small.copy()
    changed = True
    while changed:
        changed = False
        for rows in places:
            told = rows[~is_hidden[rows]]
            if len(told) and _tells(values, is_small, rows[is_hidden[rows]], smallest):
                is_hidden[told[values[told].argmin()]] = True
                changed = True
    bare = np.zeros(len(values), bool)
    for rows in places:
        if _tells(values, is_small, rows[is_hidden[rows]], smallest):
            bare[rows[is_hidden[rows]]] = True
    return pd.DataFrame(
        {"is_small": is_small, "is_hidden": is_hidden, "is_bare": bare}, index=counts.index
    )


def _groups(counts: pd.DataFrame, by: list[str]) -> list[Numbers]:
    """Return the places of the rows of each group."""
    return [np.asarray(rows, np.int64) for rows in counts.groupby(by).indices.values()]


def _tells(values: Numbers, is_small: Flags, rows: Numbers, smallest: int) -> bool:
    """Say whether the total of some hidden counts gives one of them away.

    A reader knows of each whether it is small (1 to ``smallest`` - 1) or not (``smallest`` or
    more). One alone is the total; several are known where all are as small, or all as large, as
    they can be.
    """
    small = int(is_small[rows].sum())
    large = len(rows) - small
    total = int(values[rows].sum())
    above_least = total - small - large * smallest
    below_most = small * (smallest - 1) - total
    return len(rows) > 0 and (
        len(rows) == 1 or above_least == 0 or (large == 0 and below_most == 0)
    )
