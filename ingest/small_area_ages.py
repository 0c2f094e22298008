"""Lays out tables with a column for every year of age as rows of the ``population`` table."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from config.terms import AreaKind, Status
from ingest.schema import fields as f
from ingest.schema.areas import AREA
from ingest.source import Reading

AGES: Final = range(20)
"""Years of age that are kept: children and young people up to the end of a sixth form."""
AGE_COLUMNS: Final = tuple(map(str, AGES))


def small_areas(reading: Reading) -> frozenset[str]:
    """Return the small areas of 2021 in the region and its border."""
    areas = reading.rows_of(AREA)
    return frozenset(areas.loc[areas["kind"] == str(AreaKind.LSOA21), "area_code"])


def by_age(
    rows: pd.DataFrame, *, keys: Sequence[str], source_id: str, is_projected: bool = False
) -> pd.DataFrame:
    """Turn one column a year of age, named 0 to 19, into one row a year of age.

    Args:
        rows: ``area_code``, ``year``, the ages, and the other columns named.
        keys: columns that stay beside ``area_code`` and ``year``, such as ``status``.
        source_id: the series.
        is_projected: the years are still to come.

    Returns:
        Rows of ``population`` as published, both sexes together; what is not told is unavailable.
    """
    long = rows.melt(
        id_vars=["area_code", "year", *keys],
        value_vars=list(AGE_COLUMNS),
        var_name="age",
        value_name="people",
    )
    people = pd.to_numeric(long["people"], errors="coerce").astype("float64")
    there = Status.FORECAST if is_projected else Status.MEASURED
    status = long["status"] if "status" in keys else pd.Series(str(there), index=long.index)
    basis = long["basis"] if "basis" in keys else "published"
    return long.assign(
        source_id=source_id,
        age=long["age"].astype(int),
        year=long["year"].astype(int),
        sex=f.ALL,
        people=people,
        basis=basis,
        is_projected=is_projected,
        status=status.where(people.notna(), str(Status.UNAVAILABLE)),
    )
