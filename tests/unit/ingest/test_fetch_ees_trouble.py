"""A service that breaks, lies or changes its mind leaves no half of a data set behind."""

import json
from dataclasses import replace

import pytest

from ingest.errors import FetchFailed
from ingest.fetch import Wanted, fetch
from ingest.fetch.ees.service import PAUSE_S
from tests.support.ees_rows import LEEDS, LONGER, META, ROWS, row
from tests.support.ees_server import DATA_SET, QUERY, ROOT, Edition, posted, table
from tests.support.naughty_server import Status, redirect


def test_a_version_published_between_two_pages_does_not_mix_with_the_one_begun(service, get):
    service.most = 2

    def publish(number):
        if number == 2:
            service.editions.append(Edition("1.1", LONGER[::-1]))

    service.between = publish
    fetched = get("dataSetVersion=1.*")
    assert fetched.receipt.etag == "1.0"
    assert len(table(fetched)) == len(ROWS)
    service.between = lambda _: None
    assert get("dataSetVersion=1.*").receipt.etag == "1.1"


def test_a_service_that_changes_version_all_the_same_is_refused(service, store, get):
    service.most, service.ignores_pins = 2, True

    def publish(number):
        if number == 2:
            service.editions.append(Edition("1.1", LONGER))

    service.between = publish
    with pytest.raises(FetchFailed, match=r"6 rows, then 7: the data set changed") as refused:
        get()
    assert "try again" in str(refused.value)
    assert store.receipts() == ()


def test_rows_that_move_between_pages_are_noticed_though_the_total_stays(service, get):
    service.most, service.ignores_pins = 2, True
    moved = [row("2021/2022", "LA", LEEDS, "1oX7c", "1", "1"), *ROWS[:-1]]

    def publish(number):
        if number == 2:
            service.editions.append(Edition("1.1", moved))

    service.between = publish
    with pytest.raises(FetchFailed, match="came twice"):
        get()


def test_fewer_rows_than_counted_are_refused(service, get):
    service.total = 7
    with pytest.raises(FetchFailed, match="7 rows and gave 6"):
        get()


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [
        (Status(429, {"Retry-After": "7"}), 7.0),
        (Status(503), 1.0),
        (Status(504), 1.0),
        (Status(200, {"Content-Type": "application/json"}, b'{"paging": {"pa'), 1.0),
    ],
)
def test_trouble_that_passes_is_waited_for(service, server, get, waits, trouble, wait):
    service.most = 4
    server.on(QUERY, service, trouble, service)
    assert len(table(get())) == len(ROWS)
    assert waits == [PAUSE_S, wait]
    assert [each["page"] for each in posted(server)] == [1, 2, 2]


def test_a_service_that_stays_broken_is_given_up(server, get, waits):
    server.on(QUERY, Status(503))
    with pytest.raises(FetchFailed, match=r"503 Service Unavailable \(3 attempts\)"):
        get()
    assert waits == [1.0, 2.0]


def test_a_service_that_asks_for_an_hour_is_not_waited_for(server, get, waits):
    server.on(QUERY, Status(429, {"Retry-After": "3600"}))
    with pytest.raises(FetchFailed, match="asks to wait 60 minutes"):
        get()
    assert waits == []


@pytest.mark.usefixtures("service")
def test_an_unknown_data_set_is_refused_in_the_services_own_words(server, store, client):
    for what in ("query", "csv"):
        address = f"{server.url(ROOT)}/data-sets/unknown/{what}"
        wanted = Wanted("census", "2023-24", "pupils.csv", addresses=(address,))
        with pytest.raises(FetchFailed, match="404 Not Found: There was a problem processing"):
            fetch(wanted, store=store, client=client)


def test_a_version_that_is_not_there_is_refused(get):
    with pytest.raises(FetchFailed, match="404 Not Found"):
        get("dataSetVersion=3.0")


def test_what_the_service_finds_wrong_with_a_query_is_passed_on(service, server, get):
    fewer = META | {"indicators": META["indicators"][:1]}
    service.editions = [Edition("1.0"), replace(Edition("1.0"), meta=fewer)]
    server.on(f"{ROOT}/data-sets/{DATA_SET}/meta", _meta)
    with pytest.raises(
        FetchFailed, match=r'400 .*indicators: No such\. \({"items": \["9kVFg"\]}\)'
    ):
        get()


def _meta(handler, _request):
    body = json.dumps(META).encode()
    handler.head(200, {"Content-Type": "application/json", "Content-Length": len(body)})
    handler.wfile.write(body)


@pytest.mark.parametrize(
    "said", [[], {"results": []}, {"paging": {"page": 1}, "results": []}, {"paging": None}]
)
def test_an_answer_that_is_not_of_the_protocol_is_named(server, get, said):
    body = json.dumps(said).encode()
    server.on(QUERY, Status(200, {"Content-Type": "application/json"}, body))
    with pytest.raises(FetchFailed, match="does not answer as its protocol says"):
        get()


def test_an_id_that_the_description_does_not_know_is_refused(service, get):
    service.editions = [Edition("1.0", [row("2023/2024", "NAT", {}, "zzzzz", "1", "1")])]
    with pytest.raises(FetchFailed, match="'zzzzz', which the data set's description"):
        get()


def test_a_service_that_moved_is_followed_with_the_whole_question(server, get):
    here = f"{ROOT}/data-sets/{DATA_SET}/query"
    there = server.on("/moved/query", Status(503))
    server.on(here, redirect(there, 307))
    with pytest.raises(FetchFailed, match="503"):
        get()
    first = json.loads(server.asked("/moved/query")[0].body)
    assert (first["page"], first["indicators"]) == (1, ["04nTr", "9kVFg"])
