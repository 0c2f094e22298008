"""The step of a build that makes networks: what it logs, and what it goes without."""

from pathlib import Path

import pytest

from config.region import Region
from ingest.issues import IssueLog
from ingest.layout import NETWORKS
from ingest.pipeline.cache import step_key
from ingest.pipeline.steps import streets
from ingest.pipeline.work import Work
from tests.unit.travel.tiny_streets import X0, Y0, Point, cross, write_extract
from travel import MODES, ExtractError, HeightsError, Network

ROAD = {"highway": "residential"}
ROADS = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], ROAD)}


def region(**more: object) -> Region:
    told = {"id": "here", "title": "Here", "la_codes": ("E06000017",)}
    return Region.model_validate({**told, "streets": {"files": ("a.osm.pbf",)}, **more})


def worked(tmp_path: Path, points: dict[int, Point], ways: dict, **more: object) -> Work:
    """Run the step on a small extract."""
    node_tags = more.pop("node_tags", None)
    path = write_extract(tmp_path / "a.osm.pbf", points, ways, node_tags=node_tags)
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    work = Work(
        region=region(**more),
        out=out,
        files={"streets": (path,)},
        before={},
        issues=IssueLog(),
        progress=lambda _share, _says: None,
    )
    streets.run(work)
    return work


def issues(work: Work) -> list[tuple[str, str, str]]:
    frame = work.issues.frame("streets")
    return [tuple(row) for row in frame[["rule", "subject", "says"]].itertuples(index=False)]


@pytest.fixture(autouse=True)
def _no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streets, "warm", lambda: None)


def test_footpaths_alone_make_networks_for_those_who_may_use_them(tmp_path: Path) -> None:
    ways = {way: (nodes, {"highway": "footway"}) for way, (nodes, _) in ROADS.items()}
    work = worked(tmp_path, cross(), ways)
    later = Work(work.region, work.out, {}, {"streets": work.out}, IssueLog(), work.progress)
    assert streets.modes_of(later) == ("walk", "wheels", "cycle", "cycle_quiet")
    logged = {rule: says for rule, _, says in issues(work)}
    assert logged["streets are open: drive"] == (
        "none of the 2 ways in a.osm.pbf is open to cars: 2 highway=footway; built without it"
    )
    assert "streets are open: school_run" in logged


def test_an_extract_that_nobody_can_walk_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="open to people on foot"):
        worked(tmp_path, cross(), {10: ([4, 1, 2], {"highway": "motorway", "oneway": "no"})})


def test_one_way_traps_are_logged(tmp_path: Path) -> None:
    points = cross() | {6: (X0 + 300.0, Y0)}
    ways = ROADS | {12: ([2, 6], ROAD | {"oneway": "yes"})}
    found = issues(worked(tmp_path, points, ways))
    assert ("one-way trap: drive", "way 12", "nothing leads out of it; 220 m are left out") in found
    assert not any(rule == "one-way trap: walk" for rule, _, _ in found)


@pytest.mark.parametrize(
    ("way", "tags", "mode", "subject"),
    [
        (10, ROAD | {"maxspeed": "fast"}, "drive", "way 10: maxspeed=fast"),
        (10, ROAD | {"maxspeed": "30 mph;40 mph"}, "drive", "way 10: maxspeed=30 mph;40 mph"),
        (10, ROAD | {"maxspeed": "-20"}, "drive", "way 10: maxspeed=-20"),
        (10, ROAD | {"width": "-1"}, "wheels", "way 10: width=-1"),
        (10, ROAD | {"oneway": "perhaps"}, "cycle", "way 10: oneway=perhaps"),
        (10, ROAD | {"foot": "maybe"}, "walk", "way 10: foot=maybe"),
        (12, {"route": "ferry", "duration": "yesterday"}, "walk", "way 12: duration=yesterday"),
    ],
)
def test_absurd_tags_are_logged_and_change_no_time(
    tmp_path: Path, way: int, tags: dict[str, str], mode: str, subject: str
) -> None:
    ways = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], ROAD)}
    plain = worked(tmp_path, cross(), ways)
    times = Network.load(plain.out / NETWORKS / mode).forward_ds.tolist()
    odd = worked(tmp_path, cross(), ways | {way: (ways.get(way, ([5, 2],))[0], tags)})
    assert (f"odd-tag: {mode}", subject) in [each[:2] for each in issues(odd)]
    if "30 mph" not in tags.get("maxspeed", ""):
        assert Network.load(odd.out / NETWORKS / mode).forward_ds.tolist() == times


def test_a_street_without_length_is_logged_and_takes_next_to_no_time(tmp_path: Path) -> None:
    points = cross() | {6: (X0, Y0), 7: (X0 - 30, Y0 + 40)}
    ways = {10: ([4, 1, 2], ROAD), 11: ([1, 6], ROAD), 12: ([6, 3], ROAD), 13: ([6, 7], ROAD)}
    work = worked(tmp_path, points, ways)
    named = [each for each in issues(work) if each[0] == "streets have a length: walk"]
    says = "joins points at one place; it takes a tenth of a second"
    assert named == [("streets have a length: walk", "way 11", says)]
    network = Network.load(work.out / NETWORKS / "walk")
    assert network.forward_ds[network.length_m == 0].tolist() == [1]


def test_how_much_is_known_about_pavements_is_logged(tmp_path: Path) -> None:
    lit = {10: ([4, 1, 2], ROAD | {"lit": "yes"}), 11: ([3, 1, 5], ROAD)}
    found = {
        rule: (subject, says) for rule, subject, says in issues(worked(tmp_path, cross(), lit))
    }
    assert found["pavements and lights are mapped"] == (
        "0 km of road",
        "pavement mapped along 0%, lighting along 50%; 100% of what people may walk along counts "
        "as safe",
    )


def test_islands_are_logged(tmp_path: Path) -> None:
    points = cross() | {6: (X0 + 900, Y0), 7: (X0 + 950, Y0)}
    found = issues(worked(tmp_path, points, ROADS | {12: ([6, 7], ROAD)}))
    assert ("streets hang together: walk", "1 islands") in [each[:2] for each in found]


def test_heights_named_by_the_region_reach_the_networks(tmp_path: Path) -> None:
    table = tmp_path / "nodes.csv"
    table.write_text("node_id,height_m\n1,20\n2,20\n3,26\n4,20\n", encoding="ascii")
    elevation = {"node_file": str(table)}
    work = worked(tmp_path, cross(), ROADS, elevation=elevation)
    for mode in MODES:
        network = Network.load(work.out / NETWORKS / mode)
        assert network.has_heights
        assert network.climb_m.sum() + network.descent_m.sum() > 2
    assert ("heights cover the streets", str(table)) in [each[:2] for each in issues(work)]
    key = step_key(streets.STEP, work.region, {"streets": ()}, {})
    table.write_text("node_id,height_m\n1,20\n2,20\n3,27\n4,20\n", encoding="ascii")
    assert step_key(streets.STEP, work.region, {"streets": ()}, {}) != key


def test_heights_in_feet_are_doubted(tmp_path: Path) -> None:
    table = tmp_path / "nodes.csv"
    table.write_text("node_id,height_m\n1,20\n2,100\n3,100\n4,20\n5,20\n", encoding="ascii")
    found = issues(worked(tmp_path, cross(), ROADS, elevation={"node_file": str(table)}))
    doubts = [says for rule, _, says in found if rule == "heights are plausible: walk"]
    assert doubts
    assert "are the heights in feet?" in doubts[0]


def test_heights_that_are_not_there_stop_the_build_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HeightsError, match="there are no heights at"):
        worked(tmp_path, cross(), ROADS, elevation={"rasters": ("nowhere.tif",)})
