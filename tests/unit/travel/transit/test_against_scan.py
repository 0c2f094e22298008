"""The fast search, held to a slow and obvious one on timetables made at random."""

import csv
import tempfile
import zipfile
from datetime import date
from math import inf, isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, grid
from tests.unit.travel.transit.feeds import DAY, Call, Trips, feed_files, write_feed
from tests.unit.travel.transit.scan import XY, Seconds, changes, got_off, latest, walks_from, whole
from travel import Network, build_network, read_extract, travel_times
from travel.transit import (
    Timetable,
    Transit,
    lay_on_streets,
    link_places,
    read_timetable,
    transit_profile,
    transit_seconds,
    transit_times,
    transit_times_by,
)
from travel.transit.clock import seconds_of

GRID = grid(12, 9, block_m=160.0)
EIGHT = 8 * 3600
HOUR = 3600
NEWPORT = MIRROR / "gtfs" / "newport-20230613_gtfs.zip"

points = st.tuples(
    st.integers(0, 1760).map(lambda x: X0 + x), st.integers(0, 1280).map(lambda y: Y0 + y)
)


@st.composite
def calls(draw: st.DrawFn, stops: int) -> list[Call]:
    """A trip of a few minutes between calls, some of none, that may come back to a stop."""
    now = EIGHT + 60 * draw(st.integers(-10, 45))
    trip = []
    for _ in range(draw(st.integers(2, 5))):
        arrival = now + 60 * draw(st.integers(0, 6))
        now = arrival + 60 * draw(st.integers(0, 2))
        board, alight = (draw(st.integers(0, 5)) > 0 for _ in range(2))
        trip.append(Call(f"s{draw(st.integers(0, stops - 1))}", arrival, now, board, alight))
    return trip


@st.composite
def timetables(draw: st.DrawFn) -> tuple[dict[str, XY], Trips]:
    """Stops on a grid of streets; some trips run again a few minutes later, and may overtake."""
    stops = {f"s{i}": draw(points) for i in range(draw(st.integers(2, 9)))}
    trips = {}
    for i in range(draw(st.integers(1, 8))):
        trip = draw(calls(len(stops)))
        for again in range(draw(st.integers(1, 3))):
            late = 420 * again
            trips[f"t{i}.{again}"] = [
                c._replace(arrival_s=c.arrival_s + late, departure_s=c.departure_s + late)
                for c in trip
            ]
        quicker = st.integers(0, len(trip) - 1)
        if draw(st.booleans()):
            start = trip[0].departure_s + 60 * draw(quicker)
            trips[f"t{i}.express"] = [
                c._replace(arrival_s=start + 30 * j, departure_s=start + 30 * j)
                for j, c in enumerate(trip)
            ]
    return stops, trips


def laid(stops: dict[str, XY], trips: Trips) -> tuple[Transit, dict[str, XY]]:
    """Read what was written; degrees move stops by less than a millimetre, but they do."""
    with tempfile.TemporaryDirectory() as folder:
        feed = write_feed(Path(folder), feed_files(stops, trips))
        timetable, report = read_timetable(feed, date=DAY)
    assert report.odd == ()
    assert timetable.n_trips == len(trips)
    return lay_on_streets(timetable, GRID)[0], positions(timetable)


def expected_at_stops(
    transit: Transit, off: Seconds, access: Seconds, depart_s: int, limit_s: int
) -> list[float]:
    found = []
    for stop in transit.timetable.stop_id.tolist():
        seconds = min(access.get(stop, inf), off.get(stop, inf) - depart_s)
        found.append(seconds if seconds <= limit_s else np.nan)
    return found


@settings(max_examples=60)
@given(timetables(), points, st.integers(0, 1800), st.sampled_from([1200, 3600]))
def test_every_stop_is_reached_as_early_as_the_connection_scan_reaches_it(
    timetable: tuple[dict[str, XY], Trips], origin: XY, later: int, limit_s: int
) -> None:
    trips = timetable[1]
    transit, stops = laid(*timetable)
    depart_s = EIGHT + later
    access = walks_from(GRID, origin, stops)
    off = got_off(trips, changes(GRID, stops), access, depart_s, limit_s)
    seconds = transit_seconds(transit, origin, depart_s=depart_s, limit_s=limit_s)
    expected = expected_at_stops(transit, off, access, depart_s, limit_s)
    np.testing.assert_array_equal(seconds, expected)


@settings(max_examples=40)
@given(timetables(), points, st.lists(points, min_size=1, max_size=4), st.integers(0, 1800))
def test_from_door_to_door_the_walks_at_both_ends_count_as_in_the_connection_scan(
    timetable: tuple[dict[str, XY], Trips], origin: XY, doors: list[XY], later: int
) -> None:
    trips = timetable[1]
    transit, stops = laid(*timetable)
    places = link_places(transit, *np.array(doors).T)
    depart_s = EIGHT + later
    change, access = changes(GRID, stops), walks_from(GRID, origin, stops)
    off = got_off(trips, change, access, depart_s, HOUR)
    found = transit_times(transit, origin, places, depart_s=depart_s, limit_s=HOUR)
    straight = travel_times(GRID, origin, doors, limit_s=HOUR).seconds
    for door, on_foot, seconds in zip(doors, straight, found, strict=True):
        egress = walks_from(GRID, door, stops)
        rides = [off[stop] - depart_s + s for stop, s in egress.items() if stop in off]
        expected = min([*rides, inf if isnan(on_foot) else whole(on_foot)])
        assert seconds == expected if expected <= HOUR else isnan(seconds)


@settings(max_examples=25)
@given(timetables(), points, points, st.integers(600, 3000))
def test_arriving_by_a_time_one_leaves_as_late_as_any_departure_allows(
    timetable: tuple[dict[str, XY], Trips], home: XY, school: XY, later: int
) -> None:
    trips = timetable[1]
    transit, stops = laid(*timetable)
    places = link_places(transit, *home)
    arrive_s = EIGHT + later
    seconds = transit_times_by(transit, school, places, arrive_s=arrive_s, limit_s=HOUR)[0]
    change = changes(GRID, stops)
    access, egress = walks_from(GRID, home, stops), walks_from(GRID, school, stops)
    straight = travel_times(GRID, school, [home], limit_s=HOUR).seconds[0]

    def is_in_time(depart_s: int) -> bool:
        if not isnan(straight) and depart_s + whole(straight) <= arrive_s:
            return True
        off = got_off(trips, change, access, depart_s, HOUR)
        return any(off[stop] + s <= arrive_s for stop, s in egress.items() if stop in off)

    expected = latest(is_in_time, arrive_s - HOUR, arrive_s)
    assert isnan(seconds) if expected is None else arrive_s - seconds == expected


@settings(max_examples=20)
@given(timetables(), points, st.lists(points, min_size=1, max_size=3))
def test_a_window_holds_what_each_of_its_departures_finds_alone(
    timetable: tuple[dict[str, XY], Trips], origin: XY, doors: list[XY]
) -> None:
    transit = laid(*timetable)[0]
    places = link_places(transit, *np.array(doors).T)
    window = EIGHT, EIGHT + 1200
    profile = transit_profile(transit, origin, places, window_s=window, limit_s=2400)
    alone = [
        transit_times(transit, origin, places, depart_s=leave, limit_s=2400)
        for leave in profile.departures_s.tolist()
    ]
    np.testing.assert_array_equal(profile.seconds, alone)
    assert profile.departures_s[[0, -1]].tolist() == list(window)


@pytest.fixture(scope="module")
def newport() -> tuple[Transit, Network, Trips, dict[str, XY]]:
    """The real timetable and streets, and the same read a second time the plain way."""
    if not NEWPORT.exists():
        pytest.skip("../shared/data/publishers is not here")
    extract = read_extract(MIRROR / "osm" / "newport_2023-06-13.osm.pbf")
    network = build_network(extract, mode="walk")[0]
    timetable = read_timetable(NEWPORT, date=date(2023, 6, 13))[0]
    stops = positions(timetable)
    return lay_on_streets(timetable, network)[0], network, plainly_read(NEWPORT), stops


def positions(timetable: Timetable) -> dict[str, XY]:
    xy = zip(timetable.x.tolist(), timetable.y.tolist(), strict=True)
    return dict(zip(timetable.stop_id.tolist(), xy, strict=True))


def plainly_read(path: Path) -> Trips:
    """Every trip of the file: all of its services run on Tuesdays."""
    trips: dict[str, list[Call]] = {}
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(archive.read("stop_times.txt").decode().splitlines()))
    for row in sorted(rows, key=lambda row: int(row["stop_sequence"])):
        arrival, departure = seconds_of(row["arrival_time"]), seconds_of(row["departure_time"])
        board, alight = row["pickup_type"] == "0", row["drop_off_type"] == "0"
        trips.setdefault(row["trip_id"], []).append(
            Call(row["stop_id"], arrival, departure, board, alight)
        )
    return trips


def test_in_newport_every_stop_is_reached_as_early_as_the_connection_scan_reaches_it(
    newport: tuple[Transit, Network, Trips, dict[str, XY]],
) -> None:
    transit, network, trips, stops = newport
    change = changes(network, stops)
    reached = 0
    for node in range(0, network.n_nodes, network.n_nodes // 30):
        origin = float(network.x[node]), float(network.y[node])
        for depart_s in (7 * HOUR + 1800, EIGHT + 300, 17 * HOUR):
            access = walks_from(network, origin, stops)
            off = got_off(trips, change, access, depart_s, HOUR)
            seconds = transit_seconds(transit, origin, depart_s=depart_s, limit_s=HOUR)
            expected = expected_at_stops(transit, off, access, depart_s, HOUR)
            np.testing.assert_array_equal(seconds, expected)
            reached += int(np.isfinite(seconds).sum())
    assert reached > 2000


def test_in_newport_one_arrives_by_twenty_to_nine_and_leaves_no_earlier_than_needed(
    newport: tuple[Transit, Network, Trips, dict[str, XY]],
) -> None:
    transit, network, trips, stops = newport
    change = changes(network, stops)
    node = network.n_nodes // 2
    school = float(network.x[node]), float(network.y[node])
    arrive_s = EIGHT + 2400
    some = np.arange(0, network.n_nodes, network.n_nodes // 6)
    places = link_places(transit, network.x[some], network.y[some])
    found = transit_times_by(transit, school, places, arrive_s=arrive_s, limit_s=HOUR)
    egress = walks_from(network, school, stops)
    for place, seconds in enumerate(found):
        home = float(network.x[some[place]]), float(network.y[some[place]])
        access = walks_from(network, home, stops)
        straight = travel_times(network, school, [home], limit_s=HOUR).seconds[0]

        def is_in_time(depart_s: int, access: Seconds = access, straight: float = straight) -> bool:
            if not isnan(straight) and depart_s + whole(straight) <= arrive_s:
                return True
            off = got_off(trips, change, access, depart_s, HOUR)
            return any(off[stop] + s <= arrive_s for stop, s in egress.items() if stop in off)

        expected = latest(is_in_time, arrive_s - HOUR, arrive_s)
        assert isnan(seconds) if expected is None else arrive_s - seconds == expected
