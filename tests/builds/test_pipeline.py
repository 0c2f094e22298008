"""Whole builds of a tiny made-up place, from publishers' files to the build in use."""

import json
import shutil
import sqlite3

import pytest
from filelock import FileLock

from config.errors import AtlasError
from config.region import read_region
from ingest.errors import CheckFailed, MirrorFileMissing, SourceChanged
from ingest.pipeline.build import build_region
from ingest.pipeline.builds import BuildMissing, Builds, StepRecord
from ingest.pipeline.lock import BuildRunning
from ingest.pipeline.reporter import Silent
from ingest.pipeline.steps import STEPS
from tests.support import tiny_mirror


class Listener(Silent):
    """Remembers which steps ran and which were reused."""

    def __init__(self):
        self.title, self.ran, self.reused = "", [], []

    def started(self, title):
        self.title = title

    def finished(self, *, seconds, peak_mb, rows, is_reused):  # noqa: ARG002
        (self.reused if is_reused else self.ran).append(self.title)


class Place:
    """A region file, a mirror and a home for builds."""

    def __init__(self, folder):
        self.folder = folder
        self.region = read_region(tiny_mirror.write_region(folder / "regions"))
        self.mirror = tiny_mirror.write_mirror(folder / "mirror")
        self.home = folder / "home"
        self.builds = Builds(self.home, "tiny")

    def build(self, reporter=None):
        return build_region(
            self.region, home=self.home, mirror=self.mirror, reporter=reporter or Silent()
        )

    def query(self, text):
        path = self.builds.folder / self.builds.current() / "atlas.sqlite"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            rows = connection.execute(text).fetchall()
        connection.close()
        return rows


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("tiny"))
    place.manifest = place.build()
    return place


@pytest.fixture
def place(built, tmp_path):
    """A copy of the built place, to be broken."""
    shutil.copytree(built.folder, tmp_path / "copy")
    copy = Place.__new__(Place)
    copy.folder, copy.region = tmp_path / "copy", built.region
    copy.mirror, copy.home = copy.folder / "mirror", copy.folder / "home"
    copy.builds = Builds(copy.home, "tiny")
    return copy


def test_a_build_counts_what_the_files_hold(built):
    assert built.manifest.counts == {
        "schools": 5,
        "schools_outside": 1,
        "postcodes": 64,
        "postcodes_covered": 64,
        "lsoa21": 4,
        "covered_pct": 100.0,
    }


def test_every_step_has_its_time_and_peak_memory(built):
    assert [step.step for step in built.manifest.steps] == [step.id for step in STEPS]
    assert all(step.seconds >= 0 for step in built.manifest.steps)
    assert all(step.peak_mb > 10 for step in built.manifest.steps)


def test_every_figure_can_be_traced_to_a_file_with_its_hash(built):
    receipts = built.query("select source_id, file_name, length(sha256), bytes from receipt")
    assert len(receipts) == 11
    assert all(length == 64 and size > 0 for _, _, length, size in receipts)
    assert ("gias", "edubasealldata20250524.csv") in {(who, name) for who, name, _, _ in receipts}
    releases = dict(built.query("select source_id, release from receipt"))
    assert releases["gias"] == "2025-05-24"
    assert releases["code_point_open"] == "2025-10"


def test_schools_and_postcodes_lie_in_their_small_area(built):
    assert dict(built.query("select urn, lsoa21 from school where is_outside = 0")) == {
        900001: "E01099001",
        900002: "E01099004",
        900003: "E01099002",
        900004: "E01099001",
        900005: "E01099002",
    }
    counts = built.query("select lsoa21, count(*) from postcode where not is_outside group by 1")
    assert counts == [(code, 16) for code in tiny_mirror.LSOAS]


def test_a_school_beyond_the_streets_is_marked_as_not_covered(built):
    assert built.query("select is_covered from school where urn = 900006") == [(0,)]


def test_the_walk_to_the_nearest_primary_is_the_median_over_postcodes(built):
    """By hand, in the south-western square, school at (250, 250), streets every 250 m.

    A postcode at (100 + 250 i, 110 + 250 j) walks 100 m west to its street, then along it to
    the school's row (140 m north for j = 0, else 110, 360 or 610 m south), then along the row
    (250 m for i = 0, none for i = 1, 250 and 500 m for i = 2 and 3). Of the sixteen ways, seven
    are shorter than 710 m, and the eighth to eleventh are 710 m: at 80 m a minute 8.9 minutes.
    """
    told = built.query(
        "select value, status from area_value "
        "where measure = 'walk_to_primary' and area_code = 'E01099001'"
    )
    assert told == [(8.9, "estimated")]


def test_predecessors_and_successors_are_told_apart(built):
    assert built.query("select urn, linked_urn, direction from school_link") == [
        (900002, 900004, "predecessor"),
        (900004, 900002, "successor"),
    ]


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
    assert listener.ran == ["Publishers' files"]
    assert second != first
    assert place.query("select title from build") == [("Tinier",)]


def test_a_changed_file_reruns_only_the_steps_that_depend_on_it(place):
    path = place.mirror / "gias" / "edubasealldata20250524.csv"
    path.write_text(path.read_text("cp1252").replace("Northgate", "Southgate"), "cp1252")
    listener = Listener()
    place.build(listener)
    assert listener.ran == [
        "Publishers' files",
        "Schools and their predecessors",
        "Walk to the nearest school",
        "Tables into the database",
    ]
    assert place.query("select name from school where urn = 900002") == [("Southgate Primary",)]


@pytest.mark.parametrize(
    ("breakage", "error", "says"),
    [
        ("no postcodes", MirrorFileMissing, r"codepo_gb\.zip"),
        ("half a zip", AtlasError, r"codepo_gb\.zip"),
        ("renamed column", SourceChanged, r"EstablishmentName"),
        ("semicolons", SourceChanged, r"semicolons"),
        ("broken streets", AtlasError, r"tiny-latest\.osm\.pbf"),
        ("unknown county", CheckFailed, r"look-up has no E06000017"),
    ],
)
def test_a_failed_build_leaves_the_one_in_use_untouched(place, breakage, error, says):
    in_use, builds = place.builds.current(), place.builds.ids()
    _break(place.mirror, breakage)
    with pytest.raises(error, match=says):
        place.build()
    assert (place.builds.current(), place.builds.ids()) == (in_use, builds)
    assert place.query("select count(*) from school") == [(6,)]
    assert [path.name for path in place.builds.folder.glob(".*.part")] == []


def _break(mirror, breakage):
    register = mirror / "gias" / "edubasealldata20250524.csv"
    postcodes = mirror / "os" / "codepo_gb.zip"
    streets = mirror / "osm" / "tiny-latest.osm.pbf"
    lookup = mirror / "ons" / "lookup_ltla23_utla23.csv"
    if breakage == "no postcodes":
        postcodes.unlink()
    elif breakage == "half a zip":
        postcodes.write_bytes(postcodes.read_bytes()[:500])
    elif breakage == "renamed column":
        register.write_text(register.read_text("cp1252").replace("EstablishmentName", "Name"))
    elif breakage == "semicolons":
        register.write_text(register.read_text("cp1252").replace('","', '";"'), "cp1252")
    elif breakage == "broken streets":
        streets.write_bytes(streets.read_bytes()[:300])
    else:
        lookup.write_text(lookup.read_text().replace("E06000017", "E06000018"))


def test_a_missing_mirror_file_names_the_file_and_the_folder(place):
    (place.mirror / "os" / "codepo_gb.zip").unlink()
    with pytest.raises(MirrorFileMissing) as told:
        place.build()
    assert "codepo_gb.zip" in str(told.value)
    assert str((place.mirror / "os").resolve()) in str(told.value)


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
    assert listener.reused[:3] == [
        "Outlines of authorities, wards and small areas",
        "Walking network from the street extract",
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
    with pytest.raises(BuildMissing, match="no build before"):
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


def test_an_extract_that_covers_half_the_region_says_so(place):
    tiny_mirror.write_streets(place.mirror / "osm" / "tiny-latest.osm.pbf", side_m=1000)
    counts = place.build().counts
    assert 20 < counts["covered_pct"] < 45
    values = place.query(
        "select area_code, status from area_value where measure = 'walk_to_primary' order by 1"
    )
    assert values[0] == ("E01099001", "estimated")
    assert values[3] == ("E01099004", "unavailable")
