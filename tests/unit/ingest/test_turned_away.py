"""Whom limits leave without a place is named, not lost."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.issues import IssueLog
from ingest.planning.turned_away import displaced_rows, tell_unplaced
from ingest.schema.forecasts import FORECAST_DISPLACED
from planning.forecast.region import forecast_region
from planning.forecast.results import Forecasts, Level, Unplaced
from tests.support.made_region import SCHOOLS, R, region


def told_of(pupils):
    unplaced = Unplaced(("E06000001", "E06000002"), pupils, np.zeros((1, 2, 15)))
    issues = IssueLog()
    tell_unplaced(Forecasts(2024, (2025, 2026), {}, unplaced), issues)
    return [(issue.subject, issue.says) for issue in issues.issues]


def test_pupils_without_a_place_are_told_by_authority_phase_and_year():
    pupils = np.zeros((2, 2, 15))
    pupils[1, 1, 0], pupils[1, 1, 1] = 12.2, 3
    assert told_of(pupils) == [
        (
            "E06000002",
            "2026/27: no school has room for 15 primary pupils (year group R first of all); the "
            "authority's forecast has them, and no school's",
        )
    ]


def test_less_than_half_a_pupil_is_nobody():
    assert told_of(np.full((2, 2, 15), 0.01)) == []


def test_without_limits_nobody_is_turned_away():
    issues = IssueLog()
    tell_unplaced(Forecasts(2024, (2025,), {}), issues)
    assert issues.issues == []


@pytest.fixture(scope="module")
def limited():
    """The first school admits ten to reception, and others of its authority have no limit."""
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[0, R] = 10
    inputs = replace(region(), capped=capped)
    free = forecast_region(region()).levels[Level.SCHOOL].expected[0, :, R]
    rows = displaced_rows(forecast_region(inputs), inputs)
    assert FORECAST_DISPLACED.broken_rules(FORECAST_DISPLACED.typed(rows)) == []
    return inputs, free, rows


def test_whom_a_full_school_turns_away_others_take_in(limited):
    inputs, free, rows = limited
    schools = rows[rows["level"] == "school"]
    own = schools[schools["unit_code"] == str(inputs.rolls.urns[0])]
    assert own["pupils_turned_away"].to_numpy() == pytest.approx(free[:5] - 10)
    assert own["academic_year"].is_unique
    by_year = schools.groupby("academic_year")[["pupils_turned_away", "pupils_taken_in"]].sum()
    assert by_year["pupils_taken_in"].to_numpy() == pytest.approx(free[:5] - 10)
    assert set(schools["year_group"]) == {"R"}
    assert schools["pupils_unplaced"].isna().all()


def test_nothing_is_told_beyond_the_years_that_are_forecast(limited):
    """Reception is forecast five years ahead, though the forecast reaches seven."""
    _, free, rows = limited
    assert len(free) == 7
    assert rows["academic_year"].nunique() == 5


def test_who_finds_no_place_at_all_is_told_of_the_authority():
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[:, R] = 0
    inputs = replace(region(), capped=capped)
    rows = displaced_rows(forecast_region(inputs), inputs)
    whole = rows[(rows["level"] == "authority") & (rows["year_group"] == "R")]
    assert whole["pupils_unplaced"].to_numpy() == pytest.approx(whole["pupils_turned_away"])


def test_without_a_limit_nobody_is_displaced():
    assert displaced_rows(forecast_region(region()), region()).empty
