"""What is read of a timetable, what is refused, and what is named in the report."""

import codecs
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0
from tests.unit.travel.transit.feeds import (
    DAY,
    STOPS,
    TRIPS,
    at,
    bus,
    feed_files,
    files,
    read,
    write_feed,
)
from travel.errors import TimetableError
from travel.transit import read_timetable

SUNDAY = date(2026, 1, 18)


def test_two_runs_of_one_bus_are_one_pattern(tmp_path: Path) -> None:
    timetable, report, odd = read(tmp_path, files())
    assert (timetable.n_stops, timetable.n_patterns, timetable.n_trips) == (3, 1, 2)
    assert timetable.arrival_s.tolist() == [
        *(at("08:00"), at("08:05"), at("08:10")),
        *(at("08:30"), at("08:35"), at("08:40")),
    ]
    assert timetable.stop_name.tolist() == ["A", "B", "C"]
    assert timetable.route_name.tolist() == ["12"]
    np.testing.assert_allclose(timetable.x, [X0, X0 + 800, X0 + 1600], atol=0.01)
    assert (report.first_day, report.last_day) == (date(2026, 1, 1), date(2026, 1, 31))
    assert odd == {}


def test_a_bus_that_overtakes_is_in_a_group_of_its_own(tmp_path: Path) -> None:
    express = {"t3": bus(("a", "08:02"), ("b", "08:03"), ("c", "08:04"))}
    timetable, _, _ = read(tmp_path, feed_files(STOPS, TRIPS | express))
    assert (timetable.n_patterns, timetable.n_trips) == (2, 3)


def test_a_zip_a_zipped_folder_and_a_folder_read_alike(tmp_path: Path) -> None:
    folder = write_feed(tmp_path / "feed", files())
    ids = {read_timetable(folder, date=DAY)[0].timetable_id}
    for inside in ("", "exported/"):
        path = tmp_path / f"{len(inside)}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for each in folder.iterdir():
                archive.write(each, inside + each.name)
        ids.add(read_timetable(path, date=DAY)[0].timetable_id)
    assert len(ids) == 1


def test_a_byte_order_mark_blanks_and_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    plain = read_timetable(write_feed(tmp_path / "plain", files()), date=DAY)[0]
    folder = write_feed(tmp_path / "odd", files())
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace(",", " , ").replace("\r\n", "\n")
        path.write_bytes(codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode())
    assert read_timetable(folder, date=DAY)[0].timetable_id == plain.timetable_id


@pytest.mark.parametrize("name", ["stops.txt", "routes.txt", "trips.txt", "stop_times.txt"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    feed = files()
    del feed[name]
    with pytest.raises(TimetableError, match=f"has no {name}"):
        read(tmp_path, feed)


def test_without_a_calendar_of_either_kind_nothing_is_guessed(tmp_path: Path) -> None:
    feed = files()
    del feed["calendar.txt"]
    with pytest.raises(TimetableError, match=r"neither calendar.txt nor calendar_dates.txt"):
        read(tmp_path, feed)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("stops.txt", "stop_lat"),
        ("trips.txt", "service_id"),
        ("stop_times.txt", "departure_time"),
        ("calendar.txt", "monday"),
        ("routes.txt", "route_id"),
    ],
)
def test_a_missing_column_is_named(tmp_path: Path, name: str, column: str) -> None:
    feed = files()
    feed[name] = [{k: v for k, v in row.items() if k != column} for row in feed[name]]
    with pytest.raises(TimetableError, match=f"{name} in .* has no column {column}; it has"):
        read(tmp_path, feed)


def test_what_is_no_timetable_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TimetableError, match="there is no timetable at"):
        read_timetable(tmp_path / "nothing.zip", date=DAY)
    page = tmp_path / "page.zip"
    page.write_text("<html>not found</html>")
    with pytest.raises(TimetableError, match="is no zip"):
        read_timetable(page, date=DAY)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(TimetableError, match=r"has no stops.txt, routes.txt, trips.txt"):
        read_timetable(tmp_path / "empty.zip", date=DAY)


def test_a_zip_with_damaged_contents_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in write_feed(tmp_path / "feed", files()).iterdir():
            archive.write(each, each.name)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"t1,08:05:00", b"t1,08:06:00"))
    with pytest.raises(TimetableError, match=r"stop_times.txt in .* is damaged"):
        read_timetable(path, date=DAY)


@pytest.mark.parametrize("data", [b"", b"\xff\xfes\x00t\x00o\x00p\x00", b"stop_id\nna\xefve\n"])
def test_a_file_that_is_empty_or_no_utf8_is_refused(tmp_path: Path, data: bytes) -> None:
    folder = write_feed(tmp_path, files())
    (folder / "stops.txt").write_bytes(data)
    with pytest.raises(TimetableError, match=r"stops.txt in .*(no column|cannot be read)"):
        read_timetable(folder, date=DAY)


def test_a_day_that_the_calendar_does_not_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TimetableError, match="covers 01 January 2026 to 31 January 2026, not 02"):
        read(tmp_path, files(), date(2026, 2, 2))


def test_a_day_without_any_service_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TimetableError, match="no service runs on Sunday 18 January 2026"):
        read(tmp_path, files(), SUNDAY)


def test_exceptions_add_and_remove_days(tmp_path: Path) -> None:
    feed = files()
    feed["calendar_dates.txt"] = [
        {"service_id": "wk", "date": "20260118", "exception_type": 1},
        {"service_id": "wk", "date": "20260112", "exception_type": 2},
        {"service_id": "wk", "date": "12.01.26", "exception_type": 1},
    ]
    timetable, _, odd = read(tmp_path, feed, SUNDAY)
    assert timetable.n_trips == 2
    assert odd == {"calendar": "wk (12.01.26, 1): no day and kind of exception; passed over"}
    with pytest.raises(TimetableError, match="no service runs on Monday"):
        read(tmp_path, feed)


def test_exceptions_alone_make_a_calendar(tmp_path: Path) -> None:
    feed = files()
    del feed["calendar.txt"]
    feed["calendar_dates.txt"] = [{"service_id": "wk", "date": "20260112", "exception_type": 1}]
    _, report, _ = read(tmp_path, feed)
    assert report.first_day == report.last_day == DAY


def test_rows_with_too_few_fields_are_left_out_and_shown(tmp_path: Path) -> None:
    folder = write_feed(tmp_path, files())
    with (folder / "stops.txt").open("a") as file:
        file.write("d,D\n")
    report = read_timetable(folder, date=DAY)[1]
    assert report.odd == (
        ("row", "stops.txt", "'d,D': not as many fields as the header; left out"),
    )


def test_stops_trips_and_routes_that_do_not_fit_together_are_named(tmp_path: Path) -> None:
    feed = files()
    feed["stops.txt"][0] = {**feed["stops.txt"][0], "stop_lat": "north"}
    feed["stops.txt"].append(feed["stops.txt"][1])
    feed["trips.txt"][0] = {**feed["trips.txt"][0], "route_id": "q"}
    timetable, _, odd = read(tmp_path, feed)
    assert np.isnan(timetable.x).tolist() == [True, False, False]
    assert timetable.trip_route.tolist() == [-1, 0]
    assert odd["position"] == "a: no position; nobody can walk to these stops"
    assert odd["twice"] == "b: listed more than once; the first row counts"
    assert odd["route"] == "t1: their route is not in routes.txt; kept"
