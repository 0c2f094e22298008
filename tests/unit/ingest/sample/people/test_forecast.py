"""How near forecasts come to what happens to a made-up county in the next five years."""

import numpy as np
import pytest

from planning.forecast.methods import Method
from planning.forecast.record import with_sums
from planning.forecast.region import forecast_region
from planning.forecast.results import PARTS, Level
from tests.support.county_inputs import came_of, inputs_of

ALL = PARTS.index("all")


@pytest.fixture(scope="module")
def schools(county, county_land):
    return forecast_region(inputs_of(county, county_land), years=5).levels[Level.SCHOOL]


@pytest.fixture(scope="module")
def came(county):
    return with_sums(came_of(county))[..., ALL]


def error_pct(said, came):
    there = came > 0
    return 100 * np.mean(np.abs(said[there] - came[there]) / came[there])


def test_five_years_ahead_schools_are_a_fifth_nearer_than_by_three_two_one(schools, came):
    ours = error_pct(schools.expected[:, 4, ALL], came[:, 4])
    usual = error_pct(schools.said[Method.COHORT_321][:, 4, ALL], came[:, 4])
    assert ours <= 0.8 * usual


def test_ranges_of_eighty_per_cent_hold_about_eighty_outcomes_in_a_hundred(schools, came):
    span, there = schools.ranges[80], came > 0
    held = (span.low[..., ALL] <= came) & (came <= span.high[..., ALL])
    assert 75 <= 100 * held[there].mean() <= 85
