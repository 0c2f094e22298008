"""Moves counts of the small areas of 2011 to those of 2021."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from config.terms import Status
from ingest.schema.areas import SMALL_AREA_CHANGE
from ingest.source import Reading

EXACT: Final = ("unchanged", "merged")
"""Changes that leave all that was counted in one area of 2021."""


def with_shares(lookup: pd.DataFrame, children: pd.Series) -> pd.DataFrame:
    """Say which part of each area of 2011 is given to each of 2021.

    An area that lies whole in one of 2021 gives it all. One that was split is shared out by
    children; evenly, where one of its parts has no count or none has a child.

    Args:
        lookup: ``lsoa11``, ``lsoa21`` and ``change``; one row per pair.
        children: of the 2021 census, by ``lsoa21``.

    Returns:
        The same rows with ``share``; the shares of every ``lsoa11`` add up to 1.
    """
    weight = lookup["lsoa21"].map(children).astype("float64")
    is_short = weight.isna().groupby(lookup["lsoa11"]).transform("any")
    children_of_all = weight.groupby(lookup["lsoa11"]).transform("sum")
    weight = weight.where(~is_short & (children_of_all > 0), 1.0)
    total = weight.groupby(lookup["lsoa11"]).transform("sum")
    return lookup.assign(share=weight / total)


def converted(
    rows: pd.DataFrame,
    changes: pd.DataFrame,
    *,
    counts: Sequence[str],
    by: Sequence[str],
) -> pd.DataFrame:
    """Move counts of small areas of 2011 to those of 2021.

    Args:
        rows: ``lsoa11``, the columns ``by`` and the columns ``counts``, null where missing.
        changes: rows of the ``small_area_change`` table.
        counts: columns to share out.
        by: columns that stay as they are, such as year and age.

    Returns:
        One row per ``lsoa21`` and ``by``: the counts, and ``status``: ``measured`` where every
        part of it is a whole area of 2011, ``estimated`` where one was shared out. A count of
        which a part is missing is missing. Areas that ``changes`` does not name are left out.
    """
    parts = rows.merge(changes[["lsoa11", "lsoa21", "change", "share"]], on="lsoa11")
    shared = parts[list(counts)].astype("float64").mul(parts["share"], axis="index")
    is_guess = ~parts["change"].isin(EXACT)
    keyed = pd.concat([parts[["lsoa21", *by]], shared, is_guess.rename("guess")], axis="columns")
    grouped = keyed.groupby(["lsoa21", *by], sort=False)
    sums = grouped[list(counts)].sum()
    missing = keyed[list(counts)].isna().groupby([keyed[name] for name in ("lsoa21", *by)]).any()
    sums = sums.mask(missing.reindex(sums.index))
    status = np.where(grouped["guess"].any(), str(Status.ESTIMATED), str(Status.MEASURED))
    return sums.assign(status=status).reset_index()


def known_changes(reading: Reading, file: str) -> pd.DataFrame:
    """Return what became of small areas; where nothing tells it, write down what that leaves out.

    Args:
        reading: gives the rows of earlier steps and the issue log.
        file: name of the file with counts of small areas of 2011.
    """
    changes = reading.rows_of(SMALL_AREA_CHANGE)
    if changes.empty:
        reading.issues.warn(
            "small areas of 2011 have their look-up",
            file,
            "nothing tells which small areas of 2021 they became; no count of it is kept",
        )
    return changes
