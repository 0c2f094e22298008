"""Points: metres to degrees and back, and the area that each lies in."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from config.terms import BRITISH_GRID, WGS84, AreaKind

TO_DEGREES: Final = Transformer.from_crs(BRITISH_GRID, WGS84, always_xy=True)
TO_METRES: Final = Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True)
DEGREE_DECIMALS: Final = 6
"""About a decimetre."""


def area_at(areas: pd.DataFrame, kind: AreaKind, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the code of the area of a kind that each point lies in; ``None`` where in none."""
    of_kind = areas[areas["kind"] == str(kind)]
    outlines = gpd.GeoSeries.from_wkb(of_kind["geometry"].to_numpy())
    codes = np.full(len(lon), None, dtype=object)
    finite = np.flatnonzero(np.isfinite(lon))
    found = shapely.STRtree(outlines.to_numpy()).query(
        shapely.points(lon[finite], lat[finite]), predicate="intersects"
    )
    codes[finite[found[0]]] = of_kind["area_code"].to_numpy(object)[found[1]]
    return codes
