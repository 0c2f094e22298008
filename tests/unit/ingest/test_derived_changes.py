"""Small areas of 2011 are matched with those of 2021 by where their centres lie."""

import geopandas as gpd
import pandas as pd
import shapely

from ingest.derived_changes import changes_from_centres

OUTLINES = gpd.GeoDataFrame(
    {
        "area_code": ["E01000001", "E01040001", "E01040002", "E01040003", "E01040004"],
        "geometry": [shapely.box(west / 100, 52, (west + 1) / 100, 52.01) for west in range(5)],
    },
    crs=4326,
)
"""Five squares in a row: one that stayed, two halves of one, one of two, one moved."""

CENTRES = pd.DataFrame(
    [
        ("E01000001", 0.005),
        ("E01000002", 0.0195),
        ("E01000003", 0.032),
        ("E01000004", 0.038),
        ("E01000005", 0.045),
    ],
    columns=["area_code", "lon"],
).assign(lat=52.005)


def test_areas_that_stayed_were_split_merged_or_moved_are_told_apart():
    districts = pd.Series("E07000001", index=OUTLINES["area_code"])
    rows = changes_from_centres(CENTRES, OUTLINES, districts)
    told = rows.set_index(["lsoa11", "lsoa21"])["change"].to_dict()
    assert told == {
        ("E01000001", "E01000001"): "unchanged",
        ("E01000002", "E01040001"): "split",
        ("E01000002", "E01040002"): "split",
        ("E01000003", "E01040003"): "merged",
        ("E01000004", "E01040003"): "merged",
        ("E01000005", "E01040004"): "irregular",
    }
    assert set(rows["lad22"]) == {"E07000001"}
