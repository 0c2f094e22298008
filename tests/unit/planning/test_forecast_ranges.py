"""Ranges hold as often as they say, however few the errors that they are learnt from."""

import numpy as np
import pytest

from planning.arrays import Floats
from planning.forecast.ranges import coverage_pct, ends, spread_of
from planning.forecast.sizes import Size, size_of

YEARS = 7


def _counties(units: int, *, tails: int | None = None) -> tuple[float, float]:
    """Return how often ranges of 80 and of 95 % held, of many counties drawn alike.

    Errors add up from year to year; six origins know of one to six years, as ten years of rolls do.
    """
    rng = np.random.default_rng(units)
    within: dict[int, list[float]] = {80: [], 95: []}
    for _ in range(150):
        shape = (7, units, YEARS)
        step = rng.normal(size=shape) if tails is None else rng.standard_t(tails, shape)
        size = rng.uniform(50, 1000, (1, units, 1)) * np.ones(shape)
        came = size + np.cumsum(step * np.sqrt(size), axis=-1)
        known = came[:6].copy()
        for origin in range(6):
            known[origin, :, 6 - origin :] = np.nan
        spread = spread_of(size[:6], known)
        for level, held in within.items():
            low, high = spread.range(size[6], level=level / 100)
            held.append(coverage_pct(came[6], low, high))
    return float(np.mean(within[80])), float(np.mean(within[95]))


def _size(said: Floats, error: Floats) -> Size:
    ahead = np.broadcast_to(np.arange(1, said.shape[1] + 1), said.shape)
    return size_of(said.ravel(), error.ravel(), ahead.ravel())


@pytest.mark.parametrize("units", [2, 10, 80])
def test_ranges_learnt_from_few_origins_hold_as_often_as_they_say(units: int) -> None:
    of_80, of_95 = _counties(units)
    assert 77 < of_80 < 83
    assert 92 < of_95 < 97


def test_ranges_hold_though_some_errors_are_far_larger_than_most() -> None:
    of_80, of_95 = _counties(40, tails=3)
    assert 77 < of_80 < 83
    assert 93 < of_95 < 97


def test_nine_errors_tell_of_eighty_in_a_hundred_and_not_of_ninety_five() -> None:
    errors = np.array([5.0, -5, 1, -1, 2, -2, 3, -3, 0])
    # (9 + 1) x 0.9 = 9: the largest error. (9 + 1) x 0.975 is more than there are.
    assert ends(errors, 0.8, outcomes=9) == (-5.0, 5.0)
    low, high = ends(errors, 0.95, outcomes=9)
    # t of 9 degrees of freedom: 2.262; the mean square is 78 / 9.
    assert (low, high) == pytest.approx(
        (-2.262 * (78 / 9) ** 0.5, 2.262 * (78 / 9) ** 0.5), rel=1e-3
    )


def test_errors_that_add_up_by_chance_grow_with_the_root_of_the_years() -> None:
    rng = np.random.default_rng(3)
    said = np.full((4000, 4), 100.0)
    error = np.cumsum(rng.normal(0, 5, said.shape), axis=1)
    size = _size(said, error).expected(np.full(9, 100.0))
    assert size[[0, 3, 8]] == pytest.approx([5, 10, 15], rel=0.05)


def test_a_wrong_trend_grows_with_the_years() -> None:
    rng = np.random.default_rng(4)
    said = rng.uniform(50, 500, (4000, 1)) * np.ones((1, 4))
    error = rng.normal(0, 0.02, (4000, 1)) * said * np.arange(1, 5)
    size = _size(said, error).expected(np.full(8, 200.0))
    assert size[[0, 3, 7]] == pytest.approx([4, 16, 32], rel=0.05)


def test_methods_that_were_never_off_have_ranges_of_no_width() -> None:
    said = np.full((3, 2, 2), 50.0)
    low, high = spread_of(said, said).range(said[0], level=0.95)
    assert low == pytest.approx(said[0], abs=1e-3)
    assert high == pytest.approx(said[0], abs=1e-3)
