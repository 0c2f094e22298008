"""Order along a Hilbert curve: what is near on the ground is near in memory."""

import numpy as np
import numpy.typing as npt

BITS = 16


def hilbert_order(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the positions of the points in the order in which the curve meets them.

    Points in the same cell of a 65,536 by 65,536 grid keep the order in which they came.

    Args:
        x: metres.
        y: metres, as long as ``x``.
    """
    if not x.size:
        return np.zeros(0, np.int64)
    side = max(float(np.ptp(x)), float(np.ptp(y)), 1.0)
    top = (1 << BITS) - 1
    return np.argsort(
        _distance(
            ((x - x.min()) / side * top).astype(np.int64),
            ((y - y.min()) / side * top).astype(np.int64),
        ),
        kind="stable",
    )


def _distance(column: npt.NDArray[np.int64], row: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Measure how far along the curve each grid cell lies."""
    distance = np.zeros(column.size, np.int64)
    for bit in reversed(range(BITS)):
        is_right = column >> bit & 1
        is_upper = row >> bit & 1
        distance += (3 * is_right ^ is_upper) << 2 * bit
        flip = (is_upper == 0) & (is_right == 1)
        low = (1 << bit) - 1
        column, row = column & low, row & low
        column, row = np.where(flip, low - column, column), np.where(flip, low - row, row)
        swap = is_upper == 0
        column, row = np.where(swap, row, column), np.where(swap, column, row)
    return distance
