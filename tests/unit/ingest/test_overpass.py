"""Streets by way of OSMnx and the Overpass API, from a server on this machine."""

import json
import socket
from datetime import UTC, datetime, timedelta

import osmnx
import pyproj
import pytest
import shapely

from config.region import Region, Streets
from ingest.errors import FetchFailed
from ingest.overpass import ask_overpass
from tests.support.overpass_server import DATE, Answer, OverpassServer, answer_of, said
from tests.unit.travel.tiny_streets import X0, Y0, cross, write_extract
from travel import Network, build_network, read_extract

OUTLINE = shapely.box(X0 - 500, Y0 - 500, X0 + 500, Y0 + 500)
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ROAD = {"highway": "residential"}
WAYS = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], {"highway": "tertiary", "oneway": "yes"})}
REGION = Region(
    id="tiny",
    title="Tiny",
    la_codes=("E06000017",),
    streets=Streets(osmnx=True),
    contact="atlas@council.example",
)
BUSY = Answer(b"<p>rate limited</p>", 429)
GATEWAY = Answer(b"<p>timeout</p>", 504, {"Retry-After": "7"})
BROKEN = Answer(b'{"version": 0.6, "elements": [{"type": "no')


@pytest.fixture
def extract(tmp_path):
    signals = {1: {"highway": "traffic_signals"}, 2: {"barrier": "gate", "access": "no"}}
    return write_extract(tmp_path / "a.osm.pbf", cross(), WAYS, node_tags=signals)


@pytest.fixture
def ask(store, client):
    def asked(server, *, now=NOW, outline=OUTLINE, region=REGION):
        return ask_overpass(
            outline, region=region, url=server.url, store=store, client=client, clock=lambda: now
        )

    return asked


def test_one_request_brings_the_streets_and_leaves_a_receipt(ask, store, extract):
    with OverpassServer(answer_of(extract)) as server:
        fetched = ask(server)
    assert len(server.asked) == 1
    receipt = fetched.receipt
    assert receipt.address == f"{server.url}/interpreter"
    assert (receipt.source_id, receipt.release) == ("streets", DATE[:10])
    assert receipt.fetched_at == "2025-06-01T12:00:00Z"
    assert receipt.bytes == fetched.path.stat().st_size
    assert store.verify(receipt)
    assert fetched.path.suffix == ".json"
    assert list((store.root / "parts").iterdir()) == []


def test_the_request_names_the_outline_who_asks_and_how_long_it_may_take(ask, extract):
    with OverpassServer(answer_of(extract)) as server:
        ask(server)
    asked = server.asked[0]
    assert asked.path == "/api/interpreter"
    assert asked.query.startswith("[out:json][timeout:180]")
    assert '(way[~"^(highway|route)$"~"."](poly:' in asked.query
    assert asked.headers["user-agent"].startswith("schools-atlas/")
    assert "(+atlas@council.example)" in asked.headers["user-agent"]


def test_the_answer_makes_the_network_of_an_extract_with_barriers_and_signals(ask, extract):
    with OverpassServer(answer_of(extract)) as server:
        path = ask(server).path
    for mode in ("walk", "cycle", "drive"):
        ours, report = build_network(read_extract(extract), mode=mode)
        theirs, same = build_network(read_extract(path), mode=mode)
        assert theirs.network_id == ours.network_id
        assert (same.left_out, same.barriers_closed) == (report.left_out, report.barriers_closed)
    assert f"{read_extract(path).date:%Y-%m-%dT%H:%M:%SZ}" == DATE


def test_a_second_build_asks_nobody_for_a_week_unless_the_border_changes(ask, extract):
    with OverpassServer(answer_of(extract)) as server:
        first = ask(server)
        assert ask(server, now=NOW + timedelta(days=6)) == first
        assert len(server.asked) == 1
        ask(server, now=NOW + timedelta(days=8))
        assert len(server.asked) == 2
        ask(server, now=NOW + timedelta(days=8), outline=OUTLINE.buffer(900))
        assert len(server.asked) == 3


def test_osmnx_is_left_as_it_was_found(ask, extract):
    names = [name for name in dir(osmnx.settings) if name.islower() and not name.startswith("_")]
    before = {name: getattr(osmnx.settings, name) for name in names}
    resolve = socket.getaddrinfo
    with OverpassServer(answer_of(extract)) as server:
        ask(server)
    with OverpassServer(Answer(b"no", 400)) as server, pytest.raises(FetchFailed):
        ask(server)
    assert {name: getattr(osmnx.settings, name) for name in names} == before
    assert socket.getaddrinfo is resolve


def test_a_busy_server_is_asked_again_when_it_says(ask, waits, extract):
    with OverpassServer(BUSY, GATEWAY, answer_of(extract)) as server:
        assert ask(server).receipt.release == DATE[:10]
    assert len(server.asked) == 3
    assert waits == [60.0, 7.0]


def test_half_an_answer_is_asked_for_again(ask, extract):
    with OverpassServer(BROKEN, answer_of(extract)) as server:
        ask(server)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("answer", "says", "requests"),
    [
        (BUSY, r"the server is busy \(429\) \(3 attempts\)", 3),
        (GATEWAY, r"the server is busy \(504\) \(3 attempts\)", 3),
        (BROKEN, r"the answer is not the JSON of the Overpass API \(3 attempts\)", 3),
        (Answer(b"[]"), "the answer is not the JSON of the Overpass API", 3),
        (Answer(b"<p>bad query</p>", 400), "answered 400", 1),
        (Answer(b"", 301, {"Location": "http://127.0.0.1:1/"}), "answered 301", 1),
        (said([], remark="runtime error: Query timed out"), "runtime error: Query timed out", 1),
        (said([]), "without a single street", 1),
        (said([{"type": "node", "id": 1, "lat": 52.0, "lon": -1.0}]), "without a single", 1),
        (Answer(b'{"elements": 7}'), "without a single street", 1),
    ],
)
def test_a_server_on_a_bad_day_gives_a_clear_error(ask, store, answer, says, requests):
    with OverpassServer(answer) as server, pytest.raises(FetchFailed, match=says):
        ask(server)
    assert len(server.asked) == requests
    assert store.receipts() == ()
    assert list((store.root / "parts").iterdir()) == []


def test_a_server_that_is_not_there_is_named(ask, extract):
    with OverpassServer(answer_of(extract)) as server:
        pass
    with pytest.raises(FetchFailed, match="interpreter could not be downloaded: the connection"):
        ask(server)


@pytest.mark.parametrize("url", ["ftp://overpass.example/api", "overpass.example", ""])
def test_an_address_that_is_none_is_refused(store, client, url):
    with pytest.raises(FetchFailed, match="not an http or https address"):
        ask_overpass(OUTLINE, region=REGION, url=url, store=store, client=client)


def test_osmnx_downloads_and_simplifies_a_network_through_its_own_cache(
    tmp_path, monkeypatch, extract
):
    monkeypatch.setattr(osmnx.settings, "cache_folder", tmp_path / "cache")
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", False)
    monkeypatch.setattr(socket, "getaddrinfo", socket.getaddrinfo)  # OSMnx puts its own there
    middle = (shapely.get_y(point := _degrees(X0, Y0)), shapely.get_x(point))
    with OverpassServer(answer_of(extract)) as server:
        monkeypatch.setattr(osmnx.settings, "overpass_url", server.url)
        graph = osmnx.graph_from_point(middle, 300, network_type="all")
    assert len(list((tmp_path / "cache").glob("*.json"))) == 1
    again = osmnx.graph_from_point(middle, 300, network_type="all")
    assert len(server.asked) == 1
    for each in (graph, again):
        network = Network.from_osmnx(each, mode="drive")  # the one-way street is a trap
        assert network.length_m.sum() == pytest.approx(2 * 80, rel=0.01)


def _degrees(x, y):
    return shapely.Point(*pyproj.Transformer.from_crs(27700, 4326, always_xy=True).transform(x, y))


def test_an_answer_that_was_spoilt_in_the_store_is_asked_for_again(ask, extract):
    with OverpassServer(answer_of(extract)) as server:
        first = ask(server)
        first.path.chmod(0o644)
        first.path.write_text(json.dumps({}))
        assert ask(server).receipt.sha256 == first.receipt.sha256
        assert len(server.asked) == 2
