"""What is said of one school."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.narrative.words import PLAIN_SCHOOL, SCHOOL_NOUNS, a_or_an, day_words
from config.plurals import counted
from config.terms import Phase, SchoolStatus, Sector, Status

WHY_MISSING: Final[dict[Status, str]] = {
    Status.SUPPRESSED: "not published, to protect pupils",
    Status.NOT_APPLICABLE: "does not apply",
    Status.UNAVAILABLE: "not stated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFacts:
    """What the sentences about a school need to know."""

    name: str
    status: SchoolStatus
    phase: Phase
    sector: Sector
    age_low: int | None = None
    age_high: int | None = None
    place: str | None = None
    religious_character: str | None = None
    pupils: int | None = None
    capacity_pupils: int | None = None
    census_date: str | None = None
    open_date: str | None = None
    close_date: str | None = None


def school_noun(phase: Phase, sector: Sector) -> str:
    """Say what kind of school it is.

    >>> school_noun(Phase.PRIMARY, Sector.STATE), school_noun(Phase.ALL_THROUGH, Sector.INDEPENDENT)
    ('primary school', 'independent all-through school')
    """
    noun = SCHOOL_NOUNS.get(phase, PLAIN_SCHOOL)[0]
    return f"independent {noun}" if sector is Sector.INDEPENDENT else noun


def school_detail(phase: Phase, sector: Sector, status: SchoolStatus, place: str | None) -> str:
    """Say in a few words what and where a school is, to tell namesakes apart.

    >>> school_detail(Phase.PRIMARY, Sector.STATE, SchoolStatus.CLOSED, "Oakham")
    'Primary school in Oakham (closed)'
    """
    noun = school_noun(phase, sector)
    where = f" in {place}" if place else ""
    life = "" if status is SchoolStatus.OPEN else f" ({STATUS_WORDS[status]})"
    return f"{noun[:1].upper()}{noun[1:]}{where}{life}"


STATUS_WORDS: Final[dict[SchoolStatus, str]] = {
    SchoolStatus.OPEN: "open",
    SchoolStatus.CLOSING: "open, proposed to close",
    SchoolStatus.PROPOSED: "proposed, not yet open",
    SchoolStatus.CLOSED: "closed",
}


def school_lede(school: SchoolFacts) -> str:
    """Open the panel of one school: what it is, and how full.

    >>> school_lede(SchoolFacts(
    ...     name="Hill School", status=SchoolStatus.OPEN, phase=Phase.PRIMARY,
    ...     sector=Sector.STATE, age_low=4, age_high=11, place="Oakham", pupils=203,
    ...     capacity_pupils=210, census_date="2025-01-16"))
    'Hill School is a primary school for ages 4 to 11 in Oakham. At the census of 16 January 2025 \
it had 203 pupils; it has places for 210.'
    """
    return " ".join(part for part in (_what_it_is(school), _how_full(school)) if part)


def _what_it_is(school: SchoolFacts) -> str:
    noun = a_or_an(school_noun(school.phase, school.sector) + _ages(school) + _where(school))
    if school.status is SchoolStatus.CLOSED:
        closed = day_words(school.close_date)
        when = f"It closed on {closed}." if closed else "It has closed."
        return f"{school.name} was {noun}. {when}"
    if school.status is SchoolStatus.PROPOSED:
        opens = day_words(school.open_date)
        when = f", due to open on {opens}" if opens else ""
        return f"{school.name} is proposed: {noun}{when}."
    if school.status is SchoolStatus.CLOSING:
        closes = day_words(school.close_date)
        when = f" on {closes}" if closes else ""
        return f"{school.name} is {noun}. It is open and is proposed to close{when}."
    return f"{school.name} is {noun}."


def _ages(school: SchoolFacts) -> str:
    if school.age_low is None or school.age_high is None:
        return ""
    return f" for ages {school.age_low} to {school.age_high}"


def _where(school: SchoolFacts) -> str:
    return f" in {school.place}" if school.place else ""


def _how_full(school: SchoolFacts) -> str:
    if school.status in (SchoolStatus.CLOSED, SchoolStatus.PROPOSED):
        return ""
    places = f"it has places for {school.capacity_pupils:,}" if school.capacity_pupils else ""
    if school.pupils is None:
        return f"{places[:1].upper()}{places[1:]}." if places else ""
    day = day_words(school.census_date)
    when = f"At the census of {day}" if day else "At the latest census in the register"
    pupils = counted(school.pupils, "pupil", "pupils")
    return f"{when} it had {pupils}{f'; {places}' if places else ''}."


def number_fact(value: float | None, status: Status, unit: str = "", *, decimals: int = 0) -> str:
    """Write a figure ready to show, or why there is none.

    >>> number_fact(1005, Status.MEASURED), number_fact(None, Status.SUPPRESSED)
    ('1,005', 'not published, to protect pupils')
    >>> number_fact(12.34, Status.MEASURED, "%", decimals=1)
    '12.3%'
    """
    if value is None:
        return WHY_MISSING.get(status, "not stated")
    return f"{value:,.{decimals}f}{unit}"


def location_note(status: Status | None, *, is_outside: bool, is_covered: bool) -> str | None:
    """Say what to know about where the school is drawn, if anything.

    >>> location_note(Status.ESTIMATED, is_outside=False, is_covered=True)
    'Drawn at the middle of its postcode: the register gives no point.'
    >>> location_note(Status.MEASURED, is_outside=False, is_covered=True) is None
    True
    """
    notes: Sequence[str] = [
        _POINT_NOTES.get(status or Status.UNAVAILABLE, ""),
        "" if is_covered or status is Status.UNAVAILABLE else _NOT_COVERED,
        "Outside the authorities this atlas is about." if is_outside else "",
    ]
    return " ".join(note for note in notes if note) or None


_POINT_NOTES: Final[dict[Status, str]] = {
    Status.ESTIMATED: "Drawn at the middle of its postcode: the register gives no point.",
    Status.UNAVAILABLE: "Not on the map: neither the register nor its postcode says where it is.",
}
_NOT_COVERED: Final = "Beyond the street map that was loaded, so no travel time can be given."
