"""Which day is read where nobody names one."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import MIRROR
from tests.unit.travel.transit.feeds import Row, files, write_feed
from travel.errors import TimetableError
from travel.transit import choose_day
from travel.transit.calendars import WEEKDAYS, Calendar
from travel.transit.days import is_holiday, tuesdays
from travel.transit.issues import Issues
from travel.transit.tables import open_feed


def weekly(service: str, first: str, last: str, days: Sequence[str] = ("tuesday",)) -> Row:
    marks = {day: int(day in days) for day in WEEKDAYS}
    return {"service_id": service, **marks, "start_date": first, "end_date": last}


def exception(service: str, day: str, kind: int) -> Row:
    return {"service_id": service, "date": day, "exception_type": kind}


def feed(
    folder: Path, trips: dict[str, int], calendar: list[Row], exceptions: list[Row] | None = None
) -> Path:
    """Write a feed with so many trips of each service."""
    rows = [
        {"route_id": "r", "service_id": service, "trip_id": f"{service}{i}"}
        for service, count in trips.items()
        for i in range(count)
    ]
    given = files() | {"trips.txt": rows, "calendar.txt": calendar}
    return write_feed(folder, given | ({"calendar_dates.txt": exceptions} if exceptions else {}))


def test_the_first_tuesday_that_is_no_holiday_anywhere_is_chosen(tmp_path: Path) -> None:
    path = feed(tmp_path, {"a": 10}, [weekly("a", "20250715", "20251231")])
    choice = choose_day([path])
    assert choice.day == date(2025, 9, 9)
    assert choice.is_in_term
    assert "at least 90 % of the trips of the busiest, outside school holidays" in choice.says


def test_a_day_on_which_some_of_the_timetable_is_not_in_force_yet_is_passed(tmp_path: Path) -> None:
    calendar = [weekly("old", "20250901", "20251212"), weekly("new", "20250923", "20251212")]
    assert choose_day([feed(tmp_path / "2", {"old": 8, "new": 2}, calendar)]).day == date(
        2025, 9, 23
    )
    # One trip in ten may be missing.
    assert choose_day([feed(tmp_path / "1", {"old": 9, "new": 1}, calendar)]).day == date(
        2025, 9, 9
    )


def test_buses_of_school_days_make_a_training_day_no_full_day(tmp_path: Path) -> None:
    calendar = [weekly("a", "20250901", "20251212"), weekly("school", "20250901", "20251212")]
    off = [exception("school", "20250909", 2), exception("a", "20251230", 1)]
    path = feed(tmp_path, {"a": 8, "school": 2}, calendar, off)
    assert choose_day([path]).day == date(2025, 9, 16)


def test_where_every_full_tuesday_is_in_the_holidays_the_choice_says_so(tmp_path: Path) -> None:
    choice = choose_day([feed(tmp_path, {"a": 1}, [weekly("a", "20250721", "20250829")])])
    assert (choice.day, choice.is_in_term) == (date(2025, 7, 22), False)
    assert "school holidays" in choice.says


def test_two_timetables_are_read_for_one_day(tmp_path: Path) -> None:
    one = feed(tmp_path / "one", {"a": 1}, [weekly("a", "20250901", "20251212")])
    two = feed(tmp_path / "two", {"a": 1}, [weekly("a", "20250917", "20260131")])
    assert choose_day([one, two]).day == date(2025, 9, 23)


@pytest.mark.parametrize(
    "calendar",
    [
        [weekly("a", "20250903", "20250908")],
        [weekly("a", "20250901", "20251212", days=("monday", "friday"))],
    ],
)
def test_without_any_tuesday_one_is_told_to_name_a_day(tmp_path: Path, calendar: list[Row]) -> None:
    with pytest.raises(TimetableError, match="no Tuesday from 0") as told:
        choose_day([feed(tmp_path, {"a": 1}, calendar)])
    assert told.value.hint is not None
    assert "date = " in told.value.hint


days = st.dates(date(2025, 9, 1), date(2025, 12, 12)).map("{:%Y%m%d}".format)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), days, days, st.booleans()),
        min_size=1,
        max_size=3,
        unique_by=lambda row: row[0],
    ),
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 14), st.sampled_from([1, 2])),
        max_size=8,
        unique_by=lambda row: row[:2],
    ),
)
def test_trips_are_counted_as_the_calendar_says_who_runs(
    rows: list[tuple[str, str, str, bool]], special: list[tuple[str, int, int]]
) -> None:
    trips = {"a": 5, "b": 3, "c": 2}
    calendar = [
        weekly(service, min(x, y), max(x, y), ("tuesday",) if runs else ("monday",))
        for service, x, y, runs in rows
    ]
    exceptions = [
        exception(service, f"{date(2025, 9, 2) + timedelta(days=7 * week):%Y%m%d}", kind)
        for service, week, kind in special
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = feed(Path(folder), trips, calendar, exceptions)
        read = Calendar(open_feed(path), Issues())
        counts = {
            day: sum(trips[service] for service in read.running(day))
            for day in tuesdays(*read.period())
        }
        most = max(counts.values(), default=0)
        full = [day for day, count in counts.items() if count and count >= 0.9 * most]
        if not full:
            with pytest.raises(TimetableError):
                choose_day([path])
            return
        in_term = [day for day in full if not is_holiday(day)]
        assert choose_day([path]).day == (in_term or full)[0]


def test_newports_timetable_is_read_for_a_tuesday_in_june() -> None:
    path = MIRROR / "gtfs" / "newport-20230613_gtfs.zip"
    if not path.exists():
        pytest.skip("../shared/data/publishers is not here")
    choice = choose_day([path])
    assert choice.day.weekday() == 1
    assert choice.is_in_term
