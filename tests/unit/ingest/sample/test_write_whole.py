"""A small sample with everything in it, made as the command makes it."""

import csv
import hashlib
import json
from pathlib import Path

import osmium
import pandas as pd
import pytest
import shapely

from config.region import read_region
from ingest.issues import IssueLog
from ingest.sample.files import FILES
from ingest.sample.land import make_land
from ingest.sample.names import Names
from ingest.sample.people import make_people
from ingest.sample.tiles import tiles
from ingest.sample.write import write_sample
from ingest.source import Cut
from ingest.sources import SOURCES
from tests.support.real_names import plain, real_places, real_schools

SCALE = 0.1
READERS = [source for source in SOURCES if source.read]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample") / "out"
    write_sample(out, scale=SCALE)
    return out


@pytest.fixture(scope="module")
def register(sample):
    path = sample / "gias" / "edubasealldata20250524.csv"
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("source", READERS, ids=lambda source: source.id)
def test_no_reader_warns_of_anything(sample, source):
    region = read_region(sample / "sample.toml")
    file = next(series.file for series in FILES if series.source == source.id)
    issues = IssueLog()
    cut = Cut(
        frozenset(authority.la_code_dfe for authority in region.authorities()),
        frozenset(region.la_codes),
        shapely.box(0, 0, 700_000, 1_300_000),
    )
    assert len(source.read(sample / file, cut, issues)) > 0
    assert [issue for issue in issues.issues if issue.severity == "warning"] == []


def test_the_same_scale_and_seed_give_the_same_bytes(sample, tmp_path):
    write_sample(tmp_path / "again", scale=SCALE)
    for series in FILES:
        first, second = (
            hashlib.sha256((folder / series.file).read_bytes()).hexdigest()
            for folder in (sample, tmp_path / "again")
        )
        assert (series.file, first) == (series.file, second)


@pytest.fixture(scope="module")
def people():
    """Make the people of the sample again, as they were before anything was written."""
    (tile,) = tiles(SCALE, 1)
    names = Names.of(tile)
    return make_people(make_land(tile, names), names)


def test_the_register_counts_the_pupils_that_the_last_census_does(register, people):
    rolls = people.rolls.pupils_by_school(2024)
    by_urn = dict(zip(people.schools["urn"].iloc[rolls.index].astype(str), rolls, strict=True))
    stated = {row["URN"]: row for row in register if row["NumberOfPupils"]}
    assert len(stated) > 5
    for urn, row in stated.items():
        pupils = int(row["NumberOfPupils"])
        assert pupils == int(row["NumberOfBoys"]) + int(row["NumberOfGirls"]) == by_urn.get(urn, 0)
    assert people.rolls.pupils_by_area(2024).sum() == rolls.sum()


def test_the_census_counts_the_residents_of_each_small_area(sample, people):
    census = pd.read_parquet(sample / "ons" / "census21_agegroups_lsoa21.parquet")
    then = people.ages[people.ages["year"] == 2021].groupby("area").sum()
    assert (
        census["Aged 15 years and under"].to_list() == then[list(range(16))].sum(axis=1).to_list()
    )
    everybody = census.drop(columns="lsoa21_code").sum(axis=1)
    assert everybody.to_list() == then[list(range(91))].sum(axis=1).to_list()


def test_the_truth_of_the_next_five_years_goes_on_where_the_census_ends(sample, people):
    (county,) = json.loads((sample / "truth.json").read_text("utf-8"))["counties"]
    rolls = people.rolls.take(people.rolls.academic_year == 2024)
    for group in (1, 2, 4, 6, 8, 10):
        before = rolls.pupils[rolls.year_group == group - 1].sum()
        after = sum(years["2025"].get(str(group), 0) for years in county["next_five"].values())
        assert after == pytest.approx(before, rel=0.08)
    assert all(
        set(years) <= {"2025", "2026", "2027", "2028", "2029"}
        for years in county["next_five"].values()
    )


def test_every_school_lies_in_its_authority_and_county(register):
    codes = {(row["LA (code)"], row["LA (name)"], row["GSSLACode (name)"]) for row in register}
    assert len(codes) <= 3
    assert {row["LA (code)"] for row in register} <= {"421", "422", "423"}
    assert all(row["LSOA (code)"].startswith("E0190") for row in register)


def test_no_two_establishments_of_an_authority_share_a_number(register):
    numbers = [
        (row["LA (code)"], row["EstablishmentNumber"])
        for row in register
        if row["EstablishmentStatus (name)"] != "Closed"
    ]
    assert len(set(numbers)) == len(numbers)


def test_the_street_extract_is_whole(sample):
    known, last = set(), dict.fromkeys("nwr", 0)
    for each in osmium.FileProcessor(str(sample / "osm" / "sample-latest.osm.pbf")):
        kind = each.type_str()
        assert each.id > last[kind]
        last[kind] = each.id
        if kind == "n":
            known.add(each.id)
        elif kind == "w":
            assert {node.ref for node in each.nodes} <= known


def test_no_school_or_place_of_it_is_real(sample, register, publishers: Path):
    places, schools = real_places(publishers), real_schools(publishers)
    assert {plain(row["EstablishmentName"]) for row in register} & schools == set()
    towns = {plain(row[column]) for row in register for column in ("Town", "Locality")} - {""}
    assert towns & places == set()
    named = osmium.filter.KeyFilter("place")
    extract = str(sample / "osm" / "sample-latest.osm.pbf")
    nodes = osmium.FileProcessor(extract, osmium.osm.NODE).with_filter(named)
    assert {plain(node.tags["name"]) for node in nodes} & places == set()
