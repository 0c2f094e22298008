"""What is said of the way to a school by public transport."""

from collections.abc import Sequence
from typing import Final

from api.narrative.words import minutes_words
from travel.transit import Leg

MINUTE_S: Final = 60
HOUR_MINUTES: Final = 60
DAY_MINUTES: Final = 24 * HOUR_MINUTES


def clock(seconds: int) -> str:
    """Write a time of day, in whole minutes that have begun; after midnight, of the next day.

    >>> clock(31_199), clock(31_200), clock(90_000)
    ('08:39', '08:40', '01:00')
    """
    minutes = seconds // MINUTE_S % DAY_MINUTES
    return f"{minutes // HOUR_MINUTES:02d}:{minutes % HOUR_MINUTES:02d}"


def transit_route_sentence(origin: str, school: str, legs: Sequence[Leg]) -> str:
    """Say when to leave, what to take and when one is there.

    Args:
        origin: the place as the reader knows it.
        school: name of the school.
        legs: of the way, in order; none where one is there already.

    >>> walk = Leg("walk", "", "", "West Road", 30_540, 30_600, 80.0)
    >>> ride = Leg("ride", "4", "West Road", "East Road", 30_600, 30_840, float("nan"))
    >>> transit_route_sentence("LE15 6HP", "Hill School", [walk, ride])
    'From LE15 6HP to Hill School: leave at 08:29, walk 1 minute to West Road, take line 4 at \
08:30 to East Road, and be there at 08:34.'
    >>> transit_route_sentence("here", "Hill School", [Leg("walk", "", "", "", 0, 600, 800.0)])
    'From here to Hill School: leave at 00:00, walk 10 minutes, and be there at 00:10.'
    >>> transit_route_sentence("here", "Hill School", [])
    'From here to Hill School: no way to go.'
    """
    if not legs:
        return f"From {origin} to {school}: no way to go."
    told = ", ".join(_told(leg) for leg in legs)
    return (
        f"From {origin} to {school}: leave at {clock(legs[0].depart_s)}, {told}, "
        f"and be there at {clock(legs[-1].arrive_s)}."
    )


def _told(leg: Leg) -> str:
    to = f" to {leg.to_stop}" if leg.to_stop else ""
    if leg.kind == "walk":
        return f"walk {minutes_words(leg.arrive_s - leg.depart_s)}{to}"
    line = f"line {leg.route_name}" if leg.route_name else "the bus"
    return f"take {line} at {clock(leg.depart_s)}{to}"
