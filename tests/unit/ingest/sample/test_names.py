import itertools
from pathlib import Path

import numpy as np
import pytest

from ingest.sample.names import Names, authority_names, county_names
from ingest.sample.names.places import PLACES
from ingest.sample.names.schools import ENDINGS
from ingest.sample.names.streets import COMMON, SUFFIXES
from ingest.sample.names.words import SAINTS, SURNAMES
from ingest.sample.tiles import tiles
from tests.support.real_names import plain, real_places, real_schools

COUNTIES = 280
NEAR = ("river", "coast", "wood", "hill", "ford")
FAITHS = ("", "Church of England", "Roman Catholic", "Does not apply")
SEEDS = range(4)


def names(seed=1):
    return Names(np.random.default_rng(seed))


def everything(given):
    """Draw from a county more names than it needs; the places first."""
    places = [given.settlement(kind) for kind in ("city", *("town",) * 6)]
    for thing in NEAR:
        places += [given.settlement("village", near=frozenset({thing})) for _ in range(9)]
        places += [given.settlement("hamlet", near=frozenset({thing})) for _ in range(9)]
    places += [given.suburb() for _ in range(14)]
    things = [each() for each in (given.park, given.wood, given.water, given.farm) for _ in "ab"]
    schools = [
        given.school(kind, places[n], faith, street)
        for n, kind in enumerate(ENDINGS)
        for faith in FAITHS
        for street in ("", f"{SURNAMES[n]} Road", "Mill Lane", f"{places[n]} Road")
    ]
    return places, things, schools


def test_equal_seeds_give_equal_names():
    assert everything(names(5)) == everything(names(5))
    assert everything(names(5)) != everything(names(6))


def test_no_settlement_of_a_county_is_called_like_another():
    places, _, _ = everything(names())
    assert len(set(places)) == len(places)


def test_a_county_never_runs_out_of_names():
    given = names()
    places = [given.settlement("village") for _ in range(1500)]
    assert len(set(places)) == 1500


def test_no_school_of_a_county_is_called_like_another():
    given = names()
    schools = [given.school("primary", "Tolbury") for _ in range(300)]
    assert len(set(schools)) == 300


def test_the_first_town_of_a_shire_is_the_one_it_is_called_after():
    found = 0
    for county in range(60):
        authority = authority_names(3, 2 * county + 1, COUNTIES)
        if authority.town:
            given = Names.of(tiles(COUNTIES, 3)[county], counties=COUNTIES)
            assert given.settlement("town") == authority.town
            assert authority.town not in [given.settlement("town") for _ in range(20)]
            found += 1
    assert found


def test_what_lies_near_can_be_heard_in_many_names():
    given = names()
    coastal = [given.settlement("village", near=frozenset({"coast"})) for _ in range(20)]
    told = ("mouth", "haven", "ness", "staithe", "port", "pool", "sea")
    assert sum(any(part in name.casefold() for part in told) for name in coastal) > 8


def test_every_authority_of_the_largest_sample_has_a_name_of_its_own():
    given = [authority_names(1, number, COUNTIES) for number in range(2 * COUNTIES + 18)]
    assert len({authority.name for authority in given}) == len(given)
    assert all(
        len(a.districts) == (1 if n < 560 and n % 2 == 0 else 2) for n, a in enumerate(given)
    )


def test_a_county_calls_its_neighbour_as_the_neighbour_calls_itself():
    here, there = tiles(4, 9)[:2]
    assert here.fringe == there.shire
    beyond = Names.of(there, counties=4).county()
    county = Names.of(here, counties=4).county()
    assert (county.fringe, county.fringe_district) == (beyond.shire, beyond.districts[0])


def test_a_county_alone_names_the_county_beyond_its_edge():
    county = county_names(1, 0)
    assert len({county.city, county.shire, county.fringe, *county.districts}) == 5
    assert county.fringe_district not in (county.fringe, *county.districts)


@pytest.mark.parametrize("kind", SUFFIXES)
def test_streets_of_a_county_are_told_apart(kind):
    given = names()
    common = set(COMMON.get(kind, ()))
    streets = [given.street(kind) for _ in range(1500)]
    others = [street for street in streets if street not in common]
    assert len(set(others)) == len(others)


def test_a_hamlet_may_be_called_after_its_village():
    given = names()
    village = given.settlement("village")
    hamlets = [given.settlement("hamlet", of=village) for _ in range(20)]
    assert any(village in hamlet for hamlet in hamlets)
    assert len(set(hamlets)) == len(hamlets)
    assert not any(village in given.settlement("hamlet") for _ in range(20))


def test_a_main_road_is_called_after_where_it_leads():
    given = names()
    assert given.street("main", to="Tolbury") == "Tolbury Road"
    assert given.street("main", to="Tolbury") != "Tolbury Road"


def test_each_place_has_a_common_street_once():
    given = names()
    streets = [(place, given.street("high", place=place)) for place in "ab" for _ in range(60)]
    assert len(set(streets)) == len(streets)
    assert {("a", "High Street"), ("b", "High Street")} <= set(streets)


def test_a_church_school_is_called_after_a_saint_or_says_its_faith():
    given = names()
    schools = [given.school("primary", "Tolbury", "Church of England") for _ in range(20)]
    assert all("CofE" in school for school in schools)
    assert any(school.startswith("St ") for school in schools)


def test_a_school_is_called_after_its_street_only_where_no_real_one_can_be():
    given = names()
    schools = [given.school("infant", "Tolbury", street="Mill Lane") for _ in range(20)]
    assert not any("Mill Lane" in school for school in schools)
    schools = [given.school("infant", "Tolbury", street="Marlowick Road") for _ in range(20)]
    assert any("Marlowick Road" in school for school in schools)


def test_names_are_plain_letters_that_every_file_can_hold():
    for seed in SEEDS:
        for name in itertools.chain(*everything(names(seed))):
            assert name.isascii()
            assert name == name.strip()
            assert '"' not in name


@pytest.fixture(scope="module")
def places(publishers: Path):
    return real_places(publishers)


@pytest.fixture(scope="module")
def schools(publishers: Path):
    return real_schools(publishers)


def test_no_name_of_a_place_is_real(places):
    listed = [name for group in PLACES.values() for name in group]
    assert len(listed) > 600
    assert {plain(name) for name in listed} & places == set()


def test_no_made_up_word_is_in_the_name_of_a_real_school(schools):
    words = {word for school in schools for word in school.split()}
    invented = [name for group in PLACES.values() for name in group]
    invented += [*SURNAMES, *SAINTS]
    assert {plain(word) for word in invented} & words == set()


def test_no_authority_or_district_is_real(places):
    given = [authority_names(1, number, COUNTIES) for number in range(2 * COUNTIES + 18)]
    names_given = {plain(name) for each in given for name in (each.name, *each.districts)}
    assert names_given & places == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_name_of_a_county_is_a_real_place_or_school(seed, places, schools):
    given, things, called = everything(names(seed))
    county = names(seed).county()
    assert {plain(name) for name in (*given, *things, county.sea)} & places == set()
    assert {plain(school) for school in called} & schools == set()
