"""A few pupils for counties small enough to see through, and what is counted of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ingest.sample.people.outcomes import outcomes_of
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.traits import traits_table

YEARS = range(2015, 2025)
PUPILS_A_CELL = 4
"""Girls, and boys, of every year group from reception to year 6 in every school and year."""


def rolls_of(schools):
    """Count pupils of every school, all of whom live in the small area around it."""
    cells = [
        (school, year, group, sex)
        for school in range(len(schools))
        for year in YEARS
        for group in range(7)
        for sex in (0, 1)
    ]
    school, year, group, sex = np.array(cells, np.int32).T
    area = schools["area"].to_numpy(np.int32)[school]
    return Rolls(school, year, group, sex, area, np.full(len(school), PUPILS_A_CELL, np.int32))


def births_of(areas):
    """Return the births of every small area: as many as there are pupils of a year group."""
    keys = [(area, year) for area in range(areas) for year in range(1996, 2025)]
    born = pd.DataFrame(keys, columns=["area", "academic_year"])
    return born.assign(births=2 * PUPILS_A_CELL, births_before_january=PUPILS_A_CELL)


def admissions_of(schools):
    """Let every school have a place left, but for the first one, which is full."""
    rows = pd.DataFrame(
        [(school, year) for school in range(len(schools)) for year in YEARS],
        columns=["school", "academic_year"],
    )
    is_full = rows["school"] == 0
    return rows.assign(
        year_group=0,
        places=2 * PUPILS_A_CELL + 1 - is_full,
        first_preferences=9,
        second_preferences=6,
        third_preferences=5,
        preferences=20,
        offers=2 * PUPILS_A_CELL,
        first_preference_offers=7,
        second_preference_offers=1,
        third_preference_offers=0,
        from_elsewhere=2,
        offers_elsewhere=1,
        sent=0,
        last_distance_m=np.where(is_full, 654.0, np.nan),
    )


def applications_of(authorities):
    """Let nine children apply in every authority and year, of whom eight get their first wish."""
    rows = pd.DataFrame(
        [
            (authority, year, group)
            for authority in authorities
            for year in YEARS
            for group in (0, 7)
        ],
        columns=["authority", "academic_year", "year_group"],
    )
    counts = {"applications": 9, "preferences": 20, "first_offers": 8, "second_offers": 1}
    return rows.assign(**counts, third_offers=0, later_offers=0, other_offers=0)


@dataclass(frozen=True)
class People:
    """The people of a county; what is made of its pupils is made when it is asked for."""

    tile: Any
    schools: pd.DataFrame
    links: pd.DataFrame
    ages: pd.DataFrame
    deprivation: pd.DataFrame
    truth: dict[str, Any]

    @cached_property
    def rolls(self):
        return rolls_of(self.schools)

    @cached_property
    def _income(self):
        return self.deprivation["income"].to_numpy() / 100

    @cached_property
    def traits(self):
        rng = self.tile.rng("traits")
        return traits_table(self.schools, self.rolls, self._income, ("centre",) * 4, rng)

    @cached_property
    def outcomes(self):
        rng = self.tile.rng("outcomes")
        return outcomes_of(self.schools, self.rolls, self.traits, self._income, rng)

    @cached_property
    def births(self):
        return births_of(len(self.deprivation))

    @cached_property
    def admissions(self):
        return admissions_of(self.schools)

    @cached_property
    def applications(self):
        return applications_of(sorted(set(self.schools["authority"])))
