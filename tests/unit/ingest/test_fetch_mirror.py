"""A mirror folder, or the authority's own file, instead of a download."""

from datetime import UTC, date, datetime

import pytest

from ingest.errors import FetchFailed, MirrorFileMissing, SuppliedFileMissing
from ingest.fetch import FileStore, Wanted, date_in, fetch, find_in_mirror

NINE = datetime(2025, 5, 24, 9, 0, tzinfo=UTC)
TEN = datetime(2025, 5, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "downloads")


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror" / "gias"
    folder.mkdir(parents=True)
    for day in ("20250422", "20250524", "20241231"):
        (folder / f"edubasealldata{day}.csv").write_text(f"URN\n{day}\n")
    (folder / "links.csv").write_text("URN,LinkURN\n")
    return tmp_path / "mirror"


def wanted(**changes):
    values = {
        "source_id": "gias",
        "release": "newest",
        "file_name": "edubasealldata20990101.csv",
        "mirror_folder": "gias",
        "mirror_patterns": ("edubasealldata*.csv",),
        "addresses": ("http://127.0.0.1:9/never-asked.csv",),
    }
    return Wanted(**{**values, **changes})


def test_of_several_files_the_newest_by_name_is_taken(store, mirror):
    fetched = fetch(wanted(), store=store, mirror=mirror, clock=lambda: NINE)
    assert fetched.path.read_text() == "URN\n20250524\n"
    assert fetched.receipt.file_name == "edubasealldata20250524.csv"
    assert fetched.receipt.address == "mirror:gias/edubasealldata20250524.csv"
    assert fetched.receipt.fetched_at == "2025-05-24T09:00:00Z"
    assert fetched.receipt.bytes == 13
    assert fetched.receipt.sha256 == fetched.path.stem


def test_the_first_pattern_that_finds_a_file_wins(mirror):
    patterns = ("nothing*.csv", "links.csv", "edubase*.csv")
    assert find_in_mirror(mirror, "gias", patterns).name == "links.csv"


def test_without_patterns_the_file_name_is_looked_for(store, mirror):
    fetched = fetch(wanted(file_name="links.csv", mirror_patterns=()), store=store, mirror=mirror)
    assert fetched.receipt.file_name == "links.csv"


def test_a_pattern_may_reach_into_a_folder(mirror):
    (mirror / "gias" / "2018-2019").mkdir()
    (mirror / "gias" / "2018-2019" / "census.csv").write_text("URN\n")
    assert find_in_mirror(mirror, "gias", ("2018-2019/census.csv",)).name == "census.csv"


def test_fetching_again_returns_the_earlier_receipt(store, mirror):
    first = fetch(wanted(), store=store, mirror=mirror, clock=lambda: NINE)
    again = fetch(wanted(), store=store, mirror=mirror, clock=lambda: TEN)
    assert again == first


def test_a_changed_file_gets_a_receipt_of_its_own(store, mirror):
    first = fetch(wanted(), store=store, mirror=mirror, clock=lambda: NINE)
    (mirror / "gias" / "edubasealldata20250524.csv").write_text("URN\nlonger\n")
    again = fetch(wanted(), store=store, mirror=mirror, clock=lambda: TEN)
    assert again.receipt.sha256 != first.receipt.sha256
    assert again.receipt.fetched_at == "2025-05-24T10:00:00Z"
    assert first.path.read_text() == "URN\n20250524\n"


def test_a_missing_file_is_named_with_the_folder_and_what_is_there(store, mirror):
    with pytest.raises(MirrorFileMissing) as raised:
        fetch(wanted(mirror_patterns=("b.csv", "c*.csv")), store=store, mirror=mirror)
    message = raised.value.message
    assert "the mirror has no b.csv or c*.csv" in message
    assert str(mirror / "gias") in message
    assert "which holds edubasealldata20241231.csv" in message
    assert "links.csv" in message
    assert "--mirror" in raised.value.hint


def test_a_missing_series_folder_is_named_with_those_there(store, mirror):
    with pytest.raises(MirrorFileMissing) as raised:
        fetch(wanted(mirror_folder="ons"), store=store, mirror=mirror)
    assert "no folder 'ons' (looked for edubasealldata*.csv)" in raised.value.message
    assert f"looked in {mirror}" in raised.value.message
    assert "which holds gias" in raised.value.message


def test_a_missing_mirror_is_named(store, tmp_path):
    with pytest.raises(MirrorFileMissing, match="nowhere is not there") as raised:
        fetch(wanted(), store=store, mirror=tmp_path / "nowhere")
    assert "ATLAS_MIRROR" in raised.value.hint


def test_an_empty_folder_is_said_to_hold_nothing(tmp_path):
    (tmp_path / "gias").mkdir()
    with pytest.raises(MirrorFileMissing, match="which holds nothing"):
        find_in_mirror(tmp_path, "gias", ("*.csv",))


def test_a_long_listing_is_cut_short(tmp_path):
    (tmp_path / "gias").mkdir()
    for number in range(20):
        (tmp_path / "gias" / f"{number:02}.txt").write_text("x")
    with pytest.raises(MirrorFileMissing, match=r"11\.txt and 8 more"):
        find_in_mirror(tmp_path, "gias", ("*.csv",))


def test_a_folder_of_the_right_name_is_not_the_file(mirror):
    (mirror / "gias" / "edubasealldata20260101.csv").mkdir()
    found = find_in_mirror(mirror, "gias", ("edubasealldata*.csv",))
    assert found.name == "edubasealldata20250524.csv"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("edubasealldata20250524.csv", date(2025, 5, 24)),
        ("rutland_2022-07-20.osm.pbf", date(2022, 7, 20)),
        ("leeds_inner_2022-07.osm.pbf", date(2022, 7, 1)),
        ("allgroupsdata202203.csv", date(2022, 3, 1)),
        ("pupilprojprincipal_2022.csv", date(2022, 1, 1)),
        ("links20250230.csv", None),
        ("scorecards_202425.csv", None),
        ("codepo_gb.zip", None),
    ],
)
def test_the_date_in_a_name_is_read(name, expected):
    assert date_in(name) == expected


def test_a_supplied_file_wins_over_the_mirror(store, mirror, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("URN\nown\n")
    fetched = fetch(wanted(supplied=own), store=store, mirror=mirror)
    assert fetched.path.read_text() == "URN\nown\n"
    assert fetched.receipt.address == "supplied:own.csv"


def test_a_supplied_file_that_is_not_there_is_named(store, tmp_path):
    with pytest.raises(SuppliedFileMissing, match=r"own\.csv, named for gias, is not there"):
        fetch(wanted(supplied=tmp_path / "own.csv"), store=store)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\xef\xbb\xbf \n<!doctype HTML><title>Sign in\n</title>", "titled 'Sign in'"),
        ("a.zip", b"<html><body>404", "it is a web page"),
        ("a.zip", b"URN,Name", r"it starts with b'URN,Name', as no \.zip file does"),
        ("a.zip", b"PK\x03\x04" + b"x" * 200_000, "the zip ends too early, after 0.2 MB"),
        ("a.xlsx", b"URN,Name", r"as no \.xlsx file does"),
        ("a.parquet", b"URN,Name", r"as no \.parquet file does"),
        ("a.osm.pbf", b"\x00\x00\x00\x0d", r"as no \.pbf file does"),
        ("a.csv", b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code>", "it is an XML message"),
        ("a.geojson", b"<Error>denied</Error>", "it is an XML message"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(store, tmp_path, name, content, fault):
    own = tmp_path / name
    own.write_bytes(content)
    mirrored = wanted(mirror_folder=tmp_path.name, mirror_patterns=(name,))
    with pytest.raises(FetchFailed, match=fault):
        fetch(mirrored, store=store, mirror=tmp_path.parent)
    with pytest.raises(SuppliedFileMissing, match=fault) as raised:
        fetch(wanted(supplied=own), store=store)
    assert str(own) in raised.value.message
    assert not (store.root / "files").exists()


def test_a_spreadsheet_named_csv_is_let_through_as_its_publisher_does_that(store, tmp_path):
    own = tmp_path / "UD1.csv"
    own.write_bytes(b"PK\x03\x04spreadsheet")
    assert fetch(wanted(supplied=own), store=store).receipt.bytes == 15
