"""What a build holds."""

import hashlib

import pytest

from ingest.errors import CheckFailed
from ingest.pipeline.steps import STEPS
from tests.builds.conftest import on_both_databases
from tests.support import tiny_mirror

pytestmark = on_both_databases


def test_a_build_counts_what_the_files_hold(built):
    assert built.manifest.counts == {
        "schools": 4,
        "schools_outside": 1,
        "schools_not_in_use": 1,
        "postcodes": 64,
        "postcodes_covered": 64,
        "lsoa21": 4,
        "covered_pct": 100.0,
        "transit_trips": 2,
    }


def test_every_step_has_its_time_and_peak_memory(built):
    assert [step.step for step in built.manifest.steps] == [
        *(step.id for step in STEPS),
        "database",
    ]
    assert all(step.seconds >= 0 for step in built.manifest.steps)
    assert all(step.peak_mb > 10 for step in built.manifest.steps)


def test_every_figure_can_be_traced_to_a_file_with_its_hash(built):
    receipts = built.query("select source_id, file_name, length(sha256), bytes from receipt")
    assert len(receipts) == 12
    assert all(length == 64 and size > 0 for _, _, length, size in receipts)
    assert ("gias", "edubasealldata20250524.csv") in {(who, name) for who, name, _, _ in receipts}
    releases = dict(built.query("select source_id, release from receipt"))
    assert releases["gias"] == "2025-05-24"
    assert releases["code_point_open"] == "2025-10"


def test_schools_and_postcodes_lie_in_their_small_area(built):
    assert dict(built.query("select urn, lsoa21 from school where not is_outside")) == {
        900001: "E01099001",
        900002: "E01099004",
        900003: "E01099002",
        900004: "E01099001",
        900005: "E01099002",
    }
    counts = built.query(
        "select lsoa21, count(*) from postcode where not is_outside group by 1 order by 1"
    )
    assert counts == [(code, 16) for code in tiny_mirror.LSOAS]


def test_a_school_beyond_the_streets_is_marked_as_not_covered(built):
    assert built.query("select is_covered from school where urn = 900006") == [(0,)]


def test_the_walk_to_the_nearest_primary_is_the_median_over_postcodes(built):
    """By hand, in the south-western square, school at (250, 250), streets every 250 m.

    A postcode at (100 + 250 i, 110 + 250 j) walks 100 m west to its street, then along it to
    the school's row (140 m north for j = 0, else 110, 360 or 610 m south), then along the row
    (250 m for i = 0, none for i = 1, 250 and 500 m for i = 2 and 3). Of the sixteen ways, seven
    are shorter than 710 m, and the eighth to eleventh are 710 m: at 80 m a minute 8.9 minutes.
    """
    told = built.query(
        "select value, status from area_value "
        "where measure = 'walk_to_primary' and area_code = 'E01099001'"
    )
    assert told == [(8.9, "estimated")]


def test_predecessors_and_successors_are_told_apart(built):
    assert built.query("select urn, linked_urn, direction from school_link order by urn") == [
        (900002, 900004, "predecessor"),
        (900004, 900002, "successor"),
    ]


def test_an_extract_that_covers_half_the_region_says_so(place):
    tiny_mirror.write_streets(place.mirror / "osm" / "tiny-latest.osm.pbf", side_m=1000)
    with pytest.raises(CheckFailed, match=r"postcodes_covered: \d+ instead of 64"):
        place.build()
    counts = place.build(may_shrink=True).counts
    assert 20 < counts["covered_pct"] < 45
    values = place.query(
        "select area_code, status from area_value where measure = 'walk_to_primary' order by 1"
    )
    assert values[0] == ("E01099001", "estimated")
    assert values[3] == ("E01099004", "unavailable")


def test_two_street_files_of_one_name_are_joined_and_the_store_stays_whole(place):
    for folder, east_m in (("west", 0), ("east", 1000)):
        (place.folder / folder).mkdir()
        path = place.folder / folder / "streets.osm.pbf"
        tiny_mirror.write_streets(path, side_m=1000, east_m=east_m)
    files = tuple(str(place.folder / side / "streets.osm.pbf") for side in ("west", "east"))
    streets = place.region.streets.model_copy(update={"files": files})
    place.region = place.region.model_copy(update={"streets": streets})
    manifest = place.build(may_shrink=True)
    stored = [each for each in manifest.receipts if each["source_id"] == "streets"]
    assert [each["file_name"] for each in stored] == ["streets.osm.pbf"] * 2
    for each in stored:
        found = next((place.home / "downloads" / "files").rglob(f"{each['sha256']}*"))
        assert hashlib.sha256(found.read_bytes()).hexdigest() == each["sha256"]
    covered = place.query("select lsoa21 from school where is_covered and not is_outside")
    assert {code for (code,) in covered} >= {"E01099001", "E01099002"}
