"""Built-up land, guessed from the density of streets where an extract holds streets alone."""

from itertools import pairwise
from typing import Any, Final

import contourpy
import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from config.terms import BRITISH_GRID, WGS84

_STREETS: Final = frozenset({"tertiary", "minor", "service"})
_CELL_M: Final = 25.0
_SAMPLE_M: Final = 12.5
_BLUR_M: Final = 70.0
_DENSE_M_A_M2: Final = 0.0075
"""Metres of street in a square metre. A lone lane, blurred, peaks at 0.0057; streets 100 m apart
make 0.01."""
_MARGIN_CELLS: Final = 12
_SMALLEST_M2: Final = 50_000.0
_TOLERANCE_M: Final = 4.0


def built_up(road: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw the land where streets lie close together.

    The length of street in each 25 m cell is blurred over some 70 m; land with more than 7.5 m
    of street in 1,000 m² is taken as built up. A lone lane is not, a mesh of streets is.

    Args:
        road: the ``road`` layer, EPSG:4326.

    Returns:
        One row a settlement, ``class`` ``built_up``, EPSG:4326; none where there are no streets.
    """
    streets = road[road["class"].isin(_STREETS)].to_crs(BRITISH_GRID).geometry.to_numpy()
    pieces = _dense(streets) if len(streets) else np.empty(0, dtype=object)
    smooth = shapely.simplify(pieces[shapely.area(pieces) >= _SMALLEST_M2], _TOLERANCE_M)
    classes = {"class": ["built_up"] * len(smooth)}
    return gpd.GeoDataFrame(classes, geometry=smooth, crs=BRITISH_GRID).to_crs(WGS84)


def _dense(streets: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the polygons where the blurred density of streets passes the threshold."""
    sampled = shapely.segmentize(streets, _SAMPLE_M)
    points, street = shapely.get_coordinates(sampled, return_index=True)
    x, y = _centres(points[:, 0]), _centres(points[:, 1])
    column = ((points[:, 0] - x[0]) / _CELL_M + 0.5).astype(int)
    row = ((points[:, 1] - y[0]) / _CELL_M + 0.5).astype(int)
    metres = np.zeros((len(y), len(x)), dtype=np.float32)
    each = shapely.length(streets) / shapely.get_num_coordinates(sampled)
    np.add.at(metres, (row, column), each[street])
    density = gaussian_filter(metres, _BLUR_M / _CELL_M) / _CELL_M**2
    contours = contourpy.contour_generator(x, y, density, fill_type="OuterOffset")
    filled: Any = contours.filled(_DENSE_M_A_M2, np.inf)
    outlines, offsets = filled
    return np.array(
        [_polygon(o, at) for o, at in zip(outlines, offsets, strict=True)], dtype=object
    )


def _centres(values: NDArray[np.float64]) -> NDArray[np.float64]:
    low = np.floor(values.min() / _CELL_M) - _MARGIN_CELLS
    high = np.ceil(values.max() / _CELL_M) + _MARGIN_CELLS
    return np.arange(low, high + 1) * _CELL_M


def _polygon(outline: NDArray[np.float64], offsets: NDArray[np.unsignedinteger]) -> shapely.Polygon:
    outer, *holes = (outline[a:b] for a, b in pairwise(offsets))
    kept = [hole for hole in holes if shapely.Polygon(hole).area >= _SMALLEST_M2]
    return shapely.Polygon(outer, kept)
