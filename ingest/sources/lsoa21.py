"""ONS outlines of lower layer super output areas, December 2021."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "lsoa21"
COLUMNS: Final[Names] = {
    "area_code": ("LSOA21CD", "lsoa21_code"),
    "name": ("LSOA21NM", "lsoa21_name"),
    "geometry": "geometry",
}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the outlines of all English areas.

    Returns:
        A GeoDataFrame in EPSG:4326: ``area_code``, ``name``, ``geometry``.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, key=("area_code",))
    return rows[rows["area_code"].str.startswith("E")].reset_index(drop=True)


SOURCE: Final = Source(
    id=ID,
    title="Lower layer super output areas (December 2021), generalised, clipped to the coast",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2025."
    ),
    releases=fixed(
        Release(
            name="2021-12",
            file_name="lsoa21_bgc.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("lsoa21_bgc*.parquet", "lsoa21_bgc*.geojson"),
    read=read,
    tables=(AREA,),
    caveats=("Outlines are generalised to 20 m: a house at the edge may fall on the other side.",),
)
