"""Timetables cut to an area, and joined."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, grid
from tests.unit.travel.transit.feeds import DAY, STOPS, TRIPS, at, bus, departures, feed_files
from tests.unit.travel.transit.feeds import write_feed as written
from travel.errors import TimetableError
from travel.transit import (
    Timetable,
    join_timetables,
    lay_on_streets,
    link_places,
    read_timetable,
    transit_times,
)
from travel.transit.timetable import ARRAYS

GRID = grid(12, 3, block_m=160.0)
AWAY = {"far": (X0 + 50_000, Y0)}


def is_here(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.hypot(x - X0, y - Y0) < 10_000


def test_a_bus_that_leaves_the_area_and_comes_back_is_one_ride(tmp_path: Path) -> None:
    trips = {"t": bus(("a", "08:00"), ("far", "08:30"), ("b", "09:00"))}
    feed = written(tmp_path, feed_files(STOPS | AWAY, trips))
    timetable, report = read_timetable(feed, date=DAY, near=is_here)
    assert timetable.stop_id.tolist() == ["a", "b"]
    assert timetable.departure_s.tolist() == [at("08:00"), at("09:00")]
    assert (report.stops_far, report.trips_far) == (1, 0)


def test_trips_with_one_stop_left_go_and_the_rest_is_as_if_they_had_never_been(
    tmp_path: Path,
) -> None:
    more = {
        "in": bus(("far", "07:00"), ("a", "08:10")),
        "over": bus(("far", "09:00"), ("far", "09:09")),
    }
    with_more = written(tmp_path / "more", feed_files(STOPS | AWAY, TRIPS | more))
    plain = written(tmp_path / "plain", feed_files(STOPS, TRIPS))
    cut, report = read_timetable(with_more, date=DAY, near=is_here)
    assert report.trips_far == 2
    assert cut.timetable_id == read_timetable(plain, date=DAY)[0].timetable_id


def test_headways_count_from_the_first_stop_also_where_that_is_cut(tmp_path: Path) -> None:
    trips = {"t": bus(("far", "08:00"), ("a", "08:20"), ("b", "08:25"))}
    feed = feed_files(STOPS | AWAY, trips)
    feed["frequencies.txt"] = [
        {"trip_id": "t", "start_time": "07:00:00", "end_time": "07:30:00", "headway_secs": 900}
    ]
    timetable, _ = read_timetable(written(tmp_path, feed), date=DAY, near=is_here)
    assert departures(timetable, "a") == [at("07:20"), at("07:35")]


def test_a_timetable_of_elsewhere_is_refused(tmp_path: Path) -> None:
    feed = written(tmp_path, feed_files(STOPS, TRIPS))
    with pytest.raises(TimetableError, match=r"none of the 2 trips of .* runs near the streets"):
        read_timetable(feed, date=DAY, near=lambda x, _: x < 0)


def timetable_of(folder: Path, trips: dict, day: date = DAY) -> Timetable:
    return read_timetable(written(folder, feed_files(STOPS, trips)), date=day)[0]


def test_one_changes_between_joined_timetables_as_within_one(tmp_path: Path) -> None:
    trips = {"t1": bus(("a", "08:00"), ("b", "08:02")), "t2": bus(("b", "08:05"), ("c", "08:06"))}
    parts = [timetable_of(tmp_path / name, {name: trips[name]}) for name in trips]
    whole = lay_on_streets(timetable_of(tmp_path / "both", trips), GRID)[0]
    joined = lay_on_streets(join_timetables(parts), GRID)[0]
    for transit in (whole, joined):
        places = link_places(transit, X0 + 1600, Y0)
        seconds = transit_times(transit, (X0, Y0), places, depart_s=at("08:00"), limit_s=3600)
        assert seconds.tolist() == [360]


def test_joining_keeps_every_stop_trip_time_and_route(tmp_path: Path) -> None:
    one = timetable_of(tmp_path / "one", TRIPS)
    two = timetable_of(tmp_path / "two", {"x": bus(("c", "10:00"), ("a", "10:09"))})
    joined = join_timetables([one, two, one])
    assert joined.n_stops == 3 + 2 + 3
    assert joined.n_trips == 2 + 1 + 2
    assert joined.trip_route.tolist() == [0, 0, 1, 2, 2]
    assert joined.route_name.tolist() == ["12"] * 3
    assert departures(join_timetables([two, one]), "c") == [at("10:00")]
    assert {getattr(joined, name).dtype.kind for name in ARRAYS} == {"U", "f", "i", "u"}
    assert all(
        getattr(joined, name).dtype == getattr(one, name).dtype
        for name in ARRAYS
        if getattr(one, name).dtype.kind != "U"
    )


def test_one_timetable_alone_is_itself_and_days_are_not_mixed(tmp_path: Path) -> None:
    one = timetable_of(tmp_path / "one", TRIPS)
    assert join_timetables([one]) is one
    with pytest.raises(ValueError, match="timetables of 2 days"):
        join_timetables([one, timetable_of(tmp_path / "two", TRIPS, date(2026, 1, 13))])
    with pytest.raises(ValueError, match="timetables of 0 days"):
        join_timetables([])
