"""Children of one school year, from births and residents that are counted by other years.

A school year of birth runs from September to August; children born in the one that begins in
2019 reach reception in the one that begins in 2024. Births and birthdays are taken to be spread
evenly over the months.
"""

from collections.abc import Sequence

import numpy as np

from planning.arrays import Floats

RECEPTION_AGE = 5
"""School years from birth to reception."""

_BEFORE_JANUARY = 4 / 12
"""September to December: of a school year, those in the calendar year in which it begins."""

_BEFORE_JULY = 10 / 12
"""September to June: of a school year, those before the middle of a calendar year."""


def school_years_of_calendar(years: Sequence[int], born: Floats) -> tuple[tuple[int, ...], Floats]:
    """Turn births of calendar years into births of school years.

    Four twelfths of a calendar year and eight twelfths of the next.

    Args:
        years: calendar years without a gap.
        born: shape (codes, years).

    Returns:
        School years of birth, one fewer, by the year they begin in; births, shape (codes, years).
    """
    share = _BEFORE_JANUARY
    return tuple(years[:-1]), np.asarray(share * born[:, :-1] + (1 - share) * born[:, 1:])


def school_years_of_june(years: Sequence[int], born: Floats) -> tuple[tuple[int, ...], Floats]:
    """Turn births of the twelve months to the end of June into births of school years.

    Ten twelfths of the twelve months that end in the next calendar year, two of those after.

    Args:
        years: calendar years in which the twelve months end, without a gap.
        born: shape (codes, years).

    Returns:
        School years of birth, one fewer, by the year they begin in; births, shape (codes, years).
    """
    share = _BEFORE_JULY
    begins = tuple(year - 1 for year in years[:-1])
    return begins, np.asarray(share * born[:, :-1] + (1 - share) * born[:, 1:])


def of_school_year(people: Floats, *, year: int, begins: int) -> Floats:
    """Say how many residents in the middle of a year were born in one school year.

    Args:
        people: by age from 0 on, shape (…, ages).
        year: calendar year that they are counted in the middle of.
        begins: school year of birth, by the year it begins in.

    Returns:
        Shape (…,); ``NaN`` where they are not born yet, or older than the ages told. Of those
        still being born, as many as there will be if the rest of the year is like the first part.
    """
    age = year - 1 - begins
    if age == 0:
        return np.asarray(people[..., 0])
    if not 0 < age < people.shape[-1]:
        return np.full(people.shape[:-1], np.nan)
    older, younger = people[..., age], people[..., age - 1]
    return np.asarray(_BEFORE_JULY * older + (1 - _BEFORE_JULY) * younger)
