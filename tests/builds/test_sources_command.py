"""``atlas sources`` says of every series what is held, how old it is and what was read of it."""

import csv
import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

import ingest.sources
from api.cli import app
from ingest import education_statistics
from ingest.fetch import FileStore
from ingest.source import Release, fixed
from ingest.sources import SOURCES
from tests.support.ees_server import Edition, StatisticsServer
from tests.support.naughty_server import File, NaughtyServer, Status

pytestmark = pytest.mark.long


@pytest.fixture
def atlas(built, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(built.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(built.folder / "regions"))

    def run(*words):
        done = CliRunner().invoke(app, ["sources", *words], env={"COLUMNS": "250"})
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def told(text):
    return {each["source_id"]: each for each in json.loads(text)}


def test_every_series_is_listed_with_what_the_build_in_use_read_of_it(atlas):
    rows = told(atlas("tiny", "--json"))
    assert list(rows) == [source.id for source in SOURCES]
    register = rows["gias"]
    assert register["publisher"] == "Department for Education"
    assert register["licence"] == "OGL-UK-3.0"
    assert register["releases"] == ["2025-05-24"]
    assert register["next_expected"] == "2025-05-25"
    assert register["is_overdue"] is True
    assert register["age_days"] > 365
    assert (register["rows"], register["issues"]) == (6, 0)
    assert register["addresses"][0].startswith("https://ea-edubase-api-prod.azurewebsites.net/")
    assert (rows["code_point_open"]["rows"], rows["lsoa21"]["rows"]) == (65, 4)
    assert (rows["census21_ages"]["next_expected"], rows["census21_ages"]["rows"]) == (None, 12)
    assert rows["streets"]["rows"] > 0
    assert rows["timetables"]["releases"] != []


def test_without_a_region_those_that_are_built_are_listed_together(atlas):
    assert told(atlas("--json")) == told(atlas("tiny", "--json"))


def test_a_region_that_is_not_built_holds_what_was_downloaded_and_has_read_nothing(atlas, built):
    rows = told(atlas("rutland", "--json"))
    stored = FileStore(built.home / "downloads").receipts()
    assert rows["gias"]["releases"] == [e.release for e in stored if e.source_id == "gias"]
    assert rows["gias"]["rows"] is None


def test_the_same_as_csv_and_as_a_table_for_people(atlas):
    lines = list(csv.DictReader(atlas("tiny", "--csv").splitlines()))
    assert [line["source_id"] for line in lines] == [source.id for source in SOURCES]
    assert lines[0]["rows"] != ""
    table = atlas("tiny")
    assert "Next expected" in table
    assert "was 2025-05-25" in table
    (line,) = [line for line in table.splitlines() if line.strip().startswith("gias ")]
    assert line.split() == ["gias", "2025-05-24", *line.split()[2:4], "was", "2025-05-25", "6", "0"]
    assert "Department for Education, OGL-UK-3.0" in table


def test_checking_asks_every_publisher_and_goes_on_where_one_is_silent(atlas, monkeypatch):
    with NaughtyServer() as server:
        address = server.on("/edubasealldata20250525.csv", File(b"URN\n"))
        register = Release(name="2025-05-25", file_name="a.csv", addresses=(address,))
        gone = Release(name="newest", file_name="b", addresses=(server.on("/b", Status(404)),))
        monkeypatch.setattr(
            ingest.sources,
            "SOURCES",
            tuple(
                replace(each, releases=fixed(register if each.id == "gias" else gone))
                for each in SOURCES
            ),
        )
        rows = told(atlas("tiny", "--check", "--json"))
        assert rows["gias"]["check"] == "newer"
        assert rows["gias"]["says"] == "release 2025-05-25 is there, 2025-05-24 is held"
        assert {rows[each.id]["check"] for each in SOURCES if each.id != "gias"} == {"no_answer"}
        assert {request.method for request in server.requests} == {"HEAD"}
        assert "newer: release 2025-05-25 is there" in " ".join(atlas("--check").split())


def test_data_sets_that_a_declaration_may_name_are_found_by_a_word(atlas, monkeypatch):
    with NaughtyServer() as server:
        monkeypatch.setattr(
            education_statistics, "SERVICE", StatisticsServer([Edition("1.2")]).serve(server)
        )
        (row,) = json.loads(atlas("--find", "absence", "--json"))
        assert (row["title"], row["version"], row["status"]) == ("Pupils", "1.2", "Published")
        assert row["address"].endswith("/csv?dataSetVersion=1.*")
        assert "Pupil absence in schools" in atlas("--find", "absence")
        assert atlas("--find", "hovercraft", "--csv") == ""
