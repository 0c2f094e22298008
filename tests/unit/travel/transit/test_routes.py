"""One journey leg by leg: worked by hand, and as long as the times without legs say."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import MINUTE_M
from tests.unit.travel.transit.feeds import Trips, at, bus
from tests.unit.travel.transit.scan import XY
from tests.unit.travel.transit.test_against_scan import laid, points, timetables
from tests.unit.travel.transit.test_around import LONG_STREET, STOPS, TRIPS, along, lay
from travel.errors import NoWay, OutsideCoverage
from travel.transit import (
    Leg,
    Transit,
    TransitRoute,
    When,
    lay_on_streets,
    link_places,
    transit_route,
    transit_times,
    transit_times_by,
)

HOUR = 3600


@pytest.fixture(scope="module")
def transit(tmp_path_factory: pytest.TempPathFactory) -> Transit:
    return lay(tmp_path_factory.mktemp("feed"), TRIPS)


def told(leg: Leg) -> tuple[str, ...]:
    """A leg as a person would say it."""
    clock = [f"{s // 3600:02d}:{s // 60 % 60:02d}" for s in (leg.depart_s, leg.arrive_s)]
    how = leg.route_name if leg.kind == "ride" else f"{leg.metres:.0f} m"
    return (how, leg.from_stop, clock[0], leg.to_stop, clock[1])


def test_leaving_at_a_time_one_walks_waits_rides_and_walks(transit: Transit) -> None:
    route = transit_route(
        transit, along(0), along(27), when=When(at("08:02"), is_arrival=False), limit_s=HOUR
    )
    assert [told(leg) for leg in route.legs] == [
        ("160 m", "", "08:02", "WEST", "08:04"),
        ("12", "WEST", "08:05", "MIDDLE", "08:12"),
        ("240 m", "MIDDLE", "08:12", "", "08:15"),
    ]
    assert (route.seconds, route.rides) == (13 * 60, 1)


def test_arriving_by_a_time_one_leaves_as_late_as_one_can(transit: Transit) -> None:
    route = transit_route(transit, along(0), along(58), when=When(at("08:40")), limit_s=HOUR)
    assert [told(leg) for leg in route.legs] == [
        ("160 m", "", "08:23", "WEST", "08:25"),
        ("12", "WEST", "08:25", "EAST", "08:39"),
    ]
    assert route.seconds == 17 * 60


def test_where_walking_is_quicker_the_whole_way_is_one_leg(transit: Transit) -> None:
    for when in (When(at("08:40")), When(at("08:02"), is_arrival=False)):
        route = transit_route(transit, along(0), along(10), when=when, limit_s=HOUR)
        (leg,) = route.legs
        assert (leg.kind, leg.metres) == ("walk", pytest.approx(10 * MINUTE_M, abs=1))
        assert (route.seconds, route.rides) == (600, 0)


def test_a_change_on_foot_is_a_leg_and_the_minute_kept_free_is_waited(tmp_path: Path) -> None:
    trips = {
        "in": bus(("west", "08:05"), ("middle", "08:12")),
        "out": bus(("cross", "08:15"), ("east", "08:21")),
    }
    crossing = {**STOPS, "cross": along(32)}
    transit = lay(tmp_path, trips, stops=crossing)
    expected = [
        ("160 m", "", "08:03", "WEST", "08:05"),
        ("12", "WEST", "08:05", "MIDDLE", "08:12"),
        ("160 m", "MIDDLE", "08:12", "CROSS", "08:14"),
        ("12", "CROSS", "08:15", "EAST", "08:21"),
    ]
    leaving = When(at("08:03"), is_arrival=False)
    route = transit_route(transit, along(0), along(58), when=leaving, limit_s=HOUR)
    assert [told(leg) for leg in route.legs] == expected
    by = transit_route(transit, along(0), along(58), when=When(at("08:21")), limit_s=HOUR)
    # Backwards in time the minute is kept free before the walk.
    expected[2] = ("160 m", "MIDDLE", "08:13", "CROSS", "08:15")
    assert [told(leg) for leg in by.legs] == expected
    assert (route.rides, by.rides) == (2, 2)


def test_beyond_the_limit_and_from_nowhere_there_is_no_route(transit: Transit) -> None:
    leaving = When(at("08:03"), is_arrival=False)
    with pytest.raises(NoWay, match="takes 15 minutes or less"):
        transit_route(transit, along(0), along(58), when=leaving, limit_s=15 * 60)
    with pytest.raises(OutsideCoverage):
        transit_route(transit, along(0), (0.0, 0.0), when=leaving, limit_s=HOUR)


def check_that_it_can_be_travelled(route: TransitRoute, trips: Trips, when: When) -> None:
    """Legs follow each other in time, and every ride is one that a trip offers."""
    legs = route.legs
    for leg, later in pairwise(legs):
        assert leg.arrive_s <= later.depart_s
        assert leg.to_stop == later.from_stop
        if leg.kind == later.kind == "ride":
            assert later.depart_s - leg.arrive_s >= 60
    if legs:
        first, last = (legs[0].depart_s, legs[-1].arrive_s)
        span = when.at_s - first if when.is_arrival else last - when.at_s
        assert span == route.seconds
    for leg in legs:
        if leg.kind == "ride":
            assert any(
                on.stop.upper() == leg.from_stop
                and off.stop.upper() == leg.to_stop
                and (on.departure_s, off.arrival_s) == (leg.depart_s, leg.arrive_s)
                and on.can_board
                and off.can_alight
                for calls in trips.values()
                for i, on in enumerate(calls)
                for off in calls[i + 1 :]
            )


@settings(max_examples=60, deadline=None)
@given(timetables(), points, points, st.integers(0, 45), st.booleans())
def test_a_route_takes_as_long_as_the_times_say_and_can_be_travelled(
    timetable: tuple[dict[str, XY], Trips],
    home: XY,
    school: XY,
    later: int,
    is_arrival: bool,  # noqa: FBT001 - drawn
) -> None:
    transit = laid(*timetable)[0]
    when = When(8 * HOUR + 60 * later, is_arrival=is_arrival)
    if is_arrival:
        places = link_places(transit, *home)
        seconds = transit_times_by(transit, school, places, arrive_s=when.at_s, limit_s=HOUR)[0]
    else:
        places = link_places(transit, *school)
        seconds = transit_times(transit, home, places, depart_s=when.at_s, limit_s=HOUR)[0]
    if np.isnan(seconds):
        with pytest.raises(NoWay):
            transit_route(transit, home, school, when=when, limit_s=HOUR)
        return
    route = transit_route(transit, home, school, when=when, limit_s=HOUR)
    assert route.seconds == seconds
    check_that_it_can_be_travelled(route, timetable[1], when)


def test_an_unnamed_stop_is_called_by_its_id(tmp_path: Path) -> None:
    transit = lay(tmp_path, TRIPS)
    blank = np.zeros_like(transit.timetable.stop_name)
    nameless = lay_on_streets(
        transit.timetable.__class__(**{**vars(transit.timetable), "stop_name": blank}), LONG_STREET
    )[0]
    route = transit_route(nameless, along(0), along(58), when=When(at("08:40")), limit_s=HOUR)
    assert route.legs[1].from_stop == "west"
