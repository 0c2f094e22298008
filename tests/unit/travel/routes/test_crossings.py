"""Roads crossed, on junctions small enough to look at."""

from pathlib import Path

import pytest

from tests.unit.travel.junctions import EAST, NORTH, SOUTH, WEST, built
from tests.unit.travel.tiny_streets import X0, Y0, cross
from travel import Network, route

MAIN = {"highway": "secondary"}
SIDE = {"highway": "residential"}


def junction(tmp_path: Path, mode: str = "walk", **arms: dict[str, str]) -> Network:
    """Arms of 200 m, each a way of its own; those not named are not there."""
    number = {"east": 2, "north": 3, "west": 4, "south": 5}
    ways = {10 + number[arm]: ([1, number[arm]], tags) for arm, tags in arms.items()}
    return built(tmp_path, cross(200), ways, mode=mode)[0]


def classes(network: Network, start: tuple[float, float], end: tuple[float, float]) -> list[int]:
    crossings = route(network, start, end).crossings
    assert crossings is not None
    return [each.road_class for each in crossings]


def test_straight_over_a_main_road_crosses_it(tmp_path: Path) -> None:
    network = junction(tmp_path, east=MAIN, west=MAIN, north=SIDE, south=SIDE)
    found = route(network, SOUTH, NORTH)
    assert found.crossings is not None
    assert [(round(c.x - X0), round(c.y - Y0), c.road_class) for c in found.crossings] == [
        (0, 0, 4)
    ]


def test_along_a_main_road_nothing_is_crossed(tmp_path: Path) -> None:
    network = junction(tmp_path, east=MAIN, west=MAIN, north=SIDE, south=SIDE)
    assert classes(network, WEST, EAST) == []


def test_round_the_corner_onto_a_main_road_nothing_is_crossed(tmp_path: Path) -> None:
    network = junction(tmp_path, east=MAIN, west=MAIN, north=SIDE, south=SIDE)
    assert classes(network, SOUTH, EAST) == []


def test_past_the_end_of_a_main_road_nothing_is_crossed(tmp_path: Path) -> None:
    network = junction(tmp_path, east=MAIN, north=SIDE, south=SIDE)
    assert classes(network, SOUTH, NORTH) == []


def test_a_main_road_walked_along_may_cross_another(tmp_path: Path) -> None:
    other = {"highway": "tertiary"}
    network = junction(tmp_path, east=MAIN, west=MAIN, north=other, south=other)
    assert classes(network, SOUTH, NORTH) == [4]
    assert classes(network, WEST, EAST) == [3]


@pytest.mark.parametrize(
    ("highway", "found"),
    [
        ("footway", []),
        ("service", []),
        ("residential", []),
        ("unclassified", []),
        ("tertiary", [3]),
        ("tertiary_link", [3]),
        ("secondary", [4]),
        ("primary", [5]),
        ("trunk", [6]),
    ],
)
def test_roads_count_from_tertiary_up(tmp_path: Path, highway: str, found: list[int]) -> None:
    road = {"highway": highway}
    network = junction(tmp_path, east=road, west=road, north=SIDE, south=SIDE)
    assert classes(network, SOUTH, NORTH) == found


def test_a_road_that_changes_class_at_the_crossing_counts_as_the_lesser(tmp_path: Path) -> None:
    network = junction(
        tmp_path, east={"highway": "primary"}, west={"highway": "tertiary"}, north=SIDE, south=SIDE
    )
    assert classes(network, NORTH, SOUTH) == [3]


@pytest.mark.parametrize(("apart_m", "found"), [(20.0, [5]), (60.0, [5, 5])])
def test_two_carriageways_near_each_other_are_one_road(
    tmp_path: Path, apart_m: float, found: list[int]
) -> None:
    points = {
        1: (X0, Y0),
        2: (X0 + 300, Y0),
        3: (X0, Y0 + apart_m),
        4: (X0 + 300, Y0 + apart_m),
        5: (X0 + 150, Y0),
        6: (X0 + 150, Y0 + apart_m),
        7: (X0 + 150, Y0 - 100),
        8: (X0 + 150, Y0 + apart_m + 100),
    }
    dual = {"highway": "primary", "oneway": "yes"}
    ways = {
        10: ([1, 5, 2], dual),
        11: ([4, 6, 3], dual),
        12: ([7, 5, 6, 8], {"highway": "footway"}),
        13: ([1, 3], SIDE),
        14: ([2, 4], SIDE),
    }
    network, _ = built(tmp_path, points, ways, mode="walk")
    assert classes(network, points[7], points[8]) == found


def test_a_one_way_road_is_crossed_by_bicycle_too(tmp_path: Path) -> None:
    points = cross(200) | {6: (X0 + 200, Y0 + 200), 7: (X0 - 200, Y0 + 200)}
    ways = {
        10: ([4, 1, 2], MAIN | {"oneway": "yes"}),
        11: ([5, 1, 3], SIDE),
        12: ([2, 6, 3, 7, 4], SIDE),
    }
    network, _ = built(tmp_path, points, ways, mode="cycle")
    assert classes(network, SOUTH, NORTH) == [4]


def test_cars_cross_no_roads(tmp_path: Path) -> None:
    network = junction(tmp_path, "drive", east=MAIN, west=MAIN, north=SIDE, south=SIDE)
    assert route(network, SOUTH, NORTH).crossings is None
