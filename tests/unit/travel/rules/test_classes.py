"""How busy the road is that an edge runs along, as every mode's network says."""

from pathlib import Path

import pytest

from tests.unit.travel.tiny_streets import X0, Y0, write_extract
from travel import MODES, Mode, build_network, read_extract
from travel.rules.classes import road_class_number, road_class_of
from travel.rules.walking import STREETS

BY_CLASS = (
    ("footway", 0),
    ("service", 1),
    ("residential", 2),
    ("living_street", 2),
    ("unclassified", 2),
    ("tertiary", 3),
    ("secondary_link", 4),
    ("primary", 5),
    ("trunk", 6),
    ("motorway", 7),
)


@pytest.mark.parametrize(("highway", "number"), BY_CLASS)
def test_classes_are_numbered_by_their_traffic(highway: str, number: int) -> None:
    assert road_class_number({"highway": highway}) == number


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_says_which_class_each_edge_is(tmp_path: Path, mode: Mode) -> None:
    points = {i: (X0 + 100.0 * i, Y0) for i in range(len(BY_CLASS) + 1)}
    ways = {
        100 + i: ([i, i + 1], {"highway": highway, "oneway": "no"})
        for i, (highway, _) in enumerate(BY_CLASS)
    }
    path = write_extract(
        tmp_path / "a.osm.pbf",
        {i + 1: at for i, at in points.items()},
        {way: ([node + 1 for node in nodes], tags) for way, (nodes, tags) in ways.items()},
    )
    network, _ = build_network(read_extract(path), mode=mode)
    middle = (network.x[network.tail] + network.x[network.head]) / 2
    found = {
        round((x - X0 - 50) / 100): number
        for x, number in zip(middle, road_class_of(network.traits).tolist(), strict=True)
        if abs((x - X0 - 50) / 100 - round((x - X0 - 50) / 100)) < 0.1
    }
    assert len(found) >= 6
    for place, number in found.items():
        assert number == BY_CLASS[place][1]


def test_every_street_that_people_walk_along_has_a_class() -> None:
    with_traffic = {each for each in STREETS if road_class_number({"highway": each})}
    assert with_traffic == {
        *("trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"),
        *("tertiary", "tertiary_link", "unclassified", "residential", "living_street"),
        *("service", "road"),
    }
