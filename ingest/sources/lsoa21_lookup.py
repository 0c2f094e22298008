"""ONS look-up from small area to ward and district."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import read_table

ID: Final = "lsoa21_lookup"
COLUMNS: Final = {
    "area_code": ("lsoa21_code", "LSOA21CD"),
    "district": ("ltla24_code", "LAD24CD"),
}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the look-up.

    Returns:
        One row per small area of England and Wales: ``area_code``, ``district``.
    """
    return read_table(path, COLUMNS, source=ID, issues=issues, key=("area_code",))


SOURCE: Final = Source(
    id=ID,
    title="Small area (2021) to ward (2024) to district (2024), best fit",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2024",
            file_name="lookup_lsoa21_wd24_lad24.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "LSOA21_WD24_LAD24_EW_LU/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("lookup_lsoa21_ward24*.csv", "lookup_lsoa21_wd24*.geojson"),
    read=read,
    stores="which district each small area lies in",
)
