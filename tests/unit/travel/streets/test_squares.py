"""People walk straight across squares, and round what sticks into them."""

import math
from pathlib import Path

import pytest

from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import Mode, Network, NetworkReport, build_network, read_extract, snap, times_from

M_PER_S = 4.8 / 3.6
FOOTWAY = {"highway": "footway"}
SQUARE = {"highway": "pedestrian", "area": "yes"}
CORNERS: dict[int, Point] = {
    1: (X0, Y0),
    2: (X0 + 60, Y0),
    3: (X0 + 60, Y0 + 60),
    4: (X0, Y0 + 60),
    5: (X0 - 50, Y0),
    6: (X0 + 110, Y0 + 60),
}
WAYS = {10: ([1, 2, 3, 4, 1], SQUARE), 11: ([5, 1], FOOTWAY), 12: ([3, 6], FOOTWAY)}


def built(
    tmp_path: Path, points: dict[int, Point], ways: dict, mode: Mode = "walk"
) -> tuple[Network, NetworkReport]:
    return build_network(
        read_extract(write_extract(tmp_path / "a.osm.pbf", points, ways)), mode=mode
    )


def seconds(network: Network, start: Point, end: Point) -> float:
    at = [snap(network, *point) for point in (start, end)]
    return float(times_from(network, at[0], at[1], limit_s=7200).seconds[0])


def test_a_square_is_crossed_straight_from_street_to_street(tmp_path: Path) -> None:
    network, report = built(tmp_path, CORNERS, WAYS)
    across = 100 + 60 * math.sqrt(2)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(across / M_PER_S, abs=0.5)
    assert (report.ways_read, report.ways_kept) == (3, 3)


def test_the_edge_of_a_square_is_walked_along(tmp_path: Path) -> None:
    network, _ = built(tmp_path, CORNERS, WAYS)
    start, end = (X0 + 30, Y0 - 1), (X0 + 60, Y0 + 30)
    assert seconds(network, start, end) == pytest.approx(61 / M_PER_S, abs=0.7)


def test_a_ring_that_is_no_area_is_walked_round(tmp_path: Path) -> None:
    ways = WAYS | {10: ([1, 2, 3, 4, 1], {"highway": "pedestrian"})}
    network, _ = built(tmp_path, CORNERS, ways)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(220 / M_PER_S, abs=0.5)


def test_what_sticks_into_a_square_is_walked_round_by_its_corners(tmp_path: Path) -> None:
    points = CORNERS | {7: (X0 + 20, Y0), 8: (X0 + 30, Y0 + 40), 9: (X0 + 40, Y0)}
    ways = {
        10: ([1, 7, 8, 9, 2, 3, 4, 1], SQUARE),
        11: ([5, 1], FOOTWAY),
        12: ([2, 6], FOOTWAY),
    }
    network, _ = built(tmp_path, points, ways)
    by_the_tip = 50 + 2 * math.hypot(30, 40) + math.hypot(50, 60)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(by_the_tip / M_PER_S, abs=0.5)


def test_cyclists_push_across_and_cars_stay_out(tmp_path: Path) -> None:
    ways = WAYS | {
        11: ([5, 1], {"highway": "residential"}),
        12: ([3, 6], {"highway": "residential"}),
    }
    network, _ = built(tmp_path, CORNERS, ways, mode="cycle")
    pushed, ridden = 60 * math.sqrt(2) / M_PER_S, 100 / (16 / 3.6)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(pushed + ridden, abs=0.5)
    network, report = built(tmp_path, CORNERS, ways, mode="drive")
    assert network.n_edges == 1
    assert report.left_out["area=yes"].ways == 1


@pytest.mark.parametrize("nodes", [[1, 2, 3, 4], [1, 3, 2, 4, 1], [1, 2, 1]])
def test_an_area_that_is_no_polygon_is_taken_as_it_is_drawn(
    tmp_path: Path, nodes: list[int]
) -> None:
    network, report = built(tmp_path, CORNERS, WAYS | {10: (nodes, SQUARE)})
    assert network.n_edges >= 1
    assert report.ways_read == 3
