"""What is said of the schools that can be reached from a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.narrative.words import SCHOOL_NOUNS, a_or_an, listed, minutes_words
from config.plurals import counted
from config.terms import Phase, Sector


@dataclass(frozen=True, slots=True)
class Trip:
    """What a journey is called.

    Attributes:
        noun: what takes so many minutes.
        manner: how, said after the place; blank where the noun says it all.
    """

    noun: str
    manner: str = ""


WALK: Final = Trip("walk")


@dataclass(frozen=True, slots=True)
class Reached:
    """A school, how long the way to it takes, and of what kind it is.

    Attributes:
        name: as the register has it.
        seconds: of the way.
        phase: which part of schooling it serves.
        sector: state or independent.
    """

    name: str
    seconds: float
    phase: Phase = Phase.NOT_STATED
    sector: Sector = Sector.STATE


def reach_sentence(
    origin: str,
    reached: Sequence[Reached],
    *,
    minutes: int,
    nouns: tuple[str, str],
    not_covered: int = 0,
    trip: Trip = WALK,
    is_goal: bool = False,
) -> str:
    """Say how many schools are near and which is nearest.

    Args:
        origin: the place as the reader knows it.
        reached: nearest first.
        minutes: the limit that was asked for.
        nouns: what the schools are called, one and several.
        not_covered: schools as near as the crow flies that the street map does not reach.
        trip: what the journey is called.
        is_goal: the journeys go to the place, not away from it.

    >>> reach_sentence("LE15 6HP", [Reached("Hill School", 361), Reached("Dale School", 900)],
    ...     minutes=20, nouns=("primary school", "primary schools"))
    'From LE15 6HP, 2 primary schools are within a 20-minute walk. The nearest, Hill School, is \
6 minutes away.'
    >>> reach_sentence("here", [], minutes=8, nouns=("school", "schools"), not_covered=1)
    'From here, no school is known to be within an 8-minute walk. 1 school may be: it lies beyond \
the streets loaded, so no time can be given.'
    >>> reach_sentence("Elm School", [Reached("Hill School", 361)], minutes=20, is_goal=True,
    ...     nouns=("school", "schools"), trip=Trip("drive", " on a school morning"))
    '1 school is within a 20-minute drive of Elm School on a school morning: Hill School, 6 \
minutes away.'
    """
    one, several = nouns
    known = "known to be " if not_covered and not reached else ""
    counts = counted(len(reached), one, several) if reached else f"no {one}"
    verb = "are" if len(reached) > 1 else "is"
    within = a_or_an(f"{minutes}-minute {trip.noun}")
    first = f"{counts} {verb} {known}within {within}"
    if is_goal:
        first = f"{first[0].upper()}{first[1:]} of {origin}{trip.manner}"
    else:
        first = f"From {origin}, {first}{trip.manner}"
    if len(reached) == 1:
        first = f"{first}: {reached[0].name}, {minutes_words(reached[0].seconds)} away."
    elif reached:
        first = f"{first}{_mix(reached)}. {_nearest(reached)}"
    else:
        first = f"{first}."
    return f"{first} {_beyond(not_covered, nouns, is_more=bool(reached))}".strip()


def _mix(reached: Sequence[Reached]) -> str:
    """Say how many are of which kind, where they are of several kinds.

    >>> _mix([Reached("a", 1, Phase.PRIMARY), Reached("b", 2, Phase.SPECIAL)])
    ': 1 state primary school and 1 other'
    >>> _mix([Reached("a", 1, Phase.PRIMARY), Reached("b", 2, Phase.PRIMARY)])
    ''
    """
    counts = {phase: len(_of_kind(reached, phase)) for phase in COUNTED}
    told = [
        counted(count, *(f"state {noun}" for noun in SCHOOL_NOUNS[phase]))
        for phase, count in counts.items()
        if count
    ]
    others = len(reached) - sum(counts.values())
    if len({(school.phase, school.sector) for school in reached}) == 1 or not told:
        return ""
    if others:
        told.append(counted(others, "other", "others"))
    return f": {listed(told)}"


def _nearest(reached: Sequence[Reached]) -> str:
    """Name the nearest; of several kinds, the nearest state primary and state secondary.

    >>> _nearest([Reached("Ash", 60, Phase.SPECIAL), Reached("Elm", 130, Phase.PRIMARY)])
    'The nearest state primary school, Elm, is 2 minutes away.'
    """
    is_mixed = len({(school.phase, school.sector) for school in reached}) > 1
    found = [(phase, _of_kind(reached, phase)) for phase in NAMED] if is_mixed else []
    told = [
        f"nearest state {SCHOOL_NOUNS[phase][0]}, {schools[0].name}, is "
        f"{minutes_words(schools[0].seconds)} away"
        for phase, schools in found
        if schools
    ]
    if not told:
        told = [f"nearest, {reached[0].name}, is {minutes_words(reached[0].seconds)} away"]
    return f"The {'; the '.join(told)}."


def _of_kind(reached: Sequence[Reached], phase: Phase) -> list[Reached]:
    return [school for school in reached if school.phase == phase and school.sector == Sector.STATE]


COUNTED: Final = (Phase.PRIMARY, Phase.MIDDLE, Phase.SECONDARY, Phase.ALL_THROUGH)
"""State schools that a sentence about all kinds counts one by one; the rest are others."""

NAMED: Final = (Phase.PRIMARY, Phase.SECONDARY)
"""State schools whose nearest is named."""


def _beyond(not_covered: int, nouns: tuple[str, str], *, is_more: bool) -> str:
    if not not_covered:
        return ""
    more = "more " if is_more else ""
    schools = counted(not_covered, *(f"{more}{noun}" for noun in nouns))
    those = "it lies" if not_covered == 1 else "they lie"
    return f"{schools} may be: {those} beyond the streets loaded, so no time can be given."
