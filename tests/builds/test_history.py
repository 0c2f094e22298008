"""Builds one after another: what is reused, kept, rolled back to."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from filelock import FileLock

from ingest.fetch import FileStore
from ingest.pipeline.builds import BuildMissing, StepRecord
from ingest.pipeline.downloads import prune_downloads
from ingest.pipeline.lock import BuildRunning
from ingest.pipeline.reporter import Silent
from ingest.pipeline.steps import STEPS
from tests.builds.conftest import on_both_databases

pytestmark = [on_both_databases, pytest.mark.long]


class Listener(Silent):
    """Remembers which steps ran and which were reused."""

    def __init__(self):
        self.title, self.ran, self.reused = "", [], []

    def started(self, title):
        self.title = title

    def finished(self, *, seconds, peak_mb, rows, is_reused):  # noqa: ARG002 - a Reporter is told so
        (self.reused if is_reused else self.ran).append(self.title)


def test_building_again_reuses_every_step(place):
    listener = Listener()
    place.build(listener)
    assert listener.ran == ["Publishers' files"]
    assert len(listener.reused) == len(STEPS)
    assert place.builds.ids() == [place.builds.current()], "nothing changed: no second build"


def test_a_new_title_makes_a_new_build_without_running_a_step(place):
    first = place.builds.current()
    place.region = place.region.model_copy(update={"title": "Tinier"})
    listener = Listener()
    second = place.build(listener).build_id
    assert listener.ran == ["Publishers' files", "Tables into the database"]
    assert second != first
    assert place.query("select title from build") == [("Tinier",)]


def test_a_changed_file_reruns_only_the_steps_that_depend_on_it(place):
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    path.write_text(path.read_text("cp1252").replace("Northgate", "Southgate"), "cp1252")
    listener = Listener()
    place.build(listener)
    again: set[str] = set()
    for step in STEPS:
        if "gias" in step.sources or again & set(step.needs):
            again.add(step.id)
    assert {step.id for step in STEPS if step.title in listener.ran} == again
    assert {"schools", "access", "matrix"} <= again
    assert not {"boundaries", "streets", "transit", "postcodes", "values", "tiles"} & again
    assert listener.ran[-1] == "Tables into the database"
    assert place.query("select name from school where urn = 900002") == [("Southgate Primary",)]


def test_a_broken_off_build_goes_on_where_it_stopped(place):
    shutil.rmtree(place.home / "steps")

    class Stop(Listener):
        def started(self, title):
            super().started(title)
            if title.startswith("Schools"):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.build(Stop())
    listener = Listener()
    place.build(listener)
    assert listener.reused[:4] == [
        "Outlines of authorities, wards and small areas",
        "Networks from the street extract",
        "Public transport from the timetable",
        "Postcodes",
    ]
    assert "Schools and their predecessors" in listener.ran


def test_half_a_step_is_never_taken_for_a_whole_one(place):
    step = next((place.home / "steps" / "tiny" / "schools").iterdir())
    (step / "step.json").unlink()
    listener = Listener()
    place.build(listener)
    assert "Schools and their predecessors" in listener.ran


def test_two_builds_of_one_region_do_not_run_at_once(place):
    with FileLock(place.builds.folder / ".building"), pytest.raises(BuildRunning, match="already"):
        place.build()


def test_rolling_back_serves_the_build_before_and_no_further(place):
    first = place.builds.current()
    place.home.joinpath("steps").rename(place.home / "gone")
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    path.write_text(path.read_text("cp1252").replace("Northgate", "Southgate"), "cp1252")
    second = place.build().build_id
    assert place.builds.current() == second
    assert place.builds.rollback() == first
    assert place.query("select name from school where urn = 900002") == [("Northgate Primary",)]
    with pytest.raises(BuildMissing, match="was in use before"):
        place.builds.rollback()


def test_only_the_newest_builds_and_the_one_in_use_are_kept(place):
    template = place.builds.folder / place.builds.current()
    told = json.loads((template / "manifest.json").read_text())
    for second in range(4):
        build_id = f"20990101T00000{second}-abcdef00"
        shutil.copytree(template, place.builds.folder / build_id)
        manifest = json.dumps(told | {"build_id": build_id})
        (place.builds.folder / build_id / "manifest.json").write_text(manifest)
    assert len(place.builds.prune(keep=2)) == 2
    assert place.builds.ids() == [
        template.name,
        "20990101T000002-abcdef00",
        "20990101T000003-abcdef00",
    ]


def test_a_manifest_comes_back_as_it_was_written(built):
    assert built.builds.manifests() == [built.manifest]
    assert isinstance(built.manifest.steps[0], StepRecord)


def test_what_a_killed_build_left_is_no_build_and_is_swept_away(place):
    half = place.builds.folder / ".20990101T000000-abcdef00.part"
    shutil.copytree(place.builds.folder / place.builds.current(), half)
    assert len(place.builds.ids()) == 1
    place.build()
    assert not half.exists()


def test_a_manifest_that_cannot_be_read_does_not_stop_the_next_build(place):
    broken = place.builds.folder / "20200101T000000-abcdef00"
    broken.mkdir()
    (broken / "manifest.json").write_text('{"build_id": ')
    assert place.build().build_id == place.builds.current()
    assert len(place.builds.manifests()) == 1


def test_rolling_back_goes_to_the_build_in_use_before_not_to_the_one_made_before(place):
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    text = path.read_bytes()
    first = place.builds.current()
    path.write_bytes(text.replace(b"Northgate", b"Southgate"))
    second = place.build().build_id
    path.write_bytes(text)
    assert place.build().build_id == first, "the same inputs are the same build"
    assert place.builds.rollback() == second


def test_downloads_that_no_build_was_made_from_go_after_a_week(place):
    store = FileStore(place.home / "downloads")
    register = next(each for each in store.receipts() if each.source_id == "gias")
    (place.folder / "a.csv").write_text("URN\n1\n")
    stray = store.copy_in(place.folder / "a.csv", file_name="a.csv")
    store.save_receipt(replace(register, release="2024", sha256=stray.sha256, file_name="a.csv"))
    today = datetime.fromisoformat(register.fetched_at)
    assert prune_downloads(place.home, store, now=today + timedelta(days=6)) == 0
    assert prune_downloads(place.home, store, now=today + timedelta(days=8)) == 1
    assert not stray.path.exists()
    assert store.find(register) is not None
