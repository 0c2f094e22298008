"""Feature services are paged through into one file."""

import json

import pytest

from ingest.errors import FetchFailed
from ingest.fetch import Client, FileStore, Patience, Wanted, fetch
from tests.support.feature_layer import FeatureLayer
from tests.support.naughty_server import NaughtyServer, Status, direct

ROWS = [{"LAD25CD": f"E0600000{number}", "LAD25NM": f"Dún {number}"} for number in range(1, 6)]


@pytest.fixture
def server():
    with NaughtyServer() as running:
        yield running


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "downloads")


@pytest.fixture
def client():
    patience = Patience(connect_s=2, stall_s=1, tries=3)
    with Client(patience=patience, sleep=lambda _seconds: None, transport=direct()) as ours:
        yield ours


def wanted(address, file_name="lad25.geojson"):
    return Wanted("district25", "May 2025", file_name, addresses=(address,))


def pages(server, path="/ons"):
    asked = server.asked(f"{path}/FeatureServer/0/query")
    return [request for request in asked if "resultOffset" in request.query]


@pytest.mark.parametrize("is_more_in_properties", [True, False])
def test_every_row_comes_once_and_in_order(server, store, client, is_more_in_properties):
    layer = FeatureLayer(ROWS, page=2, is_more_in_properties=is_more_in_properties)
    fetched = fetch(wanted(layer.serve(server, "/ons")), store=store, client=client)
    features = json.loads(fetched.path.read_text(encoding="utf-8"))["features"]
    assert [each["properties"]["FID"] for each in features] == [1, 2, 3, 4, 5]
    assert features[4]["properties"]["LAD25NM"] == "Dún 5"
    assert features[4]["geometry"] == {"type": "Point", "coordinates": [5, 52.5]}
    assert [request.query["resultOffset"] for request in pages(server)] == ["0", "2", "4"]
    assert fetched.receipt.file_name == "lad25.geojson"
    assert fetched.receipt.address.endswith("/ons/FeatureServer/0")


def test_rows_are_asked_for_in_a_stated_order_and_reference_system(server, store, client):
    fetch(wanted(FeatureLayer(ROWS).serve(server, "/ons")), store=store, client=client)
    query = pages(server)[0].query
    assert query["orderByFields"] == "FID"
    assert query["outSR"] == "4326"
    assert query["f"] == "geojson"
    assert query["where"] == "1=1"
    assert query["outFields"] == "*"


def test_the_address_may_say_which_rows_and_columns(server, store, client):
    address = FeatureLayer(ROWS).serve(server, "/ons")
    address += "?where=LAD25CD+LIKE+'E%25'&outFields=LAD25CD"
    fetch(wanted(address), store=store, client=client)
    assert pages(server)[0].query["where"] == "LAD25CD LIKE 'E%'"
    assert pages(server)[0].query["outFields"] == "LAD25CD"
    assert server.requests[1].query["where"] == "LAD25CD LIKE 'E%'"


def test_the_columns_alone_can_be_had_as_csv(server, store, client):
    address = FeatureLayer(ROWS[:2]).serve(server, "/ons")
    fetched = fetch(wanted(address, "lookup.csv"), store=store, client=client)
    assert fetched.path.read_text(encoding="utf-8") == (
        "FID,LAD25CD,LAD25NM\n1,E06000001,Dún 1\n2,E06000002,Dún 2\n"
    )


def test_the_same_rows_give_the_same_bytes(server, store, client):
    one = fetch(wanted(FeatureLayer(ROWS, page=2).serve(server, "/a")), store=store, client=client)
    two = fetch(wanted(FeatureLayer(ROWS, page=5).serve(server, "/b")), store=store, client=client)
    assert one.receipt.sha256 == two.receipt.sha256


def test_a_layer_that_was_not_edited_is_not_read_again(server, store, client):
    layer = FeatureLayer(ROWS, edited=7)
    address = layer.serve(server, "/ons")
    first = fetch(wanted(address), store=store, client=client)
    server.requests.clear()
    assert fetch(wanted(address), store=store, client=client) == first
    assert pages(server) == []
    layer.edited = 8
    layer.rows = ROWS[:3]
    assert fetch(wanted(address), store=store, client=client).receipt.etag == "8"


def test_a_layer_that_does_not_say_when_it_was_edited_is_read_again(server, store, client):
    address = FeatureLayer(ROWS, edited=None).serve(server, "/ons")
    first = fetch(wanted(address), store=store, client=client)
    server.requests.clear()
    assert fetch(wanted(address), store=store, client=client) == first
    assert len(pages(server)) == 3


def test_progress_is_told_in_rows(server, store, client):
    told = []
    address = FeatureLayer(ROWS).serve(server, "/ons")
    fetch(wanted(address), store=store, client=client, progress=lambda *now: told.append(now))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_rows_that_are_missing_are_noticed(server, store, client):
    address = FeatureLayer(ROWS, count=6).serve(server, "/ons")
    with pytest.raises(FetchFailed, match=r"\(LAD_MAY_2025\) counts 6 rows and gave 5"):
        fetch(wanted(address), store=store, client=client)
    assert not (store.root / "files").exists()
    assert [path for path in store.parts.iterdir() if path.suffix != ".lock"] == []


def test_an_empty_layer_gives_an_empty_collection(server, store, client):
    address = FeatureLayer([]).serve(server, "/ons")
    fetched = fetch(wanted(address), store=store, client=client)
    assert json.loads(fetched.path.read_text()) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("code", [429, 500, 504])
def test_a_passing_error_inside_an_answer_is_tried_again(server, store, client, code):
    layer = FeatureLayer(ROWS, errors=[{"code": code, "message": "busy"}])
    fetched = fetch(wanted(layer.serve(server, "/ons")), store=store, client=client)
    assert len(json.loads(fetched.path.read_text(encoding="utf-8"))["features"]) == 5


def test_a_lasting_error_inside_an_answer_is_told(server, store, client):
    error = {"code": 400, "message": "Invalid field", "details": ["'outFields'"]}
    address = FeatureLayer(ROWS, errors=[error]).serve(server, "/ons")
    with pytest.raises(FetchFailed, match="answered 400, Invalid field: 'outFields'"):
        fetch(wanted(address), store=store, client=client)
    assert len(pages(server)) == 1


def test_a_server_that_fails_between_pages_is_asked_again(server, store, client):
    layer = FeatureLayer(ROWS)
    address = layer.serve(server, "/ons")
    server.on("/ons/FeatureServer/0/query", layer._query, layer._query, Status(503), layer._query)
    fetched = fetch(wanted(address), store=store, client=client)
    assert len(json.loads(fetched.path.read_text(encoding="utf-8"))["features"]) == 5


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Status(200, body=b"<html>portal</html>"), "the answer is not JSON"),
        (Status(200, body=b"[]"), "is no feature layer"),
        (Status(404), "the server answered 404"),
    ],
)
def test_an_address_that_is_no_layer_is_told(server, store, client, answer, fault):
    address = server.on("/ons/FeatureServer/0", answer)
    with pytest.raises(FetchFailed, match=fault):
        fetch(wanted(address), store=store, client=client)


def test_a_layer_that_gives_no_count_is_told(server, store, client):
    address = FeatureLayer(ROWS, count="many").serve(server, "/ons")
    with pytest.raises(FetchFailed, match="gave no count of rows"):
        fetch(wanted(address), store=store, client=client)
