"""People walk straight across squares, and round what sticks into them."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.travel.tiny_streets import X0, Y0, Point, Relation, write_extract
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


DRAWN_AS_AREA = {"type": "multipolygon", "highway": "pedestrian"}
ROUND_A_HALL = CORNERS | {
    21: (X0 + 20, Y0 + 20),
    22: (X0 + 40, Y0 + 20),
    23: (X0 + 40, Y0 + 40),
    24: (X0 + 20, Y0 + 40),
}
"""The square, with a hall in its middle."""
IN_TWO_HALVES = {
    11: ([5, 1], FOOTWAY),
    12: ([3, 6], FOOTWAY),
    31: ([1, 2, 3], {}),
    32: ([1, 4, 3], {"building": "no"}),
    33: ([21, 22, 23, 24, 21], {"building": "civic"}),
}
HALVES = [("w", 31, "outer"), ("w", 32, "outer")]
HALL = ("w", 33, "inner")


def built(
    tmp_path: Path,
    points: dict[int, Point],
    ways: dict,
    mode: Mode = "walk",
    relations: Sequence[Relation] = (),
) -> tuple[Network, NetworkReport]:
    path = write_extract(tmp_path / "a.osm.pbf", points, ways, restrictions=relations)
    return build_network(read_extract(path), mode=mode)


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


def test_a_square_drawn_as_a_relation_is_crossed_like_any_other(tmp_path: Path) -> None:
    square = [(DRAWN_AS_AREA, HALVES)]
    network, report = built(tmp_path, ROUND_A_HALL, IN_TWO_HALVES, relations=square)
    across = 100 + 60 * math.sqrt(2)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(across / M_PER_S, abs=0.5)
    assert (report.ways_read, report.ways_kept, report.odd) == (3, 3, ())
    start, end = (X0 + 30, Y0 - 1), (X0 + 60, Y0 + 30)
    assert seconds(network, start, end) == pytest.approx(61 / M_PER_S, abs=0.7)


def test_what_is_cut_out_of_a_square_is_walked_round(tmp_path: Path) -> None:
    square = [(DRAWN_AS_AREA, [*HALVES, HALL])]
    network, _ = built(tmp_path, ROUND_A_HALL, IN_TWO_HALVES, relations=square)
    round_the_hall = 100 + 2 * math.hypot(20, 40)  # by one of its corners
    found = seconds(network, CORNERS[5], CORNERS[6])
    assert found == pytest.approx(round_the_hall / M_PER_S, abs=0.5)


def test_a_door_of_the_hall_is_reached_across_the_square(tmp_path: Path) -> None:
    ways = IN_TWO_HALVES | {13: ([21, 7], FOOTWAY)}
    points = ROUND_A_HALL | {7: (X0 + 30, Y0 + 30)}
    square = [(DRAWN_AS_AREA, [*HALVES, HALL])]
    network, _ = built(tmp_path, points, ways, relations=square)
    inside = 50 + math.hypot(20, 20) + math.hypot(10, 10)
    assert seconds(network, CORNERS[5], points[7]) == pytest.approx(inside / M_PER_S, abs=0.5)


@pytest.mark.parametrize("missing", [31, 32])
def test_a_square_that_does_not_close_is_named_and_left_out(tmp_path: Path, missing: int) -> None:
    ways = {way: of_it for way, of_it in IN_TWO_HALVES.items() if way != missing}
    ways |= {14: ([1, 4, 3], FOOTWAY)}
    network, report = built(tmp_path, CORNERS, ways, relations=[(DRAWN_AS_AREA, HALVES)])
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(220 / M_PER_S, abs=0.5)
    assert [subject for _, subject, _ in report.odd] == ["relation 900"]


def test_relations_that_are_no_squares_are_passed_over(tmp_path: Path) -> None:
    others = [
        ({"type": "multipolygon", "highway": "raceway"}, HALVES),
        ({"type": "multipolygon", "building": "yes"}, HALVES),
        ({"type": "route", "highway": "pedestrian"}, HALVES),
        (DRAWN_AS_AREA, [("w", 77, "outer")]),
    ]
    ways = IN_TWO_HALVES | {14: ([1, 4, 3], FOOTWAY)}
    network, report = built(tmp_path, ROUND_A_HALL, ways, relations=others)
    assert seconds(network, CORNERS[5], CORNERS[6]) == pytest.approx(220 / M_PER_S, abs=0.5)
    assert (report.ways_read, report.odd) == (3, ())
