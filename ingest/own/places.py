"""Where things of an authority's own lie: by metres, by degrees or by postcode."""

from typing import Final

import numpy as np
import pandas as pd

from config.terms import AreaKind
from ingest.own.cells import Fault
from ingest.own.declare import Column
from ingest.points import DEGREE_DECIMALS, TO_DEGREES, TO_METRES, area_at
from ingest.schema.areas import AREA
from ingest.schema.places import POSTCODE
from ingest.source import Reading

PLACE_COLUMNS: Final = (
    Column(
        name="x",
        says="Easting in metres, British National Grid (EPSG:27700).",
        kind="number",
        also=("easting",),
        blank="placed by lon and lat, or by postcode",
        example="480500",
    ),
    Column(
        name="y",
        says="Northing in metres, British National Grid.",
        kind="number",
        also=("northing",),
        blank="placed by lon and lat, or by postcode",
        example="300500",
    ),
    Column(
        name="lon",
        says="Longitude in degrees (WGS 84).",
        kind="number",
        also=("longitude", "long"),
        blank="placed by x and y, or by postcode",
    ),
    Column(
        name="lat",
        says="Latitude in degrees (WGS 84).",
        kind="number",
        also=("latitude",),
        blank="placed by x and y, or by postcode",
    ),
    Column(
        name="postcode",
        says="A postcode there; coarser than the others, and used where they are blank.",
        kind="postcode",
        blank="placed by x and y, or by lon and lat",
    ),
)
"""The columns of a template by which something is placed; one way of the three will do."""

WITHOUT_PLACE: Final = "has no place: give x and y, or lon and lat, or a postcode"


def unplaced(rows: pd.DataFrame) -> list[Fault]:
    """Find rows without any whole way of placing them."""
    by_metres = rows["x"].notna() & rows["y"].notna()
    by_degrees = rows["lon"].notna() & rows["lat"].notna()
    nowhere = ~by_metres & ~by_degrees & rows["postcode"].isna()
    return [Fault(row, "x", WITHOUT_PLACE) for row in rows.index[nowhere]]


def placed(rows: pd.DataFrame, reading: Reading, *, file: str) -> pd.DataFrame:
    """Give rows ``x``, ``y``, ``lon``, ``lat`` and ``lsoa21``.

    Metres win over degrees, and degrees over a postcode. What lies outside the region and its
    border is left out, and so is what has a postcode that is not there; both are logged.

    Args:
        rows: the columns of ``PLACE_COLUMNS``, indexed by the row in the file.
        reading: knows postcodes, outlines and the border.
        file: its name, for the log.
    """
    x, y = _metres(rows, reading)
    whole = x.notna() & y.notna()
    here = whole & reading.cut.holds(x.fillna(0), y.fillna(0))
    for row in rows.index[~here]:
        where = "it lies outside" if whole[row] else f"postcode {rows['postcode'][row]} is not in"
        says = f"{where} the region and its border; left out"
        reading.issues.warn("in the region or its border", f"{file}, row {row}", says)
    kept = rows[here].assign(x=x[here], y=y[here])
    lon, lat = TO_DEGREES.transform(kept["x"].to_numpy(float), kept["y"].to_numpy(float))
    return kept.assign(
        lon=np.round(lon, DEGREE_DECIMALS),
        lat=np.round(lat, DEGREE_DECIMALS),
        lsoa21=area_at(reading.rows_of(AREA), AreaKind.LSOA21, lon, lat),
    )


def _metres(rows: pd.DataFrame, reading: Reading) -> tuple[pd.Series, pd.Series]:
    """Return eastings and northings by the best way there is, null where there is none."""
    lon, lat = (rows[name].to_numpy(float, na_value=np.nan) for name in ("lon", "lat"))
    east, north = (
        pd.Series(each, rows.index).replace([np.inf, -np.inf], np.nan)
        for each in TO_METRES.transform(lon, lat)
    )
    points = reading.rows_of(POSTCODE).set_index("postcode")
    x, y = rows["x"].astype("Float64"), rows["y"].astype("Float64")
    for other_x, other_y in (
        (east, north),
        (rows["postcode"].map(points["x"]), rows["postcode"].map(points["y"])),
    ):
        whole = x.notna() & y.notna()
        x = x.where(whole, other_x.astype("Float64"))
        y = y.where(whole, other_y.astype("Float64"))
    return x, y
