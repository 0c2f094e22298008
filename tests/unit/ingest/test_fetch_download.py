"""Downloads, held against a real server on its bad days."""

import errno
import gzip
import io
import os
import threading
import zipfile
from datetime import UTC, datetime

import httpx
import pytest

from ingest.errors import FetchFailed, StoreFull
from ingest.fetch import Client, FileStore, Patience, Wanted, fetch
from ingest.fetch.client import user_agent
from tests.support.naughty_server import File, NaughtyServer, Status, direct, redirect, web_page

CSV = b"URN,EstablishmentName\r\n" + b"".join(
    b"%d,School number %d\r\n" % (number, number) for number in range(100_000, 104_000)
)
OTHER = CSV.replace(b"School", b"Ecoles")
LONGER = CSV.replace(b"School", b"Academy")
MONDAY = "Mon, 19 May 2025 09:00:00 GMT"
TUESDAY = "Tue, 20 May 2025 09:00:00 GMT"
NINE = datetime(2025, 5, 24, 9, 0, tzinfo=UTC)
TEN = datetime(2025, 5, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def server():
    with NaughtyServer() as running:
        yield running


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "downloads")


@pytest.fixture
def waits():
    return []


@pytest.fixture
def client(waits):
    patience = Patience(
        connect_s=2, stall_s=0.25, tries=3, first_wait_s=1, redirects=3, worthwhile_bytes=1
    )
    with Client(
        patience=patience, sleep=waits.append, jitter=lambda: 1.0, transport=direct()
    ) as ours:
        yield ours


def wanted(*addresses, file_name="schools.csv", release="2025-05-24"):
    return Wanted("gias", release, file_name, addresses=addresses)


def parts(store):
    return sorted(path.name for path in store.parts.glob("*") if path.suffix != ".lock")


# What comes


def test_a_file_is_downloaded_with_its_receipt(server, store, client):
    address = server.on("/schools.csv", File(CSV, etag='"a"', last_modified=MONDAY))
    fetched = fetch(wanted(address), store=store, client=client, clock=lambda: NINE)
    assert fetched.path.read_bytes() == CSV
    receipt = fetched.receipt
    assert receipt.address == address
    assert receipt.etag == '"a"'
    assert receipt.last_modified == MONDAY
    assert receipt.bytes == len(CSV)
    assert receipt.fetched_at == "2025-05-24T09:00:00Z"
    assert store.verify(receipt)
    assert parts(store) == []


def test_the_client_says_who_it_is(server, store):
    address = server.on("/schools.csv", File(CSV))
    contact = "https://atlas.example.gov.uk/\nX: é"
    with Client(contact=contact, transport=direct()) as client:
        fetch(wanted(address), store=store, client=client)
    said = server.requests[0].headers["user-agent"]
    assert said == user_agent("https://atlas.example.gov.uk/X: ")
    assert said.startswith("schools-atlas/")


def test_a_client_is_made_where_none_is_given(server, store, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    address = server.on("/schools.csv", File(CSV))
    assert fetch(wanted(address), store=store).path.read_bytes() == CSV


def test_progress_is_told_in_bytes(server, store, client):
    told = []
    address = server.on("/schools.csv", File(CSV))
    fetch(
        wanted(address),
        store=store,
        client=client,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (len(CSV), len(CSV))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_length_that_is_not_said_is_not_made_up(server, store, client):
    for answer in (File(CSV, is_chunked=True), File(CSV, length=-1)):
        told = []
        address = server.on("/schools.csv", answer)
        fetched = fetch(
            wanted(address),
            store=store,
            client=client,
            progress=lambda *now, told=told: told.append(now),
        )
        assert fetched.path.read_bytes() == CSV
        assert told[-1] == (len(CSV), None)


def test_a_packed_answer_is_unpacked(server, store, client):
    address = server.on("/schools.csv", File(CSV, packed=True))
    fetched = fetch(wanted(address), store=store, client=client)
    assert fetched.path.read_bytes() == CSV
    assert fetched.receipt.bytes == len(CSV)
    assert parts(store) == []


def test_a_packed_answer_may_be_of_several_members(server, store, client):
    body = gzip.compress(CSV[:1000]) + gzip.compress(CSV[1000:])
    address = server.on("/schools.csv", Status(200, {"Content-Encoding": "gzip"}, body))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


def test_packing_is_not_asked_for_where_the_file_is_packed(server, store, client):
    body = zipped(CSV)
    address = server.on("/codepo_gb.zip", File(body, packed=True))
    fetched = fetch(wanted(address, file_name="codepo_gb.zip"), store=store, client=client)
    assert fetched.path.read_bytes() == body
    assert server.requests[0].headers["accept-encoding"] == "identity"


def test_a_packing_that_was_not_asked_for_is_refused(server, store, client):
    address = server.on("/schools.csv", Status(200, {"Content-Encoding": "br"}, b"\x0b\x02"))
    with pytest.raises(FetchFailed, match="is sent as 'br', which was not asked for"):
        fetch(wanted(address), store=store, client=client)


def test_the_name_is_the_addresss_own_where_it_has_one(server, store, client):
    plain = server.on("/edubasealldata20250523.csv", File(CSV))
    query = server.on("/downloads", File(CSV))
    one = fetch(wanted(plain), store=store, client=client)
    two = fetch(wanted(query + "?area=GB&format=CSV"), store=store, client=client)
    assert one.receipt.file_name == "edubasealldata20250523.csv"
    assert two.receipt.file_name == "schools.csv"


# Asked again


@pytest.mark.parametrize(
    ("marks", "condition"),
    [
        ({"etag": '"a"'}, ("if-none-match", '"a"')),
        ({"etag": 'W/"a"'}, ("if-none-match", 'W/"a"')),
        ({"last_modified": MONDAY}, ("if-modified-since", MONDAY)),
    ],
)
def test_an_unchanged_file_is_not_sent_again(server, store, client, marks, condition):
    address = server.on("/schools.csv", File(CSV, **marks))
    first = fetch(wanted(address), store=store, client=client, clock=lambda: NINE)
    again = fetch(wanted(address), store=store, client=client, clock=lambda: TEN)
    assert again == first
    name, value = condition
    assert name not in server.requests[0].headers
    assert server.requests[1].headers[name] == value


def test_a_changed_file_is_fetched_anew(server, store, client):
    address = server.on("/schools.csv", File(CSV, etag='"a"'), File(OTHER, etag='"b"'))
    fetch(wanted(address), store=store, client=client, clock=lambda: NINE)
    again = fetch(wanted(address), store=store, client=client, clock=lambda: TEN)
    assert again.path.read_bytes() == OTHER
    assert again.receipt.etag == '"b"'
    assert again.receipt.fetched_at == "2025-05-24T10:00:00Z"


def test_the_same_bytes_without_marks_keep_their_receipt(server, store, client):
    address = server.on("/schools.csv", File(CSV))
    first = fetch(wanted(address), store=store, client=client, clock=lambda: NINE)
    again = fetch(wanted(address), store=store, client=client, clock=lambda: TEN)
    assert len(server.requests) == 2
    assert again == first


@pytest.mark.parametrize("damage", [b"", b"URN", CSV.replace(b"School", b"Skhool")])
def test_a_damaged_stored_file_is_fetched_again(server, store, client, damage):
    address = server.on("/schools.csv", File(CSV, etag='"a"'))
    path = fetch(wanted(address), store=store, client=client).path
    path.chmod(0o644)
    path.write_bytes(damage)
    again = fetch(wanted(address), store=store, client=client)
    assert again.path.read_bytes() == CSV
    assert "if-none-match" not in server.requests[1].headers


def test_a_receipt_of_another_address_is_no_condition(server, store, client):
    one = server.on("/a/schools.csv", File(CSV, etag='"a"'))
    two = server.on("/b/schools.csv", File(OTHER, etag='"a"'))
    fetch(wanted(one), store=store, client=client)
    assert fetch(wanted(two), store=store, client=client).path.read_bytes() == OTHER


def test_nothing_changed_is_not_believed_where_nothing_was_had(server, store, client):
    address = server.on("/schools.csv", Status(304))
    with pytest.raises(FetchFailed, match="could not be downloaded"):
        fetch(wanted(address), store=store, client=client)


# Broken off


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


# Refused


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_trouble_is_tried_again(server, store, client, waits, status):
    address = server.on("/schools.csv", Status(status), Status(status), File(CSV))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_lasting_refusal_is_not_tried_again(server, store, client, status):
    address = server.on("/schools.csv", Status(status))
    with pytest.raises(FetchFailed, match=f"the server answered {status}") as raised:
        fetch(wanted(address), store=store, client=client)
    assert address in raised.value.message
    assert len(server.requests) == 1


def test_a_server_is_waited_for_as_it_asks(server, store, waits):
    address = server.on(
        "/schools.csv",
        Status(429, {"Retry-After": "7"}),
        Status(503, {"Retry-After": TUESDAY, "Date": MONDAY}),
        File(CSV),
    )
    patience = Patience(longest_wait_s=100_000)
    with Client(patience=patience, sleep=waits.append, transport=direct()) as patient:
        fetch(wanted(address), store=store, client=patient)
    assert waits == [7.0, 86_400.0]


def test_a_server_that_asks_for_too_long_a_wait_is_given_up(server, store, client, waits):
    address = server.on("/schools.csv", Status(429, {"Retry-After": "3600"}))
    with pytest.raises(FetchFailed, match="asks to wait 60 minutes"):
        fetch(wanted(address), store=store, client=client)
    assert waits == []


def test_waits_are_spread_and_bounded():
    waits = []
    patience = Patience(tries=9, first_wait_s=1, longest_wait_s=10)
    always = httpx.MockTransport(lambda _request: httpx.Response(500))
    with (
        Client(
            patience=patience, sleep=waits.append, jitter=lambda: 0.0, transport=always
        ) as client,
        pytest.raises(FetchFailed),
    ):
        client.get_json("http://127.0.0.1/")
    assert waits == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0]


def test_redirects_are_followed(server, store, client):
    server.on("/new/schools.csv", File(CSV))
    server.on("/middle", redirect("/new/schools.csv", 301))
    address = server.on("/schools.csv", redirect(server.url("/middle"), 307))
    fetched = fetch(wanted(address), store=store, client=client)
    assert fetched.path.read_bytes() == CSV
    assert fetched.receipt.address == address


def test_a_ring_of_redirects_is_left(server, store, client):
    address = server.on("/schools.csv", redirect("/schools.csv"))
    with pytest.raises(FetchFailed, match="redirected more than 3 times"):
        fetch(wanted(address), store=store, client=client)
    assert len(server.requests) == 4


@pytest.mark.parametrize("to", ["file:/etc/hostname", "ftp://example.org/a.csv"])
def test_a_redirect_out_of_the_web_is_refused(server, store, client, to):
    address = server.on("/schools.csv", redirect(to))
    with pytest.raises(FetchFailed, match="which is not an http or https address") as raised:
        fetch(wanted(address), store=store, client=client)
    assert f"{address} leads to {to}" in raised.value.message


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "schools.csv", "http://", "http://[::1"]
)
def test_an_address_that_is_none_is_refused(store, client, address):
    with pytest.raises(FetchFailed, match="address"):
        fetch(wanted(address), store=store, client=client)


def test_a_redirect_from_https_to_http_is_refused(store):
    def answer(request):
        assert request.url.scheme == "https"
        return httpx.Response(302, headers={"Location": "http://example.org/schools.csv"})

    with (
        Client(transport=httpx.MockTransport(answer)) as client,
        pytest.raises(FetchFailed, match=r"leads from https to http://example\.org/schools\.csv"),
    ):
        fetch(wanted("https://example.org/schools.csv"), store=store, client=client)


def test_an_untrusted_certificate_is_told_at_once(store):
    def answer(_request):
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate")

    with (
        Client(transport=httpx.MockTransport(answer), sleep=pytest.fail) as client,
        pytest.raises(FetchFailed, match="its certificate is not one this machine trusts"),
    ):
        fetch(wanted("https://example.org/schools.csv"), store=store, client=client)


def test_a_server_that_is_not_there_is_named(store, client):
    with NaughtyServer() as gone:
        address = gone.url("/schools.csv")
    with pytest.raises(FetchFailed, match=r"could not be downloaded: .*refused") as raised:
        fetch(wanted(address), store=store, client=client)
    assert "--mirror" in raised.value.hint


def test_a_web_page_in_place_of_the_file_is_refused(server, store, client):
    address = server.on("/schools.csv", web_page("Service unavailable"))
    with pytest.raises(FetchFailed, match="it is a web page titled 'Service unavailable'"):
        fetch(wanted(address), store=store, client=client)
    assert not (store.root / "files").exists()
    assert parts(store) == []
    server.on("/schools.csv", File(CSV))
    assert fetch(wanted(address), store=store, client=client).path.read_bytes() == CSV


# Several addresses


def test_the_next_address_is_tried_where_one_fails(server, store, client):
    today = server.on("/edubasealldata20250524.csv", Status(404))
    yesterday = server.on("/edubasealldata20250523.csv", File(CSV))
    fetched = fetch(wanted(today, yesterday), store=store, client=client)
    assert fetched.receipt.file_name == "edubasealldata20250523.csv"
    assert fetched.receipt.address == yesterday


def test_where_all_fail_each_is_told(server, store, client):
    one = server.on("/a.csv", Status(404))
    two = server.on("/b.csv", web_page("Sorry"))
    with pytest.raises(FetchFailed, match="from any of 2 addresses") as raised:
        fetch(wanted(one, two), store=store, client=client)
    assert f"{one} could not be downloaded: the server answered 404" in raised.value.message
    assert "titled 'Sorry'" in raised.value.message


def test_no_address_is_said_plainly(store, client):
    with pytest.raises(FetchFailed, match=r"schools\.csv \(gias\) has no address"):
        fetch(wanted(), store=store, client=client)


# The disk


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


# Two at once


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


def zipped(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("schools.csv", content)
    return buffer.getvalue()
