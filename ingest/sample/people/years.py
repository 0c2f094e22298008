"""Which years the made-up children live through, and when pupils are counted."""

from datetime import date, timedelta
from typing import Final

FIRST_COHORT: Final = 2001
"""Academic year in which the oldest cohort enters reception: year 13 by January 2015."""
LAST_COHORT: Final = 2029
COHORTS: Final = LAST_COHORT - FIRST_COHORT + 1

FIRST_STAGE: Final = -5
"""The academic year of a cohort's birth, counted like year groups: reception is 0."""
NURSERY: Final = -1
RECEPTION: Final = 0
YEAR_7: Final = 7
YEAR_12: Final = 12
LAST_STAGE: Final = 13

FIRST_LIFE_YEAR: Final = FIRST_COHORT + FIRST_STAGE
"""Academic year in which the first children are born."""
LIFE_YEARS: Final = LAST_COHORT - FIRST_LIFE_YEAR + 1

FIRST_YEAR: Final = 2015
"""First academic year with a school census: January 2016."""
LAST_CENSUS: Final = 2024
LAST_YEAR: Final = 2029
"""Last of the five academic years to come that the truth tells."""

CENSUS_2021: Final = 2021
REGISTER_DAY: Final = date(2025, 5, 24)

MID_YEARS: Final = tuple(range(2015, 2026))
"""Population is estimated for 30 June of each of these."""

LAST_CHILD_AGE: Final = 17
LAST_AGE: Final = 90
"""Stands for everybody of this age and over."""

THURSDAY: Final = 3


def census_day(academic_year: int) -> date:
    """Return the third Thursday of January, when the schools count their pupils.

    >>> census_day(2024)
    datetime.date(2025, 1, 16)
    """
    first = date(academic_year + 1, 1, 1)
    return first + timedelta((THURSDAY - first.weekday()) % 7 + 14)


def first_census(opened: date) -> int:
    """Return the first academic year in whose census a school opened on a day takes part.

    >>> first_census(date(2019, 9, 1)), first_census(date(2020, 2, 1))
    (2019, 2020)
    """
    counted = census_day(opened.year - 1)
    return opened.year - 1 if opened <= counted else opened.year
