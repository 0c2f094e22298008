"""``atlas refresh`` takes what is newer into use at night, and is silent where nothing is."""

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from api.cli import app
from tests.builds.conftest import on_both_databases
from tests.support.tiny_mirror import write_region

pytestmark = pytest.mark.long


@pytest.fixture
def atlas(place, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(place.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(place.folder / "regions"))
    monkeypatch.setenv("ATLAS_MIRROR", str(place.mirror))
    monkeypatch.setenv("ATLAS_DATABASE_URL", place.database_url)

    def run(*words):
        return CliRunner().invoke(app, [*words])

    return run


def rename(place, before="Northgate", after="Southgate"):
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


def test_where_nothing_is_newer_nothing_is_said_or_changed(place, atlas):
    in_use = place.builds.current()
    done = atlas("refresh")
    assert (done.exit_code, done.output) == (0, "")
    assert place.builds.ids() == [in_use]
    assert "tiny: nothing is newer." in atlas("refresh", "tiny", "--verbose").stdout


@on_both_databases
def test_what_is_newer_is_built_taken_into_use_and_told_in_one_line(place, atlas):
    rename(place)
    done = atlas("refresh")
    assert done.exit_code == 0
    (line,) = done.stdout.splitlines()
    assert line == f"tiny: build {place.builds.current()} is in use; newer: gias 2025-05-24."
    assert place.query("select name from school where urn = 900002") == [("Southgate Primary",)]


@pytest.mark.parametrize("breakage", ["half gone", "unreadable", "missing"])
def test_what_is_not_whole_is_not_taken_into_use_and_the_exit_code_says_so(place, atlas, breakage):
    in_use = place.builds.current()
    register = place.mirror / "gias" / "edubasealldata20250524.csv"
    if breakage == "half gone":
        lines = register.read_bytes().splitlines(keepends=True)
        register.write_bytes(b"".join(lines[:3]))
    elif breakage == "unreadable":
        register.write_bytes(b"<html><title>Sorry</title></html>")
    else:
        register.unlink()
    done = atlas("refresh", "tiny")
    assert done.exit_code == 1
    assert done.stderr.startswith("atlas: tiny: ")
    assert "Traceback" not in done.output
    assert place.builds.current() == in_use


def test_a_region_that_fails_keeps_none_of_the_others_from_being_refreshed(place, atlas):
    rename(place)
    done = atlas("refresh", "nowhere", "tiny")
    assert done.exit_code == 1
    assert "atlas: nowhere: there is no region file for 'nowhere'" in done.stderr
    assert "is in use; newer: gias" in done.stdout


@on_both_databases
def test_a_build_that_a_person_went_back_to_stays_until_a_person_builds_again(place, atlas):
    first = place.builds.current()
    rename(place)
    atlas("refresh")
    assert atlas("rollback", "tiny").exit_code == 0
    rename(place, "Southgate", "Eastgate")
    done = atlas("refresh")
    assert done.exit_code == 0
    assert f"somebody went back to build {first}, so it stays in use" in done.stdout
    assert place.builds.current() == first
    assert atlas("build", "tiny").exit_code == 0
    assert place.query("select name from school where urn = 900002") == [("Eastgate Primary",)]
    rename(place, "Eastgate", "Westgate")
    assert "is in use; newer: gias" in atlas("refresh").stdout


def test_a_region_that_is_named_is_built_for_the_first_time_and_one_that_is_not_is_left(
    place, atlas
):
    path = write_region(place.folder / "other")
    text = path.read_text().replace('"tiny"', '"second"', 1)
    (place.folder / "regions" / "second.toml").write_text(text)
    quiet = atlas("refresh")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert not (place.home / "builds" / "second").exists()
    done = atlas("refresh", "second")
    assert done.exit_code == 0
    assert done.stdout.endswith("is in use, the first of this region.\n")


def test_a_made_up_region_without_its_folder_is_left_as_it_is(place, atlas, monkeypatch):
    path = place.folder / "regions" / "tiny.toml"
    path.write_text("made_up = true\n" + path.read_text())
    monkeypatch.delenv("ATLAS_MIRROR")
    done = atlas("refresh")
    assert (done.exit_code, done.output) == (0, "")


def test_a_timer_that_finds_no_build_at_all_says_so(place, atlas, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(place.folder / "elsewhere"))
    done = atlas("refresh")
    assert done.exit_code == 1
    assert "no region has a build in" in str(done.exception)


def test_a_refresh_beside_a_build_that_runs_changes_nothing_and_says_so(place, atlas):
    with FileLock(place.builds.folder / ".building"):
        done = atlas("refresh")
    assert done.exit_code == 1
    assert "already running" in done.stderr
