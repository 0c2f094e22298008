"""The children themselves: one value each in flat arrays, from birth to year 13."""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np

from ingest.sample.people.homes import Homes
from ingest.sample.people.needs import Bools, Floats, Ints, Singles
from ingest.sample.people.parameters import Parameters

NO_FAITH: Final = 0
FAITHS: Final = ("", "Church of England", "Roman Catholic")
"""A family's faith or a school's, by its number; in the register's words."""

OF_FAITH: Final = {
    "centre": (0.05, 0.09),
    "terraces": (0.06, 0.11),
    "suburb": (0.11, 0.10),
    "estate": (0.06, 0.10),
    "new": (0.08, 0.08),
    "town": (0.13, 0.08),
    "coast": (0.13, 0.07),
    "village": (0.18, 0.05),
}
"""Share of families to whom a school of their church matters: Church of England, Roman Catholic."""

NOWHERE: Final = -1
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Children:
    """Some children, one value each in every array.

    Attributes:
        cohort: years after ``FIRST_COHORT`` in which the child enters reception.
        area: small area of the home.
        postcode: of the home, a row of the land's postcodes.
        sex: 0 female, 1 male.
        month: of birth, 0 is September.
        faith: a number of ``FAITHS``.
        score: in a test, standard normal.
        luck: 0 to 1; breaks ties.
        at_home: never goes to a school.
        school: the provision attended, or ``NOWHERE``.
        before: the provision attended before that.
    """

    cohort: Ints
    area: Ints
    postcode: Ints
    sex: Ints
    month: Ints
    faith: Ints
    score: Singles
    luck: Singles
    at_home: Bools
    school: Ints
    before: Ints

    def __len__(self) -> int:
        return len(self.cohort)

    def take(self, which: Bools | Ints) -> Self:
        """Return some of them."""
        return replace(
            self, **{each.name: getattr(self, each.name)[which] for each in fields(self)}
        )

    def joined_by(self, others: Self) -> Self:
        """Return them and others."""
        both = {
            each.name: np.concatenate([getattr(self, each.name), getattr(others, each.name)])
            for each in fields(self)
        }
        return replace(self, **both)

    def at(self, school: Ints) -> Self:
        """Return them at other schools; who changed remembers the last one."""
        changed = (school != self.school) & (self.school != NOWHERE)
        return replace(self, school=school, before=np.where(changed, self.school, self.before))


def newcomers(
    numbers: Ints, homes: Homes, parameters: Parameters, rng: np.random.Generator
) -> Children:
    """Draw children who are new to the county, by birth or by moving in.

    Args:
        numbers: how many, by small area (rows) and cohort (columns).
        homes: where they may live.
        parameters: how many are boys, and so on.
        rng: random numbers.
    """
    cell = np.repeat(np.arange(numbers.size), numbers.ravel())
    area, cohort = (part.astype(np.int32) for part in np.divmod(cell, numbers.shape[1]))
    count = len(cell)
    return Children(
        cohort=cohort,
        area=area,
        postcode=homes.postcodes(area, rng),
        sex=(rng.random(count) < parameters.boys).astype(np.int32),
        month=rng.integers(0, MONTHS, count, dtype=np.int32),
        faith=_faiths(homes, area, rng),
        score=rng.standard_normal(count, dtype=np.float32),
        luck=rng.random(count, dtype=np.float32),
        at_home=rng.random(count) < parameters.at_home,
        school=np.full(count, NOWHERE, np.int32),
        before=np.full(count, NOWHERE, np.int32),
    )


def _faiths(homes: Homes, area: Ints, rng: np.random.Generator) -> Ints:
    shares: Floats = np.array([OF_FAITH[kind] for kind in homes.kind])
    reached = shares.cumsum(axis=1)[area]
    drawn = rng.random(len(area))
    of_faith = np.where(drawn < reached[:, 0], 1, 2)
    return np.where(drawn < reached[:, 1], of_faith, NO_FAITH).astype(np.int32)
