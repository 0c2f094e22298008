"""Names for the arrays that planning works on."""

from typing import Any, TypeVar

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Singles = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

Reals = TypeVar("Reals", Floats, Singles)
"""Numbers in either precision; what comes out is as what went in."""
