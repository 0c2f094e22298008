"""When the next release of a series is due."""

from datetime import date

import pytest

from ingest.rhythm import DAILY, NEVER_AGAIN, NOT_SAID, every_years, yearly


@pytest.mark.parametrize(
    ("rhythm", "release", "due"),
    [
        (DAILY, "2025-05-24", date(2025, 5, 25)),
        (DAILY, "2025-02-28", date(2025, 3, 1)),
        (yearly(2, 5, 8, 11), "2025-10", date(2025, 11, 1)),
        (yearly(2, 5, 8, 11), "2025-11", date(2026, 2, 1)),
        (yearly(6), "2018-2019", date(2020, 6, 1)),
        (yearly(6), "2018-19", date(2020, 6, 1)),
        (yearly(6), "2018/19", date(2020, 6, 1)),
        (yearly(3, 9), "2024", date(2025, 3, 1)),
        (yearly(3, years_after=1), "2015", date(2017, 3, 1)),
        (yearly(3, years_after=1), "2024-02-29", date(2025, 3, 1)),
        (every_years(6, 10), "2025", date(2031, 10, 1)),
        (NEVER_AGAIN, "2021", None),
        (NOT_SAID, "2021", None),
        (DAILY, "newest", None),
        (yearly(6), "2025-13-01", None),
        (yearly(6), "2025-02-31", date(2025, 6, 1)),
    ],
)
def test_the_next_release_is_due_when_the_rhythm_says(rhythm, release, due):
    assert rhythm.next_after(release) == due


def test_a_release_without_a_date_is_counted_from_the_day_it_was_fetched():
    assert DAILY.next_after("newest", otherwise=date(2025, 5, 24)) == date(2025, 5, 25)
    assert yearly(6).next_after("1.2", otherwise=date(2025, 7, 1)) == date(2026, 6, 1)
    assert yearly(6).next_after("2019", otherwise=date(2025, 7, 1)) == date(2020, 6, 1)


def test_a_rhythm_is_told_in_words():
    assert yearly(2, 5, 8, 11).words == "4 times a year, in February, May, August and November"
    assert every_years(10, 3).words == "every 10 years, in March"
