"""A ladder with a short cut in the middle: who takes it, by what it is and what stands in it."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import (
    MODES,
    Extract,
    Mode,
    Network,
    build_network,
    build_networks,
    read_extract,
    snap,
    times_from,
)

ROAD = {"highway": "unclassified", "maxspeed": "20 mph"}
POINTS: dict[int, Point] = {
    **{i: (X0 + 600.0 * i, Y0) for i in range(1, 4)},
    **{i + 4: (X0 + 600.0 * i, Y0 + 200) for i in range(1, 4)},
    9: (X0 + 1200.0, Y0 + 100),
}
BELOW, ABOVE = (X0 + 1190.0, Y0), (X0 + 1190.0, Y0 + 200)
SHORT_M, ROUND_M = 220, 1380

ON_FOOT = {"walk", "wheels"}
CYCLING = {"cycle", "cycle_quiet"}
BY_CAR = {"drive", "school_run"}
ALL = set(MODES)


def extract_of(
    tmp_path: Path, tags: dict[str, str], barrier: dict[str, str] | None = None
) -> Extract:
    ways = {
        10: ([1, 2, 3], ROAD),
        11: ([5, 6, 7], ROAD),
        12: ([1, 5], ROAD),
        13: ([2, 9, 6], tags),
    }
    nodes = {9: barrier} if barrier else None
    return read_extract(write_extract(tmp_path / "a.osm.pbf", POINTS, ways, node_tags=nodes))


def ladder(tmp_path: Path, mode: Mode, tags: dict[str, str]) -> Network:
    return build_network(extract_of(tmp_path, tags), mode=mode)[0]


def metres(network: Network, start: Point, end: Point) -> float:
    at = [snap(network, *point) for point in (start, end)]
    return float(times_from(network, at[0], at[1], limit_s=7200).metres[0])


def takers(tmp_path: Path, tags: dict[str, str], barrier: dict[str, str] | None = None) -> set[str]:
    found = set()
    for mode, (network, _) in build_networks(extract_of(tmp_path, tags, barrier)).items():
        way = metres(network, BELOW, ABOVE)
        assert min(abs(way - SHORT_M), abs(way - ROUND_M)) < 1
        if way < ROUND_M - 1:
            found.add(mode)
    return found


def _told(case: object) -> str:
    """Name a case alike in every process: a set has no order."""
    return " ".join(sorted(map(str, case))) if isinstance(case, set | frozenset) else str(case)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, ALL),
        ({"highway": "footway"}, ON_FOOT | CYCLING),
        ({"highway": "cycleway"}, ON_FOOT | CYCLING),
        ({"highway": "bridleway"}, ON_FOOT | CYCLING),
        ({"highway": "track"}, ON_FOOT | CYCLING),
        ({"highway": "track", "motor_vehicle": "yes"}, ALL),
        ({"highway": "steps"}, {"walk"}),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, ON_FOOT),
        ({"highway": "motorway", "oneway": "no"}, BY_CAR),
        ({"highway": "trunk", "motorroad": "yes"}, BY_CAR),
        ({"highway": "construction"}, set()),
        ({"highway": "service", "access": "private"}, set()),
        ({"highway": "service", "access": "private", "foot": "yes"}, ON_FOOT | CYCLING),
        ({"highway": "service", "access": "no", "foot": "permissive"}, ON_FOOT | CYCLING),
        ({"highway": "service", "access": "permissive"}, ALL),
        ({"highway": "service", "access": "customers"}, ON_FOOT | CYCLING),
        ({"highway": "residential", "motor_vehicle": "destination"}, ON_FOOT | CYCLING),
        ({"highway": "residential", "motor_vehicle": "private"}, ON_FOOT | CYCLING),
        ({"highway": "residential", "foot": "no"}, CYCLING | BY_CAR),
        ({"highway": "footway", "foot": "no", "bicycle": "yes"}, CYCLING),
        ({"highway": "path", "width": "0.5"}, {"walk"} | CYCLING),
    ],
    ids=_told,
)
def test_a_way_is_taken_by_those_who_may(
    tmp_path: Path, tags: dict[str, str], expected: set[str]
) -> None:
    assert takers(tmp_path, tags) == expected


@pytest.mark.parametrize(
    ("barrier", "expected"),
    [
        ({"barrier": "gate"}, ALL),
        ({"barrier": "gate", "locked": "yes"}, set()),
        ({"barrier": "gate", "access": "private"}, set()),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, ON_FOOT | CYCLING),
        ({"barrier": "bollard"}, ON_FOOT | CYCLING),
        ({"barrier": "kissing_gate"}, {"walk"}),
        ({"barrier": "kissing_gate", "wheelchair": "yes"}, ON_FOOT),
        ({"barrier": "stile"}, {"walk"}),
        ({"barrier": "cycle_barrier"}, {"walk"} | CYCLING),
        ({"barrier": "cattle_grid"}, {"walk"} | CYCLING | BY_CAR),
        ({"barrier": "wall"}, set()),
    ],
    ids=_told,
)
def test_a_barrier_lets_past_those_it_is_made_for(
    tmp_path: Path, barrier: dict[str, str], expected: set[str]
) -> None:
    assert takers(tmp_path, {"highway": "residential"}, barrier) == expected


@pytest.mark.parametrize(
    ("tags", "up", "down"),
    [
        ({"highway": "residential", "oneway": "yes"}, BY_CAR, set()),
        ({"highway": "residential", "oneway": "-1"}, set(), BY_CAR),
        ({"highway": "motorway"}, BY_CAR, set()),
        ({"highway": "motorway_link"}, BY_CAR, set()),
        ({"highway": "residential", "junction": "roundabout"}, BY_CAR, set()),
        ({"highway": "residential", "oneway": "alternating"}, BY_CAR, BY_CAR),
    ],
    ids=_told,
)
def test_cars_keep_to_one_way_streets_even_where_nobody_says_so(
    tmp_path: Path, tags: dict[str, str], up: set[str], down: set[str]
) -> None:
    for mode in sorted(BY_CAR):
        network = ladder(tmp_path, mode, tags)
        assert (metres(network, BELOW, ABOVE) < ROUND_M - 1) == (mode in up)
        assert (metres(network, ABOVE, BELOW) < ROUND_M - 1) == (mode in down)


@pytest.mark.parametrize(("exempt", "kmh"), [({}, 4.8), ({"oneway:bicycle": "no"}, 16.0)])
def test_against_a_one_way_street_cyclists_push_but_where_they_are_exempt(
    tmp_path: Path, exempt: dict[str, str], kmh: float
) -> None:
    tags = {"highway": "residential", "maxspeed": "20 mph", "oneway": "yes", **exempt}
    network = ladder(tmp_path, "cycle", tags)
    at = [snap(network, X0 + 1200, Y0 + 190), snap(network, X0 + 1200, Y0 + 10)]
    taken = times_from(network, at[0], at[1], limit_s=7200).seconds[0]
    assert taken == pytest.approx(180 / (kmh / 3.6), abs=0.3)


def test_people_on_foot_mind_no_one_way_street_but_one_for_them(tmp_path: Path) -> None:
    street = ladder(tmp_path, "walk", {"highway": "residential", "oneway": "yes"})
    path = ladder(tmp_path, "walk", {"highway": "footway", "oneway:foot": "yes"})
    found = [metres(network, ABOVE, BELOW) for network in (street, path)]
    assert np.allclose(found, [SHORT_M, ROUND_M], atol=1)
