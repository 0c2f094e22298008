"""Children of one school year, worked by hand."""

import numpy as np
import pytest

from planning.forecast.intake.born import (
    of_school_year,
    school_years_of_calendar,
    school_years_of_june,
)


def test_births_of_calendar_years_become_those_of_a_school_year() -> None:
    """Children of 2018/19 are born from September 2018: four months of 2018, eight of 2019."""
    # 4/12 x 120 + 8/12 x 90
    years, born = school_years_of_calendar([2018, 2019], np.array([[120.0, 90.0]]))
    assert years == (2018,)
    assert born.tolist() == [[pytest.approx(100.0)]]


def test_births_of_twelve_months_to_june_become_those_of_a_school_year() -> None:
    """Ten months of 2018/19 lie in the twelve months to June 2019, two in the next twelve."""
    # 10/12 x 120 + 2/12 x 90
    years, born = school_years_of_june([2019, 2020], np.array([[120.0, 90.0]]))
    assert years == (2018,)
    assert born.tolist() == [[pytest.approx(115.0)]]


def test_residents_of_two_ages_are_of_one_school_year() -> None:
    """In the middle of 2022 most children born in 2017/18 are four; those of July and August are
    still three."""
    # Of 120 aged four 10/12, of 60 aged three 2/12.
    people = np.array([0.0, 0.0, 0.0, 60.0, 120.0])
    assert of_school_year(people, year=2022, begins=2017) == pytest.approx(110.0)
