"""What is refused, waited for, or tried elsewhere."""

import httpx
import pytest

from ingest.errors import FetchFailed
from ingest.fetch import Client, Patience, fetch
from tests.support.downloads import CSV, MONDAY, TUESDAY, parts, wanted
from tests.support.naughty_server import File, NaughtyServer, Status, direct, redirect, web_page


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
