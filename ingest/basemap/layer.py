"""One layer of a tile set, on its way into tiles."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TileLayer:
    """A layer of a tile set.

    Attributes:
        name: what the style calls it.
        frame: EPSG:4326; every other column becomes an attribute, empty values are left out.
        first_zoom: per row, the lowest zoom whose tiles hold it.
    """

    name: str
    frame: gpd.GeoDataFrame
    first_zoom: NDArray[np.int_]
