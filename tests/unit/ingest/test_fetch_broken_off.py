"""Transfers that break off, stall or change meanwhile."""

import gzip
import os

import pytest

from ingest.errors import FetchFailed
from ingest.fetch import fetch
from tests.support.downloads import (
    CSV,
    LONGER,
    MONDAY,
    OTHER,
    TUESDAY,
    parts,
    wanted,
    zipped,
)
from tests.support.naughty_server import File, Status


@pytest.mark.parametrize("marks", [{"etag": '"a"'}, {"last_modified": MONDAY}])
def test_a_broken_transfer_goes_on_where_it_stopped(server, store, client, waits, marks):
    half = File(CSV, breaks_after=50_000, **marks)
    address = server.on("/schools.csv", half, File(CSV, **marks))
    fetched = fetch(wanted(address), store=store, client=client)
    assert fetched.path.read_bytes() == CSV
    asked = server.requests[1].headers
    assert asked["range"] == "bytes=50000-"
    assert asked["if-range"] == next(iter(marks.values()))
    assert waits == [1.0]


def test_a_transfer_goes_on_in_a_later_build(server, store, client):
    address = server.on("/schools.csv", File(CSV, etag='"a"', breaks_after=0))
    server.on("/schools.csv", File(CSV, etag='"a"', breaks_after=50_000), Status(503))
    with pytest.raises(FetchFailed, match="what arrived is kept"):
        fetch(wanted(address), store=store, client=client)
    assert len(parts(store)) == 2
    server.requests.clear()
    server.on("/schools.csv", File(CSV, etag='"a"'))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert server.requests[0].headers["range"] == "bytes=50000-"
    assert parts(store) == []


def test_many_breaks_do_not_matter_while_bytes_come(server, store, client):
    breaking = File(CSV, etag='"a"', breaks_after=20_000)
    address = server.on("/schools.csv", breaking)
    fetched = fetch(wanted(address), store=store, client=client)
    assert fetched.path.read_bytes() == CSV
    assert len(server.requests) == -(-len(CSV) // 20_000)


def test_a_server_that_always_breaks_is_given_up(server, store, client, waits):
    address = server.on("/schools.csv", File(CSV, breaks_after=0, etag='"a"'))
    with pytest.raises(FetchFailed, match=r"\(3 attempts\)"):
        fetch(wanted(address), store=store, client=client)
    assert len(server.requests) == 3
    assert waits == [1.0, 2.0]


def test_a_stalled_transfer_is_broken_off_and_goes_on(server, store, client):
    stalled = File(CSV, etag='"a"', stalls_after=30_000)
    address = server.on("/schools.csv", stalled, File(CSV, etag='"a"'))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert server.requests[1].headers["range"] == "bytes=30000-"


def test_a_server_that_never_answers_is_given_up(server, store, client):
    address = server.on("/schools.csv", lambda handler, _request: handler.wait())
    with pytest.raises(FetchFailed, match="the server stopped sending"):
        fetch(wanted(address), store=store, client=client)


def test_a_file_without_marks_is_sent_whole_again(server, store, client):
    address = server.on("/schools.csv", File(CSV, breaks_after=50_000), File(CSV))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert "range" not in server.requests[1].headers


def test_a_weak_mark_is_not_trusted_with_half_a_file(server, store, client):
    half = File(CSV, etag='W/"a"', breaks_after=50_000)
    address = server.on("/schools.csv", half, File(CSV, etag='W/"a"'))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert "range" not in server.requests[1].headers


def test_a_server_that_ignores_ranges_sends_all_again(server, store, client):
    half = File(CSV, etag='"a"', breaks_after=50_000)
    address = server.on("/schools.csv", half, File(CSV, etag='"a"', takes_ranges=False))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


@pytest.mark.parametrize("takes_if_range", [True, False])
@pytest.mark.parametrize(
    ("new", "old_marks", "new_marks"),
    [
        (OTHER, {"etag": '"a"'}, {"etag": '"b"'}),
        (OTHER, {"last_modified": MONDAY}, {"last_modified": TUESDAY}),
        (LONGER, {"etag": '"a"'}, {}),  # shown by its length alone
    ],
)
def test_a_file_that_changes_meanwhile_is_started_afresh(
    server, store, client, new, old_marks, new_marks, takes_if_range
):
    half = File(CSV, breaks_after=50_000, **old_marks)
    changed = File(new, takes_if_range=takes_if_range, **new_marks)
    address = server.on("/schools.csv", half, changed)
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == new


def test_a_file_that_shrank_below_the_half_had_is_started_afresh(server, store, client):
    half = File(CSV, etag='"a"', breaks_after=50_000)
    small = File(b"URN\r\n1\r\n", etag='"a"')
    address = server.on("/schools.csv", half, small)
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == b"URN\r\n1\r\n"


def test_a_rest_that_starts_elsewhere_is_not_joined(server, store, client):
    def skewed(handler, _request):
        rest = CSV[40_000:-10_000]
        said = f"bytes 40000-{len(CSV) - 10_001}/{len(CSV)}"
        handler.head(206, {"Content-Range": said, "ETag": '"a"', "Content-Length": len(rest)})
        handler.wfile.write(rest)

    half = File(CSV, etag='"a"', breaks_after=50_000)
    address = server.on("/schools.csv", half, skewed, File(CSV, etag='"a"'))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


def test_a_server_that_sends_the_rest_in_pieces_is_asked_for_each(server, store, client):
    def piece(handler, request):
        start = int(request.headers["range"].removeprefix("bytes=").rstrip("-"))
        body = CSV[start : start + 30_000]
        said = f"bytes {start}-{start + len(body) - 1}/{len(CSV)}"
        handler.head(206, {"Content-Range": said, "ETag": '"a"', "Content-Length": len(body)})
        handler.wfile.write(body)

    address = server.on("/schools.csv", File(CSV, etag='"a"', breaks_after=50_000), piece)
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


def test_a_packed_transfer_goes_on_in_the_same_packing(server, store, client):
    half = File(CSV, etag='"a-gzip"', packed=True, breaks_after=9_000)
    address = server.on("/schools.csv", half, File(CSV, etag='"a-gzip"', packed=True))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert server.requests[1].headers["range"] == "bytes=9000-"


def test_half_a_packed_file_is_not_joined_with_half_an_unpacked_one(server, store, client):
    half = File(CSV, etag='"a"', packed=True, breaks_after=9_000)
    plain = File(CSV, etag='"a"', takes_if_range=False)
    address = server.on("/schools.csv", half, plain)
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


def test_a_packed_body_that_ends_early_without_saying_so_is_noticed(server, store, client):
    packed = gzip.compress(CSV)
    cut = Status(200, {"Content-Encoding": "gzip"}, packed[:-500])
    address = server.on("/schools.csv", cut, File(CSV, packed=True))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


def test_a_packed_body_that_is_garbled_is_noticed(server, store, client):
    garbled = Status(200, {"Content-Encoding": "gzip"}, b"not packed at all")
    address = server.on("/schools.csv", garbled)
    with pytest.raises(FetchFailed, match="cannot be unpacked"):
        fetch(wanted(address), store=store, client=client)
    assert not (store.root / "files").exists()


def test_a_body_shorter_than_its_length_is_never_kept(server, store, client):
    address = server.on("/schools.csv", File(CSV, length=len(CSV) + 10))
    with pytest.raises(FetchFailed, match="could not be downloaded"):
        fetch(wanted(address), store=store, client=client)
    assert not (store.root / "files").exists()


def test_chunks_that_break_off_are_never_kept(server, store, client):
    address = server.on("/schools.csv", File(CSV, is_chunked=True, breaks_after=50_000))
    with pytest.raises(FetchFailed, match="could not be downloaded"):
        fetch(wanted(address), store=store, client=client)
    assert not (store.root / "files").exists()


def test_a_zip_cut_short_by_a_server_that_says_no_length_is_refused(server, store, client):
    body = zipped(os.urandom(5_000))
    address = server.on("/codepo_gb.zip", File(body, length=-1, breaks_after=3_000))
    with pytest.raises(FetchFailed, match="the zip ends too early"):
        fetch(wanted(address, file_name="codepo_gb.zip"), store=store, client=client)


def test_notes_of_a_broken_transfer_that_cannot_be_read_start_it_afresh(server, store, client):
    address = server.on("/schools.csv", File(CSV, etag='"a"', breaks_after=9), Status(404))
    with pytest.raises(FetchFailed):
        fetch(wanted(address), store=store, client=client)
    next(store.parts.glob("*.json")).write_text("{")
    server.on("/schools.csv", File(CSV, etag='"a"'))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert "range" not in server.requests[-1].headers
