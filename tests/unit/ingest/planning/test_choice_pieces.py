"""A region worked out in pieces gives what it gives in one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ingest.issues import IssueLog
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_pieces import part_region
from ingest.planning.choice_reading import ChoiceTables
from ingest.planning.choice_working import add_issues, held_together, work_out
from tests.support.choice_tables import school, table

AUTHORITIES, SCHOOLS, AREAS = 12, 15, 20
LONG_M, WIDE_M = 5_000.0, 4_000.0
CODES = tuple(f"E060000{number:02}" for number in range(1, AUTHORITIES + 1))
FEW = 45_000
"""Postcodes times schools: a third of what the land has."""


def land(*, children=6, counted=(), authorities=AUTHORITIES):
    """Authorities side by side; the choice's tables and those of admissions."""
    rng = np.random.default_rng(5)
    schools, postcodes, people = [], [], []
    for number, code in enumerate(CODES[:authorities]):
        for each in range(SCHOOLS):
            x, y = LONG_M * (number + rng.random()), WIDE_M * rng.random()
            urn = 100_000 + SCHOOLS * number + each
            known = {} if each else {"capacity_pupils": None, "capacity_pupils_status": "z"}
            faith = {"religious_character": "Roman Catholic"} if each == 1 else {}
            size = {"capacity_pupils": int(rng.integers(40, 80))}
            schools.append(school(urn, x, y=y, la_code=code) | size | known | faith)
        for each in range(AREAS):
            x, y = LONG_M * (number + rng.random()), WIDE_M * rng.random()
            area = f"E0100{AREAS * number + each:04}"
            for home in range(3):
                postcodes.append(
                    {
                        "postcode": f"{area} {home}",
                        "x": x + 90 * home,
                        "y": y,
                        "lon": -0.8,
                        "lat": 52.6,
                        "lsoa21": area,
                        "la_code": code,
                        "is_outside": False,
                        "is_covered": True,
                    }
                )
            if children:
                people += [_people(area, age, children) for age in (4, 5)]
    names = ("admission_number", "offer_distance", "admission_criterion", "admission_area")
    none = {name: table(name, []) for name in (*names, "school_value", "authority_value")}
    choice = ChoiceTables(
        table("flow", list(counted)),
        table("school", schools),
        table("school_succession", []),
        table("postcode", postcodes),
    )
    admissions = AdmissionTables(
        population=table("population", people),
        numbers=none["admission_number"],
        distances=none["offer_distance"],
        criterion=none["admission_criterion"],
        areas=none["admission_area"],
        school_values=none["school_value"],
        authority_values=none["authority_value"],
    )
    return choice, admissions


def _people(area, age, children):
    return {
        "source_id": "population_lsoa21",
        "area_code": area,
        "year": 2024,
        "age": age,
        "sex": "all",
        "basis": "published",
        "people": children,
        "is_projected": False,
        "status": "measured",
    }


def parted(tables, most=10**9):
    issues = IssueLog()
    return part_region(*tables, "primary", own=CODES, issues=issues, most=most)


def worked(tables, most=10**9, seed=None):
    """Return rows of all pieces together, and how many pieces there were."""
    found = parted(tables, most)
    pieces = [
        work_out(part if seed is None else replace(part, seed=seed), "primary", {}, lambda *_: None)
        for part in found.parts()
    ]
    names = ("catchments", "offers", "accuracy", "weights")
    rows = {name: pd.concat([getattr(each, name) for each in pieces]) for name in names}
    return rows, len(pieces)


def in_order(rows):
    return rows.sort_values(["home_code", "urn"], ignore_index=True)


def test_shares_by_the_default_are_the_same_in_one_piece_and_in_several():
    tables = land(children=0)
    whole, one = worked(tables)
    found, several = worked(tables, FEW)
    assert (one, several > 2) == (1, True)
    pd.testing.assert_frame_equal(in_order(whole["catchments"]), in_order(found["catchments"]))


def test_every_area_and_school_belongs_to_one_piece():
    parts = list(parted(land(), FEW).parts())
    areas = [code for part in parts for code in part.own_areas]
    schools = [urn for part in parts for urn in part.own_urns]
    assert len(areas) == len(set(areas)) == AUTHORITIES * AREAS
    assert len(schools) == len(set(schools)) == AUTHORITIES * SCHOOLS
    assert sorted(code for part in parts for code in part.holds_for) == list(CODES)


def test_the_tables_of_a_piece_hold_a_part_of_the_land():
    parts = list(parted(land(), FEW).parts())
    assert max(len(part.tables.school) for part in parts) < AUTHORITIES * SCHOOLS
    assert max(part.tables.postcode["lsoa21"].nunique() for part in parts) < AUTHORITIES * AREAS


def test_drawn_years_differ_by_the_cut_as_little_as_by_the_years_that_were_drawn():
    tables = land()
    whole, _ = worked(tables)
    again, _ = worked(tables, seed=7)
    found, several = worked(tables, FEW)
    assert several > 2
    by_chance, by_cut = (_apart(whole, other) for other in (again, found))
    assert 0 < by_cut < 1.25 * by_chance


def _apart(one, other):
    """Return pupils by which schools differ, on average."""
    sums = [rows["catchments"].groupby("urn")["pupils_expected"].sum() for rows in (one, other)]
    return (sums[0] - sums[1]).abs().mean()


def test_drawn_years_of_a_piece_do_not_hang_on_the_pieces_before_it():
    seeds, again = ([part.seed for part in parted(land(), FEW).parts()] for _ in range(2))
    assert seeds == again
    assert len(set(seeds)) == len(seeds)


def test_a_piece_knows_which_of_its_schools_lead_to_others_and_no_schools_far_off():
    choice, admissions = land(children=0)
    upper = school(900_001, 2_500.0, y=2_000.0, la_code=CODES[0], phase="secondary")
    upper |= {"age_low": 11, "age_high": 16}
    both = pd.concat([choice.school, table("school", [upper])], ignore_index=True)
    names = ("urn", "leads_to_urn")
    leads = [
        dict(zip(names, pair, strict=True)) for pair in ((100_000, 100_001), (100_170, 100_001))
    ]
    told = replace(choice, school=both, leads=table("school_lead", leads))
    for part in parted((told, admissions), FEW).parts():
        known = set(part.tables.school["urn"])
        assert (900_001 in known) == (100_001 in part.own_urns)
        assert all({*pair} <= known for pair in part.tables.leads[[*names]].to_numpy().tolist())
    first = next(iter(parted((told, admissions), FEW).parts()))
    assert first.tables.leads["urn"].tolist() == [100_000]


def _counts(codes):
    """Count the children of each area at the first five schools of its own authority."""
    rng = np.random.default_rng(3)
    return [
        {
            "source_id": "own_counts",
            "academic_year": "2024/25",
            "phase": "primary",
            "home_code": f"E0100{AREAS * CODES.index(code) + area:04}",
            "urn": 100_000 + SCHOOLS * CODES.index(code) + each,
            "pupils_counted": int(rng.integers(5, 30)),
            "status": "measured",
        }
        for code in codes
        for area in range(AREAS)
        for each in range(SCHOOLS)
    ]


@pytest.fixture(scope="module")
def half_counted():
    """The first two authorities counted; a child of the third goes to a school of the second."""
    across = {
        "source_id": "own_counts",
        "academic_year": "2024/25",
        "phase": "primary",
        "home_code": f"E0100{2 * AREAS:04}",
        "urn": 100_000 + SCHOOLS,
        "pupils_counted": 9,
        "status": "measured",
    }
    return worked(land(children=0, counted=[*_counts(CODES[:2]), across], authorities=3))


def test_the_choice_is_fitted_where_pupils_are_counted_and_the_default_elsewhere(half_counted):
    rows, pieces = half_counted
    assert pieces == 2
    catchments = rows["catchments"]
    number = catchments["home_code"].str[5:].astype(int) // AREAS
    assert set(catchments.loc[number < 2, "basis"]) == {"fitted"}
    assert set(catchments.loc[number >= 2, "basis"]) == {"default"}


def test_weights_and_errors_say_for_whom_they_hold(half_counted):
    rows, _ = half_counted
    held = rows["weights"].groupby("basis")["holds_for"].unique().map(list).to_dict()
    assert held == {"fitted": [" ".join(CODES[:2])], "default": [CODES[2]]}
    assert set(rows["accuracy"]["holds_for"]) == {" ".join(CODES[:2])}


def test_of_children_counted_at_a_neighbours_school_only_that_count_is_told(half_counted):
    rows, _ = half_counted
    own = rows["catchments"][rows["catchments"]["home_code"] == f"E0100{2 * AREAS:04}"]
    told = own[own["pupils_counted_status"] == "measured"]
    is_there = told["pupils_counted"] > 0
    assert told.loc[is_there, ["urn", "pupils_counted"]].to_numpy().tolist() == [
        [100_000 + SCHOOLS, 9.0]
    ]
    beyond = own[own["urn"] >= 100_000 + 2 * SCHOOLS]
    assert set(beyond["pupils_counted_status"]) == {"unavailable"}


def test_weights_that_several_pieces_share_are_told_once():
    rows = pd.DataFrame({"attribute": ["km"], "holds_for": [CODES[1]]})
    both = held_together([rows, rows.assign(holds_for=CODES[0])])
    assert both["holds_for"].tolist() == [f"{CODES[0]} {CODES[1]}"]


def test_what_is_odd_in_two_pieces_is_told_once():
    first, second = list(parted(land(), FEW).parts())[:2]
    for part in (first, second):
        part.issues.warn("rule", "URN 100001", "is odd")
        part.issues.warn("rule", "3 schools", "are odd")
    told = IssueLog()
    for part in (first, second):
        add_issues(part, told)
    assert [each.subject for each in told.issues].count("URN 100001") == 1
    assert sum(each.subject.startswith("3 schools, around E06") for each in told.issues) == 2
