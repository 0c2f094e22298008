"""Whom limits leave without a place is named, not lost."""

import numpy as np

from ingest.issues import IssueLog
from ingest.planning.turned_away import tell_unplaced
from planning.forecast.results import Forecasts, Unplaced


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
            "2026/27: no school has room for 15 primary pupils, most of them in year group R; "
            "they are in the authority's forecast and in no school's",
        )
    ]


def test_less_than_half_a_pupil_is_nobody():
    assert told_of(np.full((2, 2, 15), 0.01)) == []


def test_without_limits_nobody_is_turned_away():
    issues = IssueLog()
    tell_unplaced(Forecasts(2024, (2025,), {}), issues)
    assert issues.issues == []
