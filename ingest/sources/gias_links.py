"""Get Information About Schools: which establishment followed which."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from config.region import Region
from ingest.issues import IssueLog
from ingest.source import Cut, Release, Source
from ingest.tables import read_table

ID: Final = "gias_links"
COLUMNS: Final = {
    "urn": "URN",
    "linked_urn": "LinkURN",
    "linked_name": "LinkName",
    "link_type": "LinkType",
    "link_date": "LinkEstablishedDate",
}
BULK: Final = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read one ``links_edubasealldata`` file.

    Returns:
        One row per link, of all England: the columns of the ``school_link`` table.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, encoding="cp1252")
    for column in ("urn", "linked_urn"):
        rows[column] = pd.to_numeric(rows[column], errors="coerce").astype("Int64")
    whole = rows["urn"].notna() & rows["linked_urn"].notna()
    for row in rows.index[~whole]:
        issues.warn("both URNs are numbers", f"row {row + 2}", "a link without its URNs; left out")
    issues.refuse_if_many("both URNs are numbers", found=int((~whole).sum()), of=len(rows))
    rows = rows[whole].drop_duplicates(["urn", "linked_urn", "link_type"])
    dates = pd.to_datetime(rows["link_date"], format="%d-%m-%Y", errors="coerce")
    return rows.assign(
        link_date=dates.dt.strftime("%Y-%m-%d").astype("string"),
        direction=rows["link_type"].fillna("").map(direction),
    ).reset_index(drop=True)


def direction(link_type: str) -> str:
    """Tell whether the linked establishment came before, came after, or stands beside.

    >>> direction("Predecessor - merged"), direction("Sixth Form Centre Link")
    ('predecessor', 'other')
    """
    kind = link_type.casefold()
    if kind.startswith("predecessor"):
        return "predecessor"
    return "successor" if kind.startswith(("successor", "result of")) else "other"


def releases(_: Region, today: date) -> tuple[Release, ...]:
    """Name the newest daily file."""
    days = [today - timedelta(days=back) for back in (1, 2, 3, 0)]
    names = [f"links_edubasealldata{day:%Y%m%d}.csv" for day in days]
    newest = Release(
        name=f"{days[0]:%Y-%m-%d}",
        file_name=names[0],
        addresses=tuple(f"{BULK}{name}" for name in names),
    )
    return (newest,)


SOURCE: Final = Source(
    id=ID,
    title="Get Information About Schools: links between establishments",
    publisher="Department for Education",
    landing_page="https://get-information-schools.service.gov.uk/Downloads",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    mirror_folder="gias",
    mirror_files=("links_edubasealldata[0-9]*.csv",),
    read=read,
    caveats=("A school that became an academy has a new URN; its link says which it was before.",),
)
