"""What a download brings, and what is not sent again."""

import gzip

import pytest

from ingest.errors import FetchFailed
from ingest.fetch import Client, fetch
from ingest.fetch.client import user_agent
from tests.support.downloads import CSV, MONDAY, NINE, OTHER, TEN, parts, wanted, zipped
from tests.support.naughty_server import File, Status, direct


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
