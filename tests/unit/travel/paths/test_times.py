import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, grid, network_of
from travel import (
    build_network,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    times_between,
    times_to,
    travel_times,
)
from travel.errors import NotConnected, OutsideCoverage

GRID = grid(6, 5)
PACE = 4.8 / 3.6
RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"


def test_from_door_to_door_the_walks_to_and_from_the_street_count() -> None:
    # 10 m to the street, half a block, four blocks, a quarter block, 20 m to the door.
    times = travel_times(GRID, (X0 + 40, Y0 - 10), [(X0 + 320, Y0 + 100 + 0)], limit_s=3600)
    assert times.seconds[0] == pytest.approx((10 + 40 + 240 + 100) / PACE, abs=0.1)
    aside = travel_times(GRID, (X0 + 40, Y0 - 10), [(X0 + 340, Y0 + 100)], limit_s=3600)
    assert aside.metres[0] == pytest.approx(10 + 40 + 240 + 100 + 20)
    assert aside.seconds[0] == pytest.approx(aside.metres[0] / PACE, abs=0.1)


def test_two_places_on_one_street_need_no_junction() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    times = travel_times(road, (X0 + 200, Y0), [(X0 + 700, Y0), (X0 + 100, Y0)], limit_s=3600)
    assert times.seconds == pytest.approx([500 / PACE, 100 / PACE], abs=0.06)
    assert times.metres == pytest.approx([500, 100])


def test_on_a_horseshoe_the_way_round_may_be_shorter_than_along_the_edge() -> None:
    points = [(X0, Y0), (X0 + 100, Y0), (X0, Y0 + 900), (X0 + 100, Y0 + 900)]
    network = network_of([*points, (X0 - 50, Y0), (X0 + 150, Y0)], [[0, 2, 3, 1], [4, 0, 1, 5]])
    times = travel_times(network, (X0, Y0 + 80), [(X0 + 100, Y0 + 80)], limit_s=3600)
    assert times.metres[0] == pytest.approx(80 + 100 + 80)


def test_one_edge_too_long_for_the_limit_is_walked_as_far_as_it_goes() -> None:
    road = network_of([(X0, Y0), (X0 + 5_000, Y0)], [[0, 1]])
    there = [(X0 + 2_500 + 80 * minutes, Y0) for minutes in (1, 9, 11)]
    times = travel_times(road, (X0 + 2_500, Y0), there, limit_s=600)
    assert times.seconds[:2] == pytest.approx([60, 540], abs=0.1)
    assert np.isnan(times.seconds[2])
    assert np.isnan(times.metres[2])


def test_a_one_way_edge_is_not_walked_backwards() -> None:
    points = [(X0, Y0), (X0 + 800, Y0), (X0 + 400, Y0 + 300)]
    network = network_of(points, [[0, 1], [1, 2, 0]], kmh=[(4.8, 0.0), (4.8, 4.8)])
    times = travel_times(network, (X0 + 600, Y0), [(X0 + 700, Y0), (X0 + 500, Y0)], limit_s=3600)
    assert times.metres == pytest.approx([100, 200 + 1000 + 500])


def test_what_is_nearer_than_the_street_is_walked_to_straight() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    here = (X0 + 500, Y0 + 100)
    times = travel_times(road, here, [here, (X0 + 530, Y0 + 100)], limit_s=3600)
    assert times.metres == pytest.approx([0, 30])
    assert times.seconds == pytest.approx([0, 30 / PACE], abs=0.06)


def test_a_place_without_a_street_is_not_reached() -> None:
    times = travel_times(GRID, (X0, Y0), [(X0 + 9_000, Y0), (X0, Y0)], limit_s=3600)
    assert np.isnan(times.seconds).tolist() == [True, False]


def test_the_limit_counts_from_door_to_door() -> None:
    door = [(X0 + 80, Y0 + 40 + 0.0)]
    at_limit = travel_times(GRID, (X0, Y0), door, limit_s=90)
    below = travel_times(GRID, (X0, Y0), door, limit_s=89.9)
    assert (at_limit.seconds[0], np.isnan(below.seconds[0])) == (90, True)


def test_no_destinations_have_no_times() -> None:
    assert travel_times(GRID, (X0, Y0), [], limit_s=60).seconds.tolist() == []


def test_places_snapped_before_give_the_same_times() -> None:
    there = np.array([(X0 + 333, Y0 + 7), (X0 + 10, Y0 + 300)])
    one = travel_times(GRID, (X0, Y0), there, limit_s=3600)
    two = travel_times(GRID, (X0, Y0), snap(GRID, *there.T), limit_s=3600)
    assert one.seconds.tolist() == two.seconds.tolist()


def test_a_table_of_times_holds_what_each_journey_alone_takes() -> None:
    xy = np.array([(X0 + 3, Y0 + 5), (X0 + 170, Y0 + 81), (X0 + 9_000, Y0), (X0 + 300, Y0 + 250)])
    places = snap(GRID, xy[:, 0], xy[:, 1])
    table = times_between(GRID, places, places, limit_s=400)
    assert table.seconds.shape == table.metres.shape == (4, 4)
    for row, here in enumerate(xy):
        if not places.is_on_street[row]:
            assert np.isnan(table.seconds[row]).all()
            continue
        alone = travel_times(GRID, tuple(here), places, limit_s=400)
        assert np.array_equal(table.seconds[row], alone.seconds, equal_nan=True)
        assert np.array_equal(table.metres[row], alone.metres, equal_nan=True)


def test_a_search_is_read_as_often_as_one_likes() -> None:
    reach = seconds_from(GRID, snap_origin(GRID, X0, Y0), limit_s=3600)
    there = snap(GRID, X0 + 333, Y0 + 7)
    assert times_to(reach, there).seconds == times_to(reach, there).seconds


def test_of_several_gates_the_nearest_counts() -> None:
    gates = snap(GRID, [X0, X0 + 400], [Y0, Y0])
    reach = seconds_from(GRID, gates, limit_s=3600)
    times = times_to(reach, snap(GRID, [X0 + 100, X0 + 390], [Y0, Y0]))
    assert times.metres == pytest.approx([100, 10])


def test_an_origin_outside_gets_an_answer_not_a_time() -> None:
    with pytest.raises(OutsideCoverage):
        travel_times(GRID, (X0, Y0 - 3_000), [(X0, Y0)], limit_s=3600)


def test_an_origin_far_from_any_street_is_not_connected() -> None:
    side = 2_000.0
    corners = [(X0, Y0), (X0 + side, Y0), (X0 + side, Y0 + side), (X0, Y0 + side)]
    shore = network_of(corners, [[0, 1, 2, 3, 0]])
    with pytest.raises(NotConnected):
        travel_times(shore, (X0 + 1_000, Y0 + 1_000), [corners[0]], limit_s=3600)


places = st.tuples(st.floats(-60, 460), st.floats(-60, 380))


@settings(max_examples=100, deadline=None)
@given(places, places)
def test_walking_there_takes_as_long_as_walking_back(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    a, b = (X0 + one[0], Y0 + one[1]), (X0 + other[0], Y0 + other[1])
    there = travel_times(GRID, a, [b], limit_s=7200).seconds[0]
    back = travel_times(GRID, b, [a], limit_s=7200).seconds[0]
    assert there == pytest.approx(back, abs=0.25)


@settings(max_examples=100, deadline=None)
@given(places, places)
def test_no_walk_is_shorter_than_the_crow_flies(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    a, b = (X0 + one[0], Y0 + one[1]), (X0 + other[0], Y0 + other[1])
    times = travel_times(GRID, a, [b], limit_s=7200)
    straight = np.hypot(a[0] - b[0], a[1] - b[1])
    assert times.metres[0] >= straight - 0.01
    assert times.seconds[0] >= straight / PACE - 0.2


@pytest.mark.skipif(not RUTLAND.exists(), reason="../shared/data/publishers is not here")
def test_in_oakham_a_walk_across_town_takes_what_it_takes() -> None:
    network, report = build_network(read_extract(RUTLAND), mode="walk")
    station, catmose_college = (485_640, 309_030), (485_700, 310_100)
    times = travel_times(network, station, [catmose_college], limit_s=3600)
    assert 13 * 60 < times.seconds[0] < 25 * 60
    assert 1_400_000 < report.metres < 1_600_000
    assert "access=private" not in report.left_out
