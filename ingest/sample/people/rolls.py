"""Pupils as the school census counts them: by school, year, year group, sex and home."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from ingest.sample.people.needs import Bools, Ints
from ingest.sample.people.years import FIRST_LIFE_YEAR


@dataclass(frozen=True, slots=True)
class Rolls:
    """Pupils, one value each in flat arrays: one row per cell that is not empty.

    Attributes:
        school: row of the schools.
        academic_year: of the census, which is in January after it starts.
        year_group: 0 is reception, -1 a nursery class.
        sex: 0 female, 1 male.
        area: small area of the home, a row of the land's areas.
        pupils: headcount.
    """

    school: Ints
    academic_year: Ints
    year_group: Ints
    sex: Ints
    area: Ints
    pupils: Ints

    def __len__(self) -> int:
        return len(self.pupils)

    def take(self, which: Bools) -> "Rolls":
        """Return some of the cells."""
        return type(self)(*(getattr(self, each.name)[which] for each in fields(self)))

    def between(self, first: int, last: int) -> "Rolls":
        """Return the cells of some academic years, the last among them."""
        return self.take((first <= self.academic_year) & (self.academic_year <= last))

    def of_entries(self, entry_of: Ints) -> "Rolls":
        """Return them by row of the register instead of by provision.

        Args:
            entry_of: the row that stands for each provision (rows) in each year from
                ``FIRST_LIFE_YEAR`` (columns).
        """
        entry = entry_of[self.school, self.academic_year - FIRST_LIFE_YEAR]
        return joined([replace(self, school=entry)])

    def pupils_by_school(self, academic_year: int) -> "pd.Series[int]":
        """Count the pupils of each school that has any; nursery classes are among them."""
        return self._count(self.school, academic_year, "school")

    def pupils_by_area(self, academic_year: int) -> "pd.Series[int]":
        """Count the pupils who live in each small area where any do."""
        return self._count(self.area, academic_year, "area")

    def total(self, academic_year: int) -> int:
        """Count all pupils of a census."""
        return int(self.pupils[self.academic_year == academic_year].sum())

    def _count(self, key: Ints, academic_year: int, name: str) -> "pd.Series[int]":
        now = self.academic_year == academic_year
        counts = np.bincount(key[now], weights=self.pupils[now]).astype(np.int32)
        there = np.flatnonzero(counts)
        return pd.Series(counts[there], index=pd.Index(there, name=name), name="pupils")


def joined(parts: list[Rolls]) -> Rolls:
    """Put cells together, ordered by school, year, year group, sex and area."""
    columns = [
        np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Rolls)
    ]
    order = np.lexsort(columns[4::-1])
    return Rolls(*(column[order] for column in columns))


def counted(school: Ints, academic_year: Ints, year_group: int, sex: Ints, area: Ints) -> Rolls:
    """Count pupils of one year group, given one value each."""
    shape = tuple(int(each.max(initial=0)) + 1 for each in (school, academic_year, sex, area))
    key = np.ravel_multi_index((school, academic_year, sex, area), shape)
    cells, pupils = np.unique(key, return_counts=True)
    found = [each.astype(np.int32) for each in np.unravel_index(cells, shape)]
    group = np.full(len(cells), year_group, np.int32)
    return Rolls(found[0], found[1], group, found[2], found[3], pupils.astype(np.int32))
