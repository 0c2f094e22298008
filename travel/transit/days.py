"""Which day of a timetable to read, where nobody names one: a Tuesday in term with full service."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from config.assumptions import assumptions
from config.tables import assumption_table
from travel.errors import TimetableError
from travel.transit.calendars import ADDED, Calendar
from travel.transit.issues import Issues
from travel.transit.tables import open_feed

Longs = npt.NDArray[np.int64]

TUESDAY = 1
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Choice:
    """A day, and why this one.

    Attributes:
        day: the day.
        is_in_term: it lies outside all school holidays.
        says: the reason, in a sentence.
    """

    day: date
    is_in_term: bool
    says: str


def choose_day(paths: Sequence[Path]) -> Choice:
    """Choose the first Tuesday in term on which nearly all of the timetables' trips run.

    A file holds services that begin and end at different times. So a day counts only where at
    least the share ``full_service`` of the trips of the busiest Tuesday runs, in every file. When
    term is depends on the authority; the table ``school_holidays`` leaves out every day that is
    a holiday somewhere. Where no full Tuesday is in term, the first full one is taken.

    Args:
        paths: zips or folders of GTFS files, to be read for the same day.

    Raises:
        TimetableError: a file has no usable calendar, or there is no Tuesday that all of them
            cover, or none on which all of them run.
    """
    calendars = [_Counted.read(path) for path in paths]
    first = max(each.period[0] for each in calendars)
    last = min(each.period[1] for each in calendars)
    days = tuesdays(first, last)
    share = assumptions("transit")["full_service"].value
    is_full = np.ones(len(days), np.bool_)
    for each in calendars:
        trips = each.trips_on(days)
        is_full &= (trips > 0) & (trips >= share / 100 * trips.max(initial=0))
    full = [day for day, kept in zip(days, is_full, strict=True) if kept]
    if not full:
        names = ", ".join(str(path) for path in paths)
        raise TimetableError(
            f"no Tuesday from {first:%d %B %Y} to {last:%d %B %Y} has the service of {names}",
            hint="name a day in the region file: [timetable] date = …",
        )
    in_term = [day for day in full if not is_holiday(day)]
    why = f"first Tuesday with at least {share:g} % of the trips of the busiest"
    if in_term:
        return Choice(in_term[0], is_in_term=True, says=f"the {why}, outside school holidays")
    says = f"the {why}; all such Tuesdays lie in school holidays somewhere in England"
    return Choice(full[0], is_in_term=False, says=says)


def tuesdays(first: date, last: date) -> list[date]:
    """List the Tuesdays of a period.

    >>> tuesdays(date(2025, 9, 1), date(2025, 9, 10))
    [datetime.date(2025, 9, 2), datetime.date(2025, 9, 9)]
    """
    day = first + timedelta(days=(TUESDAY - first.weekday()) % 7)
    days = []
    while day <= last:
        days.append(day)
        day += WEEK
    return days


def is_holiday(day: date) -> bool:
    """Say whether schools are closed on a day somewhere in England.

    >>> is_holiday(date(2025, 8, 5)), is_holiday(date(2025, 9, 16))
    (True, False)
    """
    return any(
        (row["from_month"], row["from_day"]) <= (day.month, day.day)
        and (day.month, day.day) <= (row["to_month"], row["to_day"])
        for row in assumption_table("school_holidays").rows.values()
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """A calendar, and how many trips each service has."""

    calendar: Calendar
    period: tuple[date, date]
    trips: Counter[str]

    @staticmethod
    def read(path: Path) -> _Counted:
        feed, issues = open_feed(path), Issues()  # what is odd is told when the day is read
        feed.require("trips.txt")
        calendar = Calendar(feed, issues)
        services = feed.read("trips.txt", ("service_id",), (), issues)["service_id"]
        counts = np.bincount(services.code, minlength=len(services.texts))
        trips = Counter(dict(zip(services.texts, counts.tolist(), strict=True)))
        return _Counted(calendar, calendar.period(), trips)

    def trips_on(self, days: Sequence[date]) -> Longs:
        """Count the trips on each of some Tuesdays, which rise."""
        changes = np.zeros(len(days) + 1, np.int64)
        periods: dict[str, list[tuple[date, date]]] = {}
        for service, first, last, weekdays in self.calendar.weekly:
            if TUESDAY in weekdays:
                periods.setdefault(service, []).append((first, last))
                changes[bisect_left(days, first)] += self.trips[service]
                changes[bisect_right(days, last)] -= self.trips[service]
        counts = np.cumsum(changes)[:-1]
        for number, day in enumerate(days):
            for service, kind in self.calendar.exceptions.get(day, {}).items():
                runs = any(first <= day <= last for first, last in periods.get(service, ()))
                if runs != (kind == ADDED):
                    counts[number] += self.trips[service] if kind == ADDED else -self.trips[service]
        return counts
