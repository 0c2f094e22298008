"""Small areas of 2011: those of 2021, but where many homes were built since, or few were left."""

from collections.abc import Iterable
from typing import Final

import geopandas as gpd
import pandas as pd

from config.terms import BRITISH_GRID, WGS84
from ingest.sample.codes import lsoa_code
from ingest.sample.files.outlines import district_names
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, cells, sheet

HEADER: Final = (
    *("lsoa11_name", "lsoa11_code", "change_code", "lsoa21_name", "lsoa21_code"),
    *("ltla22_name", "ltla22_code"),
)
SPLIT, MERGED, UNCHANGED = "S", "M", "U"
DEGREE_DIGITS: Final = 6
GONE: Final = 240
"""From here on a county numbers the small areas that are no more."""


def areas_of_2011(county: County) -> pd.DataFrame:
    """Return which small areas there were in 2011.

    The new estate lay in one that was split since; one area of today was two.

    Returns:
        One row per area of 2011 and each of 2021 in its place: ``lsoa11``, ``name``, ``area``
        (row of the land's areas), ``change``, and ``share`` of today's people that were in it.
    """
    areas = county.land.areas
    number = county.tile.index
    split, merged = _split(county), _merged(county)
    rows: list[tuple[str, str, int, str, float]] = []
    for area, (code, name) in enumerate(zip(areas["area_code"], areas["name"], strict=True)):
        if area in split:
            whole = str(areas["name"].iloc[split[0]])
            rows.append((lsoa_code(number, GONE), f"{whole[:-1]}X", area, SPLIT, 1.0))
        elif area == merged:
            for at, letter in enumerate("YZ", start=1):
                rows.append(
                    (lsoa_code(number, GONE + at), f"{name[:-1]}{letter}", area, MERGED, 0.5)
                )
        else:
            rows.append((code, name, area, UNCHANGED, 1.0))
    return pd.DataFrame(rows, columns=["lsoa11", "name", "area", "change", "share"])


def _split(county: County) -> list[int]:
    """Return the small areas of today that were one: those of the new estate."""
    areas = county.land.areas
    new = areas.index[areas.get("kind", pd.Series("", index=areas.index)) == "new"]
    return [int(area) for area in new] if len(new) > 1 else []


def _merged(county: County) -> int:
    """Return the small area of today that was two: the last one of the city that is not new."""
    areas = county.land.areas
    city = areas.index[areas["part"] == "city"].difference(_split(county))
    return int(city[-1])


def _rows(county: County) -> Iterable[Cells]:
    then = areas_of_2011(county)
    now = county.land.areas.assign(district_name=district_names(county))
    now = now.iloc[then["area"].to_numpy()].reset_index(drop=True)
    columns = {
        "lsoa11_name": then["name"],
        "lsoa11_code": then["lsoa11"],
        "change_code": then["change"],
        "lsoa21_name": now["name"],
        "lsoa21_code": now["area_code"],
        "ltla22_name": now["district_name"],
        "ltla22_code": now["district_code"],
    }
    return cells({name: columns[name] for name in HEADER})


def _centres(county: County) -> Iterable[Cells]:
    """Return the middle of every small area of either year; of halves, of the whole."""
    then = areas_of_2011(county)
    outlines = county.land.areas.geometry.to_numpy()
    old = gpd.GeoSeries(outlines[then["area"].to_numpy()], crs=BRITISH_GRID)
    shapes = gpd.GeoDataFrame({"code": then["lsoa11"]}, geometry=old).dissolve("code")
    now = gpd.GeoDataFrame(
        {"code": county.land.areas["area_code"]}, geometry=outlines, crs=BRITISH_GRID
    ).set_index("code")
    both = pd.concat([now, shapes[~shapes.index.isin(now.index)]])
    points = both.geometry.centroid.to_crs(WGS84)
    for code, point in zip(both.index, points, strict=True):
        yield (code, round(point.y, DEGREE_DIGITS), round(point.x, DEGREE_DIGITS))


CENTRES: Final[Series] = sheet(
    source="lsoa_centres",
    file="ons/lsoa_centres.csv",
    header=("LSOACD", "latitude", "longitude"),
    rows=_centres,
    encoding="utf-8",
)
SERIES: Final[Series] = sheet(
    source="lsoa11_lookup",
    file="ons/lookup_lsoa11_lsoa21_ltla22.csv",
    header=HEADER,
    rows=_rows,
    encoding="utf-8",
)
