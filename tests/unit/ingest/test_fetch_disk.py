"""Full disks, and two builds at once."""

import errno
import os
import threading

import pytest

from ingest.errors import StoreFull
from ingest.fetch import Client, fetch
from tests.support.downloads import (
    CSV,
    OTHER,
    parts,
    wanted,
)
from tests.support.naughty_server import File, direct


class Room:
    free = 1_000


def test_a_file_that_does_not_fit_is_refused_at_its_first_byte(server, store, client, monkeypatch):
    address = server.on("/schools.csv", File(CSV))
    second = server.on("/again.csv", File(CSV))
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Room())
    with pytest.raises(StoreFull, match=r"1,000 bytes free; the file needs 0\.1 MB") as raised:
        fetch(wanted(address, second), store=store, client=client)
    assert "ATLAS_HOME" in raised.value.hint
    assert len(server.requests) == 1
    assert parts(store) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
def test_a_disk_that_fills_leaves_nothing_half_written(server, store, client):
    address = server.on("/schools.csv", File(CSV, length=-1))
    fetch(wanted(address), store=store, client=client)
    name = next(store.parts.glob("*.lock")).with_suffix(".part")
    name.symlink_to("/dev/full")
    server.on("/schools.csv", File(OTHER, length=-1))
    with pytest.raises(StoreFull, match="no room left on the disk"):
        fetch(wanted(address), store=store, client=client)
    assert parts(store) == []
    assert [each.sha256 for each in store.receipts()] == [
        path.stem for path in (store.root / "files").rglob("*.csv")
    ]


def test_a_disk_that_fills_half_way_is_given_its_room_back(server, store, client):
    def fill(_done, _total):
        raise OSError(errno.ENOSPC, "No space left on device")

    address = server.on("/schools.csv", File(CSV, etag='"a"'))
    with pytest.raises(StoreFull, match="no room left on the disk"):
        fetch(wanted(address), store=store, client=client, progress=fill)
    assert parts(store) == []


def test_two_builds_may_download_the_same_file_at_once(server, store):
    address = server.on("/schools.csv", File(CSV, etag='"a"'))
    begun, go_on = threading.Event(), threading.Event()
    results = []

    def hold(_done, _total):
        begun.set()
        go_on.wait(timeout=5)

    def build(progress):
        with Client(transport=direct()) as client:
            fetched = fetch(wanted(address), store=store, client=client, progress=progress)
        results.append(fetched.path.read_bytes())

    first = threading.Thread(target=build, args=(hold,))
    first.start()
    begun.wait(timeout=5)
    build(None)
    go_on.set()
    first.join(timeout=5)
    assert results == [CSV, CSV]
    assert parts(store) == []
