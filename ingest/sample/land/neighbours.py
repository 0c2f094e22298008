"""Graphs of near neighbours, the skeletons of organic street patterns."""

import numpy as np
import numpy.typing as npt
from scipy.spatial import Delaunay, cKDTree

from ingest.sample.land.noise import Floats

_WITNESSES = 9


def relative_neighbours(x: Floats, y: Floats) -> npt.NDArray[np.int32]:
    """Return the pairs of points that no third point is closer to both of.

    The relative neighbourhood graph (Toussaint 1980) is connected, crosses itself nowhere and has
    blocks rather than triangles. Third points are sought among the nine nearest to the middle of
    a pair, which all but always finds one that there is.

    Returns:
        Pairs of positions, the smaller first, in ascending order; shape (pairs, 2).
    """
    points = np.column_stack([x, y])
    pairs = _delaunay_pairs(points)
    a, b = points[pairs[:, 0]], points[pairs[:, 1]]
    length = np.hypot(*(a - b).T)
    tree = cKDTree(points)
    nearest = tree.query((a + b) / 2, k=min(_WITNESSES, len(points)))[1]
    third = points[nearest]
    reach = np.maximum(
        np.hypot(*np.moveaxis(third - a[:, None], 2, 0)),
        np.hypot(*np.moveaxis(third - b[:, None], 2, 0)),
    )
    between = (reach < length[:, None] * (1 - 1e-9)) & (nearest != pairs[:, :1])
    between &= nearest != pairs[:, 1:]
    return np.asarray(pairs[~between.any(axis=1)], dtype=np.int32)


def _delaunay_pairs(points: Floats) -> npt.NDArray[np.int64]:
    corners = Delaunay(points).simplices
    pairs = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    return np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)
