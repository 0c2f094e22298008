"""How many children are born in each small area and academic year."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.people.children import Children
from ingest.sample.people.homes import Homes
from ingest.sample.people.needs import Floats
from ingest.sample.people.parameters import PARTS
from ingest.sample.people.years import CENSUS_2021, COHORTS, FIRST_LIFE_YEAR

BIRTHS_PER_1000_PEOPLE: Final = {
    "centre": 8.6,
    "terraces": 14.0,
    "suburb": 11.3,
    "estate": 14.2,
    "new": 26.0,
    "town": 10.9,
    "coast": 7.6,
    "village": 8.8,
}
"""In 2021, before the wave."""

WAVES: Final = {
    "city": (0.75, 0.48, 2012.0, 7.5),
    "shire": (0.94, 0.14, 2011.0, 7.0),
    "fringe": (0.95, 0.12, 2011.0, 7.0),
}
"""By part: births without the wave, what it adds at its peak, the year of that, and its width."""

AREA_SPREAD: Final = 0.14
JANUARY: Final = 4
"""Months from September; who is born before it is a calendar year ahead of the others."""


def expected_births(homes: Homes, rng: np.random.Generator) -> Floats:
    """Return the mean number of births by small area (rows) and cohort, that is academic year.

    A lasting difference between one area and the next is drawn; the rest is stated.
    """
    years = FIRST_LIFE_YEAR + np.arange(COHORTS)
    rate = np.array([BIRTHS_PER_1000_PEOPLE[kind] for kind in homes.kind]) / 1000
    growth = homes.households[:, :COHORTS] / homes.households[:, [CENSUS_2021 - FIRST_LIFE_YEAR]]
    waves = np.array([_wave(WAVES[part], years) for part in PARTS])
    own = np.exp(rng.normal(0, AREA_SPREAD, len(rate)))
    return np.asarray((homes.people_2021 * rate * own)[:, None] * growth * waves[homes.part])


def _wave(wave: tuple[float, float, float, float], years: np.ndarray) -> Floats:
    level, height, peak, width = wave
    return np.asarray(level + height * np.exp(-(((years - peak) / width) ** 2)))


def births_table(born: Children, areas: int) -> pd.DataFrame:
    """Count births.

    Returns:
        One row per small area and academic year of birth (its starting year): ``area``,
        ``academic_year``, ``births``, and ``births_before_january`` (September to December),
        which turns academic years into calendar years.
    """
    cell = born.area * COHORTS + born.cohort
    early = cell[born.month < JANUARY]
    return pd.DataFrame(
        {
            "area": np.repeat(np.arange(areas, dtype=np.int32), COHORTS),
            "academic_year": np.tile(np.arange(COHORTS) + FIRST_LIFE_YEAR, areas),
            "births": np.bincount(cell, minlength=areas * COHORTS),
            "births_before_january": np.bincount(early, minlength=areas * COHORTS),
        }
    ).astype(np.int32)
