"""From British National Grid metres to degrees."""

from pyproj import Transformer

from config.terms import BRITISH_GRID, WGS84

TO_DEGREES = Transformer.from_crs(BRITISH_GRID, WGS84, always_xy=True)
