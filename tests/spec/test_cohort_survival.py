"""Cohort survival, worked by hand."""

import numpy as np
import pytest

from planning.forecast.progression import damped, project, survival_ratios

HISTORY = np.array([[100.0, 90, 80], [110, 95, 88], [120, 99, 91]])
"""Reception, year 1 and year 2 in three years."""


def test_two_transitions_give_the_mean_of_their_ratios() -> None:
    """Ratios of earlier years tell how many of a year group are found in the next one."""
    # Into year 1: 95 of 100 and 99 of 110; into year 2: 88 of 90 and 91 of 95.
    ratios = survival_ratios(HISTORY, weights=(1, 1), averaging="mean_of_ratios")
    assert np.isnan(ratios[0])
    assert ratios[1:] == pytest.approx([0.925, 0.9678363], abs=1e-7)


def test_cohorts_move_up_year_by_year() -> None:
    """The last roll moves up by its ratios, and those who enter are given for every year."""
    ratios = survival_ratios(HISTORY, weights=(1, 1), averaging="mean_of_ratios")
    entry = np.full((3, 3), np.nan)
    entry[:, 0] = [125, 130, 128]
    ahead = project(HISTORY[-1], damped(ratios, years=3, damping=1), entry)
    expected = [[125, 111.00, 95.8158], [130, 115.625, 107.4298], [128, 120.25, 111.9061]]
    assert ahead == pytest.approx(np.array(expected), abs=5e-5)


def test_years_count_by_their_pupils_and_by_how_new_they_are() -> None:
    """Newer years weigh more, and a year of many pupils more than one of few."""
    # (3 x 99 + 2 x 95) / (3 x 110 + 2 x 100)
    assert survival_ratios(HISTORY, weights=(3, 2, 1))[1] == pytest.approx(487 / 530)


def test_a_year_that_is_not_known_counts_for_nothing() -> None:
    """A gap in the rolls is passed over, rather than read as nobody."""
    gap = HISTORY.copy()
    gap[1, 1] = np.nan  # year 1 of the second year
    ratios = survival_ratios(gap, weights=(1, 1))
    assert ratios[1] == pytest.approx(99 / 110)
    assert ratios[2] == pytest.approx(88 / 90)


def test_nobody_there_to_move_up_leaves_no_ratio() -> None:
    """Nothing is made up for a year group that was empty."""
    empty = np.array([[0.0, 5.0], [0.0, 6.0]])
    assert np.isnan(survival_ratios(empty)).all()


def test_one_year_alone_is_refused() -> None:
    """Nobody can be seen moving up in one count."""
    with pytest.raises(ValueError, match="two years at least"):
        survival_ratios(HISTORY[:1])


def test_a_trend_fades() -> None:
    """Families do not move in for ever: what a ratio differs from one can fade."""
    # 1.10 becomes 1.05 when half of the difference is left.
    assert damped(np.array([np.nan, 1.1]), years=2, damping=0.5)[:, 1] == pytest.approx([1.1, 1.05])


def test_staying_on_after_sixteen_does_not_fade() -> None:
    """That fewer stay for a sixth form is no trend of moving away, and lasts."""
    faded = damped(np.array([1.1, 0.6]), years=2, damping=0.5, lasting=np.array([False, True]))
    assert faded == pytest.approx(np.array([[1.1, 0.6], [1.05, 0.6]]))
