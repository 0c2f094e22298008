"""Times of day as GTFS writes them, and as seconds after midnight."""

import re

import numpy as np
import numpy.typing as npt

from travel.transit.tables import Column

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86_400

BLANK = -1
UNREADABLE = -2

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)")


def seconds_of(text: str) -> int:
    """Turn a time of day into seconds; hours run on after midnight.

    >>> seconds_of("08:40:00"), seconds_of("25:10:00"), seconds_of(""), seconds_of("8.40")
    (31200, 90600, -1, -2)
    """
    if not text:
        return BLANK
    found = _CLOCK.fullmatch(text)
    if not found:
        return UNREADABLE
    hours, minutes, seconds = map(int, found.groups())
    return hours * HOUR_S + minutes * MINUTE_S + seconds


def column_seconds(column: Column) -> npt.NDArray[np.int32]:
    """Turn a column of times into seconds, each distinct text once."""
    return np.array([seconds_of(text) for text in column.texts], np.int32)[column.code]
