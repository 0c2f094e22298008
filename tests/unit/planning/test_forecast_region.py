"""The forecast of a whole region: what must hold whatever the rolls."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from planning.forecast.inputs import NONE, Births, Inputs, Rolls, Units
from planning.forecast.limits import placed
from planning.forecast.methods import Lever, Method
from planning.forecast.reconcile import reconciled
from planning.forecast.region import forecast_region
from planning.forecast.results import FINAL, METHODS, PARTS, Level, method_of_part
from planning.forecast.tree import Tree

SCHOOLS, YEARS = 6, 7
R, ALL = 0, PARTS.index("all")
SEED = np.random.default_rng(7)


def region(seed: int = 1, *, years: int = YEARS) -> Inputs:
    """Four primary schools, two secondary ones with a sixth form, in two authorities."""
    rng = np.random.default_rng(seed)
    pupils = np.zeros((SCHOOLS, years, 15))
    pupils[:4, :, :7] = rng.integers(20, 60, (4, years, 7))
    pupils[4:, :, 7:12] = rng.integers(90, 150, (2, years, 5))
    pupils[4:, :, 12:14] = rng.integers(30, 60, (2, years, 2))
    girls = np.floor(pupils * 0.4)
    return Inputs(
        rolls=Rolls(
            urns=np.arange(100001, 100001 + SCHOOLS),
            years=tuple(range(2018, 2018 + years)),
            pupils=pupils,
            by_sex={"F": girls, "M": pupils - girls},
        ),
        units=Units(
            ("E06000001", "E06000002"),
            np.array([0, 0, 1, 1, 0, 1]),
            {"primary": ("P1", "P2"), "secondary": ("S1",)},
            {
                "primary": np.array([0, 0, 1, NONE, NONE, NONE]),
                "secondary": np.array([NONE, NONE, NONE, NONE, 0, NONE]),
            },
        ),
        births_of_authorities=Births(
            ("E06000001", "E06000002"),
            tuple(range(2008, 2024)),
            rng.uniform(60, 110, (2, 16)),
        ),
    )


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


def test_planned_homes_add_their_pupils_at_every_level(made) -> None:
    inputs = region()
    more = np.zeros((SCHOOLS, 7, 15))
    more[1, :, 2] = 4
    found = forecast_region(replace(inputs, moved_in=more))
    for level, row in ((Level.SCHOOL, 1), (Level.PLANNING_AREA, 0), (Level.AUTHORITY, 0)):
        added = found.levels[level].expected[row] - made.levels[level].expected[row]
        assert added[:5, 2] == pytest.approx(4)
        assert added[:5, 3] == pytest.approx(0)
        assert added[:5, ALL] == pytest.approx(4)


def test_whom_a_limit_turns_away_is_found_elsewhere_or_told_of(made) -> None:
    inputs = region()
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[:4, R] = 10, 12, 200, 1
    found = forecast_region(replace(inputs, capped=capped))
    free = made.levels[Level.SCHOOL].expected[:, :5, R]
    held = found.levels[Level.SCHOOL].expected[:, :5, R]
    assert held[0] == pytest.approx(10)
    assert held[1] == pytest.approx(12)
    assert held[3] == pytest.approx(1)
    assert held[2] == pytest.approx(free[2] + free[3] - 1)
    unplaced = found.unplaced
    assert unplaced is not None
    assert unplaced.pupils[0, :5, R] == pytest.approx(free[0] + free[1] - 22)
    assert unplaced.pupils[1, :5, R] == pytest.approx(0)
    whole = found.levels[Level.AUTHORITY].expected[:, :5, R]
    assert whole == pytest.approx(made.levels[Level.AUTHORITY].expected[:, :5, R])
    assert unplaced.displaced[2, :5, R] == pytest.approx(1 - free[3])


def test_who_found_no_place_is_told_of_until_the_phase_ends() -> None:
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[[0, 1], R], capped[4, 7] = 0, 0
    found = forecast_region(replace(region(), capped=capped)).unplaced
    assert found is not None
    first = found.pupils[0, 0]
    assert found.pupils[0, 1, 1] == pytest.approx(first[R])
    assert found.pupils[0, 4, 11] == pytest.approx(first[7])
    assert found.pupils[0, 5, 12] == 0


def test_a_limited_intake_stays_small_as_it_moves_up(made) -> None:
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[0, R] = 10
    found = forecast_region(replace(region(), capped=capped)).levels[Level.SCHOOL].expected[0]
    free = made.levels[Level.SCHOOL].expected[0]
    ratio = 10 / free[0, R]
    assert found[1, 1] == pytest.approx(free[1, 1] * ratio)
    assert found[0, 1] == free[0, 1]


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


WANTED = arrays(np.float64, (5, 3), elements=st.floats(0, 500))
MOST = arrays(np.float64, 5, elements=st.floats(0, 300) | st.just(np.nan))


@given(wanted=WANTED, most=MOST, seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_nobody_is_lost_whatever_the_limits(wanted, most, seed) -> None:
    rng = np.random.default_rng(seed)
    authority = rng.integers(0, 2, 5)
    area = np.where(rng.random(5) < 0.3, NONE, authority * 2 + rng.integers(0, 2, 5))
    found = placed(wanted, most, area=area, authority=authority, authorities=2)
    assert (found.intake >= 0).all()
    assert (found.unplaced >= -1e-9).all()
    assert (found.intake <= np.where(np.isnan(most), np.inf, most)[:, np.newaxis] + 1e-6).all()
    for row in (0, 1):
        mine = authority == row
        stayed = found.intake[mine].sum(axis=0) + found.unplaced[row]
        assert stayed == pytest.approx(wanted[mine].sum(axis=0), abs=1e-6)


def test_agreement_is_weighted_least_squares() -> None:
    tree = Tree(
        ("A", "B"),
        np.array([0, 0, 0, 1, 1]),
        ("N", "S", "E"),
        np.repeat(np.array([0, 0, 1, 2, NONE])[:, np.newaxis], 15, axis=1),
        np.array([0, 0, 1]),
    )
    sums = np.array(
        [
            *np.eye(5),
            [1, 1, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [1, 1, 1, 0, 0],
            [0, 0, 0, 1, 1],
        ]
    )
    rows = {
        Level.SCHOOL: slice(0, 5),
        Level.PLANNING_AREA: slice(5, 8),
        Level.AUTHORITY: slice(8, 10),
    }
    said, variance = SEED.uniform(200, 300, (10, 2, 15)), SEED.uniform(1, 9, (10, 2, 15))
    found = reconciled(
        {level: said[row] for level, row in rows.items()},
        {level: variance[row] for level, row in rows.items()},
        tree,
    )
    weight = np.diag(1 / variance[:, 1, 3])
    oracle = np.linalg.solve(sums.T @ weight @ sums, sums.T @ weight @ said[:, 1, 3])
    assert found[:, 1, 3] == pytest.approx(oracle)
