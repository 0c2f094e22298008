"""Ranges written out as numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]


def spread(first: npt.NDArray[np.integer], last: npt.NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Write ranges out: for every number in any of them, which range it is of, and the number."""
    begin = first.astype(np.int64)
    sizes = last.astype(np.int64) - begin
    which = np.repeat(np.arange(sizes.size), sizes)
    offset = np.arange(which.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return which, begin[which] + offset


def starts(whose: npt.NDArray[np.integer], size: int) -> Longs:
    """Say where each one's entries start in a list sorted by whose they are, and where it ends."""
    return np.concatenate(([0], np.cumsum(np.bincount(whose, minlength=size)))).astype(np.int64)
