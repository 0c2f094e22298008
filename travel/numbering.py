"""Sorting and renumbering whole numbers, without sorting more than once."""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


def renumbered(numbers: npt.NDArray[np.integer[Any]], below: int) -> tuple[Longs, Ints]:
    """Number the distinct values of an array from 0, in their order.

    As ``np.unique(…, return_inverse=True)``, but by counting: fit for values below the length of
    some array.

    >>> used, number = renumbered(np.array([[7, 3], [3, 9]]), 10)
    >>> used.tolist(), number.tolist()
    ([3, 7, 9], [[1, 0], [0, 2]])
    """
    is_used = np.zeros(below, np.bool_)
    is_used[numbers] = True
    number = np.cumsum(is_used, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_used), np.asarray(number[numbers], np.int32)


def order_by(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Longs:
    """Order by one number and then another, both below 2^31; equal pairs stay as they are.

    >>> order_by(np.array([2, 1, 1]), np.array([0, 5, 3])).tolist()
    [2, 1, 0]
    """
    pair = first.astype(np.int64) << np.int64(32) | second.astype(np.int64)
    return np.argsort(pair, kind="stable")
