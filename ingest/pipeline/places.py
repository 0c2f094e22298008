"""Where points lie: their degrees, their small area, their ward, and whether streets reach them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.terms import AreaKind
from ingest.pipeline.grid import TO_DEGREES
from ingest.pipeline.work import Work
from ingest.schema.areas import AREA

DEGREE_DECIMALS = 6
"""About a decimetre."""


def placed(work: Work, points: pd.DataFrame, coverage: BaseGeometry) -> pd.DataFrame:
    """Add ``lon``, ``lat``, ``lsoa21``, ``ward25`` and ``is_covered`` to points.

    Args:
        work: the step, which needs ``boundaries``.
        points: with ``x`` and ``y`` in metres of EPSG:27700, null where there is no point.
        coverage: where travel times can be given, EPSG:27700.
    """
    x, y = (
        points["x"].to_numpy(float, na_value=np.nan),
        points["y"].to_numpy(float, na_value=np.nan),
    )
    known = np.isfinite(x) & np.isfinite(y)
    lon, lat = np.full(len(points), np.nan), np.full(len(points), np.nan)
    lon[known], lat[known] = TO_DEGREES.transform(x[known], y[known])
    shapely.prepare(coverage)
    covered = np.zeros(len(points), bool)
    covered[known] = shapely.contains_xy(coverage, x[known], y[known])
    areas = work.read("boundaries", AREA)
    return points.assign(
        lon=pd.Series(lon, points.index).round(DEGREE_DECIMALS),
        lat=pd.Series(lat, points.index).round(DEGREE_DECIMALS),
        lsoa21=_area_at(areas, AreaKind.LSOA21, lon, lat),
        ward25=_area_at(areas, AreaKind.WARD25, lon, lat),
        is_covered=covered,
    )


def _area_at(areas: pd.DataFrame, kind: AreaKind, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
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
