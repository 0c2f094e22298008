"""Part of a roll is no roll."""

import numpy as np

from tests.support.planning_tables import YEARS, read, roll, school

A, B, C = 100001, 100002, 100003
TWO = [school(A), school(B)]


def test_a_year_that_one_of_two_merged_schools_lacks_is_not_known():
    """A's 30 alone are no roll of what A and B became: a year before and after they are 60."""
    closed = {"status": "closed", "close_date": "2024-08-31"}
    found, told = read(
        schools=[school(A, **closed), school(B, **closed), school(C)],
        rolls=roll(A, YEARS[:3]) + roll(B, (YEARS[0], YEARS[2])) + roll(C, YEARS[3:], pupils=60),
        school_succession=[{"urn": urn, "successor_urn": C} for urn in (A, B)],
    )
    reception = found.inputs.rolls.pupils[0, :, 0]
    assert np.isnan(reception[1])
    assert reception[[0, 2, 3]].tolist() == [60, 60, 60]
    assert any("no roll of 2022/23: taken as not known" in each for each in told)


def test_a_source_that_hides_boys_tells_no_total():
    hidden = roll(B, groups=("all",), pupils=100, source="school_census", sex="F")
    hidden += roll(B, groups=("all",), pupils=None, source="school_census", sex="M")
    found, _ = read(schools=TWO, rolls=roll(A) + hidden)
    assert found.inputs.totals is None
