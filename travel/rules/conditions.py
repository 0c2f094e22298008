"""Rules that hold at certain times, such as ``no @ (Mo-Fr 08:15-09:15)``, judged at one hour.

A mode is judged at a stated hour of a Wednesday in term. Conditions about hours and days of the
week are read; so are those about lorries, which never bind a car. Any other is named, and taken
not to hold.
"""

import re
from dataclasses import dataclass
from typing import Final

from travel.rules.tags import Odd
from travel.streets.reading import Tags

CONDITIONAL: Final = ":conditional"

SCHOOL_DAY: Final = 2
"""The weekday that is judged, from Monday, 0."""

_DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
_DAY = r"(?:mo|tu|we|th|fr|sa|su|ph|sh)"
_SPAN = r"\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}"
_RULE: Final = re.compile(
    rf"(?P<days>{_DAY}(?:\s*-\s*{_DAY})?(?:\s*,\s*{_DAY}(?:\s*-\s*{_DAY})?)*)?\s*:?\s*"
    rf"(?P<spans>{_SPAN}(?:\s*,\s*{_SPAN})*)?\s*(?P<off>off|closed)?",
    re.ASCII,
)
_LORRIES: Final = re.compile(
    r"(?:max)?(?:weight|axleload|length|width|height|occupants|axles|trailers?|hazmat)\b.*",
    re.ASCII,
)
_AT_NIGHT: Final = re.compile(r"(?:sunset|dusk)\s*-\s*(?:sunrise|dawn)", re.ASCII)
_CLAUSE: Final = re.compile(r"\s*(?:([^@;()]+?)\s*@\s*)?(\([^()]*\)|[^@;()]+)\s*(?:;|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Clause:
    """What a tag says when its condition holds."""

    value: str
    condition: str


def clauses_of(value: str) -> tuple[Clause, ...] | None:
    """Split a conditional value; ``None`` where it cannot be split.

    A condition without a value has the one before it.

    >>> clauses_of("no @ (Mo-Fr 08:00-09:00; SH off); yes @ 12:00-13:00")[1]
    Clause(value='yes', condition='12:00-13:00')
    """
    found: list[Clause] = []
    at = 0
    while at < len(value):
        match = _CLAUSE.match(value, at)
        if match is None or not (match[1] or found):
            return None
        found.append(Clause(match[1] or found[-1].value, match[2].strip("() ")))
        at = match.end()
    return tuple(found) or None


def holds(condition: str, hour: float) -> bool | None:
    """Say whether a condition holds at an hour of a school day; ``None`` where it cannot be read.

    >>> holds("Mo-Fr 08:15-09:15", 8.5), holds("Mo-Fr 08:15-09:15; SH off", 12.0)
    (True, False)
    >>> holds("weight>7.5", 8.5), holds("snow", 8.5)
    (False, None)
    """
    parts = [_part(part, hour) for part in re.split(r"\s+and\s+", condition.strip("() ").lower())]
    if False in parts:
        return False
    return None if None in parts else True


def at_hour(tags: Tags, hour: float) -> tuple[Tags, Odd]:
    """Return the tags as they are at an hour, conditional ones taken into the plain ones.

    >>> at_hour({"highway": "road", "access:conditional": "no @ (08:00-09:00)"}, 8.5)[0]
    {'highway': 'road', 'access': 'no'}
    """
    conditional = [key for key in tags if key.endswith(CONDITIONAL)]
    if not conditional:
        return tags, ()
    now = {key: value for key, value in tags.items() if not key.endswith(CONDITIONAL)}
    odd: Odd = ()
    for key in conditional:
        clauses = clauses_of(tags[key])
        says = [None] if clauses is None else [holds(each.condition, hour) for each in clauses]
        for clause, is_held in zip(clauses or (), says, strict=False):
            if is_held:
                now[key.removesuffix(CONDITIONAL)] = clause.value
        if None in says:
            odd += ((key, tags[key], "this condition cannot be judged; taken not to hold"),)
    return now, odd


def _part(condition: str, hour: float) -> bool | None:
    if condition == "24/7":
        return True
    if _LORRIES.fullmatch(condition) or _AT_NIGHT.fullmatch(condition):
        return False
    is_held: bool | None = None
    for rule in filter(None, (each.strip() for each in condition.split(";"))):
        read = _RULE.fullmatch(rule)
        if read is None or not (read["days"] or read["spans"]):
            return None
        if _is_on(read["days"] or "") and _is_within(read["spans"] or "", hour):
            is_held = not read["off"]
        elif is_held is None:
            is_held = False
    return is_held


def _is_on(days: str) -> bool:
    """Say whether a school day is among days; holidays never are."""
    for span in filter(None, re.split(r"\s*,\s*", days)):
        first, _, last = (each.strip() for each in span.partition("-"))
        if first not in _DAYS or (last or first) not in _DAYS:
            continue
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        if (SCHOOL_DAY - start) % 7 <= (end - start) % 7:
            return True
    return not days


def _is_within(spans: str, hour: float) -> bool:
    for span in filter(None, spans.split(",")):
        start, end = (_hours(each) for each in span.split("-"))
        if start == end or (hour - start) % 24 < (end - start) % 24:
            return True
    return not spans


def _hours(clock: str) -> float:
    hours, minutes = clock.strip().split(":")
    return int(hours) + int(minutes) / 60
