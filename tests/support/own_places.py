"""Postcodes and small areas of a place of two square kilometres, as earlier steps write them."""

import pandas as pd
import shapely

from ingest.points import TO_DEGREES
from ingest.schema.areas import AREA
from ingest.schema.declare import Table
from ingest.schema.places import POSTCODE

X0, Y0 = 480_000, 300_000
WEST, EAST = "E01000001", "E01000002"
WARD = "E05000001"
LA = "E06000017"


def areas() -> pd.DataFrame:
    """Two small areas side by side, each a kilometre wide, in one ward of one authority."""
    boxes = {
        WEST: ("lsoa21", shapely.box(X0, Y0, X0 + 1000, Y0 + 1000)),
        EAST: ("lsoa21", shapely.box(X0 + 1000, Y0, X0 + 2000, Y0 + 1000)),
        WARD: ("ward25", shapely.box(X0, Y0, X0 + 2000, Y0 + 1000)),
        LA: ("authority", shapely.box(X0, Y0, X0 + 2000, Y0 + 1000)),
    }
    rows = []
    for code, (kind, box) in boxes.items():
        corners = [TO_DEGREES.transform(*corner) for corner in box.exterior.coords]
        rows.append(
            dict.fromkeys(AREA.names)
            | {"area_code": code, "kind": kind, "name": code, "is_outside": False}
            | {"parent_code": LA, "geometry": shapely.to_wkb(shapely.Polygon(corners))}
        )
    return pd.DataFrame(rows)


def postcodes() -> pd.DataFrame:
    """Two postcodes, one in the middle of each small area."""
    blank = dict.fromkeys(POSTCODE.names)
    return pd.DataFrame(
        [
            blank | {"postcode": "TT1 1AA", "x": X0 + 500, "y": Y0 + 500, "lsoa21": WEST},
            blank | {"postcode": "TT1 1AB", "x": X0 + 1500, "y": Y0 + 500, "lsoa21": EAST},
        ]
    )


def before() -> dict[Table, pd.DataFrame]:
    return {AREA: areas(), POSTCODE: postcodes()}
