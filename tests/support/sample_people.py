"""A few pupils for counties small enough to see through, and what is counted of them."""

from types import SimpleNamespace

import numpy as np

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


def counted(tile, schools, deprivation):
    """Return the tables that are made of the pupils, in the shape of a county's people."""
    rolls = rolls_of(schools)
    income = deprivation["income"].to_numpy() / 100
    traits = traits_table(schools, rolls, income, ("centre",) * 4, tile.rng("traits"))
    outcomes = outcomes_of(schools, rolls, traits, income, tile.rng("outcomes"))
    return SimpleNamespace(rolls=rolls, traits=traits, outcomes=outcomes)
