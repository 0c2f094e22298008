"""Which small area every postcode lies in, told while files are still being fetched."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from config.region import Region
from config.terms import BRITISH_GRID, WGS84
from ingest.issues import IssueLog
from ingest.pipeline.steps.boundaries import border_of
from ingest.pipeline.work import Files, Work
from ingest.source import Cut
from ingest.sources import code_point_open, lsoa21


def work_of(region: Region, fetched: Files) -> Work:
    """Give the files had so far as a step is given them; odd rows are told of by the step."""
    files = {name: tuple(each.path for each in had) for name, had in fetched.items()}
    return Work(region, Path(), files, {}, IssueLog(), lambda *_: None)


def homes(region: Region, fetched: Files) -> pd.Series:
    """Return the small area of 2021 of every postcode of the region and its border.

    Args:
        region: what is built.
        fetched: files had so far, among them postcodes, outlines and look-ups.

    Returns:
        ``lsoa21`` by postcode, spelt as Royal Mail does.
    """
    work = work_of(region, fetched)
    cut = Cut(frozenset(), frozenset(), border_of(work))
    postcodes = work.load(code_point_open.SOURCE, cut)
    outlines = work.load(lsoa21.SOURCE, cut)
    metres = gpd.GeoSeries(outlines["geometry"], crs=WGS84).to_crs(BRITISH_GRID)
    points = shapely.points(postcodes["x"].to_numpy(float), postcodes["y"].to_numpy(float))
    where, area = shapely.STRtree(metres.to_numpy()).query(points, predicate="intersects")
    found = pd.Series(
        outlines["area_code"].to_numpy(object)[area],
        index=postcodes["postcode"].to_numpy(object)[where],
        name="lsoa21",
    )
    return found[~found.index.duplicated()]
