"""Get Information About Schools: which establishment followed which."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.establishments import REGISTER_FILES
from ingest.issues import IssueLog
from ingest.rhythm import DAILY
from ingest.rows import dates, first_of_each, numbers, without_blanks
from ingest.schema.schools import SCHOOL_LINK, SCHOOL_SUCCESSION
from ingest.source import Cut, Source, daily
from ingest.tables import read_table

ID: Final = "gias_links"
COLUMNS: Final = {
    "urn": "URN",
    "linked_urn": "LinkURN",
    "linked_name": "LinkName",
    "link_type": "LinkType",
    "link_date": "LinkEstablishedDate",
}
KEY: Final = tuple(field.name for field in SCHOOL_LINK.key)


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read one ``links_edubasealldata`` file.

    Returns:
        One row per link, of all England: the columns of the ``school_link`` table.
    """
    rows = read_table(path, COLUMNS, source=ID, issues=issues, encoding="cp1252")
    for field in SCHOOL_LINK.key:
        if field.kind == "whole":
            rows[field.name] = numbers(rows, field, key=KEY, issues=issues)
    rows = without_blanks(rows, KEY, key=KEY, issues=issues)
    rows = first_of_each(rows, KEY, issues=issues)
    return rows.assign(
        link_date=dates(rows, "link_date", key=KEY, issues=issues),
        direction=rows["link_type"].map(direction),
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


SOURCE: Final = Source(
    id=ID,
    title="Get Information About Schools: links between establishments",
    publisher="Department for Education",
    landing_page="https://get-information-schools.service.gov.uk/Downloads",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=daily(f"{REGISTER_FILES}links_edubasealldata{{day:%Y%m%d}}.csv"),
    every=DAILY,
    mirror_folder="gias",
    mirror_files=("links_edubasealldata[0-9]*.csv",),
    read=read,
    tables=(SCHOOL_LINK, SCHOOL_SUCCESSION),
    caveats=("A school that became an academy has a new URN; its link says which it was before.",),
)
