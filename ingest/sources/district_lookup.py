"""ONS look-up from district to the county or unitary authority above it."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import read_table

ID: Final = "district_lookup"
COLUMNS: Final = {
    "district": ("ltla23_code", "LTLA23CD"),
    "la_code": ("utla23_code", "UTLA23CD"),
}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the look-up.

    Returns:
        One row per district: ``district`` and the ``la_code`` of the authority that runs its
        schools; a unitary authority, borough or metropolitan district is its own.
    """
    return read_table(path, COLUMNS, source=ID, issues=issues, key=("district",))


SOURCE: Final = Source(
    id=ID,
    title="District to county or unitary authority (April 2023)",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2023-04",
            file_name="lookup_ltla23_utla23.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "LTLA23_UTLA23_EW_LU/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("lookup_ltla23_utla23*.csv", "lookup_ltla23_utla23*.geojson"),
    read=read,
    stores="which authority runs the schools of each district",
)
