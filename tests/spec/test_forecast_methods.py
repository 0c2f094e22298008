"""The methods of a forecast, worked by hand."""

import numpy as np
import pytest

from planning.forecast.backtest import mean_absolute_pct, rolling_origin
from planning.forecast.methods import Known, Lever, Method, forecast
from planning.forecast.ranges import coverage_pct, spread_of
from planning.forecast.shrinkage import leaning, pupils_lent

ROLLS = np.array([[[60.0, 50], [50, 54], [40, 45]]])
"""One school of two year groups in three years."""
ONE = np.array([0])


def test_the_last_year_is_repeated() -> None:
    """The plainest forecast, and the one that every other has to beat."""
    said = forecast(Known(ROLLS, ONE), Method.SAME, years=2)
    assert said.tolist() == [[[40, 45], [40, 45]]]


def test_the_last_change_is_repeated_and_ends_at_nothing() -> None:
    """The change from last year to this one goes on; a roll cannot fall below nobody."""
    said = forecast(Known(ROLLS, ONE), Method.DRIFT, years=5)[0]
    assert said[0].tolist() == [30, 36]
    assert said[4].tolist() == [0, 0]


def test_three_two_one_moves_cohorts_and_averages_intakes() -> None:
    """What most authorities do: the last three years, weighted 3, 2 and 1."""
    # Into the second group: (3 x 45 + 2 x 54) / (3 x 50 + 2 x 60) = 0.9 of 40.
    # Intake: (3 x 40 + 2 x 50 + 1 x 60) / 6.
    said = forecast(Known(ROLLS, ONE), Method.COHORT_321, years=1)[0, 0]
    assert said == pytest.approx([280 / 6, 36.0])


def test_a_small_school_leans_on_its_group() -> None:
    """Its own ratio counts by its pupils, that of its group by the pupils that the group lends."""
    # Ten pupils of its own and thirty lent: a quarter of 1.2 and three quarters of 1.0.
    found = leaning(np.array([[1.2]]), np.array([[10.0]]), np.array([[1.0]]), np.array([30.0]))
    assert found.tolist() == [[pytest.approx(1.05)]]


def test_a_school_without_a_ratio_takes_that_of_its_group() -> None:
    """A new school has no history, but its neighbours have."""
    found = leaning(np.array([[np.nan]]), np.array([[0.0]]), np.array([[0.97]]), np.array([30.0]))
    assert found.tolist() == [[pytest.approx(0.97)]]


def test_schools_that_differ_by_chance_alone_are_all_alike() -> None:
    """If schools change places from year to year, the group knows better than any of them."""
    before = np.full((2, 2, 1), 100.0)
    stayed = np.array([[[90.0], [110]], [[110], [90]]])
    assert np.isinf(pupils_lent(stayed, before)).all()


def test_schools_that_always_differ_keep_their_own_ratio() -> None:
    """If a school differs every year in the same way, nothing is borrowed."""
    before = np.full((2, 2, 1), 100.0)
    stayed = np.array([[[90.0], [90]], [[110], [110]]])
    assert pupils_lent(stayed, before).tolist() == [0.0]


def test_without_births_the_population_method_is_refused() -> None:
    """It says so, rather than fall back without a word."""
    with pytest.raises(ValueError, match="births and homes"):
        forecast(Known(ROLLS, ONE), Method.POPULATION, years=1)


def test_intakes_from_births_replace_the_average() -> None:
    """What is expected from births stands in place of the average of the last intakes."""
    births = np.full((1, 1, 2), np.nan)
    births[0, 0, 0] = 33.0
    said = forecast(Known(ROLLS, ONE, births), Method.POPULATION, years=1, lever=Lever(window=2))
    # Into the second group: (45 + 54) / (50 + 60) = 0.9 of 40.
    assert said[0, 0] == pytest.approx([33.0, 36.0])


def test_a_backtest_knows_no_more_than_was_known() -> None:
    """Each past year is forecast with what was known then; errors are shares of what came."""
    seen: list[int] = []

    def known_in(year: int) -> Known:
        seen.append(year)
        return Known(ROLLS[:, : year + 1], ONE)

    test = rolling_origin(ROLLS, known_in, Method.SAME, years=2, origins=[0, 1])
    assert seen == [0, 1]
    said, came = test.totals()
    assert said[0, 0].tolist() == [110.0, 110.0]
    assert came[0, 0].tolist() == [104.0, 85.0]
    assert came[1, 0, 0] == 85.0
    assert np.isnan(came[1, 0, 1])
    # |110-104|/104, |110-85|/85, |104-85|/85
    assert mean_absolute_pct(said, came) == pytest.approx(100 * (6 / 104 + 25 / 85 + 19 / 85) / 3)


def test_ranges_hold_as_often_as_they_say() -> None:
    """Of errors drawn at random, a range of 80 % holds four in five, at small and large schools."""
    rng = np.random.default_rng(1)
    said = rng.uniform(20, 1500, (3000, 2))
    came = said + rng.normal(size=said.shape) * np.sqrt(2 * said + (0.05 * said) ** 2)
    spread = spread_of(said[:2000], came[:2000])
    low, high = spread.range(said[2000:], level=0.8)
    assert 77 < coverage_pct(came[2000:], low, high) < 83
    small, large = said[2000:, 0] < 200, said[2000:, 0] > 1000
    for size in (small, large):
        held = coverage_pct(came[2000:, 0][size], low[size, 0], high[size, 0])
        assert 70 < held < 90
