"""Residents by single year of age: children as they live, adults by the kind of place."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd

from ingest.sample.people.children import Children
from ingest.sample.people.homes import Homes
from ingest.sample.people.needs import Floats, Ints
from ingest.sample.people.years import (
    CENSUS_2021,
    FIRST_COHORT,
    FIRST_LIFE_YEAR,
    LAST_AGE,
    LAST_CHILD_AGE,
    MID_YEARS,
)
from ingest.sample.tiles import PEOPLE

CHILD_AGES: Final = LAST_CHILD_AGE + 1
ADULT_AGES: Final = LAST_AGE - LAST_CHILD_AGE
JULY: Final = 10
"""Months from September; who is born in July or August has no birthday before mid-year."""
AGE_AFTER_STAGE: Final = 5

AGES_OF_ADULTS: Final = (18, 20, 23, 27, 32, 38, 45, 52, 58, 65, 72, 78, 84, 89, 90)
PROFILES: Final = {
    "centre": (40, 95, 80, 55, 38, 24, 17, 14, 11, 8, 6, 4, 3, 1.5, 5),
    "terraces": (14, 20, 26, 32, 34, 28, 23, 20, 18, 13, 9, 6, 4, 1.8, 5),
    "suburb": (12, 11, 11, 15, 20, 23, 23, 23, 22, 18, 15, 11, 7, 3, 10),
    "estate": (14, 14, 15, 18, 21, 21, 20, 20, 19, 15, 12, 8, 5, 2, 6),
    "new": (8, 8, 13, 34, 46, 38, 22, 14, 10, 7, 5, 3, 2, 0.8, 2),
    "town": (12, 11, 12, 15, 18, 20, 21, 23, 23, 20, 18, 13, 8, 3.5, 12),
    "coast": (10, 9, 9, 10, 12, 14, 17, 22, 27, 30, 31, 23, 14, 6, 20),
    "village": (11, 9, 8, 10, 14, 18, 22, 27, 28, 25, 22, 14, 8, 3, 9),
}
"""Adults at these ages, in any unit; ages between are interpolated. The last is 90 and over."""

FEMALE_FROM_70: Final = 0.006
"""By which the share of women grows with every year of age from 70 on."""
COHORT_SPREAD: Final = 0.12
SHARE_OF_ADULTS: Final = 0.45
"""Fewest adults among the people of an area, whatever its children."""


@dataclass(frozen=True, slots=True)
class Residents:
    """Children who live in the county.

    Attributes:
        children: by mid-year, small area, sex and age.
    """

    children: Ints

    @classmethod
    def nobody(cls, areas: int) -> Self:
        """Return an empty county."""
        return cls(np.zeros((len(MID_YEARS), areas, 2, CHILD_AGES), np.int32))

    def counting(self, children: Children, stage: int) -> Self:
        """Return these and the children of a stage of life, at the mid-year that ends it.

        Who is in reception in January is five at mid-year, but for those born in July and August.
        """
        mid_year = children.cohort + (FIRST_COHORT + stage + 1 - MID_YEARS[0])
        age = stage + AGE_AFTER_STAGE - (children.month >= JULY)
        there = (mid_year >= 0) & (mid_year < len(MID_YEARS))
        there &= (age >= 0) & (age <= LAST_CHILD_AGE)
        where = (mid_year, children.area, children.sex, age)
        cells = np.ravel_multi_index([each[there] for each in where], self.children.shape)
        counts = np.bincount(cells, minlength=self.children.size)
        return type(self)(self.children + counts.reshape(self.children.shape).astype(np.int32))


def ages_table(
    residents: Residents, homes: Homes, share: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Count residents by single year of age.

    Args:
        residents: children.
        homes: where adults live.
        share: of a whole county, which has 213,000 people in 2021.
        rng: random numbers.

    Returns:
        One row per mid-year, small area and sex: ``year``, ``area``, ``sex`` (0 female, 1 male)
        and one column for each age from 0 to 90, which stands for 90 and over.
    """
    children = residents.children
    adults = _adults(children.sum(axis=(2, 3)), homes, share, rng)
    both = np.concatenate([children, adults], axis=3)
    years, areas = both.shape[:2]
    keys = pd.DataFrame(
        {
            "year": np.repeat(MID_YEARS, areas * 2),
            "area": np.tile(np.repeat(np.arange(areas), 2), years),
            "sex": np.tile([0, 1], years * areas),
        },
        dtype=np.int32,
    )
    values = both.reshape(-1, LAST_AGE + 1).astype(np.int32)
    return pd.concat([keys, pd.DataFrame(values, columns=list(range(LAST_AGE + 1)))], axis=1)


def _adults(children: Ints, homes: Homes, share: float, rng: np.random.Generator) -> Ints:
    """Return adults by mid-year, area, sex and age from 18.

    Adults follow the households of their area; the generations of an area differ a little, and
    grow older with the years.
    """
    years = np.array(MID_YEARS)
    census = int(np.flatnonzero(years == CENSUS_2021)[0])
    people = homes.people_2021
    adults = np.maximum(people - children[census], SHARE_OF_ADULTS * people)
    adults *= (PEOPLE * share - children[census].sum()) / adults.sum()
    households = homes.households[:, years - FIRST_LIFE_YEAR]
    growth = households / households[:, [census]]
    by_age = _profiles(homes.kind)
    generation = years[:, None] - np.arange(ADULT_AGES) + ADULT_AGES - years[0]
    drawn = rng.normal(0, COHORT_SPREAD, (len(adults), ADULT_AGES + len(years) + 1))
    spread = np.exp(drawn - COHORT_SPREAD**2 / 2)[:, generation]
    expected = (adults[:, None] * growth)[:, :, None] * by_age[:, None, :] * spread
    women = 0.5 + FEMALE_FROM_70 * np.maximum(np.arange(ADULT_AGES) + CHILD_AGES - 70, 0)
    by_sex = np.stack([expected * women, expected * (1 - women)], axis=2)
    dither = rng.random((len(adults), 1, 2, ADULT_AGES))
    return np.floor(by_sex + dither).astype(np.int32).transpose(1, 0, 2, 3)


def _profiles(kinds: tuple[str, ...]) -> Floats:
    """Return the share of each age from 18 among the adults of each area."""
    ages = np.arange(CHILD_AGES, LAST_AGE + 1)
    by_kind = {kind: np.interp(ages, AGES_OF_ADULTS, each) for kind, each in PROFILES.items()}
    found = np.array([by_kind[kind] for kind in kinds])
    return np.asarray(found / found.sum(axis=1, keepdims=True))
