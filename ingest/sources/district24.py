"""ONS outlines of lower-tier authorities, May 2024: neighbours are drawn and named from these."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "district24"
COLUMNS: Final[Names] = {
    "district": ("ltla24_code", "LAD24CD"),
    "name": ("ltla24_name", "LAD24NM"),
    "geometry": "geometry",
}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the outlines of all districts of the United Kingdom.

    Returns:
        A GeoDataFrame in EPSG:4326: ``district``, ``name``, ``geometry``.
    """
    return read_table(path, COLUMNS, source=ID, issues=issues, key=("district",))


SOURCE: Final = Source(
    id=ID,
    title="Local authority districts (May 2024), ultra generalised",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2025."
    ),
    releases=fixed(
        Release(
            name="2024-05",
            file_name="boundaries_lad24.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "Local_Authority_Districts_May_2024_Boundaries_UK_BUC/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("boundaries_ltla24*.geojson", "boundaries_lad24*.geojson"),
    read=read,
    tables=(AREA,),
    caveats=(
        "Coarse: used for the neighbours only; the region's own outline is its small areas'.",
    ),
)
