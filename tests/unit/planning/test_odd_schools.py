"""Schools that open, close, have gaps or only totals; rolls that do not fit together."""

from dataclasses import replace

import numpy as np
import pytest

from planning.forecast.inputs import NONE
from planning.forecast.methods import Lever, Method
from planning.forecast.region import forecast_region
from planning.forecast.results import METHODS, Level
from planning.forecast.spreads import spreads_of
from tests.support.made_region import ALL, SCHOOLS, YEARS, region


def test_a_school_of_which_only_the_total_is_known_has_naive_forecasts() -> None:
    inputs = region()
    pupils, totals = inputs.rolls.pupils.copy(), np.full((SCHOOLS, YEARS), np.nan)
    totals[3] = pupils[3].sum(axis=1)
    pupils[3] = np.nan
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    found = forecast_region(replace(inputs, rolls=rolls, totals=totals), years=2)
    school = found.levels[Level.SCHOOL]
    last, before = totals[3, -1], totals[3, -2]
    assert school.said[Method.SAME][3, :, ALL].tolist() == [last, last]
    assert school.said[Method.DRIFT][3, 0, ALL] == 2 * last - before
    assert np.isnan(school.said[Method.POPULATION][3]).all()
    assert np.isnan(school.expected[3, :, :ALL]).all()
    assert np.isfinite(school.ranges[80].low[3, 0, ALL])
    assert METHODS[school.choice.method[3, 0]] in (Method.SAME, Method.DRIFT)
    authority = found.levels[Level.AUTHORITY].expected[1, :, ALL]
    assert authority == pytest.approx(school.expected[[2, 5], :, ALL].sum(axis=0))


def test_a_school_that_opened_last_year_keeps_its_pupils() -> None:
    inputs = region()
    pupils = inputs.rolls.pupils.copy()
    pupils[0] = 0
    pupils[0, -1, :7] = 30
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    found = forecast_region(replace(inputs, rolls=rolls), years=2).levels[Level.SCHOOL]
    assert 150 < found.expected[0, 0, ALL] < 300


def test_a_closed_school_stays_empty() -> None:
    inputs = region()
    pupils = inputs.rolls.pupils.copy()
    pupils[0, -1] = 0
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    found = forecast_region(replace(inputs, rolls=rolls), years=2).levels[Level.SCHOOL]
    assert (found.expected[0] == 0).all()
    assert (found.ranges[95].high[0] == 0).all()


def test_a_school_that_closed_does_not_widen_the_ranges_of_those_that_are_open() -> None:
    """That it is left by all its pupils at once is no error that a school which stays may have."""
    inputs = region()
    pupils = inputs.rolls.pupils.copy()
    pupils[0, -2:] = 0
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    found = forecast_region(replace(inputs, rolls=rolls), years=2).levels[Level.SCHOOL]
    before = found.record.origins.index(inputs.rolls.years[-3])
    assert (found.record.said[-1, before, 0, :, ALL] > 0).all()
    assert np.isnan(found.record.came[before, 0]).all()
    of_others = spreads_of(found.record.said[-1][:, 1:], found.record.came[:, 1:])
    narrow = of_others.ranges(found.expected[1:])[80]
    assert found.ranges[80].high[1:, 0] == pytest.approx(narrow.high[:, 0], rel=0.1)


def test_a_planning_area_across_a_border_is_the_sum_of_its_schools() -> None:
    inputs = region()
    area = dict(inputs.units.area) | {"primary": np.array([0, 0, 0, 1, NONE, NONE])}
    found = forecast_region(replace(inputs, units=replace(inputs.units, area=area)), years=3)
    schools, areas = (found.levels[each].expected for each in (Level.SCHOOL, Level.PLANNING_AREA))
    assert areas[0, :, :7] == pytest.approx(schools[:3, :, :7].sum(axis=0))
    authority = found.levels[Level.AUTHORITY].expected[0]
    assert authority == pytest.approx(schools[[0, 1, 4]].sum(axis=0))


def test_damping_brings_a_trend_to_an_end() -> None:
    inputs = region()
    pupils = np.zeros((SCHOOLS, YEARS, 15))
    pupils[..., :7] = 40 * 1.1 ** np.arange(7)
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    steady = forecast_region(replace(inputs, rolls=rolls), years=3, lever=Lever(damping=1.0))
    fading = forecast_region(
        replace(inputs, rolls=rolls), years=3, lever=Lever(damping=0.0, steady_years=1)
    )
    kept, ended = (
        each.levels[Level.SCHOOL].said[Method.COHORT_POOLED][0] for each in (steady, fading)
    )
    assert kept[:, 3] == pytest.approx(40 * 1.1**3)
    assert ended[0, 3] == pytest.approx(40 * 1.1**3)
    assert ended[1, 3] == pytest.approx(40 * 1.1**2)


def test_a_gap_in_the_rolls_is_bridged_by_the_year_before() -> None:
    inputs = region()
    pupils = inputs.rolls.pupils.copy()
    pupils[0, -1] = np.nan
    rolls = replace(inputs.rolls, pupils=pupils, by_sex={})
    found = forecast_region(replace(inputs, rolls=rolls), years=2).levels[Level.SCHOOL]
    assert (found.expected[0, :, ALL] > 100).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"years": (2018, 2019, 2020, 2021, 2022, 2023, 2025)}, "gap"),
        ({"urns": np.arange(3)}, "3 URNs"),
    ],
)
def test_rolls_that_do_not_fit_together_are_refused(change, says) -> None:
    inputs = region()
    with pytest.raises(ValueError, match=says):
        forecast_region(replace(inputs, rolls=replace(inputs.rolls, **change)))


def test_negative_rolls_are_refused_by_name() -> None:
    inputs = region()
    pupils = inputs.rolls.pupils.copy()
    pupils[2, 1, 0] = -3
    with pytest.raises(ValueError, match="school 100003 has a roll below zero in 2019"):
        forecast_region(replace(inputs, rolls=replace(inputs.rolls, pupils=pupils)))
