"""Offers in Surrey and admission areas in Brighton & Hove, read from the real files."""

from dataclasses import replace

import pytest
import shapely

from ingest.issues import IssueLog
from ingest.pipeline.work import numbered
from ingest.schema.provision import (
    ADMISSION_AREA,
    ADMISSION_CRITERION,
    ADMISSION_NUMBER,
    OFFER_DISTANCE,
)
from ingest.schema.schools import SCHOOL
from ingest.source import Cut
from ingest.sources import brighton_admission_areas, gias, surrey_admissions
from tests.support.reading import broken_rules, reading, told


@pytest.fixture(scope="module")
def surrey(publishers):
    """The register's schools of Surrey, those closed included."""
    cut = Cut(frozenset({"936"}), frozenset(), shapely.box(0, 0, 1, 1))
    return gias.read(publishers / "gias" / "edubasealldata20250524.csv", cut, IssueLog())


@pytest.fixture
def read(publishers, surrey):
    def rows_of(name):
        given = reading(before={SCHOOL: surrey}, la_codes_dfe=("936",))
        given = replace(given, cut=replace(given.cut, register=numbered(surrey)))
        path = publishers / "authority" / "surrey" / name
        rows = surrey_admissions.read_rows(path, given)
        assert broken_rules(rows) == []
        return rows, given

    return rows_of


def test_kilometres_become_metres_and_a_blank_says_why(read):
    rows, _ = read("2018_936_waverley_offers_school.csv")
    offers = rows[OFFER_DISTANCE]
    named = offers.set_index("urn")
    badshot_lea = named.loc[125051]
    assert badshot_lea["metres"] == 4260
    assert (
        offers["status"].value_counts()["not_applicable"] == 13
    )  # of 15 blanks: one school is full, one unknown
    assert offers["metres"].dropna().between(100, 20_000).all()
    assert set(offers["academic_year"]) == {"2018/19"}
    assert rows[ADMISSION_NUMBER]["places"].between(15, 120).all()


def test_a_full_school_without_a_last_distance_is_not_said_to_have_offered_to_all(read):
    rows, _ = read("2021_936_waverley_offers_school.csv")
    offers = rows[OFFER_DISTANCE].merge(rows[ADMISSION_NUMBER], on=["urn", "year_group"])
    blank = offers[offers["metres"].isna()]
    full = blank[blank["offers"] >= blank["places"]]
    assert sorted(full["offers"]) == [30, 47]  # St Edmund's, and Highfield South Farnham
    assert (full["status_x"] == "unavailable").all()
    assert (blank.drop(full.index)["status_x"] == "not_applicable").all()


def test_offers_of_that_year_belong_to_the_school_that_was_open_then(read):
    """Beacon Hill became an academy in 2024; its offers of 2018 are those of the school before."""
    rows, _ = read("2018_936_waverley_offers_school.csv")
    urns = set(rows[OFFER_DISTANCE]["urn"])
    assert 124978 in urns
    assert 151287 not in urns


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021])
def test_criteria_are_ranked_and_their_offers_add_up_to_the_schools(read, year):
    criteria, _ = read(f"{year}_936_waverley_offers_crit.csv")
    schools, _ = read(f"{year}_936_waverley_offers_school.csv")
    rows = criteria[ADMISSION_CRITERION]
    assert rows.groupby("urn")["rank"].min().eq(1).all()
    sums = rows.groupby("urn")["offers"].sum()
    offers = schools[OFFER_DISTANCE].set_index("urn")["offers"]
    agree = sums.eq(offers.reindex(sums.index))
    assert agree.mean() > 0.9
    assert len(rows) > 270


def test_a_school_that_the_register_does_not_have_is_told(read):
    _, given = read("2018_936_waverley_offers_school.csv")
    lost = [line for line in told(given) if "no school of the register" in line]
    assert [line.split(": ")[:2] for line in lost] == [
        ["2018_936_waverley_offers_school.csv, 936/2917", "Busbridge Infant School"],
        [
            "2018_936_waverley_offers_school.csv, 936/3349",
            "Green Oak Church of England Primary & Nursery School",
        ],
    ]
    assert sum("the one that followed it" in line for line in told(given)) < 8


def test_brightons_six_areas_lie_in_brighton_and_name_their_schools(publishers):
    path = publishers / "authority" / "brighton_and_hove" / "secondary_admission_areas_2026.geojson"
    given = reading(la_codes_dfe=("846",))
    rows = brighton_admission_areas.read_rows(path, given)
    areas = rows[ADMISSION_AREA]
    assert len(areas) == 6
    assert broken_rules(rows) == []
    shapes = shapely.from_wkb(areas["geometry"].to_numpy())
    west, south, east, north = shapely.total_bounds(shapes)
    assert -0.3 < west < east < 0.0
    assert 50.7 < south < north < 50.95
    assert set(" ".join(areas["urns"]).split()) == {
        *("114579", "114580", "114581", "114606", "114607", "114608", "136164", "137063")
    }
    assert told(given) == []
