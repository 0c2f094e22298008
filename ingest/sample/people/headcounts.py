"""What the register repeats of the last census: pupils, boys and girls, free school meals."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.people.needs import Floats, Ints
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.years import LAST_CENSUS, census_day

MEALS_OVER_INCOME: Final = 1.1
"""Children with free school meals, over all people who are deprived of income."""
MOST_WITH_MEALS: Final = 0.8
NO_MEALS: Final = (
    "Further education",
    "Other independent school",
    "Local authority nursery school",
)
NO_CENSUS: Final = ("Further education",)


def headcounts(schools: pd.DataFrame, rolls: Rolls, income: Floats) -> pd.DataFrame:
    """Count what the register repeats of the last census.

    Args:
        schools: the register's rows: ``type``, ``status_gias``, ``first_year``, ``end_year``.
        rolls: pupils by school.
        income: share of people deprived of income, by small area.

    Returns:
        ``census_date``, ``pupils``, ``boys``, ``girls`` and ``fsm_pct`` for every row; null where
        the register has nothing: closed schools, colleges, academies opened since the census.
    """
    last = rolls.between(LAST_CENSUS, LAST_CENSUS)
    size = len(schools)
    pupils = np.bincount(last.school, last.pupils, size)
    boys = np.bincount(last.school, last.pupils * last.sex, size)
    share = (MEALS_OVER_INCOME * income).clip(max=MOST_WITH_MEALS)
    meals = np.bincount(last.school, last.pupils * share[last.area], size)
    counted = schools["status_gias"].str.startswith("Open") & (schools["first_year"] <= LAST_CENSUS)
    counted &= ~schools["type"].isin(NO_CENSUS)
    with_meals = counted & ~schools["type"].isin(NO_MEALS) & (pupils > 0)
    pct = pd.Series(100 * meals / np.maximum(pupils, 1)).round(1)
    return pd.DataFrame(
        {
            "census_date": np.where(counted, f"{census_day(LAST_CENSUS):%d-%m-%Y}", ""),
            "pupils": _where(counted, pupils),
            "boys": _where(counted, boys),
            "girls": _where(counted, pupils - boys),
            "fsm_pct": pct.where(with_meals).astype("Float64"),
        }
    )


def _where(counted: "pd.Series[bool]", values: Floats | Ints) -> pd.Series:
    return pd.Series(values).where(counted).astype("Int32")
