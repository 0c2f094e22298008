"""Planning areas, births, homes and admission numbers become arrays beside the rolls."""

import numpy as np
import pytest
import shapely

from tests.support.planning_tables import AUTHORITY, read, roll, school

A, B = 100001, 100002
TWO = [school(A), school(B)]
ROLLS = roll(A) + roll(B)


def in_area(urn, code, year="2024/25", phase="primary", source="planning_area_schools"):
    return {
        "source_id": source,
        "urn": urn,
        "academic_year": year,
        "phase": phase,
        "planning_area": code,
    }


def test_a_school_is_in_the_planning_area_of_its_authoritys_list():
    places = [in_area(A, "P1"), in_area(B, "P2"), in_area(A, "OLD", source="school_capacity")]
    units = read(schools=TWO, rolls=ROLLS, school_places=places)[0].inputs.units
    assert units.areas["primary"] == ("P1", "P2")
    assert units.area["primary"].tolist() == [0, 1]
    assert units.authorities == (AUTHORITY,)
    assert units.authority.tolist() == [0, 0]


def test_the_newest_list_counts():
    places = [in_area(A, "P1", "2023/24"), in_area(A, "P2"), in_area(B, "P2")]
    units = read(schools=TWO, rolls=ROLLS, school_places=places)[0].inputs.units
    assert units.areas["primary"] == ("P2",)


def test_a_school_in_no_planning_area_is_named_and_part_of_no_sum():
    found, told = read(schools=TWO, rolls=ROLLS, school_places=[in_area(A, "P1")])
    assert found.inputs.units.area["primary"].tolist() == [0, -1]
    assert any(
        f"School {B} ({B}) | in no planning area for its primary pupils" in each for each in told
    )


def test_a_school_in_two_planning_areas_counts_in_one_and_is_named():
    places = [in_area(A, "P2"), in_area(A, "P1"), in_area(B, "P1")]
    found, told = read(schools=TWO, rolls=ROLLS, school_places=places)
    assert found.inputs.units.area["primary"].tolist() == [0, 0]
    assert any(f"({A}) | in P1 and P2 for primary places: counted in P1" in each for each in told)


def test_a_region_without_planning_areas_is_told_of_once():
    found, told = read(schools=TWO, rolls=ROLLS)
    assert not any(found.inputs.units.areas.values())
    assert len([each for each in told if "planning area" in each]) == 1


def test_areas_that_were_worked_out_take_the_place_of_lists_and_stated_ones_win():
    worked_out = [
        {"planning_area": code, "phase": "primary", "urn": urn, "basis": basis}
        for urn, code, basis in ((A, "N1", "nearest"), (A, "S1", "stated"), (B, "N1", "nearest"))
    ]
    found, _ = read(schools=TWO, rolls=ROLLS, planning_area_school=worked_out)
    assert found.inputs.units.areas["primary"] == ("N1", "S1")
    assert found.inputs.units.area["primary"].tolist() == [1, 0]


def born(code, period, births):
    return {"source_id": "births", "area_code": code, "period": period, "births": births}


AREAS = [
    {"area_code": code, "kind": "lsoa21", "parent_code": AUTHORITY, "lon": lon, "lat": 0.5}
    for code, lon in (("E01000001", 0.5), ("E01000002", 1.5))
]


def test_calendar_years_of_birth_are_shared_out_to_school_years():
    """Four months of 2019 and eight of 2020: 4/12 x 120 + 8/12 x 60 = 80."""
    births = [born("E01000001", "2019", 120), born("E01000001", "2020", 60)]
    found = read(schools=TWO, rolls=ROLLS, births=births, area=AREAS)[0].inputs.births
    assert found.codes == ("E01000001",)
    assert found.years == (2019,)
    assert found.born.tolist() == [[pytest.approx(80)]]


def test_years_to_june_are_shared_out_to_school_years():
    """Ten months of the twelve to June 2013, two of those to June 2014: 100 + 10 = 110."""
    births = [born(AUTHORITY, "2013-06", 120), born(AUTHORITY, "2014-06", 60)]
    found = read(schools=TWO, rolls=ROLLS, births=births, area=AREAS)[0].inputs
    assert found.births is None
    assert found.births_of_authorities.years == (2012,)
    assert found.births_of_authorities.born.tolist() == [[pytest.approx(110)]]


def test_an_authoritys_births_are_those_of_its_small_areas_where_it_has_no_figure():
    births = [
        born(code, f"{year}", 60) for code in ("E01000001", "E01000002") for year in (2019, 2020)
    ]
    found = read(schools=TWO, rolls=ROLLS, births=births, area=AREAS)[0].inputs
    assert found.births_of_authorities.born.tolist() == [[pytest.approx(120)]]


def test_one_calendar_year_makes_no_school_year_of_birth():
    births = [born("E01000001", "2024", 60)]
    assert read(schools=TWO, rolls=ROLLS, births=births, area=AREAS)[0].inputs.births is None


def flow(urn, home, counted, *, at_most=None, source="own_counts", year="2024/25"):
    return {
        "source_id": source,
        "academic_year": year,
        "phase": "primary",
        "home_code": home,
        "urn": urn,
        "pupils_counted": counted,
        "at_most": at_most,
    }


def test_home_to_school_counts_tell_homes_elsewhere_and_hidden_counts():
    counts = [
        flow(A, "E01000001", 20.0),
        flow(B, "E01000001", None, at_most=4.0),
        flow(B, "E01999999", 7.0),
    ]
    inputs = read(schools=TWO, rolls=ROLLS, area=AREAS, flow=counts)[0].inputs
    (found,) = inputs.flows["primary"]
    assert found.year == 2024
    assert inputs.homes.codes == ("E01000001", "E01000002", "E01999999")
    assert inputs.homes.authority.tolist() == [0, 0, -1]
    assert found.home.tolist() == [0, 0, 2]
    assert found.school.tolist() == [0, 1, 1]
    assert found.pupils.tolist() == [20, 0, 7]
    assert found.at_most.tolist() == [0, 4, 0]


def test_an_authoritys_own_counts_win_over_published_ones():
    counts = [flow(A, "E01000001", 20.0), flow(A, "E01000001", 99.0, source="london_flows")]
    (found,) = read(schools=TWO, rolls=ROLLS, area=AREAS, flow=counts)[0].inputs.flows["primary"]
    assert found.pupils.sum() == 20


def test_counts_of_unknown_schools_are_named_and_left_out():
    counts = [flow(A, "E01000001", 20.0), flow(999999, "E01000001", 8.0)]
    found, told = read(schools=TWO, rolls=ROLLS, area=AREAS, flow=counts)
    assert found.inputs.flows["primary"][0].pupils.sum() == 20
    assert any("999999 | 8 pupils counted; not in the register: left out" in each for each in told)


def test_counts_of_schools_that_stand_apart_are_told_of():
    schools = [*TWO, school(100009, phase="special")]
    counts = [flow(A, "E01000001", 20.0), flow(100009, "E01000001", 8.0)]
    found, told = read(schools=schools, rolls=ROLLS, area=AREAS, flow=counts)
    assert found.inputs.flows["primary"][0].school.tolist() == [0, -1]
    assert any("8 pupils counted at 1 school that is not forecast" in each for each in told)


def test_the_newest_admission_number_counts_and_of_a_predecessor_too():
    numbers = [
        {
            "source_id": "admissions",
            "urn": urn,
            "academic_year": year,
            "year_group": "R",
            "places": places,
        }
        for urn, year, places in (
            (A, "2023/24", 30.0),
            (A, "2024/25", 45.0),
            (100000, "2022/23", 60.0),
        )
    ]
    found, _ = read(
        schools=TWO,
        rolls=ROLLS,
        admission_number=numbers,
        school_succession=[{"urn": 100000, "successor_urn": B, "links": 1}],
    )
    assert found.admission_numbers[:, 0].tolist() == [45, 60]
    assert np.isnan(found.admission_numbers[:, 1:]).all()


def test_a_small_area_is_part_of_the_planning_area_that_its_middle_lies_in():
    outline = shapely.to_wkb(shapely.box(1, 0, 2, 1))
    areas = [{"planning_area": "P1", "phase": "primary", "geometry": outline}]
    found, _ = read(
        schools=TWO,
        rolls=ROLLS,
        area=AREAS,
        school_places=[in_area(A, "P1"), in_area(B, "P1")],
        planning_area=areas,
    )
    assert found.inputs.homes.area["primary"].tolist() == [-1, 0]
    assert set(found.inputs.homes.area) == {"primary"}


def people(code, year, age, number, *, basis="published", is_projected=False):
    return {
        "area_code": code,
        "year": year,
        "age": age,
        "sex": "all",
        "basis": basis,
        "people": number,
        "is_projected": is_projected,
    }


def test_residents_are_those_that_agree_best_with_the_later_census():
    rows = [people("E01000001", 2020, 0, 12), people("E01000001", 2020, 0, 10, basis="rebased")]
    rows += [people("E01000001", 2022, 0, 9)]
    found = read(schools=TWO, rolls=ROLLS, area=AREAS, population=rows)[0].inputs.residents
    assert found.years == (2020, 2021, 2022)
    assert found.people[0, :, 0].tolist()[::2] == [10, 9]
    assert np.isnan(found.people[0, 1, 0])


def test_a_projection_is_known_in_the_school_year_that_it_is_published_in():
    rows = [people(AUTHORITY, 2022, 0, 300, is_projected=True)]
    found = read(schools=TWO, rolls=ROLLS, area=AREAS, population=rows)[0].inputs.projected
    assert found.codes == (AUTHORITY,)
    assert found.known_in == 2024
