"""Limits on intakes in words: who is sent elsewhere, and who finds no place."""

from dataclasses import dataclass

from api.narrative.forecast import group_words


@dataclass(frozen=True, slots=True)
class Displaced:
    """Whom limits move in one unit, school year and year group.

    Attributes:
        level: school, planning_area or authority.
        year: school year ahead.
        year_group: the group.
        turned_away: pupils who would have entered its schools, were these not full.
        taken_in: pupils who enter its schools since others are full.
    """

    level: str
    year: str
    year_group: str
    turned_away: float
    taken_in: float


def displaced_sentence(told: Displaced) -> str:
    """Say how many pupils a limit turns away, or sends here.

    >>> displaced_sentence(Displaced("school", "2027/28", "R", 12.2, 0.0))
    'In 2027/28 its limit turns about 12 pupils away from reception.'
    >>> displaced_sentence(Displaced("school", "2027/28", "7", 0.0, 1.4))
    'In 2027/28 about 1 pupil enters year 7 here since other schools are full.'
    >>> displaced_sentence(Displaced("authority", "2027/28", "R", 30.0, 18.0))
    'In 2027/28 limits turn about 30 pupils away from reception at full schools; about 18 come to \
others here.'
    """
    if told.level != "school":
        return (
            f"In {told.year} limits turn {_pupils(told.turned_away)} away from "
            f"{group_words(told.year_group)} at full schools; {_about(told.taken_in)} "
            f"{'comes' if round(told.taken_in) == 1 else 'come'} to others here."
        )
    if told.turned_away >= told.taken_in:
        return (
            f"In {told.year} its limit turns {_pupils(told.turned_away)} away from "
            f"{group_words(told.year_group)}."
        )
    enters = "enters" if round(told.taken_in) == 1 else "enter"
    return (
        f"In {told.year} {_pupils(told.taken_in)} {enters} {group_words(told.year_group)} here "
        "since other schools are full."
    )


def unplaced_sentence(phase: str, year: str, pupils: float) -> str:
    """Say how many pupils no school has room for, as intakes are limited.

    >>> unplaced_sentence("primary", "2027/28", 15.2)
    'In 2027/28 no school of the authority has room for about 15 pupils of reception to year 6, as \
intakes are limited: they are in its forecast, but in the need of no planning area.'
    """
    noun = "they are" if round(pupils) != 1 else "this one is"
    return (
        f"In {year} no school of the authority has room for {_pupils(pupils)} of "
        f"{group_words(phase)}, as intakes are limited: {noun} in its forecast, but in the "
        "need of no planning area."
    )


def _about(pupils: float) -> str:
    return f"about {round(pupils):,}" if round(pupils) else "none"


def _pupils(pupils: float) -> str:
    number = round(pupils)
    return f"about {number:,} {'pupil' if number == 1 else 'pupils'}"
