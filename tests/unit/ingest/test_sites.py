"""Planned homes from their tables to the schools: what is not stated is named, never zero."""

import numpy as np
import pandas as pd
import pytest

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.moved_in import moved_in
from ingest.planning.sites import read_sites
from planning.forecast.inputs import NONE, Flows, Homes, Inputs, Rolls, Units

SAID = {"set_by": "Housing strategy", "set_on": "2025-11-03", "why": "Counted."}
URNS = (100001, 100002, 100003)


def assumed(**values):
    entries = [{"id": f"housing.{name}", "value": value, **SAID} for name, value in values.items()]
    return Planning(assumptions=entries)


def site(site_id="H1", status="under construction", **more):
    given = {"name": "Mill Lane", "x": 0.0, "y": 0.0, "lsoa21": "E01000001"}
    areas = {"planning_area_primary": None, "planning_area_secondary": None}
    return {"site_id": site_id, "status": status, **given, **areas, **more}


def homes(homes, year="2026/27", site_id="H1", kind=("not_stated", "not_stated", "not_stated")):
    named = dict(zip(("home_type", "tenure", "bedrooms"), kind, strict=True))
    return {"site_id": site_id, "academic_year": year, **named, "homes": homes}


def read(sites, rows, planning=None):
    issues = IssueLog()
    found = read_sites(
        pd.DataFrame(sites),
        pd.DataFrame(rows, columns=list(homes(0))),
        authority_of=lambda code: "E06000001" if isinstance(code, str) else None,
        planning=planning or Planning(),
        last_year=2025,
        issues=issues,
    )
    return found, [f"{each.subject}: {each.says}" for each in issues.issues]


def test_a_blank_takes_the_mean_of_the_years_that_are_stated():
    found, told = read([site()], [homes(20), homes(40, "2027/28"), homes(None, "2028/29")])
    assert found.homes.homes.tolist() == [20, 40, 30]
    assert "H1: 2028/29: homes not stated; 30 a year taken, the mean of its stated years" in told


def test_a_mean_is_told_to_one_decimal():
    rows = [homes(20), homes(21, "2027/28"), homes(21, "2028/29"), homes(None, "2029/30")]
    assert "; 20.7 a year taken" in " ".join(read([site()], rows)[1])


def test_more_homes_than_can_be_true_are_left_out_by_name():
    """Two rows of 3,000 in one year are more than 5,000 together."""
    slip = [homes(3000, "2027/28"), homes(3000, "2027/28", kind=("flat", "social", "2"))]
    found, told = read([site()], [homes(20), *slip])
    assert found.homes.homes.tolist() == [20]
    assert told[:1] == ["H1: 6,000 homes in 2027/28, more than 5,000: left out"]


def test_a_site_that_nobody_has_filled_in_is_left_out_by_name():
    found, told = read([site()], [homes(None)])
    assert found is None
    assert told == [
        "H1: 2026/27: homes not stated: left out; state them, or set housing.homes_not_stated"
    ]


def test_what_a_planner_assumes_of_such_sites_is_used_and_told():
    found, told = read([site()], [homes(None)], assumed(homes_not_stated=25))
    assert found.homes.homes.tolist() == [25]
    assert "H1: 2026/27: homes not stated; 25 a year taken, as assumed" in told


def test_zero_homes_are_none_and_no_issue():
    found, told = read([site()], [homes(0), homes(10, "2025/26")])
    assert found.homes.homes.tolist() == [0, 10]
    assert told == []


def test_a_site_without_a_year_is_named():
    _, told = read([site(), site("H2")], [homes(10)])
    assert "H2, Mill Lane: no homes with a school year: left out" in told


def test_homes_without_a_school_year_bring_no_pupils_and_are_named():
    found, told = read([site()], [homes(10.0, ""), homes(20.0)])
    assert found.homes.homes.tolist() == [20]
    assert "H1: 1 row without a school year: their homes bring no pupils" in told


def test_a_list_without_finished_homes_takes_nothing_off_and_says_so():
    found, told = read([site()], [homes(10)])
    assert found.recent == ()
    assert told == [
        "housing list: no homes finished in the years that ratios rest on: moving in may be "
        "counted twice"
    ]


@pytest.mark.parametrize(
    ("status", "share"),
    [
        ("Under construction", 1.0),
        ("Full permission granted", 0.9),
        ("Outline permission", 0.7),
        ("Allocated in the Local Plan", 0.5),
        ("On hold", 0.1),
        (None, 0.7),
    ],
)
def test_how_sure_a_site_is_counts_for_homes_to_come(status, share):
    found, _ = read([site(status=status)], [homes(10, "2024/25"), homes(10)])
    assert found.homes.likelihood.tolist() == [1.0, share]


def test_a_word_that_is_not_understood_is_named():
    _, told = read([site(status="Amber")], [homes(10, "2024/25")])
    assert told == ["H1: 'Amber' is not understood: taken as not stated"]


def test_kind_and_local_movers_count_as_assumed_where_the_site_lies():
    # A social house of three: 1.15 x 1.5 of an average home; a fifth of the children were here.
    rows = [homes(100, kind=("house", "social", "3"))]
    here = {**SAID, "id": "housing.local_movers_pct", "value": 20}
    planning = Planning(assumptions=[{**here, "holds_for": "authority:E06000001"}])
    found, _ = read([site()], rows, planning)
    assert found.homes.weights() == pytest.approx([100 * 1.15 * 1.5 * 0.8])


def region(**flows):
    """Two primary schools in one planning area and one alone in another."""
    pupils = np.zeros((3, 2, 15))
    pupils[:, :, 0] = [[30], [10], [60]]
    units = Units(
        ("E06000001",),
        np.zeros(3, np.int64),
        {"primary": ("P1", "P2")},
        {"primary": np.array([0, 0, 1])},
    )
    rolls = Rolls(np.array(URNS), (2024, 2025), pupils)
    return Inputs(rolls, units, homes=Homes(("E01000001",), np.array([0])), flows=flows)


def reception(sites, inputs):
    found, _ = read(sites, [homes(100), homes(0, "2024/25")])
    at = pd.DataFrame({"x": [500.0, 5.0, 9.0e3], "y": [0.0, 0.0, 0.0]}, index=list(URNS))
    sent = moved_in(found, inputs, at, years=(2026, 2027))
    # 100 average homes under construction, 0.048 children of reception age in each.
    assert sent.by_site[0, 0, 0] == pytest.approx(4.8)
    return sent.by_school[:, 0, 0]


def test_children_of_a_site_go_where_those_of_its_small_area_go():
    flows = Flows(
        2025,
        np.zeros(3, np.int64),
        np.array([0, 2, NONE]),
        np.array([6.0, 3, 3]),
        np.zeros(3),
    )
    sent = reception([site()], region(primary=(flows,)))
    assert sent == pytest.approx([2.4, 0, 1.2])  # a quarter goes elsewhere


def test_without_counts_they_go_to_the_planning_area_of_the_nearest_school():
    assert reception([site()], region()) == pytest.approx([3.6, 1.2, 0])


def test_the_planning_area_that_the_authority_states_wins():
    assert reception([site(planning_area_primary="P2")], region()) == pytest.approx([0, 0, 4.8])


def test_without_a_place_they_are_spread_over_the_region():
    nowhere = site(x=None, y=None, lsoa21=None)
    assert reception([nowhere], region()) == pytest.approx([1.44, 0.48, 2.88])


def infant_junior_and_primary(**flows):
    """An infant school, a junior school and a primary school, ten pupils in each year group."""
    pupils = np.zeros((3, 2, 15))
    pupils[0, :, :3] = pupils[1, :, 3:7] = pupils[2, :, :7] = 10
    units = Units(("E06000001",), np.zeros(3, np.int64), {}, {})
    rolls = Rolls(np.array(URNS), (2024, 2025), pupils)
    return Inputs(rolls, units, homes=Homes(("E01000001",), np.array([0])), flows=flows)


@pytest.mark.parametrize("is_counted", [True, False])
def test_children_of_a_site_go_to_schools_that_have_their_year_group(is_counted):
    # As many live here as go to each school: 30, 40 and 70. Ten of each year group are at the
    # primary school and ten at the infant or the junior school: half and half.
    counted = Flows(
        2025, np.zeros(3, np.int64), np.arange(3), np.array([30.0, 40, 70]), np.zeros(3)
    )
    inputs = infant_junior_and_primary(**({"primary": (counted,)} if is_counted else {}))
    found, _ = read([site()], [homes(100), homes(0, "2024/25")])
    at = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [0.0, 0.0, 0.0]}, index=list(URNS))
    sent = moved_in(found, inputs, at, years=(2026, 2027))
    by_group = sent.by_school[:, 0, :7] / sent.by_site[0, 0, :7]
    assert by_group[0] == pytest.approx([0.5] * 3 + [0] * 4)
    assert by_group[1] == pytest.approx([0] * 3 + [0.5] * 4)
    assert by_group[2] == pytest.approx([0.5] * 7)
