"""An authority's own counts of pupils by home and school, made small-count safe on the way in."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.terms import Status
from ingest.errors import CheckFailed
from ingest.pupil_rows import cells_of_pupils, read_pupils
from ingest.rhythm import yearly
from ingest.schema.pupils import FLOW
from ingest.source import Reading, Rows, Shielding, Source
from ingest.tables import read_table
from planning.disclosure import hidden

ID: Final = "own_counts"
COLUMNS: Final = {name: name for name in ("academic_year", "phase", "home_code", "urn")} | {
    "pupils": "pupils",
    "at_most": "at_most",
    "status": "status",
}


def shielded(path: Path, told: Shielding) -> bytes:
    """Count an authority's file of pupils in memory and hide what is small.

    Nothing of the file is written, and no message tells what stands in it.

    Returns:
        A CSV table: school year, phase, home area, school and count; no count below the region's
        smallest, and none from which one could be worked out.

    Raises:
        SourceChanged: a column of the template is missing.
        CheckFailed: there are no rows, or too many that cannot be used.
    """
    rows = read_pupils(path, source=ID)
    cells = cells_of_pupils(rows, told.homes, of=path.name, issues=told.issues)
    smallest = told.region.smallest_count
    if outside := rows_outside(cells):
        many = f"{outside:,}" if outside >= smallest else f"fewer than {smallest}"
        says = f"{many} pupils have no home in the region or its border; left out"
        told.issues.note("pupils live in the region", path.name, says)
    cells = cells.dropna(subset="home_code").reset_index(drop=True)
    if cells.empty:
        raise CheckFailed(
            f"{path.name}: no pupil lives in the region or its border",
            hint="compare the postcodes or small areas with those of the region.",
        )
    return safe(cells, smallest=smallest).to_csv(index=False).encode()


def rows_outside(cells: pd.DataFrame) -> int:
    """Return how many pupils have a home that is in no small area of the region."""
    return int(cells.loc[cells["home_code"].isna(), "pupils"].sum())


SHOWN: Final = 10
"""Schools that are named where counts of unknown ones are left out."""


def safe(cells: pd.DataFrame, *, smallest: int) -> pd.DataFrame:
    """Hide small counts, and leave out those that nothing can hide.

    Args:
        cells: ``academic_year``, ``phase``, ``home_code``, ``urn`` and ``pupils``.
        smallest: the smallest count that is told.

    Returns:
        The same columns with ``at_most`` and ``status``, in the order of the first four.
    """
    flags = hidden(
        cells,
        smallest=smallest,
        within=("academic_year", "phase"),
        margins=("home_code", "urn"),
    )
    told = cells.assign(
        pupils=cells["pupils"].astype("Int64").mask(flags["is_hidden"]),
        at_most=pd.Series(smallest - 1, cells.index, dtype="Int64").where(flags["is_small"]),
        status=np.where(flags["is_hidden"], str(Status.SUPPRESSED), str(Status.MEASURED)),
    )
    return told[~flags["is_bare"]].sort_values(["academic_year", "phase", "home_code", "urn"])


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table that `shielded` made: rows of ``flow`` for schools of the region."""
    rows = read_table(path, COLUMNS, source=ID, issues=reading.issues)
    numbers = {name: pd.to_numeric(rows[name]) for name in ("urn", "pupils", "at_most")}
    own = reading.cut.of_schools(rows.assign(**numbers, source_id=ID))
    if len(own) < len(rows):
        others = sorted(set(numbers["urn"]) - set(own["urn"]))
        shown = ", ".join(f"{urn:.0f}" for urn in others[:SHOWN])
        more = f" and {len(others) - SHOWN:,} more" if len(others) > SHOWN else ""
        says = (
            f"{len(rows) - len(own):,} counts are of schools that are neither in the region nor in "
            f"its border: URN {shown}{more}; left out"
        )
        reading.issues.warn("schools are of the region", path.name, says)
    return {FLOW: own.rename(columns={"pupils": "pupils_counted"})}


SOURCE: Final = Source(
    id=ID,
    title="The authority's own counts of pupils by home and school",
    publisher="The authority",
    landing_page="",
    licence="LicenseRef-authority",
    attribution="Counted by the authority.",
    releases=lambda _region, _today: (),
    every=yearly(2, 6, 11),
    mirror_folder=ID,
    mirror_files=(),
    read_rows=read_rows,
    tables=(FLOW,),
    shielded=shielded,
    caveats=(
        "Counts below the smallest that is told are hidden, and so are those from which one could "
        "be worked out; a hidden count is not nought.",
        "Only counts are kept: the file that they were counted from is never stored.",
    ),
)
