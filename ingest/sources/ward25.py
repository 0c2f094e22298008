"""ONS outlines of electoral wards, May 2025."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import read_table

ID: Final = "ward25"
COLUMNS: Final = {
    "area_code": "WD25CD",
    "name": "WD25NM",
    "district": "LAD25CD",
    "geometry": "geometry",
}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the outlines of all English wards.

    Returns:
        A GeoDataFrame in EPSG:4326: ``area_code``, ``name``, ``district``, ``geometry``.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, key=("area_code",))
    return rows[rows["area_code"].str.startswith("E")].reset_index(drop=True)


SOURCE: Final = Source(
    id=ID,
    title="Electoral wards (May 2025), generalised, clipped to the coast",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2025."
    ),
    releases=fixed(
        Release(
            name="2025-05",
            file_name="ward25_bgc.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "Wards_May_2025_Boundaries_UK_BGC/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("ward25*.parquet", "ward25*.geojson"),
    read=read,
    tables=(AREA,),
)
