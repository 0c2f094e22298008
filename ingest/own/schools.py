"""Keeps the rows of schools that the register knows; a number that it does not is told."""

import pandas as pd

from ingest.errors import CheckFailed
from ingest.source import Reading


def of_known_schools(
    rows: pd.DataFrame, reading: Reading, *, source: str, file: str
) -> pd.DataFrame:
    """Leave out rows of schools that are neither in the region or its border nor before one there.

    Args:
        rows: ``urn``, indexed by the row in the file.
        reading: knows the schools; its issue log is told of the others.
        source: id of the series, for messages.
        file: name of the file, for messages.

    Raises:
        CheckFailed: no row is of a known school.
    """
    kept = reading.cut.of_schools(rows)
    unknown = rows[~rows["urn"].isin(kept["urn"])]
    for urn, of_it in unknown.groupby("urn"):
        reading.issues.warn(
            "school is in the register",
            f"URN {urn}",
            f"{file}, row {of_it.index[0]}: no school of the region, its border or before one "
            f"there; {len(of_it):,} of its rows left out",
        )
    if kept.empty:
        raise CheckFailed(
            f"{source}: {file}: none of its {unknown['urn'].nunique():,} schools is in the region",
            hint="compare its urn column with the register of schools; the file may be another "
            "authority's.",
        )
    return kept
