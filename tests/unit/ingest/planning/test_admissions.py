"""Tables of admissions become families and schools; what is not known is named."""

import numpy as np
import pytest
import shapely

from ingest.planning.choice_results import accuracy_rows, catchment_rows, modelled_shares
from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_results import offer_rows
from ingest.schema.choices import CATCHMENT, CHOICE_ACCURACY, OFFER_CHANCE
from planning.choice.criteria import Need
from planning.choice.years import draw_years
from tests.support.choice_tables import (
    EAST,
    ELM,
    OAK,
    OLD_OAK,
    WEST,
    YEAR,
    entry,
    people,
    school,
)


def _criterion(urn, rank, says):
    return {
        "source_id": "admission_criteria",
        "urn": urn,
        "academic_year": YEAR,
        "rank": rank,
        "says": says,
    }


def _distance(urn, year, metres, status="measured", method="straight_line", group="R"):
    return {
        "source_id": "admissions",
        "urn": urn,
        "academic_year": year,
        "year_group": group,
        "metres": metres,
        "method": method,
        "status": status,
    }


def _number(urn, year, places):
    return {
        "source_id": "admissions",
        "urn": urn,
        "academic_year": year,
        "year_group": "R",
        "places": places,
        "status": "measured",
    }


def test_places_are_the_newest_admission_number_or_else_a_year_of_the_capacity():
    _, read, _ = entry(admission_number=[_number(ELM, "2023/24", 45), _number(ELM, YEAR, 12)])
    # 210 places in seven year groups.
    assert list(read.market.schools.places) == [12, 30]


def test_an_infant_schools_places_are_those_of_three_year_groups():
    infants = school(OAK, 484_000.0, age_high=7, capacity_pupils=180)
    _, read, _ = entry(school=[school(ELM, 480_000.0), infants])
    assert list(read.market.schools.places) == [30, 60]


def test_children_are_those_of_the_entry_age_who_go_to_state_schools():
    _, read, _ = entry(population=people(of_4=20, of_5=99))
    # Two areas of 20 children of four; 93 in a hundred are taken to go to state schools.
    assert read.market.children.sum() == pytest.approx(40 * 0.93)
    assert set(np.round(read.market.children, 6)) == {round(0.93, 6)}


def test_published_applications_take_the_place_of_the_assumed_share():
    told = {
        "measure": "offers_applications_primary",
        "area_code": "E06000017",
        "period": YEAR,
        "value": 38.0,
        "status": "measured",
    }
    _, read, _ = entry(authority_value=[told])
    assert read.market.children.sum() == pytest.approx(38.0)
    # So many applications must be of other children.
    _, read, _ = entry(authority_value=[told | {"value": 900.0}])
    assert read.market.children.sum() == pytest.approx(40 * 0.93)


def test_without_a_population_no_years_are_drawn_and_that_is_said():
    fitted, read, told = entry(population=[])
    assert read.market is None
    assert any("the population of age 4 is not known by small area" in each for each in told)
    assert offer_rows(fitted, read, None, np.array([True, True])).empty


def test_words_that_are_not_understood_are_named_with_their_school():
    criteria = [
        _criterion(ELM, 1, "Looked after and previously looked after children"),
        _criterion(ELM, 2, "Children who play the tuba"),
        _criterion(ELM, 3, "Distance by the shortest walking route"),
    ]
    _, read, told = entry(admission_criterion=criteria)
    assert any(f"URN {ELM}" in each and "play the tuba" in each for each in told)
    assert any("1 school" in each and f"URN {OAK}" in each for each in told)
    schools = read.market.schools
    assert list(schools.needs[0][:2]) == [int(Need.LOOKED_AFTER), int(Need.NOTHING)]
    # Oak's are not published: siblings go first there.
    assert int(Need.SIBLING) in schools.needs[1]


def test_only_schools_that_pupils_enter_with_reception_are_chosen():
    junior = school(100003, 482_000.0, age_low=7)
    _, read, _ = entry(school=[school(ELM, 480_000.0), school(OAK, 484_000.0), junior])
    assert list(read.admits) == [True, True, False]
    drawn = draw_years(read.market, 3, seed=1)
    is_junior = read.market.options.school == 2
    assert drawn.pupils[is_junior].sum() == 0


def test_published_years_of_a_school_that_followed_another_are_its_own():
    succession = {"urn": OLD_OAK, "successor_urn": OAK, "links": 1}
    told = [
        _distance(OLD_OAK, "2022/23", 500.0),
        _distance(OAK, "2023/24", None, status="not_applicable"),
        _distance(OAK, YEAR, None, status="unavailable"),
    ]
    fitted, read, _ = entry(school_succession=[succession], offer_distance=told)
    rows = offer_rows(fitted, read, None, np.array([True, True]))
    OFFER_CHANCE.typed(rows)
    published = rows[["urn", "academic_year", "outcome"]].to_numpy().tolist()
    assert published == [[OAK, "2022/23", "distance"], [OAK, "2023/24", "all"]]


def test_drawn_years_fill_the_table_and_count_all_years():
    fitted, read, _ = entry(admission_number=[_number(ELM, YEAR, 10)])
    drawn = draw_years(read.market, 20, seed=1)
    rows = OFFER_CHANCE.typed(offer_rows(fitted, read, drawn, np.array([True, False])))
    assert OFFER_CHANCE.broken_rules(rows) == []
    assert set(rows["urn"]) == {ELM}
    assert rows["years"].sum() == 20
    assert set(rows["basis"]) == {"default"}


def test_a_priority_area_makes_two_tables_of_a_school():
    area = {
        "source_id": "admission_areas",
        "academic_year": YEAR,
        "admission_area": "East",
        "phase": "primary",
        "urns": str(OAK),
        "geometry": shapely.to_wkb(shapely.box(-0.8 + 0.0015 * 19.5, 52.5, -0.7, 52.7)),
    }
    criteria = [
        _criterion(OAK, 1, "Children living in the catchment area"),
        _criterion(OAK, 2, "Other children, by distance in a straight line"),
    ]
    fitted, read, _ = entry(admission_area=[area], admission_criterion=criteria)
    assert read.market.schools.in_area[1].sum() == 20
    drawn = draw_years(read.market, 5, seed=1)
    rows = offer_rows(fitted, read, drawn, np.array([True, True]))
    assert set(rows.loc[rows["urn"] == OAK, "lives"]) == {"inside", "outside"}
    assert set(rows.loc[rows["urn"] == ELM, "lives"]) == {"anywhere"}


def test_shares_of_an_area_add_up_and_say_on_what_they_rest():
    fitted, read, _ = entry()
    drawn = draw_years(read.market, 30, seed=1)
    share = modelled_shares(fitted, read, drawn)
    assert share.sum(axis=1) == pytest.approx([1.0, 1.0])
    rows = CATCHMENT.typed(catchment_rows(fitted, share, read.pupils))
    assert CATCHMENT.broken_rules(rows) == []
    assert set(rows["basis"]) == {"default"}
    assert set(rows["journey_basis"]) == {"straight_line"}
    assert rows["pupils_counted"].isna().all()
    assert set(rows["pupils_counted_status"]) == {"unavailable"}
    west = rows[rows["home_code"] == WEST].set_index("urn")["share_pct"]
    east = rows[rows["home_code"] == EAST].set_index("urn")["share_pct"]
    assert west[ELM] > 50 > east[ELM]
    # The middle of the west is 950 m from Elm: 12 minutes at 4.8 km/h.
    minutes = rows.set_index(["home_code", "urn"])["minutes"]
    assert minutes[WEST, ELM] == pytest.approx(950 / 80, abs=0.06)


def test_a_default_choice_knows_of_places_by_the_years_drawn():
    fitted, read, _ = entry(admission_number=[_number(ELM, YEAR, 3), _number(OAK, YEAR, 60)])
    drawn = draw_years(read.market, 30, seed=1)
    share = modelled_shares(fitted, read, drawn)
    # Three places for the nearly nineteen children of the west.
    assert share[0, 0] < 3 / 18
    assert modelled_shares(fitted, read, None)[0, 0] > 0.5


def test_drawn_years_are_held_against_the_newest_published_one_beside_what_is_simpler():
    told = [_distance(ELM, "2023/24", 600.0), _distance(ELM, YEAR, 700.0)]
    fitted, read, _ = entry(offer_distance=told, admission_number=[_number(ELM, YEAR, 8)])
    drawn = draw_years(read.market, 25, seed=1)
    judged = {(method, by): value for method, by, value in offer_accuracy(fitted, read, drawn)}
    middle = np.nanmedian(drawn.outside.metres[:, 0])
    assert judged["default", "cut_off_error_m"] == pytest.approx(abs(middle - 700.0))
    assert judged["default", "cut_offs"] == 1
    assert judged["last_year", "cut_off_error_m"] == pytest.approx(100.0)
    # Of eight distances the year before is right at all: none lies between 600 and 700 m.
    assert judged["published", "offer_brier"] == 0.0
    assert 0 <= judged["default", "offer_brier"] <= 1
    rows = CHOICE_ACCURACY.typed(accuracy_rows(fitted, offer_accuracy(fitted, read, drawn)))
    assert CHOICE_ACCURACY.broken_rules(rows) == []
