"""Rasters of heights in any format and projection that rasterio reads, above all GeoTIFF."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from config.terms import BRITISH_GRID
from travel.elevation.grids import COARSEST_M, Bounds, Grid, without_impossible
from travel.errors import HeightsError

try:
    import rasterio
    from rasterio.enums import Resampling
    from rasterio.errors import RasterioError
    from rasterio.vrt import WarpedVRT
    from rasterio.windows import from_bounds
except ImportError:  # an extra: text grids and files of nodes need no such library
    rasterio = None


def read_raster(path: Path, within: Bounds) -> tuple[Grid, int] | None:
    """Read the part of a raster that touches a rectangle, laid on the British grid.

    Returns:
        The grid, and how many impossible heights were blanked; ``None`` where it lies elsewhere.

    Raises:
        HeightsError: it is broken, says no projection, or rasterio is not installed.
    """
    if rasterio is None:
        raise HeightsError(
            f"{path} is read with rasterio, which is not installed",
            hint="pip install 'schools-atlas[elevation]', or use .asc grids, which need nothing.",
        )
    try:
        return _read(path, within)
    except RasterioError as error:
        raise HeightsError(
            f"{path} cannot be read as a raster of heights: {error}",
            hint="use a GeoTIFF with one band of metres, or .asc grids.",
        ) from error


def _read(path: Path, within: Bounds) -> tuple[Grid, int] | None:
    with rasterio.open(path) as source:
        if source.crs is None:
            raise HeightsError(
                f"{path} does not say which projection it is in",
                hint="write it anew with one, such as gdal_translate -a_srs EPSG:27700.",
            )
        with WarpedVRT(source, crs=f"EPSG:{BRITISH_GRID}", resampling=Resampling.bilinear) as laid:
            covers = Bounds(*laid.bounds)
            if not covers.meets(within):
                return None
            west, south = max(covers.west, within.west), max(covers.south, within.south)
            east, north = min(covers.east, within.east), min(covers.north, within.north)
            cell_m = max(COARSEST_M, abs(laid.res[0]))
            columns, rows = (max(1, round(size / cell_m)) for size in (east - west, north - south))
            window = from_bounds(
                west, north - rows * cell_m, west + columns * cell_m, north, laid.transform
            )
            band = laid.read(
                1,
                window=window,
                out_shape=(rows, columns),
                resampling=Resampling.average,
                masked=True,
            )
    known, wrong = without_impossible(band.astype(np.float64).filled(np.nan))
    return Grid(west, north, cell_m, known), wrong
