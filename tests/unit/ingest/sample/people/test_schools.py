"""The register of a made-up county speaks the register's language."""

import numpy as np
import pandas as pd
import pytest

from ingest.establishments import NO_SCHOOLS, PHASES, is_known
from ingest.sample.people import make_people
from ingest.sources.gias import STATUSES
from ingest.sources.gias_links import direction
from tests.support.sample_land import PlainNames, make_land

KINDS = {
    *("infant", "junior", "primary", "first", "middle", "secondary", "high", "grammar"),
    *("all_through", "special", "ap", "nursery", "sixth_form", "independent", "independent_prep"),
}
TYPES = {
    *("Community school", "Foundation school", "Voluntary aided school"),
    *("Voluntary controlled school", "Academy converter", "Academy sponsor led", "Free schools"),
    *("Community special school", "Academy special converter", "Pupil referral unit"),
    *("Local authority nursery school", "Further education", "Other independent school"),
}
WORDS = {
    "gender": {"Mixed", "Boys", "Girls"},
    "religious_character": {"Does not apply", "None", "Church of England", "Roman Catholic"},
    "admissions_policy": {"Not applicable", "Selective", "Non-selective"},
    "nursery_provision": {"Has Nursery Classes", "No Nursery Classes", "Not applicable"},
    "sixth_form": {"Has a sixth form", "Does not have a sixth form", "Not applicable"},
}


def open_today(people):
    return people.schools[people.schools["status_gias"].str.startswith("Open")]


def test_a_county_has_about_ninety_open_establishments(county):
    assert 80 <= len(open_today(county)) <= 100
    assert len(county.schools) < 200


def test_every_kind_is_open_in_a_whole_county(county):
    assert set(open_today(county)["kind"]) == KINDS


def test_every_type_is_open_in_a_whole_county(county):
    assert set(open_today(county)["type"]) >= TYPES


def test_the_smallest_county_has_both_phases_a_faith_school_and_a_special_school(small):
    schools = open_today(small)
    assert {"primary", "infant", "junior", "secondary", "special"} <= set(schools["kind"])
    assert set(schools["religious_character"]) & {"Church of England", "Roman Catholic"}
    assert (schools["sixth_form"] == "Has a sixth form").any()


def test_every_word_is_one_of_the_registers(people):
    schools = people.schools
    assert schools["type"].map(is_known).all()
    assert not schools["type"].isin(NO_SCHOOLS).any()
    assert set(schools["status_gias"]) <= set(STATUSES)
    assert set(schools["phase_gias"]) <= {*PHASES, "Not applicable"}
    for column, words in WORDS.items():
        assert set(schools[column]) <= words


def test_all_statuses_and_both_faiths_occur(county):
    assert set(county.schools["status_gias"]) == set(STATUSES)
    assert set(open_today(county)["religious_character"]) == WORDS["religious_character"]
    assert set(open_today(county)["gender"]) >= {"Mixed", "Girls"}


def test_no_site_is_used_by_two_bodies_of_pupils_at_once(people):
    bodies = people.schools.drop_duplicates("provision", keep="last")
    links = people.links
    merged = set(links.loc[links["link_type"] == "Result of Amalgamation", "urn"])
    apart = bodies[~bodies["urn"].isin(merged)]
    second = apart.loc[apart["second_site"] >= 0, "second_site"]
    assert pd.concat([apart["site"], second]).is_unique


def test_urns_names_of_open_schools_and_numbers_in_an_authority_are_unique(people):
    schools = people.schools
    assert schools["urn"].is_unique
    assert open_today(people)["name"].is_unique
    assert not schools.duplicated(["authority", "establishment_number"]).any()


def test_numbers_tell_the_type(county):
    schools = county.schools
    number, kind = schools["establishment_number"], schools["type"]
    assert number[kind == "Other independent school"].between(6000, 6999).all()
    assert number[kind.str.contains("special")].between(7000, 7999).all()
    is_primary = schools["phase_gias"] == "Primary"
    assert number[is_primary & kind.str.startswith("Voluntary")].between(3000, 3999).all()
    assert number[is_primary & (kind == "Community school")].between(2000, 2999).all()


def test_numbers_in_the_fringe_leave_room_for_the_neighbours(county):
    schools = county.schools[county.schools["type"] == "Community school"]
    own = schools.loc[schools["part"] != "fringe", "establishment_number"] % 1000
    fringe = schools.loc[schools["part"] == "fringe", "establishment_number"] % 1000
    assert own.max() < 400 < fringe.min()


def test_every_link_is_told_both_ways(people):
    links = people.links
    pairs = set(zip(links["urn"], links["linked_urn"], strict=True))
    assert pairs == {(two, one) for one, two in pairs}
    name = people.schools.set_index("urn")["name"]
    assert (links["linked_name"] == links["linked_urn"].map(name)).all()
    assert set(links["link_type"].map(direction)) == {"predecessor", "successor"}


def test_an_academy_opened_the_day_after_the_school_before_closed(people):
    schools = people.schools
    new = schools[schools["follows"] >= 0]
    old = schools.iloc[new["follows"]]
    opened = pd.to_datetime(new["open_date"], format="%d-%m-%Y").to_numpy()
    closed = pd.to_datetime(old["close_date"], format="%d-%m-%Y").to_numpy()
    assert (opened - closed == np.timedelta64(1, "D")).all()
    assert (new["first_year"].to_numpy() == old["end_year"].to_numpy()).all()


def test_dates_agree_with_statuses(people):
    schools = people.schools
    closed = pd.to_datetime(schools["close_date"], format="%d-%m-%Y")
    opened = pd.to_datetime(schools["open_date"], format="%d-%m-%Y")
    today = pd.Timestamp("2025-05-24")
    status = schools["status_gias"]
    assert (closed[status == "Closed"] < today).all()
    assert (closed[status == "Open, but proposed to close"] > today).all()
    assert closed[status == "Open"].isna().all()
    assert (opened[status == "Proposed to open"] > today).all()
    assert not (opened[status == "Open"] > today).any()


def test_one_school_converted_after_the_last_census_and_has_no_pupils_in_the_register(county):
    late = county.schools[county.schools["open_date"] == "01-04-2025"]
    assert len(late) == 1
    assert late["pupils"].isna().all()
    assert county.rolls.pupils_by_school(2024)[late["follows"].iloc[0]] > 0


def test_one_primary_school_lies_in_two_planning_areas(county):
    schools = open_today(county)
    two = schools[schools["planning_areas"].map(len) == 2]
    assert sorted(two["kind"]) == ["all_through", "primary"]
    mainstream = schools["kind"].isin(KINDS - {"special", "ap", "nursery", "sixth_form"})
    mainstream &= ~schools["kind"].str.startswith("independent")
    assert (schools.loc[mainstream, "planning_areas"].map(len) > 0).all()
    assert (schools.loc[~mainstream, "planning_areas"].map(len) == 0).all()


def test_only_one_district_has_middle_schools(county, county_land):
    schools = open_today(county)
    code = county_land.areas["district_code"].to_numpy()[schools["area"]]
    tiers = schools["kind"].isin(("first", "middle", "high")).to_numpy()
    assert len(set(code[tiers])) == 1
    assert not schools["kind"].isin(("infant", "junior", "secondary"))[code == code[tiers][0]].any()


def test_capacity_is_blank_for_some_and_room_for_full_year_groups_for_the_others(county):
    schools = open_today(county)
    state = schools[schools["planning_areas"].map(len) > 0]
    assert (state["capacity_pupils"] >= state["pan"] * 3).all()
    assert open_today(county)["capacity_pupils"].isna().any()
    villages = state[(state["kind"] == "primary") & (state["pan"] <= 20)]
    assert len(villages) >= 3


def test_the_history_tells_every_sort_of_event(county):
    told = {event["what"] for event in county.truth["history"]}
    assert told == {
        *("opened", "closed", "amalgamated", "became an academy", "renamed", "moved"),
        *("admits another number", "stands on two sites", "lies in two planning areas"),
    }


def test_a_renamed_school_keeps_its_pupils_under_a_new_number(county):
    schools = county.schools.set_index("urn")
    row = {urn: at for at, urn in enumerate(county.schools["urn"])}
    event = next(
        each
        for each in county.truth["history"]
        if each["what"] == "renamed" and each["date"] == "01-09-2018"
    )
    assert schools["name"][event["urn"]] != schools["name"][event["from_urn"]]
    before = county.rolls.pupils_by_school(2017)[row[event["from_urn"]]]
    after = county.rolls.pupils_by_school(2018)[row[event["urn"]]]
    assert after == pytest.approx(before, rel=0.15)


def test_a_free_school_gains_a_year_group_a_year(county):
    free = county.schools.index[
        (county.schools["type"] == "Free schools") & (county.schools["status_gias"] == "Open")
    ]
    rolls = county.rolls
    for years, census in enumerate(range(2019, 2025)):
        here = (rolls.school == free[0]) & (rolls.academic_year == census)
        assert rolls.year_group[here].max() == years


def test_equal_seeds_give_equal_people(small, small_land):
    again = make_people(small_land, PlainNames())
    pd.testing.assert_frame_equal(again.schools, small.schools)
    pd.testing.assert_frame_equal(again.ages, small.ages)
    pd.testing.assert_frame_equal(again.deprivation, small.deprivation)
    assert (again.rolls.pupils == small.rolls.pupils).all()
    assert again.truth == small.truth


def test_another_seed_gives_other_people(small):
    other = make_people(make_land(0.1, seed=2), PlainNames())
    assert other.rolls.total(2024) != small.rolls.total(2024)


@pytest.mark.parametrize("share", [0.13, 0.2, 0.3, 0.45])
def test_counties_of_any_size_can_be_made(share):
    people = make_people(make_land(share, seed=7), PlainNames())
    assert set(people.rolls.year_group) >= set(range(14))
    assert len(open_today(people)) == pytest.approx(95 * share, abs=8)
