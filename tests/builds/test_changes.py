"""What changed for readers from one whole build to the next, on both databases."""

import sqlite3

from ingest.pipeline.comparing import changes_between
from tests.builds.atlas import NEW, OLD, change
from tests.builds.conftest import on_both_databases


def _stored(place):
    return place.query("select kind, says from change order by change_id")


@on_both_databases
def test_the_first_build_is_compared_with_none(built):
    assert built.query("select compared_with from build") == [(None,)]
    assert _stored(built) == []


@on_both_databases
def test_what_changed_is_stored_with_the_build_and_told_the_same_later(place):
    first = place.builds.current()
    change(place)
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    path.write_text(path.read_text("cp1252").replace('"430"', '"440"'), "cp1252")
    path.rename(path.with_name("edubasealldata20250525.csv"))
    second = place.build().build_id
    assert place.query("select compared_with from build") == [(first,)]
    told = _stored(place)
    assert ("school_renamed", f"{OLD} is now called {NEW}.") in told
    assert any(
        kind == "source_release" and "now of 2025-05-25, before of 2025-05-24." in says
        for kind, says in told
    )
    assert (
        "values",
        "Pupils in the register: 1 changed values; most by +10 pupils (900002).",
    ) in told
    again = changes_between(place.builds, first, second)
    assert [(str(each.kind), each.says) for each in again] == told
    back = changes_between(place.builds, second, first)
    assert ("school_renamed", f"{NEW} is now called {OLD}.") in [
        (each.kind, each.says) for each in back
    ]


def test_a_build_whose_tables_are_of_another_version_is_compared_as_far_as_it_goes(place):
    first = place.builds.current()
    with sqlite3.connect(place.builds.folder / first / "atlas.sqlite") as connection:
        connection.execute("drop table school_succession")
        connection.execute("alter table build drop column covered_pct")
    connection.close()
    change(place)
    place.build()
    assert ("school_renamed", f"{OLD} is now called {NEW}.") in _stored(place)


def test_without_a_build_that_can_be_read_nothing_is_compared(place):
    (place.builds.folder / place.builds.current() / "manifest.json").write_text("{")
    change(place)
    place.build()
    assert place.query("select compared_with from build") == [(None,)]
