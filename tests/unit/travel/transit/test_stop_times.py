"""Stop times that are put right, and trips that are left out and named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.unit.travel.tiny_streets import X0, Y0
from tests.unit.travel.transit.feeds import (
    DAY,
    STOPS,
    TRIPS,
    Call,
    Row,
    at,
    bus,
    departures,
    feed_files,
    files,
    read,
    with_times,
    write_feed,
)
from travel.errors import TimetableError
from travel.transit import read_timetable

Change = Callable[[list[Row]], list[Row]]

FAULTS: dict[str, tuple[str, str, Change]] = {
    "a time is no time": (
        "time",
        "HH:MM:SS",
        lambda t: with_times(t, "t1", 1, arrival_time="8.05"),
    ),
    "the first call has no time": (
        "time",
        "first or last call has no time",
        lambda t: with_times(t, "t1", 0, arrival_time="", departure_time=""),
    ),
    "the bus arrives before it left": (
        "time_order",
        "run backwards",
        lambda t: with_times(t, "t1", 1, arrival_time="07:59:00", departure_time="07:59:00"),
    ),
    "the bus leaves before it arrived": (
        "time_order",
        "run backwards",
        lambda t: with_times(t, "t1", 1, departure_time="08:04:00"),
    ),
    "two calls have one number": (
        "stop_sequence",
        "two calls with one",
        lambda t: with_times(t, "t1", 1, stop_sequence=0),
    ),
    "a call has no number": (
        "stop_sequence",
        "is no number",
        lambda t: with_times(t, "t1", 1, stop_sequence="b"),
    ),
    "a stop is not listed": (
        "stop",
        "does not have",
        lambda t: with_times(t, "t1", 1, stop_id="z"),
    ),
    "the trip has one stop": ("one_stop", "one stop", lambda t: t[:1] + t[3:]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_trip_that_makes_no_sense_is_left_out_and_named(tmp_path: Path, fault: str) -> None:
    rule, says, change = FAULTS[fault]
    feed = files()
    feed["stop_times.txt"] = change(feed["stop_times.txt"])
    timetable, _, odd = read(tmp_path, feed)
    assert departures(timetable, "a") == [at("08:30")]
    assert list(odd) == [rule]
    assert odd[rule].startswith("t1: ")
    assert says in odd[rule]


def test_where_no_trip_makes_sense_the_timetable_is_refused(tmp_path: Path) -> None:
    feed = files()
    feed["stop_times.txt"] = feed["stop_times.txt"][::3]
    with pytest.raises(TimetableError, match="2 trips are listed, none with stop times"):
        read(tmp_path, feed)


def test_trips_without_any_stop_times_are_named(tmp_path: Path) -> None:
    feed = files()
    feed["stop_times.txt"] = feed["stop_times.txt"][3:]
    assert read(tmp_path, feed)[2] == {"no_stop_times": "t1: no stop times; trips left out"}


@pytest.mark.parametrize("name", ["stops.txt", "trips.txt", "stop_times.txt", "routes.txt"])
def test_a_file_with_a_header_only_never_crashes(tmp_path: Path, name: str) -> None:
    feed = files()
    blank = dict.fromkeys(feed[name][0], "")
    feed[name] = [blank]
    if name == "routes.txt":
        assert read(tmp_path / "blank", feed)[2]["route"].startswith("t1, t2: ")
    folder = write_feed(tmp_path / "none", feed)
    (folder / name).write_text(",".join(blank) + "\n", encoding="utf-8")
    if name == "routes.txt":
        assert read_timetable(folder, date=DAY)[0].trip_route.tolist() == [-1, -1]
        return
    with pytest.raises(TimetableError, match="nothing that can be used runs on 12 January 2026"):
        read_timetable(folder, date=DAY)


def test_rows_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    feed = files()
    plain = read(tmp_path / "plain", feed)[0]
    feed["stop_times.txt"].reverse()
    assert read(tmp_path / "odd", feed)[0].timetable_id == plain.timetable_id


def test_times_left_blank_are_filled_in_evenly(tmp_path: Path) -> None:
    stops = STOPS | {"d": (X0 + 2400, Y0)}
    trips = {"t": bus(("a", "08:00"), ("b", "08:01"), ("c", "08:02"), ("d", "08:09"))}
    feed = feed_files(stops, trips)
    for index in (1, 2):
        feed["stop_times.txt"] = with_times(
            feed["stop_times.txt"], "t", index, arrival_time="", departure_time=""
        )
    timetable, _, _ = read(tmp_path, feed)
    assert timetable.arrival_s.tolist() == [at("08:00"), at("08:03"), at("08:06"), at("08:09")]


def test_a_bus_after_midnight_belongs_to_the_night_before_as_well(tmp_path: Path) -> None:
    night = {"n": bus(("a", "23:50"), ("b", "24:10"), ("c", "24:20"))}
    timetable, report, odd = read(tmp_path, feed_files(STOPS, TRIPS | night), date(2026, 1, 13))
    assert departures(timetable, "b") == [at("00:10"), at("08:05"), at("08:35"), at("24:10")]
    assert report.trips_past_midnight == 1
    assert odd == {}
    # There is no Sunday service: on Monday nothing is left of the night before.
    assert departures(read(tmp_path, feed_files(STOPS, TRIPS | night))[0], "b")[0] == at("08:05")


def test_headways_become_runs(tmp_path: Path) -> None:
    feed = files()
    feed["frequencies.txt"] = [
        {"trip_id": "t1", "start_time": "07:00:00", "end_time": "07:30:00", "headway_secs": 600},
        {"trip_id": "t2", "start_time": "07:00:00", "end_time": "09:00:00", "headway_secs": 0},
    ]
    timetable, _, odd = read(tmp_path, feed)
    assert departures(timetable, "b") == [at("07:05"), at("07:15"), at("07:25")]
    assert odd["frequency"].startswith("t2 (07:00:00, 09:00:00, 0)")


def test_calls_by_arrangement_only_are_passed(tmp_path: Path) -> None:
    feed = files()
    feed["stop_times.txt"] = with_times(
        feed["stop_times.txt"], "t1", 1, pickup_type=2, drop_off_type=1
    )
    timetable, _, _ = read(tmp_path, feed)
    assert sorted(timetable.pattern_use.tolist()) == [0, 3, 3, 3, 3, 3]


def test_many_of_a_kind_are_counted_and_a_few_named(tmp_path: Path) -> None:
    lonely = {f"x{i}": [Call("a", 0, 0)] for i in range(8)}
    odd = read(tmp_path, feed_files(STOPS, TRIPS | lonely))[2]
    assert odd["one_stop"].startswith("x0, x1, x2, x3, x4 and 3 more: ")
