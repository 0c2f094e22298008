"""What is said of the schools that can be reached from a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.narrative.words import a_or_an, counted, minutes_words


@dataclass(frozen=True, slots=True)
class Reached:
    """A school by name and how long the way to it takes."""

    name: str
    seconds: float


def reach_sentence(
    origin: str,
    reached: Sequence[Reached],
    *,
    minutes: int,
    nouns: tuple[str, str],
    not_covered: int = 0,
) -> str:
    """Say how many schools are near and which is nearest.

    Args:
        origin: the place as the reader knows it.
        reached: nearest first.
        minutes: the limit that was asked for.
        nouns: what the schools are called, one and several.
        not_covered: schools as near as the crow flies that the street map does not reach.

    >>> reach_sentence("LE15 6HP", [Reached("Hill School", 361), Reached("Dale School", 900)],
    ...     minutes=20, nouns=("primary school", "primary schools"))
    'From LE15 6HP, 2 primary schools are within a 20-minute walk. The nearest, Hill School, is \
6 minutes away.'
    >>> reach_sentence("here", [], minutes=8, nouns=("school", "schools"), not_covered=1)
    'From here, no school is known to be within an 8-minute walk. 1 school may be: it lies beyond \
the streets loaded, so no time can be given.'
    """
    walk = a_or_an(f"{minutes}-minute walk")
    one, several = nouns
    if not reached:
        known = "known to be " if not_covered else ""
        first = f"From {origin}, no {one} is {known}within {walk}."
    elif len(reached) == 1:
        only = reached[0]
        first = (
            f"From {origin}, 1 {one} is within {walk}: "
            f"{only.name}, {minutes_words(only.seconds)} away."
        )
    else:
        nearest = reached[0]
        first = (
            f"From {origin}, {counted(len(reached), one, several)} are within {walk}. "
            f"The nearest, {nearest.name}, is {minutes_words(nearest.seconds)} away."
        )
    return f"{first} {_beyond(not_covered, nouns, is_more=bool(reached))}".strip()


def _beyond(not_covered: int, nouns: tuple[str, str], *, is_more: bool) -> str:
    if not not_covered:
        return ""
    more = "more " if is_more else ""
    schools = counted(not_covered, *(f"{more}{noun}" for noun in nouns))
    those = "it lies" if not_covered == 1 else "they lie"
    return f"{schools} may be: {those} beyond the streets loaded, so no time can be given."
