"""Which release a fetched file is said to be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.region import read_region
from ingest.fetch import release_in
from ingest.pipeline import fetching
from ingest.pipeline.reporter import Silent
from ingest.source import Release, daily, fixed
from ingest.sources import gias, gias_links, imd2025
from tests.support.naughty_server import File
from tests.support.tiny_mirror import write_region

CSV = b"URN,EstablishmentName\r\n100000,A\r\n"


@pytest.fixture
def fetch_one(tmp_path, monkeypatch, store, client):
    region = read_region(write_region(tmp_path))

    def fetch(source):
        monkeypatch.setattr(fetching, "SOURCES", (source,))
        monkeypatch.setattr(fetching, "Client", lambda: client)
        (fetched,) = fetching.fetch_all(region, store=store, mirror=None, reporter=Silent())[
            source.id
        ]
        return fetched.receipt

    return fetch


def day(back):
    return datetime.now(UTC).date() - timedelta(days=back)


def test_the_release_is_the_day_of_the_file_that_came(server, fetch_one):
    server.on(f"/edubasealldata{day(2):%Y%m%d}.csv", File(CSV))
    source = replace(gias.SOURCE, releases=daily(server.url("/edubasealldata{day:%Y%m%d}.csv")))
    receipt = fetch_one(source)
    assert receipt.release == day(2).isoformat()
    assert receipt.file_name == f"edubasealldata{day(2):%Y%m%d}.csv"


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
