"""Turns forbidden along ways between junctions, and at certain hours, worked by hand."""

from pathlib import Path

import pytest

from tests.unit.travel.junctions import (
    ARM_M,
    BLOCK_S,
    EAST,
    LEFT,
    M_PER_S,
    NORTH,
    RIGHT,
    ROAD,
    SOUTH,
    U_TURN,
    built,
    crossroads,
    restriction,
    seconds,
)
from tests.unit.travel.tiny_streets import X0, Y0, Point, cross
from travel.turns import MAY_END, MAY_START

ONE_WAY = ROAD | {"oneway": "yes"}
CARRIAGEWAYS: dict[int, Point] = {
    1: (X0, Y0 - 200),
    2: (X0, Y0),
    3: (X0, Y0 + 200),
    4: (X0 + 20, Y0 + 200),
    5: (X0 + 20, Y0),
    6: (X0 + 20, Y0 - 200),
    7: (X0 + 120, Y0),
    8: (X0 + 10, Y0),
}
GAP = 12
DUAL = {
    10: ([1, 2], ONE_WAY),
    11: ([2, 3], ONE_WAY),
    GAP: ([2, 8, 5], ROAD),
    13: ([4, 5], ONE_WAY),
    14: ([5, 6], ONE_WAY),
    15: ([3, 4], ONE_WAY),
    16: ([6, 1], ONE_WAY),
    17: ([5, 7], ROAD),
}
"""North along 10 and 11, south along 13 and 14; a gap between, where 17 comes in from the east."""

UP, DOWN, MIDDLE = (X0, Y0 - 100), (X0 + 20, Y0 - 100), (X0 + 10, Y0)


def along_ways(says: str, start: int, between: list[int], end: int) -> tuple[dict, list]:
    members = [("w", start, "from"), *(("w", way, "via") for way in between), ("w", end, "to")]
    return {"restriction": says}, members


def drive_s(metres: float) -> float:
    return metres / M_PER_S


def test_turning_round_through_a_gap_is_forbidden_only_to_those_who_came_along(
    tmp_path: Path,
) -> None:
    free, _ = built(tmp_path, CARRIAGEWAYS, DUAL)
    assert seconds(free, UP, DOWN) == pytest.approx(drive_s(220) + 2 * RIGHT, abs=0.3)
    network, report = built(
        tmp_path, CARRIAGEWAYS, DUAL, restrictions=[along_ways("no_u_turn", 10, [GAP], 14)]
    )
    assert report.turns_forbidden == 1
    assert report.odd == ()
    # By the side road and back: right, straight on, round, left. Round by the top is further.
    by_the_side = drive_s(100 + 20 + 100 + 100 + 100) + RIGHT + U_TURN + LEFT
    assert seconds(network, UP, DOWN) == pytest.approx(min(by_the_side, drive_s(620)), abs=0.4)
    assert seconds(network, MIDDLE, DOWN) == pytest.approx(drive_s(110) + RIGHT, abs=0.3)
    assert seconds(network, UP, MIDDLE) == pytest.approx(drive_s(110) + RIGHT, abs=0.3)
    east = (X0 + 70, Y0)
    assert seconds(network, UP, east) == pytest.approx(drive_s(170) + RIGHT, abs=0.3)
    assert seconds(network, east, DOWN) == pytest.approx(drive_s(150) + LEFT, abs=0.3)


def test_an_only_restriction_leads_along_its_ways_and_nowhere_else(tmp_path: Path) -> None:
    network, _ = built(
        tmp_path, CARRIAGEWAYS, DUAL, restrictions=[along_ways("only_straight_on", 10, [GAP], 17)]
    )
    ahead = (X0, Y0 + 100)
    # North is reached only by the side road's end: right, out, round, back, and right again.
    there = drive_s(440) + RIGHT + U_TURN + RIGHT
    assert seconds(network, UP, ahead) == pytest.approx(there, abs=0.4)
    assert seconds(network, MIDDLE, DOWN) == pytest.approx(drive_s(110) + RIGHT, abs=0.3)


def test_a_restriction_may_run_along_several_ways(tmp_path: Path) -> None:
    halves = DUAL | {GAP: ([2, 8], ROAD), 18: ([8, 5], ROAD)}
    private = {19: ([8, 9], ROAD)}
    points = CARRIAGEWAYS | {9: (X0 + 10, Y0 + 50)}
    rule = along_ways("no_u_turn", 10, [GAP, 18], 14)
    for ways in (halves, halves | private):
        network, report = built(tmp_path, points, ways, restrictions=[rule])
        assert report.turns_forbidden == 1
        assert seconds(network, UP, DOWN) > drive_s(220) + 2 * RIGHT + 15


def test_the_far_end_may_run_on_without_a_junction(tmp_path: Path) -> None:
    ways = {way: tags for way, tags in DUAL.items() if way not in {13, 15, 17}} | {
        18: ([3, 1], ONE_WAY)
    }
    free, _ = built(tmp_path, CARRIAGEWAYS, ways)
    assert seconds(free, UP, DOWN) == pytest.approx(drive_s(220) + RIGHT, abs=0.3)
    rule = along_ways("no_u_turn", 10, [GAP], 14)
    network, report = built(
        tmp_path, CARRIAGEWAYS, ways | {17: ([7, 2], ROAD)}, restrictions=[rule]
    )
    assert report.turns_forbidden == 1
    assert seconds(network, UP, DOWN) > drive_s(400)


def test_a_copy_that_remembers_is_only_driven_into(tmp_path: Path) -> None:
    free, _ = built(tmp_path, CARRIAGEWAYS, DUAL)
    network, _ = built(
        tmp_path, CARRIAGEWAYS, DUAL, restrictions=[along_ways("no_u_turn", 10, [GAP], 14)]
    )
    assert free.turns is not None
    assert network.turns is not None
    assert network.turns.n_states == free.turns.n_states + 1
    starts, ends = (
        int((network.turns.state_flags & may > 0).sum()) for may in (MAY_START, MAY_END)
    )
    assert (starts, ends) == (free.turns.n_states, network.turns.n_states)


AT_SCHOOL_TIME = "(Mo-Fr 08:00-09:00; SH off)"


def test_a_turn_forbidden_on_school_mornings_binds_the_school_run_only(tmp_path: Path) -> None:
    says, members = restriction(f"no_right_turn @ {AT_SCHOOL_TIME}", 15, 12)
    for tags in (says, {"restriction:conditional": says["restriction"]}):
        noon, at_noon = built(tmp_path, cross(ARM_M), crossroads(), restrictions=[(tags, members)])
        early, at_school_time = built(
            tmp_path, cross(ARM_M), crossroads(), mode="school_run", restrictions=[(tags, members)]
        )
        assert (at_noon.turns_forbidden, at_school_time.turns_forbidden) == (0, 1)
        assert (at_noon.odd, at_school_time.odd) == ((), ())
        assert seconds(noon, SOUTH, EAST) == pytest.approx(BLOCK_S + RIGHT, abs=0.2)
        assert seconds(early, SOUTH, EAST) > 3 * BLOCK_S


def test_a_school_street_is_closed_on_the_school_run_only(tmp_path: Path) -> None:
    closed = {"motor_vehicle:conditional": "no @ (Mo-Fr 08:15-09:15)"}
    ways = crossroads(arm2=closed)
    noon, _ = built(tmp_path, cross(ARM_M), ways)
    early, report = built(tmp_path, cross(ARM_M), ways, mode="school_run")
    assert (noon.n_edges, early.n_edges) == (4, 3)
    assert report.left_out["motor_vehicle=no"].ways == 1
    assert seconds(early, SOUTH, NORTH) == pytest.approx(BLOCK_S * 1.25, abs=0.2)
