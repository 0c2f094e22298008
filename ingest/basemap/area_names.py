"""Where the names of lakes, woods, parks and school grounds stand, and from which zoom."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from config.terms import BRITISH_GRID, WGS84
from ingest.basemap.extract import Layers

AREA_NAME: Final = "area_name"
"""The layer's name in the tiles."""

_NAMED: Final = ("water", "green", "school_site")
_WIDE_ENOUGH_PX: Final = 34.0
_PX_AT_ZOOM_0_M: Final = 48_000.0
"""Metres of one screen pixel at zoom 0 at the latitude of England, 512-pixel tiles."""
_ZOOMS: Final = (8, 14)


def area_names(layers: Layers) -> gpd.GeoDataFrame:
    """Place each area's name at the centre of the largest circle that fits into it.

    Returns:
        Points, EPSG:4326, with ``class`` (the area's layer), ``name``, ``rank`` (wider areas
        first) and ``first_zoom``, at which the circle is wide enough to hold a name.
    """
    found = [_circles(layers[name], name) for name in _NAMED if name in layers]
    return pd.concat([_nothing(), *(f for f in found if len(f))], ignore_index=True)


def _circles(frame: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    named = frame[frame["name"].notna()] if "name" in frame else frame.iloc[:0]
    shapes = named.to_crs(BRITISH_GRID).geometry.to_numpy()
    radius_lines = shapely.maximum_inscribed_circle(shapes, tolerance=2.0)
    radii_m = shapely.length(radius_lines)
    columns = {
        "class": [layer] * len(named),
        "name": named["name"].to_numpy() if len(named) else [],
        "rank": (1_000_000 / np.maximum(radii_m, 1)).astype(int),
        "first_zoom": _first_zooms(radii_m),
    }
    centres = shapely.get_point(radius_lines, 0)
    return gpd.GeoDataFrame(columns, geometry=centres, crs=BRITISH_GRID).to_crs(WGS84)


def _first_zooms(radii_m: NDArray[np.float64]) -> NDArray[np.int_]:
    metres_a_pixel = np.maximum(radii_m, 1.0) / _WIDE_ENOUGH_PX
    zooms = np.ceil(np.log2(_PX_AT_ZOOM_0_M / metres_a_pixel))
    return np.clip(zooms, *_ZOOMS).astype(int)


def _nothing() -> gpd.GeoDataFrame:
    columns: dict[str, list[object]] = {"class": [], "name": [], "rank": [], "first_zoom": []}
    return gpd.GeoDataFrame(columns, geometry=[], crs=WGS84)
