"""Between the map's degrees and the streets' metres, and from shapes to GeoJSON."""

import math
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from config.terms import BRITISH_GRID, WGS84

POINT_DECIMALS: Final = 6
OUTLINE_DECIMALS: Final = 5
"""Decimals of a degree: about 0.1 m for points, 1 m for outlines."""


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_grid(lon: float, lat: float) -> tuple[float, float]:
    """Return easting and northing, metres EPSG:27700.

    >>> [round(metres, -2) for metres in to_grid(-0.7312, 52.6706)]
    [485900.0, 308900.0]
    """
    x, y = _transformer(WGS84, BRITISH_GRID).transform(lon, lat)
    return float(x), float(y)


def to_degrees(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape of EPSG:27700 in longitude and latitude."""
    transformer = _transformer(BRITISH_GRID, WGS84)
    moved: BaseGeometry = shapely.transform(
        shape, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )
    return moved


def corners(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Return a box of EPSG:27700 as four positions in degrees, clockwise from the north west.

    >>> corners(485_000, 308_000, 486_000, 309_000)[0]
    [-0.744381, 52.672052]
    """
    lon, lat = _transformer(BRITISH_GRID, WGS84).transform(
        (west, east, east, west), (north, north, south, south)
    )
    pairs = zip(lon, lat, strict=True)
    return [[round(x, POINT_DECIMALS), round(y, POINT_DECIMALS)] for x, y in pairs]


def lattice(
    west: float, south: float, east: float, north: float, *, step_m: float
) -> list[list[list[float]]]:
    """Return places evenly spread over a box of EPSG:27700 as positions in degrees.

    Args:
        west: metres, as are the other sides.
        south: likewise.
        east: likewise.
        north: likewise.
        step_m: how far apart they are at most.

    Returns:
        Rows from the north, each from the west; the sides of the box are among them.
    """
    columns, rows = (max(2, math.ceil(m / step_m) + 1) for m in (east - west, north - south))
    x, y = np.meshgrid(np.linspace(west, east, columns), np.linspace(north, south, rows))
    lon, lat = _transformer(BRITISH_GRID, WGS84).transform(x, y)
    places: list[list[list[float]]] = np.round(np.dstack((lon, lat)), POINT_DECIMALS).tolist()
    return places


def geojson(shape: BaseGeometry, *, decimals: int = OUTLINE_DECIMALS) -> dict[str, Any]:
    """Write a shape in degrees as an RFC 7946 geometry: rounded, valid, rings the right way round.

    >>> geojson(shapely.box(0, 50, 1, 51))["coordinates"][0][:3]
    [[0.0, 50.0], [1.0, 50.0], [1.0, 51.0]]
    """
    rounded = shapely.set_precision(shape, 10**-decimals)
    turned = shapely.orient_polygons(rounded)
    exact = shapely.transform(turned, lambda points: np.round(points, decimals))
    written: dict[str, Any] = mapping(exact)
    return {"type": written["type"], "coordinates": _as_lists(written["coordinates"])}


def _as_lists(nested: Any) -> Any:  # noqa: ANN401 # tuples of tuples, as deep as the kind asks
    return [_as_lists(part) for part in nested] if isinstance(nested, tuple | list) else nested
