"""Built-up land, guessed from the density of streets where an extract holds streets alone."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from config.terms import BRITISH_GRID, WGS84

_STREETS: Final = frozenset({"tertiary", "minor", "service"})
_REACH_M: Final = 75.0
_ERODE_M: Final = 88.0
_REGROW_M: Final = 62.0
_HOLE_M2: Final = 30_000.0
_SMALLEST_M2: Final = 20_000.0
_TOLERANCE_M: Final = 6.0


def built_up(road: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw the land between streets that lie close together.

    Each street is widened by 75 m, the union is worn away by 88 m, so that a lone lane vanishes
    and only a mesh of streets is left, and what is left grows by 62 m. Small pieces and small
    holes go.

    Args:
        road: the ``road`` layer, EPSG:4326.

    Returns:
        One row a settlement, ``class`` ``built_up``, EPSG:4326; none where there are no streets.
    """
    streets = road[road["class"].isin(_STREETS)].to_crs(BRITISH_GRID).geometry.to_numpy()
    widened = shapely.union_all(
        shapely.buffer(shapely.simplify(streets, 5.0), _REACH_M, quad_segs=3)
    )
    mesh = shapely.buffer(shapely.buffer(widened, -_ERODE_M, quad_segs=3), _REGROW_M, quad_segs=3)
    pieces = shapely.get_parts(mesh)
    pieces = pieces[shapely.area(pieces) >= _SMALLEST_M2]
    smooth = shapely.simplify(np.array([_without_small_holes(p) for p in pieces]), _TOLERANCE_M)
    frame = gpd.GeoDataFrame(
        {"class": ["built_up"] * len(smooth)}, geometry=smooth, crs=BRITISH_GRID
    )
    return frame.to_crs(WGS84)


def _without_small_holes(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= _HOLE_M2]
    return shapely.Polygon(polygon.exterior, holes)
