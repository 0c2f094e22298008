"""What is said of the way to a school."""

from collections.abc import Mapping
from typing import Final

import travel
from api.narrative.words import minutes_words
from config.plurals import counted

HOW: Final[Mapping[travel.Mode, str]] = {
    "walk": "on foot",
    "wheels": "with a pram or wheelchair",
    "cycle": "by bicycle",
    "cycle_quiet": "by bicycle along quiet streets",
    "drive": "by car on clear roads",
    "school_run": "by car on a school morning",
}
"""How one travels, said after the minutes."""

KM: Final = 1000
TENS: Final = 10


def route_sentence(
    origin: str,
    school: str,
    mode: travel.Mode,
    *,
    seconds: float,
    metres: float,
    roads_crossed: int | None = None,
    climb_m: float | None = None,
) -> str:
    """Say how long a way is and what is met on it.

    Args:
        origin: the place as the reader knows it.
        school: name of the school.
        mode: the way of travelling.
        seconds: of the way.
        metres: of the way.
        roads_crossed: main roads, where they are counted.
        climb_m: metres climbed in all, where heights are known.

    >>> route_sentence("LE15 6HP", "Hill School", "walk", seconds=715, metres=953, roads_crossed=1)
    'From LE15 6HP to Hill School: 12 minutes on foot, 950 m, crosses 1 main road.'
    >>> route_sentence("here", "Dale School", "cycle", seconds=300, metres=1249, roads_crossed=0,
    ...     climb_m=41.7)
    'From here to Dale School: 5 minutes by bicycle, 1.2 km, climbs 42 m, crosses no main roads.'
    >>> route_sentence("here", "Dale School", "drive", seconds=59, metres=4)
    'From here to Dale School: under a minute by car on clear roads, under 10 m.'
    """
    parts = [f"{minutes_words(seconds)} {HOW[mode]}", metres_words(metres)]
    if climb_m is not None:
        parts.append(f"climbs {climb_m:,.0f} m")
    if roads_crossed is not None:
        parts.append(f"crosses {counted(roads_crossed, 'main road', 'main roads')}")
    return f"From {origin} to {school}: {', '.join(parts)}."


def metres_words(metres: float) -> str:
    """Say a distance as people do, rounded once.

    >>> metres_words(4), metres_words(953), metres_words(996), metres_words(3250)
    ('under 10 m', '950 m', '1.0 km', '3.2 km')
    """
    if metres < TENS:
        return "under 10 m"
    tens = round(metres / TENS) * TENS
    return f"{tens} m" if tens < KM else f"{metres / KM:,.1f} km"
