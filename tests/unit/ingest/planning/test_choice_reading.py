"""Counts of who goes where are read, and those that cannot be used are named."""

import numpy as np
import pandas as pd
import pytest

from config.tables import assumption_table
from ingest.issues import IssueLog
from ingest.planning.choice_fit import default_weights, fit_region
from ingest.planning.choice_reading import ChoiceTables, read_choice

SCHOOL = {
    "name": "Mill Lane School",
    "status": "open",
    "phase": "secondary",
    "sector": "state",
    "la_code": "E06000001",
    "gender": "Mixed",
    "religious_character": None,
    "admissions_policy": "Non-selective",
    "age_low": 11,
    "age_high": 16,
    "capacity_pupils": 900,
    "capacity_pupils_status": "measured",
    "x": 1000.0,
    "y": 0.0,
}
FLOW = {
    "source_id": "own_counts",
    "academic_year": "2024/25",
    "phase": "secondary",
    "home_code": "E01000001",
    "urn": 1,
    "pupils_counted": 400.0,
    "at_most": None,
    "status": "measured",
}


def tables(flows=(), schools=(), succession=()):
    known = [SCHOOL | {"urn": 1}, SCHOOL | {"urn": 2, "x": 3000.0}, *schools]
    postcodes = [
        {"postcode": f"AB{n} 1AA", "x": 2000.0 * n, "y": side, "lsoa21": code, "la_code": authority}
        for n, code, authority in ((0, "E01000001", "E06000001"), (1, "E01000002", "E06000002"))
        for side in (-100.0, 100.0)
    ]
    return ChoiceTables(
        flow=pd.DataFrame([FLOW | each for each in flows], columns=list(FLOW)),
        school=pd.DataFrame(known),
        succession=pd.DataFrame(list(succession), columns=["urn", "successor_urn", "links"]),
        postcode=pd.DataFrame(postcodes),
    )


def read(*flows, schools=(), succession=()):
    issues = IssueLog()
    return read_choice(tables(flows, schools, succession), "secondary", issues), issues.issues


def test_homes_are_the_middle_of_their_postcodes() -> None:
    found, issues = read({})
    assert found.codes == ("E01000001", "E01000002")
    assert found.homes.x.tolist() == [0.0, 2000.0]
    assert found.homes.y.tolist() == [0.0, 0.0]
    assert found.authorities == ("E06000001", "E06000002")
    assert found.seen.pupils.tolist() == [[400, 0], [0, 0]]
    assert issues == []


def test_a_suppressed_count_keeps_its_bounds() -> None:
    found, _ = read({}, {"urn": 2, "pupils_counted": None, "at_most": 4, "status": "suppressed"})
    assert found.seen.is_suppressed.tolist() == [[False, True], [False, False]]
    assert found.seen.at_most[0, 1] == 4
    assert (found.seen.threshold, found.seen.at_least) == (4, 1)


def test_what_a_table_leaves_out_is_small_and_not_nothing() -> None:
    """The London table tells no count under three: there may be none, one or two."""
    found, _ = read({"source_id": "london_flows", "academic_year": "2015/16"})
    assert found.seen.is_suppressed.tolist() == [[False, True], [False, False]]
    assert found.seen.at_most[0, 1] == 2
    assert found.seen.at_least == 0


def test_an_authoritys_own_newest_counts_are_taken() -> None:
    found, _ = read(
        {"pupils_counted": 100.0},
        {"academic_year": "2023/24", "pupils_counted": 90.0},
        {"source_id": "london_flows", "academic_year": "2025/26", "pupils_counted": 5.0},
    )
    assert found.academic_year == "2024/25"
    assert found.seen.pupils[0, 0] == 100


def test_pupils_of_a_school_that_became_another_are_the_others() -> None:
    found, issues = read(
        {"urn": 9}, succession=[{"urn": 9, "successor_urn": 2, "links": 1}], schools=()
    )
    assert found.seen.pupils[0].tolist() == [0, 400]
    assert issues == []


@pytest.mark.parametrize(
    ("flow", "rule"),
    [
        ({"pupils_counted": -3.0}, "flows are not below zero"),
        ({"urn": 77}, "flows go to known schools"),
        ({"urn": 3}, "flows go to schools of the phase"),
        ({"home_code": "E01999999"}, "flows come from known homes"),
    ],
)
def test_a_flow_that_cannot_be_used_is_left_out_and_named(flow, rule) -> None:
    primary = SCHOOL | {"urn": 3, "phase": "primary", "age_low": 4, "age_high": 11}
    found, issues = read({}, flow | {"academic_year": "2024/25"}, schools=[primary])
    [issue] = issues
    assert issue.rule == rule
    assert issue.severity == "warning"
    assert str(flow.get("urn", 1)) in issue.says
    assert found.seen.pupils.tolist() == [[400, 0], [0, 0]]


def test_where_nobody_counted_the_default_is_taken_and_marked() -> None:
    fitted = fit_region(tables(), "secondary", matrices={}, issues=IssueLog())
    assert fitted.basis == "default"
    assert fitted.accuracy == ()
    weights, errors = default_weights("secondary")
    assert fitted.choice.weights.attributes.tolist() == [
        weights[name] for name in fitted.choice.design.names
    ]
    assert set(weights) == set(errors) == set(assumption_table("choice_default").rows)
    assert fitted.choice.shares.sum(axis=1) == pytest.approx([1, 1])
    assert fitted.choice.shares[0, 0] > fitted.choice.shares[0, 1]


def test_with_few_pupils_counted_the_default_says_more() -> None:
    fitted = fit_region(
        tables([{"pupils_counted": 40.0}]), "secondary", matrices={}, issues=IssueLog()
    )
    assert fitted.basis == "default"


def test_families_at_a_postcode_like_schools_as_their_area_does() -> None:
    known = tables()
    fitted = fit_region(known, "secondary", matrices={}, issues=IssueLog())
    middle = pd.DataFrame({"x": [0.0], "y": [0.0], "la_code": ["E06000001"]})
    liking = fitted.liking(middle)[0]
    share = np.exp(liking) / np.exp(liking).sum()
    assert share == pytest.approx(fitted.choice.everywhere(fitted.choice.shares)[0])


@pytest.mark.parametrize("strange", [100.0, 900.0])
def test_what_was_counted_in_areas_left_out_says_nothing(strange: float) -> None:
    counted = [
        {"pupils_counted": 400.0},
        {"urn": 2, "pupils_counted": 200.0},
        {"home_code": "E01000002", "pupils_counted": strange},
        {"home_code": "E01000002", "urn": 2, "pupils_counted": 500.0},
    ]
    fitted = fit_region(tables(counted), "secondary", matrices={}, issues=IssueLog())
    first = fitted.without(np.array([False, True]))
    assert first.basis == "fitted"
    assert first.choice.shares[0] == pytest.approx([2 / 3, 1 / 3], abs=0.02)
    assert first.choice.shares[1] != pytest.approx(fitted.choice.shares[1], abs=0.05)
    assert fitted.choice.shares[1, 0] == pytest.approx(strange / (500 + strange), abs=0.05)
