"""How often the releases of a series come, and when the next one is due."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEARS: Final = re.compile(r"(\d{4})(?:[-/_ ](\d{4}|\d\d))?")
DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When releases of a series come.

    Attributes:
        words: for readers, such as ``once a year, in June``.
        days: days from one release to the next, of a series made anew so often.
        months: calendar months, 1 to 12 and ascending, in which releases come.
        years: years from one release to the next; more than one for a series every so many years.
        years_after: years from the one that a release is named by to the one it comes out in. A
            release named by two years, such as 2023-24, counts as named by the later.
    """

    words: str
    days: int = 0
    months: tuple[int, ...] = ()
    years: int = 1
    years_after: int = 0

    def next_after(self, release: str, *, otherwise: date | None = None) -> date | None:
        """Say when the release after this one is due.

        Args:
            release: the name of the one held, which carries a day, a month or a year.
            otherwise: counted from where the name carries none, such as the day it was fetched.

        Returns:
            A day, or the first of a month; ``None`` where no further one is to be expected, or
            nothing says when this one came.
        """
        came = self.came_out(release) or otherwise
        if came is None or not (self.days or self.months):
            return None
        if self.days:
            return came + timedelta(days=self.days)
        later = [month for month in self.months if month > came.month]
        if later and self.years == 1:
            return date(came.year, later[0], 1)
        return date(came.year + self.years, self.months[0], 1)

    def came_out(self, release: str) -> date | None:
        """Say when a release came out, as far as its name and the rhythm tell.

        A name with no more than a year stands for the last month in which releases come.
        """
        if match := _DAY.fullmatch(release):
            return _shifted(int(match[1]), int(match[2]), int(match[3]), self.years_after)
        if match := _MONTH.fullmatch(release):
            return _shifted(int(match[1]), int(match[2]), 1, self.years_after)
        if match := _YEARS.fullmatch(release):
            last = self.months[-1] if self.months else DECEMBER
            return _shifted(_later_year(match), last, 1, self.years_after)
        return None


def _later_year(match: re.Match[str]) -> int:
    first, second = match[1], match[2] or match[1]
    return int(second if len(second) == len(first) else first[:2] + second)


def _shifted(year: int, month: int, day: int, years: int) -> date | None:
    last = calendar.monthrange(year + years, month)[1] if 1 <= month <= DECEMBER else 0
    return date(year + years, month, min(day, last)) if day and last else None


def yearly(*months: int, years_after: int = 0) -> Rhythm:
    """Return the rhythm of a series that comes every year in these months.

    >>> yearly(6).words
    'once a year, in June'
    >>> yearly(3, 9).words
    '2 times a year, in March and September'
    >>> yearly(6).next_after("2018-2019"), yearly(6).next_after("2023/24")
    (datetime.date(2020, 6, 1), datetime.date(2025, 6, 1))
    >>> yearly(3, years_after=1).next_after("2015-05")
    datetime.date(2017, 3, 1)
    """
    named = [calendar.month_name[month] for month in months]
    often = "once" if len(months) == 1 else f"{len(months)} times"
    listed = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    return Rhythm(f"{often} a year, in {listed}", months=months, years_after=years_after)


def every_years(years: int, month: int) -> Rhythm:
    """Return the rhythm of a series that comes every so many years.

    >>> every_years(10, 6).next_after("2021")
    datetime.date(2031, 6, 1)
    """
    return Rhythm(
        f"every {years} years, in {calendar.month_name[month]}", months=(month,), years=years
    )


DAILY: Final = Rhythm("every day", days=1)
NEVER_AGAIN: Final = Rhythm("once; a later one is another series")
NOT_SAID: Final = Rhythm("not said")
