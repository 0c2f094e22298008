"""Matches the rows of a table with the places of a region, and tells of those it cannot."""

from typing import Final

import pandas as pd

from config.imports import Import, PlaceKind
from ingest.errors import CheckFailed
from ingest.imports.kinds import READERS
from ingest.imports.known import Known, vintage
from ingest.imports.table import SOURCE_ID, TABLE_HINT, Placed
from ingest.issues import IssueLog

TOLD: Final = 5
"""Places and rows that a message names before it stops."""

WORDS: Final[dict[PlaceKind, str]] = {
    "urn": "schools",
    "postcode": "postcodes",
    "lsoa21": "small areas of 2021",
    "lsoa11": "small areas of 2011",
    "ward25": "wards of 2025",
    "authority": "authorities",
}


def matched(
    table: Placed, told: Import, known: Known, issues: IssueLog
) -> tuple[PlaceKind, pd.Series]:
    """Find the place of every row.

    Returns:
        What the places are, and each row's place, null where it has none here; indexed by the
        row in the file. A postcode's place is its small area.

    Raises:
        CheckFailed: no row has a place here, or too many have none that could be one.
    """
    file = table.sheet.file
    rows = pd.Index([number for number, _ in table.sheet.rows], name="row")
    written = pd.Series([cells[table.place] for _, cells in table.sheet.rows], rows, dtype="string")
    spelt = written.map(READERS[table.kind]).astype("string")
    _tell_odd(written[spelt.isna()], table, issues, of=len(written))
    kind = table.kind
    if told.kind is None and kind == "lsoa21":
        kind = vintage(spelt, known)
    places = spelt.map(known.codes(kind)).astype("string")
    elsewhere = spelt[spelt.notna() & places.isna()]
    if places.notna().sum() == 0:
        raise CheckFailed(
            f"{SOURCE_ID}: {file}: none of its {WORDS[kind]} is in the region "
            f"(it begins with {', '.join(spelt.dropna().unique()[:TOLD]) or 'nothing'})",
            hint=f"the file may be of another place, or its codes of another year. {TABLE_HINT}",
        )
    if not elsewhere.empty:
        named = ", ".join(elsewhere.unique()[:TOLD])
        issues.warn(
            "place is known",
            file,
            f"{len(elsewhere):,} of {len(written):,} rows are of {elsewhere.nunique():,} "
            f"{WORDS[kind]} that are not in the region or its border ({named}"
            f"{', …' if elsewhere.nunique() > TOLD else ''}); left out",
        )
    return kind, places


def _tell_odd(odd: pd.Series, table: Placed, issues: IssueLog, *, of: int) -> None:
    """Tell of cells that cannot be a place of the kind; blanks too."""
    rule = f"{table.sheet.header[table.place]} is a place"
    for row, cell in odd.head(TOLD).items():
        says = f"{cell!r} is none of the {WORDS[table.kind]}; left out"
        issues.warn(rule, f"{table.sheet.file}, row {row}", says)
    if len(odd) > TOLD:
        issues.warn(rule, table.sheet.file, f"{len(odd) - TOLD:,} more rows like that; left out")
    issues.refuse_if_many(rule, found=len(odd), of=of)
