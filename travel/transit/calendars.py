"""Which services run on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from travel.errors import TimetableError
from travel.transit.issues import Issues
from travel.transit.tables import Feed, Table

CALENDAR = "calendar.txt"
EXCEPTIONS = "calendar_dates.txt"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, REMOVED = "1", "2"


class Calendar:
    """Services by day: the weekly pattern, and the days that depart from it."""

    def __init__(self, feed: Feed, issues: Issues) -> None:
        """Read both files; either may be missing, not both.

        Raises:
            TimetableError: neither file is there, or one cannot be read.
        """
        if not feed.names & {CALENDAR, EXCEPTIONS}:
            raise TimetableError(
                f"{feed.path} has neither {CALENDAR} nor {EXCEPTIONS}",
                hint="without one of them nobody can say on which days anything runs.",
            )
        self.path = feed.path
        self.weekly = list(_weekly(feed, issues)) if CALENDAR in feed.names else []
        self.exceptions: dict[date, dict[str, str]] = {}
        if EXCEPTIONS in feed.names:
            for service, day, kind in _exceptions(feed, issues):
                self.exceptions.setdefault(day, {})[service] = kind

    def period(self) -> tuple[date, date]:
        """Return the first and last day that the calendar speaks of.

        Raises:
            TimetableError: it speaks of none.
        """
        days = [day for _, first, last, _ in self.weekly for day in (first, last)]
        days += self.exceptions
        if not days:
            raise TimetableError(
                f"the calendar of {self.path} names no day", hint="fetch the timetable again."
            )
        return min(days), max(days)

    def running(self, day: date) -> frozenset[str]:
        """Return the services that run on a day; none outside the period."""
        running = {
            service
            for service, first, last, weekdays in self.weekly
            if first <= day <= last and day.weekday() in weekdays
        }
        special = self.exceptions.get(day, {})
        running |= {name for name, kind in special.items() if kind == ADDED}
        return frozenset(running - {name for name, kind in special.items() if kind == REMOVED})


def _weekly(feed: Feed, issues: Issues) -> Iterator[tuple[str, date, date, frozenset[int]]]:
    table = feed.read(CALENDAR, ("service_id", *WEEKDAYS, "start_date", "end_date"), (), issues)
    bad: list[str] = []
    marks = [table[name].listed() for name in WEEKDAYS]
    for row, (service, start, end) in enumerate(
        _rows(table, "service_id", "start_date", "end_date")
    ):
        first, last = _day(start), _day(end)
        if first is None or last is None or first > last:
            bad.append(f"{service} ({start} to {end})")
            continue
        yield service, first, last, frozenset(i for i in range(7) if marks[i][row] == "1")
    issues.add("calendar", CALENDAR, bad, "no period of days; the service never runs by this row")


def _exceptions(feed: Feed, issues: Issues) -> Iterator[tuple[str, date, str]]:
    table = feed.read(EXCEPTIONS, ("service_id", "date", "exception_type"), (), issues)
    bad: list[str] = []
    for service, text, kind in _rows(table, "service_id", "date", "exception_type"):
        day = _day(text)
        if day is None or kind not in {ADDED, REMOVED}:
            bad.append(f"{service} ({text}, {kind})")
            continue
        yield service, day, kind
    issues.add("calendar", EXCEPTIONS, bad, "no day and kind of exception; passed over")


def _rows(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    return zip(*(table[name].listed() for name in names), strict=True)


def _day(text: str) -> date | None:
    """Read a date as GTFS writes it.

    >>> _day("20230613"), _day("13/06/2023")
    (datetime.date(2023, 6, 13), None)
    """
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
