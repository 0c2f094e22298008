"""Publishers are asked whether they have anything newer, and no silence stops the asking."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.fetch import Receipt, Wanted, fetch
from ingest.newer import PAUSE_S, Question, ask, ask_all, worth_asking
from ingest.source import Release, daily
from tests.support.ees_rows import ROWS
from tests.support.ees_server import DATA_SET, ROOT, Edition
from tests.support.feature_layer import FeatureLayer
from tests.support.naughty_server import File, Status

HELD = Receipt(
    source_id="a",
    release="2025-05-24",
    file_name="a20250524.csv",
    address="mirror:a/a20250524.csv",
    fetched_at="2025-05-25T09:00:00Z",
    etag=None,
    last_modified=None,
    bytes=4,
    sha256="0" * 64,
)
MONDAY, TUESDAY = "Mon, 19 May 2025 09:00:00 GMT", "Tue, 20 May 2025 09:00:00 GMT"


def release(*addresses, name="2025"):
    return Release(name=name, file_name="a.csv", addresses=addresses)


def fetched(address, store, client, file_name="a.csv"):
    return fetch(
        Wanted("a", "2025", file_name, addresses=(address,)), store=store, client=client
    ).receipt


@pytest.mark.parametrize("mark", ["etag", "last_modified"])
def test_a_file_is_newer_when_its_mark_is_another_and_is_not_downloaded(
    server, store, client, mark
):
    first, second = ('"a"', '"b"') if mark == "etag" else (MONDAY, TUESDAY)
    address = server.on("/a.csv", File(b"URN\n", **{mark: first}))
    held = (fetched(address, store, client),)
    assert ask(Question(release(address), held), client).verdict == "unchanged"
    server.on("/a.csv", File(b"URN\n1\n", **{mark: second}))
    answer = ask(Question(release(address), held), client)
    assert (answer.verdict, second in answer.says, first in answer.says) == ("newer", True, True)
    assert [request.method for request in server.requests] == ["GET", "HEAD", "HEAD"]


def test_a_server_that_knows_no_head_is_asked_for_the_file_and_the_body_left(server, store, client):
    address = server.on("/a.csv", File(b"URN\n", etag='"a"'))
    held = (fetched(address, store, client),)
    server.on("/a.csv", Status(405), File(b"URN\n1\n", etag='"b"'))
    assert ask(Question(release(address), held), client).verdict == "newer"
    assert [request.method for request in server.requests] == ["GET", "HEAD", "GET"]


def test_a_file_without_marks_cannot_be_compared(server, store, client):
    address = server.on("/a.csv", File(b"URN\n"))
    held = (fetched(address, store, client),)
    answer = ask(Question(release(address), held), client)
    assert (answer.verdict, answer.says) == (
        "unknown",
        "it is there; the server does not say which version",
    )


def test_the_days_register_is_newer_by_the_date_in_its_name(server, client):
    server.on("/a20250525.csv", File(b"URN\n"))
    (asked,) = daily(server.url("/a{day:%Y%m%d}.csv"))(None, date(2025, 5, 27))
    answer = ask(Question(asked, (HELD,)), client)
    assert (answer.verdict, answer.says) == (
        "newer",
        "release 2025-05-25 is there, 2025-05-24 is held",
    )
    assert [request.path for request in server.requests] == ["/a20250526.csv", "/a20250525.csv"]
    held = replace(HELD, release="2025-05-25")
    assert ask(Question(asked, (held,)), client).verdict == "unchanged"


def test_a_file_from_a_mirror_is_compared_by_release_where_both_are_dated(server, client):
    address = server.on("/file_7.csv", File(b"URN\n", etag='"a"'))
    held = replace(HELD, release="2025")
    assert ask(Question(release(address), (held,)), client).verdict == "unchanged"
    answer = ask(Question(release(address, name="newest"), (held,)), client)
    assert answer.verdict == "unknown"
    assert answer.says == 'it is there, marked "a"; held is 2025, from another place'
    assert ask(Question(release(address), ()), client).says == "release 2025 is there, none is held"


def test_a_layer_is_newer_when_it_was_edited(server, store, client):
    layer = FeatureLayer([{"LAD25CD": "E06000017"}], edited=1)
    address = layer.serve(server, "/ons")
    held = (fetched(address, store, client, "lad.geojson"),)
    assert ask(Question(release(address), held), client).verdict == "unchanged"
    before = len(server.requests)
    layer.edited = 2
    assert ask(Question(release(address), held), client).says == "edited 2; held is 1"
    assert len(server.requests) == before + 1


def test_a_pinned_data_set_is_newer_when_a_later_version_is_published(server, client, service):
    address = f"{server.url(ROOT)}/data-sets/{DATA_SET}/csv?dataSetVersion=1.0"
    question = Question(release(address), (HELD,))
    assert ask(question, client).says == "version 1.0 is the newest"
    gone = {"majorChanges": {"indicators": [{}, {}]}, "minorChanges": {"filters": [{}]}}
    service.editions += [
        Edition("2.0", changes=gone),
        Edition("2.1", status="Withdrawn"),
    ]
    assert ask(question, client).says == (
        "version 2.0 is there, 1.0 is in use; it changes or takes away 2 indicators"
    )
    service.editions = [replace(each, status="Withdrawn") for each in service.editions]
    assert ask(question, client).verdict == "unknown"


def test_a_data_set_that_follows_its_versions_is_compared_with_the_one_held(
    service, get, server, client
):
    held = get("dataSetVersion=1.*").receipt
    address = f"{server.url(ROOT)}/data-sets/{DATA_SET}/query?dataSetVersion=1.*"
    assert ask(Question(release(address), (held,)), client).verdict == "unchanged"
    service.editions.append(Edition("1.1", ROWS[:1]))
    answer = ask(Question(release(address), (held,)), client)
    assert (answer.verdict, answer.says) == ("newer", "version 1.1 is there, 1.0 is in use")
    assert "version 1.1 is there; which one" in ask(Question(release(address), ()), client).says


def test_one_publisher_that_does_not_answer_keeps_nobody_from_hearing_the_others(
    server, store, client
):
    address = server.on("/a.csv", File(b"URN\n", etag='"a"'))
    held = (fetched(address, store, client),)
    server.on("/broken.csv", Status(503))
    dead = "http://127.0.0.1:9/a.csv"
    answers = ask_all(
        {
            "fine": [Question(release(address), held)],
            "gone": [Question(release(server.url("/gone.csv")), held)],
            "broken": [Question(release(server.url("/broken.csv")), held)],
            "dead": [Question(release(dead), held)],
            "no files": [],
        },
        client,
    )
    assert {name: answer.verdict for name, answer in answers.items()} == {
        "fine": "unchanged",
        "gone": "no_answer",
        "broken": "no_answer",
        "dead": "no_answer",
    }
    assert "404 Not Found" in answers["gone"].says
    assert "503" in answers["broken"].says


def test_one_server_is_not_asked_in_one_breath_and_nobody_after_the_time_is_up(
    server, client, waits
):
    addresses = [server.on(f"/{name}.csv", File(b"URN\n", etag='"a"')) for name in "abc"]
    questions = {address[-5]: [Question(release(address), ())] for address in addresses}
    assert {each.verdict for each in ask_all(questions, client).values()} == {"newer"}
    assert waits == [PAUSE_S, PAUSE_S]
    ticks = iter([0.0, 1.0, 121.0, 122.0])
    late = ask_all(questions, client, clock=lambda: next(ticks))
    assert [late[name].verdict for name in "abc"] == ["newer", "no_answer", "no_answer"]
    assert late["b"].says == "not asked: the others took too long"


def test_of_several_files_of_a_series_the_answer_that_matters_is_given(server, store, client):
    same = server.on("/a.csv", File(b"URN\n", etag='"a"'))
    held = (fetched(same, store, client),)
    other = server.on("/b.csv", File(b"URN\n", etag='"b"'))
    asked = [Question(release(same), held), Question(release(other, name="2026"), held)]
    assert ask_all({"a": asked}, client)["a"].says == "release 2026 is there, 2025 is held"


def test_of_a_series_of_many_years_each_release_is_compared_with_its_own(server, client):
    address = server.on("/download-data", File(b"URN\n")) + "?year=2017-2018"
    held = tuple(replace(HELD, release=name) for name in ("2017/18", "2018/19"))
    asked = Question(release(address, name="2017/18"), held)
    assert ask(asked, client).says == "release 2017/18, as held"
    asked = Question(release(address, name="2016/17"), held)
    assert ask(asked, client).verdict == "unknown"
    asked = Question(release(address, name="2019/20"), held)
    assert ask(asked, client).says == "release 2019/20 is there, 2018/19 is held"


def test_years_before_the_newest_held_are_not_asked_about():
    held = (replace(HELD, release="2018/19"),)
    years = [release("http://a.example/a", name=name) for name in ("2019/20", "2018/19", "2017/18")]
    assert [each.release.name for each in worth_asking(years, held)] == ["2019/20", "2018/19"]
    assert len(worth_asking(years, ())) == 3
    odd = [release("http://a.example/a", name="newest"), release(name="2026")]
    assert [each.release.name for each in worth_asking(odd, held)] == ["newest"]
