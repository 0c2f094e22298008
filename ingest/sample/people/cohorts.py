"""Pupils of one year group by school and year: how many, and how well off they live."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.people.headcounts import MEALS_OVER_INCOME, MOST_WITH_MEALS
from ingest.sample.people.needs import Floats
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.traits import EVER_OVER_MEALS

YEAR_6: Final = 6
YEAR_11: Final = 11
YEAR_13: Final = 13


def cohorts(
    rolls: Rolls, schools: pd.DataFrame, income: Floats, year_group: int, years: range
) -> pd.DataFrame:
    """Count the pupils of a year group.

    Args:
        rolls: pupils by school.
        schools: the register's rows: ``provision``, ``kind``.
        income: share of people deprived of income, by small area.
        year_group: which.
        years: academic years.

    Returns:
        One row per school (a row of ``schools``) and ``academic_year``: ``pupils``, ``boys``,
        ``disadvantaged`` (had free meals in the last six years), ``deprived`` (mean share
        deprived of income where they live), ``provision`` and ``kind``.
    """
    here = (rolls.year_group == year_group) & np.isin(rolls.academic_year, years)
    some = rolls.take(here)
    share = (EVER_OVER_MEALS * MEALS_OVER_INCOME * income).clip(max=MOST_WITH_MEALS)
    rows = pd.DataFrame(
        {
            "school": some.school,
            "academic_year": some.academic_year,
            "pupils": some.pupils,
            "boys": some.pupils * some.sex,
            "disadvantaged": some.pupils * share[some.area],
            "deprived": some.pupils * income[some.area],
        }
    )
    found = rows.groupby(["school", "academic_year"], as_index=False).sum()
    found["deprived"] /= found["pupils"]
    found["disadvantaged"] = found["disadvantaged"].round().astype(int)
    return found.join(schools[["provision", "kind"]], on="school")
