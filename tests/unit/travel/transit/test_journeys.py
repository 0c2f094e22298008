"""Journeys small enough to work by hand: a street of a mile, and buses along it."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0, network_of
from tests.unit.travel.transit.feeds import DAY, Call, Trips, at, bus, feed_files, write_feed
from travel import Network, travel_times
from travel.errors import NotConnected, OutsideCoverage, TimetableError
from travel.transit import (
    Transit,
    lay_on_streets,
    link_places,
    read_timetable,
    transit_profile,
    transit_seconds,
    transit_times,
    transit_times_by,
)

HOUR = 3600
LONG_STREET = network_of([(X0, Y0), (X0 + 60 * MINUTE_M, Y0)], [[0, 1]])


def along(minutes: float) -> tuple[float, float]:
    """A point on the street, so many minutes' walk from its west end."""
    return X0 + minutes * MINUTE_M, Y0


STOPS = {"west": along(2), "middle": along(30), "east": along(58)}
TRIPS = {
    "a": bus(("west", "08:05"), ("middle", "08:12"), ("east", "08:19")),
    "b": bus(("west", "08:25"), ("middle", "08:32"), ("east", "08:39")),
}


@pytest.fixture
def laid(tmp_path: Path):
    def lay(
        stops: dict[str, tuple[float, float]] = STOPS,
        trips: Trips = TRIPS,
        network: Network = LONG_STREET,
    ) -> Transit:
        feed = write_feed(tmp_path, feed_files(stops, trips))
        return lay_on_streets(read_timetable(feed, date=DAY)[0], network)[0]

    return lay


def minutes_between(transit: Transit, origin: float, door: float, depart: str) -> float:
    places = link_places(transit, *along(door))
    times = transit_times(transit, along(origin), places, depart_s=at(depart), limit_s=HOUR)
    return round(float(times[0]) / 60, 1)


def test_the_walk_to_the_stop_the_wait_the_ride_and_the_walk_from_it_are_added(laid) -> None:
    # Two minutes to the stop, one of waiting, seven on the bus, three back from its stop.
    assert minutes_between(laid(), 0, 27, "08:02") == 2 + 1 + 7 + 3


def test_whoever_comes_as_the_bus_leaves_still_catches_it(laid) -> None:
    assert minutes_between(laid(), 0, 30, "08:03") == 2 + 7
    assert minutes_between(laid(), 0, 58, "08:03") == 2 + 14


def test_whoever_comes_a_moment_later_waits_for_the_next(laid) -> None:
    assert minutes_between(laid(), 0, 58, "08:04") == 2 + 19 + 14


def test_where_walking_is_quicker_one_walks(laid) -> None:
    assert minutes_between(laid(), 0, 10, "08:02") == 10


def test_nobody_walks_further_to_a_stop_than_is_assumed(laid) -> None:
    # Seventeen minutes from the middle stop, and from the east one: only the walk all the way.
    assert minutes_between(laid({**STOPS, "middle": along(24)}), 0, 41, "08:03") == 41
    assert minutes_between(laid({**STOPS, "middle": along(26.5)}), 0, 41, "08:03") == 2 + 7 + 14.5


def test_beyond_the_limit_nothing_is_said(laid) -> None:
    places = link_places(laid(), *along(58))
    found = transit_times(laid(), along(0), places, depart_s=at("08:03"), limit_s=16 * 60 - 1)
    assert np.isnan(found).all()


def test_arriving_by_a_time_the_latest_bus_that_is_in_time_counts(laid) -> None:
    transit = laid()
    places = link_places(transit, *along(0))
    by = {
        text: transit_times_by(transit, along(58), places, arrive_s=at(text), limit_s=HOUR).item()
        / 60
        for text in ("08:40", "08:39", "08:38")
    }
    # Leaving at 08:23 for the bus that is there at 08:39; a minute less and it is 08:03.
    assert by == {"08:40": 17, "08:39": 16, "08:38": 35}


def test_a_change_needs_a_minute_and_the_walk_between_the_stops(laid) -> None:
    stops = {**STOPS, "cross": along(32)}
    trips = {
        "in": bus(("west", "08:05"), ("middle", "08:12")),
        "early": bus(("cross", "08:14"), ("east", "08:20")),
        "late": bus(("cross", "08:15"), ("east", "08:21")),
    }
    assert minutes_between(laid(stops, trips), 0, 58, "08:03") == 18
    # The early bus would do without the minute that is kept free; without it one walks.
    del trips["late"]
    assert minutes_between(laid(stops, trips), 0, 58, "08:03") == 58


def test_two_walks_in_a_row_are_no_change(laid) -> None:
    # Four minutes from stop to stop, twice: within reach one by one, too far together.
    stops = {"west": along(2), "p": along(30), "q": along(34), "r": along(38), "east": along(58)}
    trips = {
        "in": bus(("west", "08:05"), ("p", "08:10")),
        "out": bus(("r", "08:30"), ("east", "08:35")),
        "much later": bus(("q", "10:00"), ("east", "10:05")),
    }
    assert np.isnan(
        transit_seconds(laid(stops, trips), along(0), depart_s=at("08:03"), limit_s=HOUR)[-1]
    )
    stops["r"] = along(34.5)
    assert (
        transit_seconds(laid(stops, trips), along(0), depart_s=at("08:03"), limit_s=HOUR)[-1]
        == 32 * 60
    )


def test_who_came_on_foot_does_not_walk_on_because_a_bus_comes_later(laid) -> None:
    # On foot one is at q at 08:14, by the slow bus at 08:20: only from there on to r, by 08:25.
    stops = {"west": along(2), "p": along(30), "q": along(34), "r": along(38), "east": along(58)}
    trips = {
        "in": bus(("west", "08:05"), ("p", "08:10")),
        "slow": bus(("west", "08:05"), ("q", "08:20")),
        "out": bus(("r", "08:24"), ("east", "08:30")),
    }
    origin, asked = along(0), {"depart_s": at("08:03"), "limit_s": HOUR}
    assert np.isnan(transit_seconds(laid(stops, trips), origin, **asked)[-1])
    trips["out"] = bus(("r", "08:25"), ("east", "08:30"))
    assert transit_seconds(laid(stops, trips), origin, **asked)[-1] == 27 * 60


def test_one_stays_seated_without_a_minute_kept_free(laid) -> None:
    trips = {"a": bus(("west", "08:05"), ("middle", "08:05"), ("east", "08:06"))}
    assert minutes_between(laid(STOPS, trips), 0, 58, "08:03") == 3


def test_where_one_may_not_board_or_alight_nobody_does(laid) -> None:
    when = at("08:05"), at("08:12"), at("08:19")
    no_boarding = [
        Call("west", when[0], when[0], can_board=False),
        *(Call(stop, time, time) for stop, time in zip(("middle", "east"), when[1:], strict=True)),
    ]
    no_alighting = [
        *(Call(stop, time, time) for stop, time in zip(("west", "middle"), when[:2], strict=True)),
        Call("east", when[2], when[2], can_alight=False),
    ]
    assert minutes_between(laid(STOPS, {"a": no_boarding}), 0, 58, "08:03") == 58
    assert minutes_between(laid(STOPS, {"a": no_alighting}), 0, 44, "08:03") == 2 + 7 + 14


def test_a_window_tells_the_typical_day_from_the_bad_one(laid) -> None:
    transit = laid()
    places = link_places(transit, [along(58)[0], along(200)[0]], [Y0, Y0])
    profile = transit_profile(
        transit, along(0), places, window_s=(at("08:04"), at("08:23")), limit_s=HOUR
    )
    # From 08:04 on everyone rides at 08:25: 35 minutes, and one fewer every minute.
    assert (profile.seconds[:, 0] / 60).tolist() == list(range(35, 15, -1))
    assert profile.typical_minutes[0] == 25
    assert profile.bad_day_minutes[0] == 33
    assert np.isnan(profile.typical_minutes[1])
    with pytest.raises(ValueError, match="between 0 and 100"):
        profile.percentile_s(101)


def test_departures_that_never_arrive_are_worse_than_any(laid) -> None:
    transit = laid()
    places = link_places(transit, *along(58))
    window = at("08:22"), at("08:25")
    profile = transit_profile(transit, along(0), places, window_s=window, limit_s=40 * 60)
    assert np.isnan(profile.seconds[:, 0]).tolist() == [False, False, True, True]
    assert profile.percentile_s(50)[0] == 17 * 60
    assert np.isnan(profile.percentile_s(75)[0])


def test_a_window_that_ends_before_it_starts_is_refused(laid) -> None:
    places = link_places(laid(), *along(58))
    with pytest.raises(ValueError, match="no departures between"):
        transit_profile(laid(), along(0), places, window_s=(600, 0), limit_s=HOUR)


def test_no_places_have_no_times(laid) -> None:
    places = link_places(laid(), [], [])
    assert transit_times(laid(), along(0), places, depart_s=0, limit_s=HOUR).size == 0


def test_a_stop_outside_the_streets_is_named_and_passed(laid) -> None:
    stops = {**STOPS, "middle": (X0 + 2400, Y0 + 3000)}
    transit = laid(stops)
    _, odd = lay_on_streets(transit.timetable, LONG_STREET)
    says = "middle: outside the streets loaded; nobody walks there"
    assert odd == (("outside_streets", "stops.txt", says),)
    assert minutes_between(transit, 0, 58, "08:03") == 16


def test_a_stop_far_from_any_street_is_named_and_passed(laid) -> None:
    square = [(X0, Y0), (X0 + 4800, Y0), (X0 + 4800, Y0 + 1300), (X0, Y0 + 1300)]
    fenced = network_of(square, [[0, 1, 2, 3, 0]])
    transit = laid({**STOPS, "middle": (X0 + 2400, Y0 + 650)}, network=fenced)
    _, odd = lay_on_streets(transit.timetable, fenced)
    says = "middle: no street of the network near; nobody walks there"
    assert odd == (("off_network", "stops.txt", says),)
    assert minutes_between(transit, 0, 58, "08:03") == 16


def test_a_timetable_of_elsewhere_is_refused(laid) -> None:
    with pytest.raises(TimetableError, match="none of the 3 stops lies on the streets"):
        laid({stop: (x + 90_000, y) for stop, (x, y) in STOPS.items()})


def test_from_nowhere_there_is_no_journey(laid) -> None:
    with pytest.raises(OutsideCoverage):
        transit_seconds(laid(), (0.0, 0.0), depart_s=0, limit_s=HOUR)


def test_a_point_in_a_field_has_no_journey(laid) -> None:
    square = [(X0, Y0), (X0 + 4800, Y0), (X0 + 4800, Y0 + 1300), (X0, Y0 + 1300)]
    fenced = network_of(square, [[0, 1, 2, 3, 0]])
    inside = X0 + 2400, Y0 + 650
    assert fenced.is_covered(*inside)
    with pytest.raises(NotConnected):
        transit_seconds(laid(network=fenced), inside, depart_s=0, limit_s=HOUR)


def test_arriving_by_keeps_to_one_way_streets(laid) -> None:
    # A block whose north side leads east only; the quick way home is round the other side.
    corners = [(0, 0), (240, 0), (240, 80), (0, 80)]
    block = network_of(
        [(X0 + x, Y0 + y) for x, y in corners],
        [[0, 1], [1, 2], [2, 3], [3, 0]],
        kmh=[(4.8, 4.8), (4.8, 4.8), (0.0, 4.8), (4.8, 4.8)],
    )
    home, school = (X0 + 20, Y0 + 80), (X0 + 220, Y0 + 80)
    transit = laid(
        {"p": (X0, Y0), "q": (X0 + 240, Y0)}, {"a": bus(("q", "06:00"), ("p", "06:01"))}, block
    )
    there, back = link_places(transit, *home), link_places(transit, *school)
    for start, goal, places in ((home, school, there), (school, home, back)):
        expected = travel_times(block, start, [goal], limit_s=HOUR).seconds[0]
        found = transit_times_by(transit, goal, places, arrive_s=at("09:00"), limit_s=HOUR)
        assert found[0] == pytest.approx(expected, abs=1)
    assert there.to_stops.seconds.tolist() != there.from_stops.seconds.tolist()
