"""The real capacity survey of May 2015: an xlsx named .csv, in which a comma moved a row."""

from dataclasses import replace

import pandas as pd
import pytest

from ingest.capacity import survey_2015
from ingest.columns import spellings
from ingest.errors import SourceChanged
from ingest.fetch.sniff import refuse_wrong_content
from ingest.sources import school_capacity
from ingest.workbooks import rows_of
from tests.support.published import england, read

NAME = "2015_capacity_and_forecast_underlying_data_UD1.csv"


@pytest.fixture(scope="module")
def path(publishers):
    return publishers / "school_capacity" / NAME


@pytest.fixture(scope="module")
def register(path):
    """Return a register that gives every school of the survey a URN of its own."""
    _, rows = rows_of(path, spellings(survey_2015.NAMES), source="test")
    laestabs = pd.Series([int(row[0]) for row in rows], dtype="Int64")
    return pd.DataFrame({"urn": range(100_000, 100_000 + len(rows)), "laestab": laestabs}).assign(
        open_date=None, close_date=None
    )


@pytest.fixture(scope="module")
def survey(path, register):
    cut = england("206", "884", register=register)
    rows, issues = read(school_capacity, path, "2015", cut=cut)
    by_laestab = register.set_index("urn")["laestab"]
    found = rows["school_places"].assign(laestab=rows["school_places"]["urn"].map(by_laestab))
    return found, rows["planning_area"], issues


def test_the_store_takes_it_for_what_it_is(path):
    refuse_wrong_content(path, file_name=path.name, came_from="a mirror")


def test_rolls_and_places_add_up_to_the_published_totals_after_repair(survey):
    places, _, _ = survey
    whole = places[places["phase"] == "all"]
    assert len(whole) == 20_115
    assert whole["pupils"].sum() == 7_373_694
    assert whole["places"].sum() == 8_389_479
    assert set(whole["academic_year"]) == {"2014/15"}


def test_the_row_that_a_comma_moved_is_repaired_and_logged(survey):
    places, _, issues = survey
    row = places[(places["laestab"] == 8844014) & (places["phase"] == "secondary")].iloc[0]
    assert (row["places"], row["pupils"], row["unfilled"]) == (900, 837, 63)
    assert row["planning_area"] == "8840001"
    (issue,) = issues
    assert issue.subject == "LAESTAB 8844014"
    assert "'Whitecross Hereford, High School and Specialist Sports College'" in issue.says


def test_a_school_with_both_phases_is_in_two_planning_areas(survey):
    places, areas, _ = survey
    school = places[places["laestab"] == 2066905].set_index("phase")
    assert school["places"].to_dict() == {"all": 1110, "primary": 210, "secondary": 900}
    assert school.loc["primary", "planning_area"] == "2060001"
    assert school.loc["secondary", "planning_area"] == "2060000"
    assert school.loc["all", "pupils"] == 1153
    assert school.loc["all", "unfilled"] == 0, "over capacity, so nothing is unfilled"
    assert school.loc[["primary", "secondary"], "pupils"].isna().all(), "not told by phase"
    codes = areas.set_index(["planning_area", "phase"])["la_code_dfe"]
    assert codes["2060001", "primary"] == codes["2060000", "secondary"] == "206"


def test_schools_whose_number_no_school_has_are_told_of_in_one_note(path, register):
    known = register[register["laestab"] != 8844014]
    cut = replace(england("884", register=known), urns=frozenset(known["urn"]))
    _, issues = read(school_capacity, path, "2015", cut=cut)
    (note,) = [issue for issue in issues if issue.severity == "note"]
    assert note.says.startswith("1 of 94 schools of the region have numbers that no school")
    assert "Whitecross Hereford" in note.says


def test_a_renamed_column_is_named_with_its_new_name(path, monkeypatch, register):
    renamed = dict(survey_2015.NAMES) | {"pupils": "MAY2015NOR"}
    monkeypatch.setattr(survey_2015, "NAMES", renamed)
    with pytest.raises(SourceChanged, match=r"no column MAY2015NOR .*MAYNOR"):
        read(school_capacity, path, "2015", cut=england("884", register=register))
