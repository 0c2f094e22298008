"""How many children of each small area are about to enter school, or are at school."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.terms import Status
from planning.arrays import Floats

ENTRY_AGE: Final = {"primary": 4, "secondary": 11}
"""Age at the middle of the year in which most children of the cohort enter."""

PHASE_AGES: Final = {"primary": range(4, 11), "secondary": range(11, 16)}
AGES_READ: Final = range(4, 16)
"""All ages that are asked for."""

NOT_TAKEN_TO_BE: Final = 0.5
"""Applications below this share of the children, or above one and a half of it, are of others."""


def children_of(population: pd.DataFrame, codes: Sequence[str], ages: Sequence[int]) -> Floats:
    """Return children of some ages by small area, in the newest year that was counted.

    Args:
        population: rows of ``population``.
        codes: small areas of 2021.
        ages: years of age.

    Returns:
        ``NaN`` for areas of which nothing is known, shape (areas,).
    """
    rows = population[
        population["area_code"].isin(list(codes))
        & population["age"].isin(list(ages))
        & population["people"].notna()
        & ~population["is_projected"].fillna(value=False).astype(bool)
        & (population["basis"] != "rebased")
    ]
    if rows.empty:
        return np.full(len(codes), np.nan)
    rows = rows[rows["year"] == rows["year"].max()]
    rows = rows[rows["source_id"] == rows["source_id"].iloc[0]]
    whole = rows[rows["sex"] == "all"]
    rows = whole if len(whole) else rows
    people = rows.groupby("area_code")["people"].sum().reindex(list(codes))
    return np.asarray(people.to_numpy(np.float64, na_value=np.nan), np.float64)


def applying_share(
    applications: pd.DataFrame, phase: str, children: "pd.Series[float]"
) -> tuple[float, bool]:
    """Return how many of the children of an entry cohort ask for a place at a state school.

    Args:
        applications: rows of ``authority_value``.
        phase: primary or secondary.
        children: by the GSS code of the authority that they live in.

    Returns:
        The share, and whether it was published: an assumption stands in where it was not, or
        where it is so far from one that it must be of other children.
    """
    assumed = assumptions("admissions")["state_share"].value / 100
    rows = applications[
        (applications["measure"] == f"offers_applications_{phase}")
        & (applications["status"] == str(Status.MEASURED))
        & applications["area_code"].isin(list(children.index))
    ]
    if rows.empty:
        return assumed, False
    newest = rows.sort_values("period").drop_duplicates("area_code", keep="last")
    asked = newest.set_index("area_code")["value"].astype(float)
    of_those = children.reindex(asked.index).sum()
    share = float(asked.sum() / of_those) if of_those > 0 else np.nan
    if not NOT_TAKEN_TO_BE <= share <= 2 - NOT_TAKEN_TO_BE:
        return assumed, False
    return share, True
