"""What the school census says of pupils beside their number: meals, language, special needs."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.people.headcounts import MEALS_OVER_INCOME, MOST_WITH_MEALS
from ingest.sample.people.needs import Bools, Floats, Ints
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS

MEALS_GROWTH: Final = 0.045
"""By which free school meals were rarer a year earlier, as shares of those of the last census."""
EVER_OVER_MEALS: Final = 1.14
"""Pupils who had free meals in the last six years, over those who have them."""

OTHER_LANGUAGE: Final = {"centre": 0.34, "terraces": 0.31, "estate": 0.15, "suburb": 0.11}
OTHER_LANGUAGE_ELSEWHERE: Final = 0.05
"""Share of pupils by kind of the home's small area whose first language is not English."""
LANGUAGE_NOT_SAID: Final = 0.003

SUPPORT: Final = 0.085
SUPPORT_OVER_INCOME: Final = 0.3
"""Share with support for special needs: where nobody is poor, and what deprivation adds."""
PLANS: Final = 0.02
PLANS_OVER_INCOME: Final = 0.04
"""Share with a plan for special needs, likewise, in mainstream schools."""
OF_SPECIAL_SCHOOLS: Final = (0.985, 0.012)
OF_ALTERNATIVE: Final = (0.2, 0.72)
"""Share with a plan, and with support, in special schools and alternative provision."""
SCHOOL_SPREAD: Final = 0.12
"""How much schools differ in naming needs, as a standard deviation of the logarithm."""

COUNTS: Final = ("meals", "meals_ever", "other_language", "language_not_said", "support", "plans")


def traits_table(
    schools: pd.DataFrame,
    rolls: Rolls,
    income: Floats,
    kinds: tuple[str, ...],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Count pupils by trait.

    Args:
        schools: the register's rows: ``kind``, ``provision``.
        rolls: pupils by school.
        income: share of people deprived of income, by small area.
        kinds: of small areas.
        rng: random numbers.

    Returns:
        One row per school (a row of ``schools``) and ``academic_year`` with pupils: ``pupils``,
        ``girls``, ``deprived`` (mean share deprived of income where they live) and ``COUNTS``.
    """
    cell = rolls.school.astype(np.int64) * (LAST_CENSUS - FIRST_YEAR + 1)
    cell += rolls.academic_year - FIRST_YEAR
    there, row = np.unique(cell, return_inverse=True)
    school, year = np.divmod(there, LAST_CENSUS - FIRST_YEAR + 1)
    year += FIRST_YEAR

    def count(weight: Floats | Bools) -> Floats:
        return np.asarray(np.bincount(row, rolls.pupils * weight, len(there)), float)

    pupils = count(np.ones(len(rolls)))
    deprived = count(income[rolls.area]) / pupils
    other = np.array([OTHER_LANGUAGE.get(kind, OTHER_LANGUAGE_ELSEWHERE) for kind in kinds])
    before = (1 - MEALS_GROWTH) ** (LAST_CENSUS - year)
    share = (MEALS_OVER_INCOME * income).clip(max=MOST_WITH_MEALS)
    meals = count(share[rolls.area]) * before
    plans, support = _needs(schools, school, deprived, rng)
    expected = {
        "meals": meals,
        "meals_ever": np.minimum(EVER_OVER_MEALS * meals, pupils),
        "other_language": count(other[rolls.area]),
        "language_not_said": LANGUAGE_NOT_SAID * pupils,
        "support": support * pupils,
        "plans": plans * pupils,
    }
    counts = {name: np.round(each).astype(np.int32) for name, each in expected.items()}
    figures = {"pupils": pupils, "girls": count(rolls.sex == 0)}
    return pd.DataFrame(
        {
            "school": school.astype(np.int32),
            "academic_year": year.astype(np.int32),
            **{name: each.astype(np.int32) for name, each in figures.items()},
            "deprived": deprived,
            **counts,
        }
    )


def _needs(
    schools: pd.DataFrame, school: Ints, deprived: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the share of pupils with a plan and with support, by school and year."""
    spread = np.exp(rng.normal(0, SCHOOL_SPREAD, (2, int(schools["provision"].max()) + 1)))
    own = spread[:, schools["provision"].to_numpy()[school]]
    plans = (PLANS + PLANS_OVER_INCOME * deprived) * own[0]
    support = (SUPPORT + SUPPORT_OVER_INCOME * deprived) * own[1]
    kind = schools["kind"].to_numpy()[school]
    for name, (with_plan, with_support) in (
        ("special", OF_SPECIAL_SCHOOLS),
        ("ap", OF_ALTERNATIVE),
    ):
        plans = np.where(kind == name, with_plan, plans)
        support = np.where(kind == name, with_support, support)
    return plans, support
