"""A forecast as rows of its tables, and the authority's own beside what came."""

import pytest

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.forecast_rows import accuracy_rows, forecast_rows, method_rows, roll_rows
from ingest.planning.making import make_forecast
from ingest.planning.parts import last_rolls
from ingest.planning.reading import read_inputs
from ingest.planning.record_rows import published_rows, record_rows
from ingest.schema.forecasts import (
    FORECAST,
    FORECAST_ACCURACY,
    FORECAST_METHOD,
    FORECAST_RECORD,
    FORECAST_ROLL,
)
from planning.forecast.methods import Method
from tests.support.planning_tables import AUTHORITY, PRIMARY, frames, roll, school

A, B, MIDDLE = 100001, 100002, 100003
YEARS = tuple(f"{year}/{year - 1999}" for year in range(2017, 2025))
SCHOOLS = [school(A), school(B), school(MIDDLE, phase="middle")]
ROLLS = roll(A, YEARS) + roll(B, YEARS) + roll(MIDDLE, YEARS, ("5", "6", "7", "8"), 50)


def in_area(urn, code, phase="primary"):
    return {
        "planning_area": code,
        "phase": phase,
        "urn": urn,
        "basis": "stated",
        "version": "",
    }


MEMBERS = [in_area(A, "P1"), in_area(B, "P2"), in_area(MIDDLE, "S1", "secondary")]


def said(area, pupils, group="R", *, year="2023/24"):
    return {
        "source_id": "school_capacity",
        "la_code_dfe": "857",
        "planning_area": area,
        "made_in": "2022/23",
        "academic_year": year,
        "year_group": group,
        "pupils": pupils,
        "status": "forecast",
    }


def county(**tables):
    return frames(schools=SCHOOLS, rolls=ROLLS, planning_area_school=MEMBERS, **tables)


def published(*rows):
    tables = county(roll_forecast=list(rows))
    found = published_rows(tables, read_inputs(tables, IssueLog()).inputs)
    return {
        (row.level, row.unit_code, row.year_group): (row.pupils_expected, row.pupils_came)
        for row in found.itertuples()
    }


def test_every_table_of_a_forecast_keeps_its_declaration():
    tables = county()
    made = make_forecast(tables, Planning(), IssueLog())
    for table, rows in (
        (FORECAST, forecast_rows(made.forecasts, last_rolls(made.inputs))),
        (FORECAST_ROLL, roll_rows(made.inputs)),
        (FORECAST_METHOD, method_rows(made.forecasts)),
        (FORECAST_ACCURACY, accuracy_rows(made.forecasts)),
        (FORECAST_RECORD, record_rows(made.forecasts, tables, made.inputs)),
    ):
        assert len(rows) > 0
        assert table.broken_rules(table.typed(rows)) == []


def test_steady_rolls_are_expected_to_go_on():
    """Thirty pupils in every group of both schools, every year: 7 x 30 = 210 in each."""
    made = make_forecast(county(), Planning(), IssueLog())
    rows = forecast_rows(made.forecasts, last_rolls(made.inputs))
    chosen = rows[rows["is_chosen"] & (rows["unit_code"] == str(A)) & (rows["sex"] == "all")]
    sums = chosen[chosen["year_group"] == "primary"]
    assert sorted(sums["academic_year"]) == [f"20{year}/{year + 1}" for year in range(25, 30)]
    assert sums["pupils_expected"].tolist() == pytest.approx([210.0] * 5)
    assert set(chosen["year_group"]) == {*PRIMARY, "primary", "all"}


def test_other_methods_of_schools_have_sums_alone_and_no_ranges():
    made = make_forecast(county(), Planning(), IssueLog())
    rows = forecast_rows(made.forecasts, last_rolls(made.inputs))
    others = rows[(rows["level"] == "school") & ~rows["is_chosen"]]
    assert set(others["year_group"]) <= {"primary", "secondary", "sixth_form", "all"}
    assert others["low_80"].isna().all()


def test_published_forecasts_are_told_by_area_and_added_up():
    told = published(said("P1", 33), said("P2", 30))
    assert told["planning_area", "P1", "R"] == (33, 30)
    assert told["planning_area", "P2", "R"] == (30, 30)
    assert told["authority", AUTHORITY, "R"] == (63, 60)


def test_areas_are_not_added_up_in_a_year_that_one_of_them_lacks():
    """33 of one area alone would be far off the 60 pupils who came in both."""
    told = published(said("P1", 33), said("P1", 33, year="2024/25"), said("P2", 30))
    assert told["authority", AUTHORITY, "R"] == (63, 60)
    tables = county(roll_forecast=[said("P1", 33), said("P1", 34, year="2024/25"), said("P2", 30)])
    rows = published_rows(tables, read_inputs(tables, IssueLog()).inputs)
    of_authority = rows[rows["level"] == "authority"]
    assert of_authority["academic_year"].tolist() == ["2023/24"]


def test_a_phase_is_added_up_where_every_year_group_of_it_is_published():
    whole = [said("P1", 31, group) for group in PRIMARY]
    assert published(*whole)["planning_area", "P1", "primary"] == (217, 210)
    assert ("planning_area", "P1", "primary") not in published(*whole[:-1])


def test_pupils_of_a_middle_school_planned_as_secondary_are_part_of_no_primary_forecast():
    """60 pupils of year 6 at the primary schools; 50 more at the middle school are left aside."""
    told = published(said("P1", 30, "6"), said("P2", 30, "6"), said("S1", 50, "7"))
    assert told["authority", AUTHORITY, "6"] == (60, 60)
    assert told["authority", AUTHORITY, "7"] == (50, 50)


def test_an_authoritys_own_total_wins_over_its_areas_added_up():
    told = published(said("P1", 33), said("P2", 30), said("", 61))
    assert told["authority", AUTHORITY, "R"] == (61, 60)


def test_what_has_not_come_yet_is_not_compared():
    assert published(said("P1", 33, year="2025/26")) == {}


def pinned(level, unit):
    who = {"set_by": "School organisation team", "set_on": "2025-02-01", "why": "A test."}
    return Planning(methods=({"level": level, "unit": unit, "method": "drift", **who},))


def test_a_method_that_a_planner_pins_is_used_and_said_to_be_pinned():
    made = make_forecast(county(), pinned("school", str(A)), IssueLog())
    rows = method_rows(made.forecasts)
    chosen = rows[rows["is_chosen"] & (rows["phase"] == "primary") & (rows["level"] == "school")]
    by_school = chosen.set_index("unit_code")[["forecast_method", "is_pinned"]]
    assert by_school.loc[str(A)].tolist() == ["drift", True]
    assert not by_school.loc[str(B), "is_pinned"]


def test_a_method_pinned_for_a_unit_that_is_not_forecast_is_named():
    issues = IssueLog()
    make_forecast(county(), pinned("planning_area", "P9"), issues)
    told = [f"{each.subject}: {each.says}" for each in issues.issues]
    assert "planning area P9: method drift is pinned, but it is not forecast" in told


def test_one_method_for_all_is_pinned_for_this_once():
    made = make_forecast(county(), Planning(), IssueLog(), years=2, method=Method.SAME)
    rows = forecast_rows(made.forecasts, last_rolls(made.inputs))
    assert set(rows.loc[rows["is_chosen"], "forecast_method"]) == {"same"}
    assert set(rows["academic_year"]) == {"2025/26", "2026/27"}
