import csv
import zipfile
from datetime import date

import osmium
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from config.region import load_region
from ingest.fetch.mirror import find_in_mirror
from ingest.issues import IssueLog
from ingest.sample import codes
from ingest.sample.files import FILES
from ingest.sample.files.register_columns import COLUMNS
from ingest.source import Cut
from ingest.sources import SOURCES
from tests.support.sample_county import POSTCODES_AN_AREA, counties, write_mirror

BY_ID = {source.id: source for source in SOURCES}
READ = [series for series in FILES if series.source in BY_ID and BY_ID[series.source].read]
"""Files that a step of the build reads for itself; the others are rows of tables."""
NOT_MADE_UP = {
    *("brighton_admission_areas", "brighton_offers", "surrey_admissions", "trafford_population"),
    "imports",
}
"""Files of real councils, in layouts of their own; and tables that a region file explains."""

COUNTIES = 3
"""Two side by side, and one north of the first."""

AREAS = 4 * COUNTIES
DISTRICTS = 3 + 4 + 4
CITY, SHIRE = codes.la_code("city", 0), codes.la_code("shire", 1)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    return write_mirror(tmp_path_factory.mktemp("sample"), COUNTIES)


def read(mirror, source, *, of=("421", "422")):
    """Read a file as a build does, of the first county's two authorities."""
    districts = [codes.district_code("city", 0, 0)]
    districts += [codes.district_code("shire", 1, k) for k in (0, 1)]
    everywhere = shapely.box(0, 0, 700_000, 1_300_000)
    issues = IssueLog()
    cut = Cut(frozenset(of), frozenset(districts), everywhere)
    rows = BY_ID[source].read(mirror / _file(source), cut, issues)
    return rows, issues.issues


def _file(source):
    return next(series.file for series in FILES if series.source == source)


def test_every_series_that_the_atlas_reads_is_in_the_sample():
    assert set(BY_ID) - {series.source for series in FILES} == NOT_MADE_UP


def test_no_two_files_have_the_same_name():
    names = [series.file for series in FILES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("series", READ, ids=lambda series: series.source)
def test_a_build_finds_every_file_in_the_mirror(mirror, series):
    source = BY_ID[series.source]
    names = [
        release.file_name for release in source.releases(load_region("sample"), date(2025, 5, 24))
    ]
    patterns = (*names, *source.mirror_files)
    assert find_in_mirror(mirror, source.mirror_folder, patterns) == mirror / series.file


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("district_lookup", DISTRICTS),
        ("district24", DISTRICTS),
        ("lsoa21_lookup", AREAS),
        ("lsoa21", AREAS),
        ("ward25", AREAS),
        ("gias", AREAS),
        ("gias_links", 2 * COUNTIES),
    ],
)
def test_readers_have_nothing_to_say_of_the_files(mirror, source, rows):
    found, issues = read(mirror, source)
    assert len(found) == rows
    assert issues == []


def test_a_district_in_two_counties_is_there_once_and_whole(mirror):
    found, _ = read(mirror, "district24")
    shared = codes.district_code("shire", 3, 0)
    row = found.set_index("district").loc[shared]
    assert list(found["district"]).count(shared) == 1
    assert shapely.get_num_geometries(row.geometry) == 2


def test_small_areas_are_where_they_were(mirror):
    found, _ = read(mirror, "lsoa21")
    back = found.to_crs(27700).geometry
    wanted = [area for county in counties(COUNTIES) for area in county.land.areas.geometry]
    off = shapely.area(shapely.symmetric_difference(back.to_numpy(), wanted))
    assert max(off) < 100


def test_a_unitary_has_no_county_above_it_and_a_district_has(mirror):
    found, _ = read(mirror, "district_lookup")
    above = found.set_index("district")["la_code"]
    assert above[CITY] == CITY
    assert above[codes.district_code("shire", 1, 1)] == SHIRE


def test_postcodes_are_read_and_those_without_a_place_are_counted(mirror):
    found, issues = read(mirror, "code_point_open")
    assert len(found) == AREAS * POSTCODES_AN_AREA
    assert found["is_outside"].sum() == (AREAS - 3) * POSTCODES_AN_AREA
    assert [(issue.severity, issue.rule) for issue in issues] == [
        ("note", "postcode has a position")
    ]


def test_postcode_files_look_like_the_publishers(mirror):
    with zipfile.ZipFile(mirror / "os" / "codepo_gb.zip") as archive:
        lines = archive.read("Data/CSV/ad.csv").decode("ascii").splitlines()
        dates = {entry.date_time for entry in archive.infolist()}
    assert lines[0].startswith('"AD1 0AH",10,')
    assert lines[0].split(",")[4:] == [
        '"E92000001"',
        '""',
        '""',
        f'"{codes.la_code("shire", 3)}"',
        f'"{codes.district_code("fringe", 3, 0)}"',
        '"E05900001"',
    ]
    assert sum(",90,0,0," in line for line in lines) == COUNTIES
    assert len(dates) == 1
    assert BY_ID["code_point_open"].vintage(mirror / "os" / "codepo_gb.zip") == "2025-10"


def test_the_register_has_the_publishers_columns_and_marks(mirror, publishers):
    file = "gias/edubasealldata20250524.csv"
    real, made = (folder / file for folder in (publishers, mirror))
    assert _head(made) == _head(real)
    assert b"\r\n" in made.read_bytes()


def _head(path):
    with path.open(encoding="cp1252", newline="") as file:
        return file.readline()


def test_the_register_says_where_a_school_lies(mirror):
    with (mirror / "gias" / "edubasealldata20250524.csv").open(encoding="cp1252") as file:
        rows = list(csv.DictReader(file))
    city = rows[1]
    assert tuple(city) == COLUMNS
    assert (city["LA (code)"], city["GSSLACode (name)"]) == ("421", CITY)
    assert city["DistrictAdministrative (code)"] == CITY
    assert (city["AdministrativeWard (code)"], city["LSOA (code)"]) == ("E05900002", "E01900002")
    assert city["LA (name)"] == city["DistrictAdministrative (name)"]
    assert city["County (name)"] == ""
    assert rows[2]["County (name)"].endswith("shire")
    assert (city["TypeOfEstablishment (code)"], city["EstablishmentTypeGroup (name)"]) == (
        "34",
        "Academies",
    )
    assert city["Trusts (name)"] == "Horizon Learning Trust"


def test_the_register_names_nobody(mirror):
    with (mirror / "gias" / "edubasealldata20250524.csv").open(encoding="cp1252") as file:
        rows = list(csv.DictReader(file))
    personal = [name for name in COLUMNS if name.startswith("Head") or name == "TelephoneNum"]
    assert {row[name] for row in rows for name in personal} == {""}


def test_the_register_is_read_as_it_was_made(mirror):
    found, _ = read(mirror, "gias")
    first = found.set_index("urn").loc[codes.urn(0, 0)]
    assert (first["phase"], first["status"], first["pupils"]) == ("primary", "open", 180)
    assert (first["is_outside"], first["open_date"]) == (True, "2001-09-01")
    assert found["pupils"].isna().sum() == COUNTIES
    assert (found["status"] == "closed").sum() == COUNTIES


def test_links_are_written_as_the_publisher_writes_them(mirror):
    lines = (mirror / "gias" / "links_edubasealldata20250524.csv").read_bytes().split(b"\r\n")
    assert lines[0] == b'"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"'
    assert lines[1] == b'900002,900004,"Tolbury Old Primary School","Predecessor",""'


def test_deciles_are_those_of_the_whole_country(tmp_path):
    found = pd.read_parquet(write_mirror(tmp_path, 5) / "mhclg" / "imd2025_lsoa21.parquet")
    assert sorted(found["IMD_rank"]) == list(range(1, 21))
    assert found["IMD_decile"].value_counts().unique().tolist() == [2]
    worst = found.set_index("lsoa21_code")["IMD_score"].idxmax()
    assert found.set_index("lsoa21_code").loc[worst, ["IMD_rank", "IMD_decile"]].tolist() == [1, 1]


def test_measures_of_every_small_area_are_read(mirror):
    for source, measures in (("imd2025", 9), ("census21_ages", 3)):
        found, issues = read(mirror, source)
        assert len(found) == measures * AREAS
        assert set(found["status"]) == {"measured"}
        assert issues == []


def test_the_census_counts_residents_of_2021_once(mirror):
    found, _ = read(mirror, "census21_ages")
    third = found[(found["area_code"] == "E01900003") & (found["measure"] == "residents")]
    assert third["value"].tolist() == [2 * 91 * 3]


def test_tables_have_the_publishers_columns(mirror, publishers):
    for file in ("mhclg/imd2025_lsoa21.parquet", "ons/census21_agegroups_lsoa21.parquet"):
        made, real = (pq.read_schema(folder / file) for folder in (mirror, publishers))
        assert set(made.names) <= set(real.names)
        for name in made.names:
            assert made.field(name).type == real.field(name).type


def test_the_extract_holds_nodes_then_ways_then_relations(mirror):
    path = str(mirror / "osm" / "sample-latest.osm.pbf")
    found = [(each.type_str(), each.id, dict(each.tags)) for each in osmium.FileProcessor(path)]
    kinds = [kind for kind, _, _ in found]
    assert kinds == ["n"] * 7 * COUNTIES + ["w"] * 2 * COUNTIES + ["r"] * COUNTIES
    assert [number for _, number, _ in found[: 7 * COUNTIES]] == sorted(
        n for _, n, _ in found[: 7 * COUNTIES]
    )
    assert found[0][2] == {"place": "village", "name": "Tolbury St Oswen, 100% = all"}
    assert found[7 * COUNTIES][2] == {"highway": "residential", "name": "Mill Lane"}


def test_nodes_of_the_extract_are_where_they_were_to_a_centimetre(mirror):
    path = str(mirror / "osm" / "sample-latest.osm.pbf")
    found = [
        (node.location.lon, node.location.lat)
        for node in osmium.FileProcessor(path, osmium.osm.NODE)
    ]
    drawn = [
        place
        for county in counties(COUNTIES)
        for place in zip(county.drawing.lon, county.drawing.lat, strict=True)
    ]
    assert found == [pytest.approx(place, abs=1e-7) for place in drawn]


def test_the_extract_tells_its_day(mirror):
    with osmium.io.Reader(str(mirror / "osm" / "sample-latest.osm.pbf")) as reader:
        header = reader.header()
    assert header.get("osmosis_replication_timestamp") == "2025-05-24T00:00:00Z"
    assert "made-up" in header.get("generator")
