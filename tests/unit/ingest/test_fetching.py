"""Which release a fetched file is said to be."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.region import read_region
from ingest.errors import FetchFailed, MirrorFileMissing, StoreFull, SuppliedFileMissing
from ingest.fetch import release_in
from ingest.issues import IssueLog
from ingest.pipeline import fetching
from ingest.pipeline.reporter import Silent
from ingest.source import Release, daily, fixed
from ingest.sources import gias, gias_links, imd2025, timetables
from tests.support.naughty_server import File
from tests.support.tiny_mirror import write_region

CSV = b"URN,EstablishmentName\r\n100000,A\r\n"


@pytest.fixture
def fetch_one(tmp_path, monkeypatch, store, client):
    region = read_region(write_region(tmp_path))

    def fetch(source):
        monkeypatch.setattr(fetching, "SOURCES", (source,))
        monkeypatch.setattr(fetching, "Client", lambda: client)
        (fetched,) = fetching.fetch_all(
            region, store=store, mirror=None, reporter=Silent(), issues=IssueLog()
        )[source.id]
        return fetched.receipt

    return fetch


def day(back):
    return datetime.now(UTC).date() - timedelta(days=back)


def test_where_yesterdays_register_is_missing_the_days_before_is_taken_and_the_receipt_says_so(
    server, fetch_one
):
    address = server.on(f"/edubasealldata{day(2):%Y%m%d}.csv", File(CSV))
    source = replace(gias.SOURCE, releases=daily(server.url("/edubasealldata{day:%Y%m%d}.csv")))
    receipt = fetch_one(source)
    assert receipt.release == day(2).isoformat()
    assert receipt.file_name == f"edubasealldata{day(2):%Y%m%d}.csv"
    assert receipt.address == address
    asked = [request.path for request in server.requests]
    assert asked == [f"/edubasealldata{day(back):%Y%m%d}.csv" for back in (1, 2)]


def test_where_yesterdays_register_is_there_no_other_day_is_asked_for(server, fetch_one):
    for back in (0, 1, 2):
        server.on(f"/edubasealldata{day(back):%Y%m%d}.csv", File(CSV))
    source = replace(gias.SOURCE, releases=daily(server.url("/edubasealldata{day:%Y%m%d}.csv")))
    assert fetch_one(source).release == day(1).isoformat()
    assert len(server.requests) == 1


def test_where_no_day_of_the_register_is_there_every_day_that_was_tried_is_named(server, fetch_one):
    source = replace(gias.SOURCE, releases=daily(server.url("/edubasealldata{day:%Y%m%d}.csv")))
    with pytest.raises(FetchFailed, match="could not be had from any of 4 addresses") as refused:
        fetch_one(source)
    assert all(f"{day(back):%Y%m%d}" in str(refused.value) for back in range(4))


def test_a_file_without_a_date_in_its_name_keeps_the_release_it_was_asked_for(server, fetch_one):
    address = server.on("/file_7.csv", File(CSV))
    release = Release(name="2025", file_name="file_7.csv", addresses=(address,))
    assert fetch_one(replace(imd2025.SOURCE, releases=fixed(release))).release == "2025"


@pytest.mark.parametrize("source", [gias, gias_links])
def test_yesterdays_register_is_asked_for_before_older_ones_and_todays(source):
    (release,) = source.SOURCE.releases(None, date(2025, 3, 2))
    days = [release_in(address) for address in release.addresses]
    assert days == ["2025-03-01", "2025-02-28", "2025-02-27", "2025-03-02"]
    assert release_in(release.file_name) == release.name == "2025-03-01"


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("edubasealldata20250524.csv", "2025-05-24"),
        ("leeds_inner_2022-07.osm.pbf", "2022-07"),
        ("File_7_IoD2025_All_Ranks.csv", "2025"),
        ("codepo_gb.zip", None),
    ],
)
def test_a_release_is_dated_as_precisely_as_the_name(name, release):
    assert release_in(name) == release


@pytest.fixture
def fetch_timetable(tmp_path, monkeypatch, store, client):
    """Fetch the timetables of a region file with this section, from a mirror or a server."""
    monkeypatch.setattr(fetching, "SOURCES", (timetables.SOURCE,))
    monkeypatch.setattr(fetching, "Client", lambda: client)

    def fetch(section, mirror=None):
        path = write_region(tmp_path / "regions")
        path.write_text(path.read_text().partition("[timetable]")[0] + section)
        issues = IssueLog()
        files = fetching.fetch_all(
            read_region(path), store=store, mirror=mirror, reporter=Silent(), issues=issues
        )
        return [file.receipt.file_name for file in files["timetables"]], issues.issues

    return fetch


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror" / "gtfs"
    folder.mkdir(parents=True)
    for name in ("itm_wales_gtfs.zip", "own.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("stops.txt", "stop_id\n")
    return tmp_path / "mirror"


def test_a_region_that_names_no_timetable_fetches_none(fetch_timetable, mirror):
    assert fetch_timetable("", mirror) == ([], [])


def test_a_timetable_is_found_under_its_publishers_name_or_the_one_that_is_given(
    fetch_timetable, mirror
):
    assert fetch_timetable('[timetable]\nfeeds = ["wales"]', mirror) == (
        ["itm_wales_gtfs.zip"],
        [],
    )
    named = '[timetable]\nfeeds = ["wales"]\nmirror_files = ["own.zip"]'
    assert fetch_timetable(named, mirror)[0] == ["own.zip"]
    own = f'[timetable]\nfiles = ["{(mirror / "gtfs" / "own.zip").as_posix()}"]'
    assert fetch_timetable(own)[0] == ["own.zip"]


def test_an_optional_series_that_is_not_in_the_mirror_is_noted_and_done_without(
    fetch_timetable, mirror
):
    names, (issue,) = fetch_timetable('[timetable]\nfeeds = ["wales", "london"]', mirror)
    assert names == ["itm_wales_gtfs.zip"]
    assert (issue.rule, issue.subject, issue.severity) == (
        "optional series",
        "timetables",
        "warning",
    )
    assert "itm_london_gtfs.zip" in issue.says
    assert issue.says.endswith("; the build goes on without")


def test_an_optional_series_that_no_server_has_is_noted_and_done_without(
    fetch_timetable, monkeypatch, server
):
    monkeypatch.setattr(timetables, "FEEDS", server.url("/gtfs-file/"))
    names, (issue,) = fetch_timetable('[timetable]\nfeeds = ["wales"]')
    assert names == []
    assert "/gtfs-file/wales/" in issue.says


@pytest.mark.parametrize(
    ("section", "error"),
    [
        ('feeds = ["london"]\nrequired = true', MirrorFileMissing),
        ('files = ["not/here.zip"]', SuppliedFileMissing),
    ],
)
def test_what_a_region_cannot_do_without_stops_its_build(fetch_timetable, mirror, section, error):
    with pytest.raises(error, match=r"london|here\.zip"):
        fetch_timetable(f"[timetable]\n{section}", mirror)


def test_a_series_is_never_done_without_because_the_disk_is_full(
    fetch_timetable, mirror, monkeypatch
):
    def full(*_, **__):
        raise StoreFull("no room")

    monkeypatch.setattr(fetching, "fetch", full)
    assert issubclass(StoreFull, FetchFailed)
    with pytest.raises(StoreFull):
        fetch_timetable('[timetable]\nfeeds = ["wales"]', mirror)


def _series_of(*releases):
    return replace(
        imd2025.SOURCE,
        mirror_files=(),
        releases=lambda *_: releases,
        read=None,
        read_rows=lambda *_: {},
    )


def _yearly(year, addresses=()):
    return Release(
        name=year, file_name="abs.csv", addresses=addresses, mirror_file=f"{year}/abs.csv"
    )


@pytest.fixture
def fetch_series(tmp_path, monkeypatch, store, client):
    region = read_region(write_region(tmp_path / "regions"))

    def fetch(source, mirror=None):
        monkeypatch.setattr(fetching, "SOURCES", (source,))
        monkeypatch.setattr(fetching, "Client", lambda: client)
        issues = IssueLog()
        files = fetching.fetch_all(
            region, store=store, mirror=mirror, reporter=Silent(), issues=issues
        )[source.id]
        return [(file.receipt.release, file.receipt.file_name) for file in files], issues.issues

    return fetch


def test_files_of_several_years_lie_in_folders_of_a_mirror_and_one_note_tells_of_the_rest(
    fetch_series, tmp_path
):
    for year in ("2017", "2018"):
        folder = tmp_path / "mirror" / "mhclg" / year
        folder.mkdir(parents=True)
        (folder / "abs.csv").write_bytes(CSV + year.encode())
    source = _series_of(*(_yearly(year) for year in ("2020", "2018", "2017", "2016")))
    found, (issue,) = fetch_series(source, tmp_path / "mirror")
    assert found == [("2018", "abs.csv"), ("2017", "abs.csv")]
    assert (issue.severity, issue.subject) == ("note", "imd2025")
    assert issue.says.startswith("2 of 4 files could not be had, the first: ")


def test_a_file_that_only_a_mirror_may_hold_is_not_asked_for_elsewhere(fetch_series, server):
    address = server.on("/abs.csv", File(CSV))
    found, issues = fetch_series(_series_of(_yearly("2018", (address,)), _yearly("2017")))
    assert found == [("2018", "abs.csv")]
    assert issues == []


def test_a_release_that_says_more_than_the_name_of_its_file_keeps_its_name(fetch_series, server):
    address = server.on("/2018-2019_england_ks4provisional.csv", File(CSV))
    release = Release(
        name="2018/19 provisional",
        file_name="2018-2019_england_ks4provisional.csv",
        addresses=(address,),
    )
    assert fetch_series(_series_of(release))[0] == [
        ("2018/19 provisional", "2018-2019_england_ks4provisional.csv")
    ]


def test_a_series_without_any_address_is_told_of(fetch_series):
    found, (issue,) = fetch_series(_series_of(_yearly("2018"), _yearly("2017")))
    assert found == []
    assert issue.says.startswith("its publisher gives it no lasting address")
