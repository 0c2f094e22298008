"""Arrays of geometries: made from coordinates, and asked whether they meet."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.noise import Floats

Shapes = npt.NDArray[np.object_]
Bools = npt.NDArray[np.bool_]


def segments(ends: Floats) -> Shapes:
    """Return a straight line for each pair of ends, shape (lines, 2, 2)."""
    return np.asarray(shapely.linestrings(ends), dtype=object)


def polygons(corners: Floats) -> Shapes:
    """Return a polygon for each ring of corners, shape (polygons, corners, 2)."""
    return np.asarray(shapely.polygons(corners), dtype=object)


def meet(
    shapes: Shapes, others: Shapes | Sequence[BaseGeometry], how: Literal["crosses", "intersects"]
) -> Bools:
    """Say which shapes cross or touch any of the others."""
    found = np.zeros(len(shapes), dtype=np.bool_)
    if len(others):
        tree = shapely.STRtree(np.asarray(others, dtype=object))
        found[tree.query(shapes, predicate=how)[0]] = True
    return found
