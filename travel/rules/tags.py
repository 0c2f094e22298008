"""Tags to numbers: speed limits, directions, durations and widths.

Tags are written by people. Whatever cannot be read as meant is returned with what was done
about it, so that it can be named in the report of a build, and never becomes a time unseen.
"""

import re
from dataclasses import dataclass
from typing import Final

from config.assumptions import assumptions

MPH_KMH: Final = 1.609344
"""Kilometres in a mile."""

BRITISH_LIMITS: Final = frozenset({5, 10, 15, 20, 25, 30, 40, 50, 60, 70})
"""Numbers that stand on British speed limit signs, which are in miles per hour."""

NAMED_LIMITS_MPH: Final = {
    "national": 0.0,
    "nsl": 0.0,
    "gb:national": 0.0,
    "gb:nsl_single": 60.0,
    "gb:nsl_dual": 70.0,
    "gb:nsl_restricted": 30.0,
    "gb:urban": 30.0,
    "gb:rural": 60.0,
    "gb:motorway": 70.0,
    "uk:nsl_single": 60.0,
    "uk:nsl_dual": 70.0,
    "uk:motorway": 70.0,
    "walk": 3.0,
}
"""Limits given by name, mph; 0 where the class of road decides (the national limit)."""

NO_FIXED_LIMIT: Final = frozenset({"none", "signals", "variable", "unposted", "unknown", ""})
"""Values that leave the limit to the class of road, as they may."""

Odd = tuple[tuple[str, str, str], ...]
"""``(key, value, what was done about it)``."""

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(mph|mi/h|km/h|kmh|kph|knots)?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})|(\d{1,4})", re.ASCII)
_ISO = re.compile(r"P?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.ASCII)
_METRES = re.compile(r"(\d+(?:\.\d+)?)\s*m?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limit:
    """A speed limit as tagged.

    Attributes:
        mph: the limit; ``None`` where the class of road decides.
        odd: what was wrong with the tag; empty where nothing was.
    """

    mph: float | None
    odd: str = ""


def speed_limit(value: str) -> Limit:
    """Read a ``maxspeed``.

    >>> speed_limit("30 mph"), speed_limit("GB:nsl_single").mph, speed_limit("none").mph
    (Limit(mph=30.0, odd=''), 60.0, None)
    >>> speed_limit("fast")
    Limit(mph=None, odd='no speed can be read from this; the usual one of its class is taken')
    >>> speed_limit("30 mph;40 mph")
    Limit(mph=30.0, odd='several limits; the lowest is taken')
    """
    parts = [part.strip().lower() for part in value.replace("|", ";").split(";") if part.strip()]
    if len(parts) > 1:
        read = [limit.mph for limit in map(speed_limit, parts) if limit.mph is not None]
        return Limit(min(read), "several limits; the lowest is taken") if read else _unread()
    word = parts[0] if parts else ""
    if word in NO_FIXED_LIMIT:
        return Limit(None)
    if word in NAMED_LIMITS_MPH:
        return Limit(NAMED_LIMITS_MPH[word] or None)
    found = _NUMBER.fullmatch(word)
    return _number(float(found[1]), found[2] or "") if found else _unread()


def _number(number: float, unit: str) -> Limit:
    odd = ""
    mph = number / MPH_KMH
    if unit in {"mph", "mi/h"} or (not unit and number in BRITISH_LIMITS):
        mph = number
        odd = "" if unit else "a British limit without its unit; taken as mph"
    elif unit == "knots":
        mph = number * 1.852 / MPH_KMH
    fastest = assumptions("driving")["fastest_limit"].value
    if not 1 <= mph <= fastest * 1.01:
        return Limit(None, "no speed limit is that; the usual one of its class is taken")
    return Limit(mph, odd)


def _unread() -> Limit:
    return Limit(None, "no speed can be read from this; the usual one of its class is taken")


def duration_s(value: str) -> float:
    """Read a ``duration`` in seconds; 0 where it cannot be read.

    >>> duration_s("00:20"), duration_s("1:05:30"), duration_s("15"), duration_s("PT1H10M")
    (1200.0, 3930.0, 900.0, 4200.0)
    >>> duration_s("a while"), duration_s("00:00")
    (0.0, 0.0)
    """
    text = value.strip().upper()
    if found := _CLOCK.fullmatch(text):
        first, middle, last, minutes = found.groups()
        if minutes is not None:
            return float(minutes) * 60
        if first is None:
            return float(middle) * 3600 + float(last) * 60
        return float(first) * 3600 + float(middle) * 60 + float(last)
    if text.startswith("P") and (found := _ISO.fullmatch(text)):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return 0.0


def width_m(value: str) -> float | None:
    """Read a ``width`` in metres; ``None`` where it cannot be read.

    >>> width_m("0.8"), width_m("1.2 m"), width_m("3'6")
    (0.8, 1.2, None)
    """
    found = _METRES.fullmatch(value.strip().lower())
    return float(found[1]) if found else None


def one_way(value: str) -> int | None:
    """Read a ``oneway``: 1 along, -1 against, 0 both ways, ``None`` where it changes or is unclear.

    >>> [one_way(value) for value in ("yes", "-1", "no", "alternating", "reversible")]
    [1, -1, 0, 0, None]
    """
    return {
        "yes": 1,
        "true": 1,
        "1": 1,
        "-1": -1,
        "reverse": -1,
        "no": 0,
        "false": 0,
        "0": 0,
        "alternating": 0,
        "": 0,
    }.get(value)
