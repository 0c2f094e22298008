"""Centre points of the small areas of 2011 and 2021, for want of the look-up between them."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.issues import IssueLog
from ingest.rhythm import NEVER_AGAIN
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "lsoa_centres"
COLUMNS: Final[Names] = {"area_code": "LSOACD", "lat": "latitude", "lon": "longitude"}


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the centres.

    Returns:
        One row per small area of either year: ``area_code``, ``lon`` and ``lat``, EPSG:4326.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, key=("area_code",))
    degrees = {name: pd.to_numeric(rows[name], errors="coerce") for name in ("lon", "lat")}
    placed = rows.assign(**degrees).dropna(subset=["lon", "lat"])
    missing = len(rows) - len(placed)
    issues.refuse_if_many("small area has a centre", found=missing, of=len(rows))
    return placed


SOURCE: Final = Source(
    id=ID,
    title="Centres of small areas, 2011 and 2021",
    publisher="Office for National Statistics",
    landing_page="https://geoportal.statistics.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(Release(name="2021", file_name="lsoa_centres.csv", addresses=())),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("lsoa_centres.csv",),
    read=read,
    stores="what became of the small areas of 2011, where the look-up is not in a mirror",
    is_optional=lambda _: True,
    caveats=(
        "Used only where the publisher's exact look-up is not at hand: of 100 areas that changed, "
        "96 are then matched as the publisher does.",
    ),
)
