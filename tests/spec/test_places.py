"""Need and spare places, worked by hand."""

import numpy as np
import pytest

from planning.forecast.accuracy import drifted, signed_error
from planning.places import (
    balance,
    by_admission_number,
    rounded,
    spread,
    unfilled,
    year_groups_taught,
)


def test_what_is_spare_here_is_no_help_there() -> None:
    """Two planning areas of 100 places: 130 pupils are expected in one, 60 in the other.

    30 places are needed and 40 are spare. The two are never set off against each other, as the
    Department's scorecards of school places do not (technical guidance).
    """
    found = balance(np.array([130.0, 60.0]), np.array([100.0, 100.0]))
    assert found.total() == (30.0, 40.0)


def test_nor_is_it_in_another_year_group() -> None:
    """One area: 35 pupils in reception and 25 in year 1, for 30 places in each.

    5 places are needed and 5 are spare: a child cannot be taught in another year group.
    """
    found = balance(np.array([[35.0, 25.0]]), np.array([[30.0, 30.0]]))
    assert found.total() == (5.0, 5.0)


def test_a_margin_is_kept_free() -> None:
    """100 pupils with five per cent kept free want 105 places; of 102 there are 3 too few."""
    assert balance(np.array([100.0]), np.array([102.0]), margin_pct=5).total() == (3.0, 0.0)


def test_need_is_shown_to_the_nearest_ten() -> None:
    """A need of 34 is shown as 30, one of 35 as 40, as in the scorecards; none is rounded before.

    Two areas that are 4 short each need 8 places: 10, though each by itself shows none.
    """
    assert (rounded(34.0), rounded(35.0), rounded(4.0), rounded(4.0 + 4.0)) == (30, 40, 0, 10)


def test_what_is_not_known_is_neither_short_nor_over() -> None:
    """Where no pupils are forecast, or places are not known, there is no figure: not a zero."""
    found = balance(np.array([np.nan]), np.array([100.0]))
    assert np.isnan(found.need).all()
    assert np.isnan(found.spare).all()


def test_an_over_full_school_fills_no_place_of_another() -> None:
    """Two schools of 100 places with 110 and 80 pupils have 20 unfilled places, not 10."""
    assert unfilled(np.array([110.0, 80.0]), np.array([100.0, 100.0])) == 20.0


def test_a_school_teaches_the_year_groups_of_its_ages() -> None:
    """Ages 4 to 11 are reception to year 6, 7 to 11 years 3 to 6, 9 to 13 years 5 to 8."""
    taught = year_groups_taught(np.array([4.0, 7.0, 9.0]), np.array([11.0, 11.0, 13.0]), groups=12)
    assert [np.flatnonzero(school).tolist() for school in taught] == [
        [0, 1, 2, 3, 4, 5, 6],
        [3, 4, 5, 6],
        [5, 6, 7, 8],
    ]


def test_capacity_is_spread_over_year_groups() -> None:
    """A primary school with 210 places has 30 in each of its seven year groups."""
    taught = year_groups_taught(np.array([4.0]), np.array([11.0]), groups=8)
    assert spread(np.array([210.0]), taught.astype(float)).tolist() == [[30.0] * 7 + [0.0]]


def test_an_all_through_school_has_more_places_where_it_takes_in_more() -> None:
    """1,770 places; 60 are admitted to reception, and 210 more to year 7 beside those 60.

    An admission number counts those who come from elsewhere. Each year group to year 6 has 60
    places, each after it 270: 7 x 60 + 5 x 270 = 1,770. Spread evenly it would be 147.5.
    """
    taught = np.ones((1, 12), bool)
    admitted = np.full((1, 12), np.nan)
    admitted[0, 0], admitted[0, 7] = 60.0, 210.0
    numbers = by_admission_number(admitted, taught)
    assert spread(np.array([1_770.0]), numbers).tolist() == [[60.0] * 7 + [270.0] * 5]


def test_the_error_of_a_forecast_is_a_share_of_what_came() -> None:
    """Hertfordshire expected 96,340 primary pupils and 95,761 came: 0.6046303 per cent too many.

    (forecast - actual) / actual, as the scorecards define it.
    """
    assert signed_error(np.array(96_340), np.array(95_761)) == pytest.approx(0.006046303, abs=1e-9)


def test_drift_repeats_the_last_change() -> None:
    """98,124 pupils and a year later 97,168: 956 fewer, so that 96,212 are expected next."""
    said = drifted(np.array(97_168.0), np.array(98_124.0), years_ahead=1)
    assert float(said) == 96_212.0
