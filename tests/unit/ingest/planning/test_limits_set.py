"""Limits on intakes as a planner sets them, on tables made in sight of the test."""

import numpy as np
import pytest

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.making import make_forecast
from tests.support.planning_tables import PRIMARY, frames, roll, school

ALL_THROUGH, ELSEWHERE = 100001, 100002
SECONDARY = ("7", "8", "9", "10", "11")
WHY = {"set_by": "School organisation team", "set_on": "2026-02-01", "why": "No room."}
TABLES = frames(
    schools=[school(ALL_THROUGH, phase="all_through"), school(ELSEWHERE, phase="secondary")],
    rolls=[
        *roll(ALL_THROUGH, groups=PRIMARY, pupils=30),
        *roll(ALL_THROUGH, groups=SECONDARY, pupils=95),
        *roll(ELSEWHERE, groups=SECONDARY, pupils=120),
    ],
    admission_number=[
        {
            "source_id": "admissions",
            "urn": ALL_THROUGH,
            "academic_year": "2024/25",
            "year_group": group,
            "places": places,
        }
        for group, places in (("R", 30.0), ("7", 65.0))
    ],
)


def limited(**setting):
    """Forecast with one limit; who is displaced, and what is told of the limit."""
    planning = Planning.model_validate({"capped": [{"urn": ALL_THROUGH, **setting} | WHY]})
    issues = IssueLog()
    unplaced = make_forecast(TABLES, planning, issues).forecasts.unplaced
    told = [each.says for each in issues.issues if str(ALL_THROUGH) in each.subject]
    moved = 0.0 if unplaced is None else float(np.nansum(np.abs(unplaced.displaced)))
    return moved, told


def test_an_admission_number_does_not_turn_away_pupils_who_move_up():
    """65 are admitted to year 7 from elsewhere beside the 30 of year 6: 95 are no 30 too many."""
    moved, told = limited(year_group="7")
    assert moved == pytest.approx(0)
    assert told == [
        "pupils move up into it from the group below, and its admission number does not count "
        "them: not limited; state `most`"
    ]


def test_a_limit_that_a_planner_states_holds_for_all_who_are_in_the_group():
    moved, told = limited(year_group="7", most=80)
    assert moved > 0
    assert told == []


def test_a_limit_on_a_group_that_nobody_enters_is_said_to_be_of_no_effect():
    moved, told = limited(year_group="3", most=20)
    assert moved == pytest.approx(0)
    assert told == ["nobody enters it from elsewhere: the limit is of no effect"]
