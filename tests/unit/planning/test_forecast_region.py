"""The forecast of a whole region: what must hold whatever the rolls."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from planning.forecast.inputs import NONE
from planning.forecast.methods import Method
from planning.forecast.region import forecast_region
from planning.forecast.results import FINAL, METHODS, PARTS, Level, method_of_part
from planning.forecast.spreads import spreads_of
from tests.support.made_region import ALL, R, region


@pytest.fixture(scope="module")
def made():
    return forecast_region(region())


@given(seed=st.integers(0, 10_000))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_forecasts_are_never_negative_never_lost_and_add_up(seed: int) -> None:
    inputs = region(seed, years=5)
    found = forecast_region(inputs, years=3)
    schools = found.levels[Level.SCHOOL].expected
    for level in found.levels.values():
        assert np.isfinite(level.expected).all()
        assert (level.expected >= 0).all()
        assert level.by_sex["F"] + level.by_sex["M"] == pytest.approx(level.expected)
        for span in level.ranges.values():
            assert (np.isnan(span.low) | (span.low <= span.high)).all()
    of_authority = found.levels[Level.AUTHORITY].expected
    for row in (0, 1):
        mine = inputs.units.authority == row
        assert schools[mine].sum(axis=0) == pytest.approx(of_authority[row])
    areas = found.levels[Level.PLANNING_AREA]
    assert areas.codes == ("P1", "P2", "S1")
    assert schools[:2].sum(axis=0)[:, :7] == pytest.approx(areas.expected[0][:, :7])
    assert schools[4, :, 7:15] == pytest.approx(areas.expected[2][:, 7:15])
    assert (areas.expected[0][:, 7:15] == 0).all()


def test_primary_is_told_five_years_ahead_and_secondary_seven(made) -> None:
    schools = made.levels[Level.SCHOOL].expected
    assert made.years == tuple(range(2025, 2032))
    assert np.isfinite(schools[0, :5]).all()
    assert np.isnan(schools[0, 5:, : R + 7]).all()
    assert np.isfinite(schools[4, :, ALL]).all()
    authority = made.levels[Level.AUTHORITY].expected[0]
    assert np.isfinite(authority[6, PARTS.index("secondary")])
    assert np.isnan(authority[5:, ALL]).all()


def test_ten_years_ahead_are_told_on_request_with_ranges_that_grow() -> None:
    schools = forecast_region(region(), years=10).levels[Level.SCHOOL]
    assert np.isfinite(schools.expected).all()
    width = (schools.ranges[80].high - schools.ranges[80].low)[4, :, ALL]
    assert width[9] > width[4] > width[0]


def test_what_every_method_says_and_how_it_has_done_is_told(made) -> None:
    for level in made.levels.values():
        assert set(level.said) == set(Method)
        assert level.record.by == (*METHODS, FINAL)
        assert level.record.origins == (2021, 2022, 2023)
        assert level.accuracy.tried[:, 0, ALL].min() > 0
    schools = made.levels[Level.SCHOOL]
    tried = schools.choice.tried
    assert (tried[:, :4, 0] > 0).all()
    assert (tried[:, :4, 1] == 0).all()
    assert (schools.choice.method[:4, 1:] == NONE).all()
    assert (schools.choice.method[4:, 0] == NONE).all()
    by = method_of_part(schools.choice, np.nan_to_num(schools.expected[:, 0]))
    assert (by[4, [7, PARTS.index("secondary"), ALL]] == schools.choice.method[4, 1]).all()


def test_the_record_says_nothing_that_has_not_come(made) -> None:
    record = made.levels[Level.AUTHORITY].record
    assert np.isfinite(record.came[-1, :, 0]).all()
    assert np.isnan(record.came[-1, :, 1:]).all()
    pupils = region().rolls.pupils
    assert record.came[0, 0, 0, ALL] == pupils[[0, 1, 4], 4].sum()


def test_a_record_does_not_change_with_what_came_later(made) -> None:
    inputs = region()
    later = inputs.rolls.pupils.copy()
    later[:, -1] *= 2
    births = inputs.births_of_authorities
    assert births is not None
    assert births.years[-1] == inputs.rolls.years[-2]
    born = births.born.copy()
    born[:, -1] *= 3
    other = forecast_region(
        replace(
            inputs,
            rolls=replace(inputs.rolls, pupils=later, by_sex={}),
            births_of_authorities=replace(births, born=born),
        )
    )
    for level in Level:
        before, after = (each.levels[level].record.said for each in (made, other))
        assert np.array_equal(before, after, equal_nan=True)


def test_a_planner_pins_a_method() -> None:
    pins = {(Level.SCHOOL, "100001", "primary"): Method.SAME}
    choice = forecast_region(region(), years=2, pins=pins).levels[Level.SCHOOL].choice
    assert METHODS[choice.method[0, 0]] is Method.SAME
    assert choice.is_pinned.tolist() == [[True, False, False]] + [[False] * 3] * 5


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        ((Level.SCHOOL, "999999", "primary"), "school 999999, which is not forecast"),
        ((Level.SCHOOL, "100001", "nursery"), "'nursery' is no phase"),
    ],
)
def test_a_pin_of_nothing_is_refused(pin, says) -> None:
    with pytest.raises(ValueError, match=says):
        forecast_region(region(), years=2, pins={pin: Method.SAME})


def test_a_pinned_method_has_the_range_of_its_own_record() -> None:
    everybody = {(Level.SCHOOL, str(urn), "primary"): Method.SAME for urn in range(100001, 100005)}
    found = forecast_region(region(), years=2, pins=everybody).levels[Level.SCHOOL]
    usual = forecast_region(region(), years=2).levels[Level.SCHOOL]
    own = spreads_of(found.record.said[METHODS.index(Method.SAME)], found.record.came)
    earned = own.range(found.expected, 80)
    primary, secondary = slice(R, R + 7), slice(R + 7, R + 12)
    assert found.ranges[80].high[:4, :, primary] == pytest.approx(earned.high[:4, :, primary])
    assert found.ranges[80].low[:4, :, ALL] == pytest.approx(earned.low[:4, :, ALL])
    assert found.ranges[80].high[4:, :, secondary] == pytest.approx(
        usual.ranges[80].high[4:, :, secondary], nan_ok=True
    )
