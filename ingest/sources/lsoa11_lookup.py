"""ONS look-up from the small areas of the 2011 census to those of 2021."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import read_table

ID: Final = "lsoa11_lookup"
COLUMNS: Final = {
    "lsoa11": ("lsoa11_code", "LSOA11CD", "F_LSOA11CD"),
    "lsoa21": ("lsoa21_code", "LSOA21CD"),
    "lad22": ("ltla22_code", "LAD22CD"),
    "change": ("change_code", "CHGIND", "CHNGIND"),
}
CHANGES: Final = {"U": "unchanged", "S": "split", "M": "merged", "X": "irregular"}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the look-up.

    Returns:
        One row per small area of 2011 and each of 2021 that has some of its land: ``lsoa11``,
        ``lsoa21``, its district ``lad22``, and ``change`` (``unchanged``, ``split``, ``merged``
        or ``irregular``).
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, key=("lsoa11", "lsoa21"))
    change = rows["change"].map(CHANGES)
    for row in rows.index[change.isna()]:
        says = f"its kind of change {rows['change'][row]!r} is not known; taken as irregular"
        issues.warn("small area of 2011 has its change", str(rows["lsoa11"][row]), says)
    return rows.assign(change=change.fillna("irregular"))


SOURCE: Final = Source(
    id=ID,
    title="Small areas of 2011 to small areas of 2021, exact fit",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2022",
            file_name="lookup_lsoa11_lsoa21_lad22.geojson",
            addresses=(
                "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
                "LSOA11_LSOA21_LAD22_EW_LU_v5/FeatureServer/0",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("lookup_lsoa11_lsoa21*.csv", "lookup_lsoa11_lsoa21*.geojson"),
    read=read,
    stores="which small areas of 2021 each small area of 2011 became",
    is_optional=lambda _: True,
    caveats=(
        "Where a small area of 2011 was split, counts are shared out by the children that the "
        "census of 2021 found in each part: an estimate.",
    ),
)
