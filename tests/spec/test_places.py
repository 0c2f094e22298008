"""Need and spare places, worked by hand."""

import numpy as np
import pytest

from planning.forecast.accuracy import signed_error
from planning.places import balance, unfilled


def test_what_is_spare_here_is_no_help_there() -> None:
    """One area is 30 places short, another has 40 too many: both are said, never 10 spare."""
    found = balance(np.array([130.0, 60.0]), np.array([100.0, 100.0]))
    assert found.total() == (30.0, 40.0)


def test_a_margin_is_kept_free() -> None:
    """An authority may want some places free, for families who move in during the year."""
    # 100 pupils with five per cent kept free want 105 places.
    assert balance(np.array([100.0]), np.array([102.0]), margin_pct=5).total() == (3.0, 0.0)


def test_what_is_not_known_is_neither_short_nor_over() -> None:
    """A forecast that is missing is no forecast of nobody."""
    found = balance(np.array([np.nan]), np.array([100.0]))
    assert np.isnan(found.need).all()
    assert np.isnan(found.spare).all()


def test_an_over_full_school_fills_no_place_of_another() -> None:
    """Unfilled places are counted school by school, and then added up."""
    assert unfilled(np.array([110.0, 80.0]), np.array([100.0, 100.0])) == 20.0


def test_the_error_of_a_forecast_is_a_share_of_what_came() -> None:
    """As the scorecards of school places take it: 0.6 % too many were expected."""
    # Hertfordshire: 96,340 expected, 95,761 came.
    assert signed_error(np.array(96_340), np.array(95_761)) == pytest.approx(0.006046303, abs=1e-9)
