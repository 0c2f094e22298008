"""Which schools count in need and spare places."""

import pandas as pd

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.counted_schools import counted, tell_planned_nowhere

ONE, TWO, THREE = 100_001, 100_002, 100_003
WHY = {"set_by": "School organisation team", "set_on": "2026-01-12", "why": "A new estate."}
MEMBERS = pd.DataFrame(
    {"planning_area": ["A", "B", "B"], "phase": "primary", "urn": [ONE, TWO, THREE]}
)


def _counted(*forecast: int, **opened: str):
    schools = pd.DataFrame({"urn": [ONE, TWO, THREE], "name": "Hill School", "status": "open"})
    days = {ONE: "1990-09-01", TWO: opened.get("second", "1990-09-01"), THREE: None}
    schools = schools.assign(open_date=schools["urn"].map(days))
    issues = IssueLog()
    expected = pd.DataFrame({"urn": forecast})
    kept = counted(MEMBERS, schools, expected, "2024/25", issues)
    return kept["urn"].tolist(), [f"{each.subject}: {each.says}" for each in issues.issues]


def test_places_of_a_school_that_is_not_forecast_are_not_spare():
    """Nobody knows its pupils: with its places counted all the same, every one would be spare."""
    kept, told = _counted(ONE, THREE)
    assert kept == [ONE, THREE]
    assert told == [f"URN {TWO}: Hill School is not forecast: its places are no part of B"]


def test_places_of_a_school_that_opened_since_the_last_roll_count():
    assert _counted(ONE, THREE, second="2025-09-01") == ([ONE, TWO, THREE], [])


def test_planned_places_of_a_school_in_no_planning_area_are_named():
    change = {"urn": ONE, "phase": "secondary", "from_year": "2026/27", "places": 300} | WHY
    issues = IssueLog()
    tell_planned_nowhere(Planning.model_validate({"places": [change]}).places, MEMBERS, issues)
    (told,) = issues.issues
    assert told.subject == f"URN {ONE}"
    assert told.says.startswith("+300 secondary places from 2026/27: the school is in no planning")
