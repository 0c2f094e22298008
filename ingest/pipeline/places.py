"""Where points lie: their degrees, their small area, their ward, and whether streets reach them."""

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.terms import AreaKind
from ingest.pipeline.work import Work
from ingest.points import DEGREE_DECIMALS, TO_DEGREES, area_at
from ingest.schema.areas import AREA


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
        lsoa21=area_at(areas, AreaKind.LSOA21, lon, lat),
        ward25=area_at(areas, AreaKind.WARD25, lon, lat),
        is_covered=covered,
    )
