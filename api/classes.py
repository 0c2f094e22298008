"""Parting values into the classes of a coloured map."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

CLASSES: Final = 5
QUANTILES: Final = f"{CLASSES} classes with bounds at the quantiles, rounded"

TENTH: Final = "tenth"
"""Unit of measures that put England's areas into ten equal groups, 1 the most deprived."""

TENTHS: Final = (1.0, 3.0, 5.0, 7.0, 9.0, 10.0)
"""Bounds of their classes: two tenths of England each, the same in every region."""

TENTHS_METHOD: Final = "Two tenths of England each; the darkest are the most deprived"


def class_breaks(values: Sequence[float], *, decimals: int = 0) -> list[float] | None:
    """Return the bounds of five classes that hold about as many values each, ends included.

    Args:
        values: those there are, in any order.
        decimals: decimals worth showing; bounds are rounded to them, the ends outwards.

    Returns:
        Ascending bounds. Fewer than six where values are so alike that bounds coincide; ``None``
        where there are no values.

    >>> class_breaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    [1.0, 3.0, 5.0, 6.0, 8.0, 10.0]
    >>> class_breaks([7.0, 7.0]), class_breaks([])
    ([7.0, 8.0], None)
    """
    if not values:
        return None
    inner = np.quantile(np.asarray(values, dtype=float), np.linspace(0, 1, CLASSES + 1)[1:-1])
    scale = 10.0**decimals
    low = math.floor(round(min(values) * scale, 6)) / scale
    high = math.ceil(round(max(values) * scale, 6)) / scale
    if low == high:
        high = low + 1 / scale
    rounded = {round(float(bound), decimals) for bound in inner}
    return [low, *sorted(bound for bound in rounded if low < bound < high), high]
