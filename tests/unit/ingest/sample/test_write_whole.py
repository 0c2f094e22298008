"""A small sample with everything in it, made as the command makes it."""

import csv
import hashlib
from pathlib import Path

import osmium
import pytest
import shapely

from config.region import read_region
from ingest.issues import IssueLog
from ingest.sample.files import FILES
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
