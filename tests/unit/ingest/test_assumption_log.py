"""The log of assumptions: who, when, why; nothing is taken out, and what is in use is marked."""

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.assumption_log import assumption_rows
from ingest.planning.settings import Known, usable
from ingest.schema.forecasts import ASSUMPTION

SAID = {"set_by": "Planning team", "set_on": "2026-02-01", "why": "Counted."}
LATER = {**SAID, "set_on": "2026-03-01"}
KNOWN = Known(frozenset({100001}), frozenset({"P1"}), frozenset({"E06000017"}))
MOVERS = "housing.local_movers_pct"


def log(**given):
    planning = Planning(**given)
    issues = IssueLog()
    rows = assumption_rows(planning, used=usable(planning, KNOWN, issues))
    typed = ASSUMPTION.typed(rows)
    assert ASSUMPTION.broken_rules(typed) == []
    return rows, [f"{each.subject}: {each.says}" for each in issues.issues]


def test_without_settings_every_default_is_in_use_with_its_reference():
    rows, told = log()
    assert told == []
    assert rows["is_default"].all()
    assert rows["is_in_use"].all()
    assert (rows["set_by"] == "the atlas").all()
    margin = rows.set_index("assumption").loc["planning.margin_pct"]
    assert (margin["value"], margin["unit"]) == (2, "%")
    assert "Basic need" in margin["why"]
    assert "new_home_sizes.house.4+" in set(rows["assumption"])
    assert {"intake.fades", "forecast.damping", "admissions.drawn_years"} <= set(rows["assumption"])


def test_a_key_that_is_called_otherwise_takes_the_place_of_its_default_too():
    rows, _ = log(damping=0.8, **SAID)
    found = rows[rows["assumption"] == "forecast.damping"].sort_values("is_default")
    assert found["value"].tolist() == [0.8, 0.9]
    assert found["is_in_use"].tolist() == [True, False]


def test_a_key_of_the_section_takes_the_place_of_the_default_and_both_stay():
    rows, _ = log(margin_pct=5, **SAID)
    found = rows[rows["assumption"] == "planning.margin_pct"]
    assert found["value"].tolist() == [2, 5]
    assert found["is_in_use"].tolist() == [False, True]
    assert found["set_by"].tolist() == ["the atlas", "Planning team"]


def test_a_later_setting_takes_the_place_of_an_earlier_one():
    entries = [
        {"id": MOVERS, "value": 35, "holds_for": "authority:E06000017", **SAID},
        {"id": MOVERS, "value": 20, "holds_for": "authority:E06000017", **LATER},
    ]
    rows, _ = log(assumptions=entries)
    found = rows[rows["assumption"] == MOVERS].sort_values("set_on")
    # The default still holds for other authorities.
    assert found["is_in_use"].tolist() == [True, False, True]
    assert found["value"].tolist() == [0, 35, 20]


def test_methods_limits_and_planned_places_are_in_the_log():
    rows, _ = log(
        methods=[{"level": "school", "unit": "100001", "method": "same", **SAID}],
        capped=[{"urn": 100001, "year_group": "R", **SAID}],
        places=[
            {
                "planning_area": "P1",
                "phase": "primary",
                "from_year": "2027/28",
                "places": -30,
                **SAID,
            }
        ],
    )
    found = rows[~rows["is_default"].astype(bool)].set_index("assumption")
    assert found.loc["method", ["word", "holds_for"]].tolist() == ["same", "school:100001"]
    assert found.loc["capped.R", "word"] == "admission number"
    places = found.loc["places.primary.2027/28"]
    assert (places["value"], places["holds_for"]) == (-30, "planning_area:P1")
    assert found["is_in_use"].all()


def test_what_is_set_for_nothing_that_is_there_is_named_and_not_used():
    rows, told = log(
        methods=[{"level": "school", "unit": "999999", "method": "same", **SAID}],
        capped=[{"urn": 999998, "year_group": "R", **SAID}],
        places=[
            {
                "planning_area": "P9",
                "phase": "primary",
                "from_year": "2027/28",
                "places": 30,
                **SAID,
            }
        ],
        assumptions=[
            {"id": MOVERS, "value": 35, "holds_for": "authority:E06000018", **SAID},
            {"id": MOVERS, "value": 30, **SAID},
        ],
    )
    assert told == [
        "planning.methods.0: there is no school 999999: the setting is not used",
        "planning.capped.0: there is no school 999998: the setting is not used",
        "planning.places.0: there is no planning area P9: the setting is not used",
        "planning.assumptions.0: there is no authority E06000018: the setting is not used",
    ]
    found = rows[~rows["is_default"].astype(bool)]
    assert found.loc[found["is_in_use"].astype(bool), "value"].tolist() == [30]
