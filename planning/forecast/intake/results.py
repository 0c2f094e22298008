"""What is said of intakes: how many, what it rests on, and who crosses the border."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planning.arrays import Floats, Ints


class Basis(StrEnum):
    """The level whose cohorts an intake is expected from."""

    SMALL_AREA = "small_area"
    PLANNING_AREA = "planning_area"
    AUTHORITY = "authority"
    RECENT = "recent"


class Cohort(StrEnum):
    """What the children who reach reception in a year ahead are known from."""

    BIRTHS = "births"
    RESIDENTS = "residents"
    PROJECTED = "projected"
    LAST_BIRTHS = "last_births"


@dataclass(frozen=True, slots=True)
class CrossBorder:
    """Pupils of a phase who live in one authority and go to school in another.

    Attributes:
        authorities: GSS codes, the rows.
        year: school year of the count, by the year it begins in.
        at_home: residents at schools of their own authority, shape (authorities,).
        leave: residents at schools of other authorities, or that are not forecast, such as special
            ones, as far as counts tell of them; shape (authorities,).
        come_in: pupils of the authority's schools who live elsewhere, shape (authorities,).
        come_in_school: the same of each school, shape (schools,).
    """

    authorities: tuple[str, ...]
    year: int
    at_home: Floats
    leave: Floats
    come_in: Floats
    come_in_school: Floats

    @property
    def residents(self) -> Floats:
        """All residents who are at a school that the counts tell of, shape (authorities,)."""
        return np.asarray(self.at_home + self.leave)


@dataclass(frozen=True, slots=True)
class Intakes:
    """Pupils expected to enter each school from elsewhere.

    Schools that were full are allowed for: the intakes of an authority's schools add up to what its
    cohorts bring, and what full schools could not take in goes to the others
    (``planning.forecast.intake.demand``). Nothing needs to be shared out again, except where a
    planner sets a limit.

    Attributes:
        expected: shape (schools, years ahead, groups); ``NaN`` where a group follows from the one
            below it at the same school, or where nothing is known.
        basis: by phase, the level used for each school (``Basis``), empty text where it takes in
            nobody in the phase. Of several entry groups in a phase the largest intake counts.
        cohorts: by year ahead, what reception is known from; one for all authorities.
        borders: by phase, who crosses the border; a phase without flows is left out.
    """

    expected: Floats
    basis: Mapping[str, tuple[str, ...]]
    cohorts: tuple[Cohort, ...]
    borders: Mapping[str, CrossBorder]

    def summed(self, unit: Ints, units: int) -> Floats:
        """Add the intakes of schools up by planning area or authority.

        Args:
            unit: row of each school's unit, or below zero where it is in none, shape (schools,).
            units: how many there are.

        Returns:
            Shape (units, years ahead, groups); ``NaN`` where no school of the unit takes anybody
            in. What goes on from the group below at the same school is not among them.
        """
        there = np.isfinite(self.expected) & (unit >= 0)[:, np.newaxis, np.newaxis]
        total = np.zeros((units, *self.expected.shape[1:]))
        some = np.zeros(total.shape)
        within = unit >= 0
        np.add.at(total, unit[within], np.nan_to_num(self.expected)[within])
        np.add.at(some, unit[within], there[within])
        return np.where(some > 0, total, np.nan)
