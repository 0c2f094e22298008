"""Schools in no planning area, or in two of one phase, are named; nothing is lost."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ingest.issues import IssueLog
from ingest.planning.planning_areas import Homes, area_rows, placed, with_schools_across
from ingest.planning.stated_areas import schools_across, schools_of_phase, stated

NOBODY_BEFORE = pd.DataFrame({"urn": [], "successor_urn": []}, dtype="int64")


def _school(urn: int, x: float, **other: object) -> dict[str, object]:
    return {
        "urn": urn,
        "name": f"School {urn}",
        "phase": "primary",
        "phase_gias": "Primary",
        "sector": "state",
        "status": "open",
        "is_outside": False,
        "la_code_dfe": "857",
        "la_code": "E06000017",
        "town": "Oakham",
        "x": x,
        "y": 0.0,
        "lon": x / 2_000.0,
        "lat": 0.5,
    } | other


def _places(*rows: tuple[str, int, str, str, str | None]) -> pd.DataFrame:
    columns = ["source_id", "urn", "academic_year", "phase", "planning_area"]
    return pd.DataFrame(rows, columns=columns)


SCHOOLS = pd.DataFrame([_school(number, 1_000.0 * number) for number in (1, 2, 3, 4)])
NOTHING = pd.DataFrame(columns=["planning_area", "phase", "geometry", "name"])
WEST = shapely.to_wkb(shapely.box(0.4, 0, 1.1, 1))
"""Around schools 1 and 2, at 0.5 and 1 degrees east."""

HOMES = Homes(
    codes=("E01000001", "E01000002"),
    points=np.array([[1_100.0, 0.0], [3_900.0, 0.0]]),
    outlines=np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]),
)


def _told(*rows: tuple[str, int, str, str, str | None], before: object = NOBODY_BEFORE) -> tuple:
    issues = IssueLog()
    found = stated(_places(*rows), before, SCHOOLS, issues)
    return dict(zip(found["urn"], found["planning_area"], strict=True)), issues.issues


def test_an_authoritys_own_list_is_taken_before_the_survey() -> None:
    found, issues = _told(
        ("school_capacity", 1, "2024/25", "primary", "survey"),
        ("planning_area_schools", 1, "2023/24", "primary", "own"),
    )
    assert found == {1: "own"}
    assert issues == []


def test_the_newest_year_is_taken() -> None:
    found, (note,) = _told(
        ("school_capacity", 1, "2014/15", "primary", "old"),
        ("school_capacity", 1, "2024/25", "primary", "new"),
    )
    assert found == {1: "new"}
    assert (note.severity, note.subject) == ("note", "authority 857")
    assert "survey of 2024/25" in note.says


def test_a_school_that_followed_two_in_different_areas_is_named() -> None:
    before = pd.DataFrame({"urn": [91, 92], "successor_urn": [1, 1]})
    found, (issue,) = _told(
        ("planning_area_schools", 91, "2024/25", "primary", "B"),
        ("planning_area_schools", 92, "2024/25", "primary", "A"),
        before=before,
    )
    assert found == {1: "A"}
    assert issue.subject == "URN 1"
    assert "A and B" in issue.says


def _drawn(**outlines: bytes) -> pd.DataFrame:
    rows = {"planning_area": list(outlines), "geometry": list(outlines.values())}
    return pd.DataFrame(rows | {"phase": "primary", "name": None})


def _placed(
    codes: list[str | None], schools: pd.DataFrame = SCHOOLS, drawn: pd.DataFrame = NOTHING
) -> tuple:
    issues = IssueLog()
    found = placed(
        schools,
        "primary",
        pd.Series(codes, dtype="string"),
        HOMES,
        drawn=drawn,
        matrix=None,
        issues=issues,
    )
    return found, issues.issues


def test_a_school_left_out_is_in_the_outline_that_it_lies_in() -> None:
    found, issues = _placed([None, None, "B", "B"], drawn=_drawn(A=WEST))
    assert found.members["planning_area"].tolist() == ["A", "A", "B", "B"]
    assert found.members["basis"].tolist() == ["within", "within", "stated", "stated"]
    assert [issue.subject for issue in issues] == ["URN 1", "URN 2"]


def test_outlines_alone_place_schools_and_one_outside_all_is_named() -> None:
    found, issues = _placed([None] * 4, drawn=_drawn(A=WEST))
    assert not found.is_reconstructed
    assert set(found.members["planning_area"]) == {"A"}
    assert [issue.subject for issue in issues] == ["URN 3", "URN 4"]


def test_a_school_in_two_outlines_is_named() -> None:
    _, issues = _placed([None, None, "B", "B"], drawn=_drawn(C=WEST, A=WEST))
    twice = [issue for issue in issues if "A and C" in issue.says]
    assert [issue.subject for issue in twice] == ["URN 1", "URN 2"]


def test_a_code_that_is_not_drawn_though_others_are_is_named_with_its_schools() -> None:
    """B has no outline where A has one: a slip, or an area still to be drawn."""
    _, (issue,) = _placed(["A", "A", "A", "B"], drawn=_drawn(A=WEST))
    assert issue.subject == "B"
    assert "is stated for URN 4, but no outline has this code" in issue.says
    assert _placed(["A", "A", "A", "B"])[1] == []


def test_a_school_in_no_area_goes_where_the_nearest_is_and_is_named() -> None:
    found, (issue,) = _placed(["A", None, "B", "B"])
    assert found.members["planning_area"].tolist() == ["A", "A", "B", "B"]
    assert found.members["basis"].tolist() == ["stated", "nearest", "stated", "stated"]
    assert issue.subject == "URN 2"
    assert not found.is_reconstructed


def test_a_list_that_leaves_most_schools_out_is_none() -> None:
    found, issues = _placed(["A", None, None, None])
    assert found.is_reconstructed
    assert set(found.members["planning_area"]) == {"857P1"}
    assert issues == []


def test_a_school_that_is_not_on_the_map_is_named_and_in_none() -> None:
    schools = SCHOOLS.assign(x=[1_000.0, np.nan, 3_000.0, 4_000.0])
    found, (issue,) = _placed([None] * 4, schools)
    assert found.members["urn"].tolist() == [1, 3, 4]
    assert issue.subject == "URN 2"


def test_outlines_join_the_small_areas_nearest_to_the_schools() -> None:
    found, _ = _placed(["A", "A", "B", "B"])
    rows = area_rows(found, "857", "primary", NOTHING).set_index("planning_area")
    assert shapely.from_wkb(rows["geometry"]["A"]).equals(shapely.box(0, 0, 1, 1))
    assert set(rows["basis"]) == {"reconstructed"}
    assert rows["version"].str.len().eq(12).all()


def test_an_outline_that_the_authority_drew_is_not_drawn_again() -> None:
    found, _ = _placed(["A", "A", "B", "B"])
    assert area_rows(found, "857", "primary", _drawn(A=WEST))["planning_area"].tolist() == ["B"]


def test_other_schools_make_another_version() -> None:
    whole, _ = _placed([None] * 4)
    same, _ = _placed([None] * 4)
    fewer, _ = _placed([None] * 3, SCHOOLS.iloc[:3])
    assert whole.version == same.version
    assert whole.version != fewer.version


@pytest.mark.parametrize(
    ("other", "phases"),
    [
        ({}, {"primary"}),
        ({"phase": "secondary"}, {"secondary"}),
        ({"phase": "all_through"}, {"primary", "secondary"}),
        ({"phase": "middle", "phase_gias": "Middle deemed primary"}, {"primary"}),
        ({"phase": "middle", "phase_gias": "Middle deemed secondary"}, {"secondary"}),
        ({"status": "proposed"}, {"primary"}),
        ({"status": "closed"}, set()),
        ({"sector": "independent"}, set()),
        ({"is_outside": True}, set()),
        ({"phase": "special"}, set()),
    ],
)
def test_a_school_is_of_the_phases_it_has_places_of(other: dict, phases: set) -> None:
    schools = pd.DataFrame([_school(1, 0.0, **other)])
    found = {phase for phase in ("primary", "secondary") if len(schools_of_phase(schools, phase))}
    assert found == phases


def test_a_middle_school_is_in_an_area_of_either_phase() -> None:
    middle = _school(9, 3_400.0, phase="middle", phase_gias="Middle deemed secondary")
    schools = pd.concat([SCHOOLS, pd.DataFrame([middle])], ignore_index=True)
    across = schools_across(schools, "primary")
    assert across["urn"].tolist() == [9]
    assert schools_across(schools, "secondary").empty
    found, _ = _placed(["A", "A", "B", "B"])
    members = with_schools_across(found.members, SCHOOLS, across).set_index("urn")
    assert members.loc[9].tolist() == ["B", "nearest"]
