"""A crossroads to drive over, and how long that takes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from config.assumptions import assumptions
from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import (
    Network,
    NetworkReport,
    build_network,
    read_extract,
    snap,
    times_from,
)

ROAD = {"highway": "unclassified", "maxspeed": "20 mph"}
M_PER_S = 20 * 1609.344 / 3600
ARM_M = 200.0
BLOCK_S = ARM_M / M_PER_S
LEFT, RIGHT, U_TURN, SIGNAL, CROSSING, ROUND = (
    assumptions("driving")[name].value
    for name in (
        *("left_turn_delay", "right_turn_delay", "u_turn_delay", "signal_delay"),
        *("crossing_delay", "roundabout_delay"),
    )
)
Restrictions = Sequence[tuple[Mapping[str, str], Sequence[tuple[str, int, str]]]]


def built(
    tmp_path: Path, points: Mapping[int, Point], ways: dict, mode: str = "drive", **more: object
) -> tuple[Network, NetworkReport]:
    path = write_extract(tmp_path / "a.osm.pbf", points, ways, **more)
    return build_network(read_extract(path), mode=mode)


def crossroads(**tags: Mapping[str, str]) -> dict[int, tuple[list[int], dict[str, str]]]:
    """Four arms of 200 m, each a way of its own: 12 east, 13 north, 14 west, 15 south."""
    return {10 + arm: ([1, arm], ROAD | dict(tags.get(f"arm{arm}", {}))) for arm in range(2, 6)}


def seconds(network: Network, start: Point, end: Point) -> float:
    """Drive between two points of the streets."""
    at = [snap(network, *point) for point in (start, end)]
    return float(times_from(network, at[0], at[1], limit_s=3600).seconds[0])


def along(arm: int, metres: float) -> Point:
    x, y = {2: (1, 0), 3: (0, 1), 4: (-1, 0), 5: (0, -1)}[arm]
    return X0 + x * metres, Y0 + y * metres


SOUTH, NORTH, EAST, WEST = along(5, 100), along(3, 100), along(2, 100), along(4, 100)


def restriction(says: str, start: int, end: int, via: int = 1) -> tuple[dict[str, str], list]:
    return (
        {"restriction": says},
        [("w", start, "from"), ("n", via, "via"), ("w", end, "to")],
    )
