"""Driving over junctions, worked by hand."""

import math
from pathlib import Path

import numpy as np
import pytest

from config.assumptions import assumptions
from tests.unit.travel.junctions import (
    ARM_M,
    BLOCK_S,
    CROSSING,
    EAST,
    LEFT,
    M_PER_S,
    NORTH,
    RIGHT,
    ROAD,
    ROUND,
    SIGNAL,
    SOUTH,
    U_TURN,
    WEST,
    along,
    built,
    crossroads,
    restriction,
    seconds,
)
from tests.unit.travel.tiny_streets import X0, Y0, cross, node_at
from travel import (
    Network,
    Snapped,
    seconds_from,
    snap,
    times_from,
    times_to,
    times_toward,
)
from travel.turns import FORWARD, MAY_START


def test_turning_costs_more_than_going_straight_on(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    assert seconds(network, SOUTH, NORTH) == pytest.approx(BLOCK_S, abs=0.2)
    assert seconds(network, SOUTH, WEST) == pytest.approx(BLOCK_S + LEFT, abs=0.2)
    assert seconds(network, SOUTH, EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)


def test_a_bend_without_a_junction_is_no_turn(tmp_path: Path) -> None:
    ways = {10: ([5, 1], ROAD), 11: ([1, 2], ROAD | {"maxspeed": "19 mph"})}
    network, _ = built(tmp_path, cross(ARM_M), ways)
    assert seconds(network, SOUTH, EAST) == pytest.approx(BLOCK_S * (0.5 + 0.5 * 20 / 19), abs=0.2)


@pytest.mark.parametrize(
    ("controls", "lost"),
    [
        ({"highway": "traffic_signals"}, SIGNAL),
        ({"highway": "crossing", "crossing": "traffic_signals"}, CROSSING),
        ({"highway": "crossing", "crossing": "zebra"}, 0),
        ({"highway": "mini_roundabout"}, ROUND),
    ],
)
def test_signals_and_small_roundabouts_cost_time_at_junctions(
    tmp_path: Path, controls: dict[str, str], lost: float
) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads(), node_tags={1: controls})
    assert seconds(network, SOUTH, NORTH) == pytest.approx(BLOCK_S + lost, abs=0.2)


@pytest.mark.parametrize(
    ("way", "facing", "there", "back"),
    [
        ([1, 6, 3], None, SIGNAL, SIGNAL),
        ([1, 6, 3], "forward", SIGNAL, 0),
        ([1, 6, 3], "backward", 0, SIGNAL),
        ([3, 6, 1], "forward", 0, SIGNAL),
    ],
)
def test_signals_between_junctions_hold_up_the_direction_they_face(
    tmp_path: Path, way: list[int], facing: str | None, there: float, back: float
) -> None:
    tags = {"highway": "traffic_signals"} | (
        {"traffic_signals:direction": facing} if facing else {}
    )
    points = cross(ARM_M) | {6: along(3, 100)}
    ways = crossroads() | {13: (way, ROAD)}
    network, _ = built(tmp_path, points, ways, node_tags={6: tags})
    assert seconds(network, SOUTH, along(3, 200)) == pytest.approx(1.5 * BLOCK_S + there, abs=0.2)
    assert seconds(network, along(3, 200), SOUTH) == pytest.approx(1.5 * BLOCK_S + back, abs=0.2)


def test_on_the_school_run_roads_and_junctions_take_longer(tmp_path: Path) -> None:
    free, _ = built(tmp_path, cross(ARM_M), crossroads())
    busy, _ = built(tmp_path, cross(ARM_M), crossroads(), mode="school_run")
    longer = assumptions("driving")["school_run_delay_ratio"].value
    assert seconds(free, SOUTH, EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)
    assert seconds(busy, SOUTH, EAST) == pytest.approx(BLOCK_S * 1.25 + RIGHT * longer, abs=0.2)


def test_a_forbidden_turn_is_driven_round(tmp_path: Path) -> None:
    network, report = built(
        tmp_path, cross(ARM_M), crossroads(), restrictions=[restriction("no_right_turn", 15, 12)]
    )
    assert report.turns_forbidden == 1
    # Straight on to the northern dead end, turn round, and left into the eastern arm.
    there = BLOCK_S * 3 + U_TURN + LEFT
    west_first = BLOCK_S * 3 + LEFT + U_TURN
    assert seconds(network, SOUTH, EAST) == pytest.approx(min(there, west_first), abs=0.3)
    assert seconds(network, NORTH, EAST) == pytest.approx(BLOCK_S + LEFT, abs=0.2)
    assert seconds(network, EAST, SOUTH) == pytest.approx(BLOCK_S + LEFT, abs=0.2)


def test_an_only_turn_forbids_all_others(tmp_path: Path) -> None:
    network, report = built(
        tmp_path,
        cross(ARM_M),
        crossroads(),
        restrictions=[restriction("only_straight_on", 15, 13)],
    )
    assert report.turns_forbidden == 3
    assert seconds(network, SOUTH, NORTH) == pytest.approx(BLOCK_S, abs=0.2)
    assert seconds(network, SOUTH, WEST) == pytest.approx(3 * BLOCK_S + U_TURN + RIGHT, abs=0.3)


@pytest.mark.parametrize(
    ("tags", "via", "said"),
    [
        ({"restriction": "no_right_turn", "except": "psv;motorcar"}, ("n", 1, "via"), None),
        ({"restriction": "no_right_turn @ (wet)"}, ("n", 1, "via"), "when it holds cannot be"),
        ({"restriction:conditional": "no_right_turn @ (Apr)"}, ("n", 1, "via"), "when it holds"),
        ({"restriction:conditional": "no_right_turn @ (weight>3)"}, ("n", 1, "via"), None),
        ({"restriction": "right_turn"}, ("n", 1, "via"), "neither what is forbidden"),
        ({"restriction": "no_right_turn"}, ("w", 13, "via"), "do not follow each other"),
        ({"restriction": "no_right_turn"}, ("n", 1, "location_hint"), "lacks"),
    ],
)
def test_a_restriction_that_cannot_be_applied_is_named(
    tmp_path: Path, tags: dict[str, str], via: tuple[str, int, str], said: str | None
) -> None:
    members = [("w", 15, "from"), via, ("w", 12, "to")]
    network, report = built(tmp_path, cross(ARM_M), crossroads(), restrictions=[(tags, members)])
    assert report.turns_forbidden == 0
    assert seconds(network, SOUTH, EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)
    assert [rule for rule, _, _ in report.odd] == (["turn restriction"] if said else [])
    assert said is None or said in report.odd[0][2]


def test_a_restriction_for_cars_beats_one_for_everybody(tmp_path: Path) -> None:
    members = restriction("", 15, 12)[1]
    tags = {"restriction": "no_left_turn", "restriction:motorcar": "only_right_turn"}
    network, report = built(tmp_path, cross(ARM_M), crossroads(), restrictions=[(tags, members)])
    assert report.turns_forbidden == 3
    assert seconds(network, SOUTH, EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)


def test_no_u_turn_into_the_same_way_leaves_straight_on_open(tmp_path: Path) -> None:
    ways = {10: ([5, 1, 3], ROAD), 11: ([4, 1, 2], ROAD)}
    network, _ = built(
        tmp_path, cross(ARM_M), ways, restrictions=[restriction("no_u_turn", 10, 10)]
    )
    assert seconds(network, SOUTH, NORTH) == pytest.approx(BLOCK_S, abs=0.2)


def test_nobody_turns_round_but_at_a_dead_end(tmp_path: Path) -> None:
    points = cross(ARM_M) | {6: along(3, 20), 7: (X0 + 150, Y0 + 20)}
    ways = crossroads() | {13: ([1, 6, 3], ROAD), 16: ([6, 7], {"highway": "footway"})}
    network, _ = built(tmp_path, points, ways)
    origin = snap(network, *along(5, 100))
    away = Snapped(
        *(np.array([v]) for v in along(5, 100)), origin.edge, origin.fraction, np.zeros(1)
    )
    reach = seconds_from(network, away, limit_s=3600)
    turns = network.turns
    assert turns is not None
    assert (turns.state_flags & MAY_START > 0).all()
    # The only way back into the southern arm is by the end of another one.
    state = next(
        s
        for s in range(turns.state_start[origin.edge[0]], turns.state_start[origin.edge[0] + 1])
        if bool(turns.state_flags[s] & FORWARD)
        == bool(network.head[origin.edge[0]] != node_at(network, X0, Y0))
    )
    back = (reach.limit_ds + 1 - reach.left_ds[state]) / 10
    assert back == pytest.approx(0.5 * BLOCK_S + 2 * BLOCK_S + U_TURN, abs=0.3)


ESTATE = {
    **{i: (X0 + 200.0 * i, Y0) for i in range(1, 5)},
    **{i + 4: (X0 + 200.0 * i, Y0 + 200) for i in range(1, 5)},
}


def estate(**middle: str) -> dict[int, tuple[list[int], dict[str, str]]]:
    """A ladder of two long streets, whose rung 2-6 may be private; rungs 1-5 and 4-8 are not."""
    return {
        10: ([1, 2, 3, 4], ROAD),
        11: ([5, 6, 7, 8], ROAD),
        12: ([1, 5], ROAD),
        13: ([4, 8], ROAD),
        14: ([2, 6], ROAD | middle),
    }


@pytest.mark.parametrize(
    "tags", [{"access": "private"}, {"motor_vehicle": "destination"}, {"access": "customers"}]
)
def test_nobody_drives_through_a_private_road_but_to_and_from_it(
    tmp_path: Path, tags: dict[str, str]
) -> None:
    inside = (X0 + 400, Y0 + 100)
    private, _ = built(tmp_path, ESTATE, estate(**tags))
    public, _ = built(tmp_path, ESTATE, estate())
    left, right = (X0 + 500, Y0), (X0 + 500, Y0 + 200)
    assert seconds(public, left, right) == pytest.approx(2 * BLOCK_S + RIGHT + RIGHT, abs=0.4)
    assert seconds(private, left, right) == pytest.approx(4 * BLOCK_S, abs=0.4)
    for outside in (left, right):
        assert seconds(private, outside, inside) == pytest.approx(
            seconds(public, outside, inside), abs=0.1
        )
        assert seconds(private, inside, outside) == pytest.approx(
            seconds(public, inside, outside), abs=0.1
        )


def test_a_roundabout_is_entered_with_a_wait_and_driven_one_way(tmp_path: Path) -> None:
    ring = {
        i: (X0 + 50 * x, Y0 + 50 * y)
        for i, (x, y) in enumerate(((0, -1), (-1, 0), (0, 1), (1, 0)), 11)
    }
    arms = {
        i + 10: (X0 + 250 * x, Y0 + 250 * y)
        for i, (x, y) in enumerate(((0, -1), (-1, 0), (0, 1), (1, 0)), 11)
    }
    around = {"highway": "unclassified", "junction": "roundabout", "maxspeed": "18 mph"}
    ways = {1: ([11, 12, 13, 14, 11], around)} | {i: ([i, i + 10], ROAD) for i in range(11, 15)}
    network, _ = built(tmp_path, ring | arms, ways)
    quarter_s = 50 * math.sqrt(2) / (M_PER_S * 0.9)
    south, west, east = (X0, Y0 - 150), (X0 - 150, Y0), (X0 + 150, Y0)
    assert seconds(network, south, west) == pytest.approx(BLOCK_S + quarter_s + ROUND, abs=0.4)
    assert seconds(network, south, east) == pytest.approx(BLOCK_S + 3 * quarter_s + ROUND, abs=0.4)


def test_towards_a_place_is_the_way_back_of_from_it(tmp_path: Path) -> None:
    ways = {
        10: ([5, 6], ROAD | {"oneway": "yes"}),
        11: ([6, 2], ROAD | {"oneway": "yes"}),
        12: ([2, 1], ROAD | {"oneway": "yes"}),
        13: ([1, 5], ROAD | {"oneway": "yes"}),
    }
    network, _ = built(tmp_path, ESTATE, ways)
    school, home = (X0 + 300, Y0), (X0 + 300, Y0 + 200)
    at_home = np.array([home])
    assert seconds(network, home, school) == pytest.approx(2 * BLOCK_S, abs=0.3)
    toward = times_toward(network, school, at_home, limit_s=3600)
    assert toward.seconds[0] == pytest.approx(2 * BLOCK_S, abs=0.3)
    assert toward.metres[0] == pytest.approx(400, abs=0.5)
    # The other way round they meet again, a quarter on.
    near = np.array([(X0 + 200.0, Y0 + 100)])
    assert times_toward(network, school, near, limit_s=3600).seconds[0] == pytest.approx(
        3 * BLOCK_S, abs=0.3
    )
    assert seconds(network, school, (X0 + 200, Y0 + 100)) == pytest.approx(BLOCK_S, abs=0.3)


def test_a_place_further_along_the_same_street_needs_no_junction(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    assert seconds(network, along(2, 50), along(2, 100)) == pytest.approx(BLOCK_S / 4, abs=0.2)
    assert seconds(network, along(2, 100), along(2, 50)) == pytest.approx(BLOCK_S / 4, abs=0.2)


def test_a_street_of_which_only_the_start_is_in_reach_is_reached(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    origin, near, far = (snap(network, *along(*at)) for at in ((5, 100), (3, 20), (3, 180)))
    limit = BLOCK_S * 0.7
    assert np.isfinite(times_from(network, origin, near, limit_s=limit).seconds[0])
    assert np.isnan(times_from(network, origin, far, limit_s=limit).seconds[0])


def test_turns_are_saved_with_the_network(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    network.save(tmp_path / "drive")
    loaded = Network.load(tmp_path / "drive")
    assert loaded.network_id == network.network_id
    assert seconds(loaded, SOUTH, EAST) == seconds(network, SOUTH, EAST)


def test_times_are_read_off_a_search_already_made(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    reach = seconds_from(network, snap(network, *SOUTH), limit_s=3600, spent_s=60)
    times = times_to(reach, snap(network, *NORTH))
    assert times.seconds[0] == pytest.approx(60 + BLOCK_S, abs=0.2)
    assert times.metres[0] == pytest.approx(200, abs=0.2)
    junction = reach.seconds()
    assert junction[node_at(network, X0, Y0)] == pytest.approx(60 + BLOCK_S / 2, abs=0.2)
    assert junction[node_at(network, *along(2, 200))] == pytest.approx(
        60 + 1.5 * BLOCK_S + RIGHT, abs=0.2
    )
