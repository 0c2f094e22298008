"""A file whose release is the day of asking is the same file on the next day, until it changes."""

from datetime import timedelta

import pytest

from ingest.fetch import Wanted, fetch
from tests.support.downloads import CSV, NINE, OTHER
from tests.support.naughty_server import File

TUESDAY = NINE + timedelta(days=1)


@pytest.fixture
def get(store, client):
    def fetched(day, *addresses, supplied=None):
        wanted = Wanted("streets", f"{day:%Y-%m-%d}", "s.csv", addresses, supplied=supplied)
        return fetch(wanted, store=store, client=client, clock=lambda: day)

    return fetched


def test_a_file_that_did_not_change_is_not_downloaded_again_and_keeps_its_day(server, get):
    address = server.on("/s.csv", File(CSV, etag='"a"'))
    first = get(NINE, address)
    assert get(TUESDAY, address) == first
    assert server.asked("/s.csv")[1].headers["if-none-match"] == '"a"'


def test_a_file_that_changed_is_of_the_later_day(server, get):
    address = server.on("/s.csv", File(CSV, etag='"a"'), File(OTHER, etag='"b"'))
    assert get(NINE, address).receipt.release == "2025-05-24"
    later = get(TUESDAY, address)
    assert later.receipt.release == "2025-05-25"
    assert later.path.read_bytes() == OTHER


def test_the_same_bytes_from_a_server_without_marks_keep_their_day(server, get):
    address = server.on("/s.csv", File(CSV))
    first = get(NINE, address)
    assert get(TUESDAY, address) == first
    assert len(server.asked("/s.csv")) == 2


def test_an_authoritys_own_file_keeps_its_day_until_it_is_changed(tmp_path, get):
    path = tmp_path / "rolls.csv"
    path.write_bytes(CSV)
    first = get(NINE, supplied=path)
    assert get(TUESDAY, supplied=path) == first
    path.write_bytes(OTHER)
    assert get(TUESDAY, supplied=path).receipt.release == "2025-05-25"


def test_a_release_that_is_no_day_is_had_under_its_own_name(server, store, client):
    address = server.on("/s.csv", File(CSV, etag='"a"'))
    for release in ("2024", "2025"):
        wanted = Wanted("imd", release, "s.csv", addresses=(address,))
        assert fetch(wanted, store=store, client=client).receipt.release == release
