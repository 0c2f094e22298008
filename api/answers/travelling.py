"""How one travels, as it was asked for: by which mode, at what time, and in which words."""

from typing import Final

from api.answers.sources import STREETS, TIMETABLES
from api.build import Build
from api.errors import BadParameter
from api.journeys import Start
from api.mode_names import TRANSIT
from api.modes import Journeys, usual
from api.narrative.modes import method, transit_method
from api.schemas.filters import Travelling
from travel.transit import When

MINUTE_S: Final = 60


def journeys(build: Build, chosen: Travelling) -> Journeys:
    """Return the journeys that were asked for.

    Raises:
        BadParameter: the mode is not in this build, or its times cannot be chosen so.
        NoStreets: the build has no streets at all.
    """
    return build.modes.journeys(chosen.mode, when(chosen))


def when(chosen: Travelling) -> When:
    """Return the time that journeys keep to.

    Raises:
        BadParameter: two times were given, or one for a mode that has none.
    """
    given = [name for name in ("arrive_by", "depart") if getattr(chosen, name) is not None]
    if given and chosen.mode != TRANSIT:
        raise BadParameter(
            f"{given[0]} is given, but mode={chosen.mode} takes as long at any time",
            hint=f"{given[0]}: with mode=transit only.",
        )
    if len(given) > 1:
        raise BadParameter(
            "arrive_by and depart are both given", hint="give one of the two: arrive_by or depart."
        )
    if chosen.arrive_by is not None:
        return When(_seconds(chosen.arrive_by), is_arrival=True)
    if chosen.depart is not None:
        return When(_seconds(chosen.depart), is_arrival=False)
    return usual()


def method_of(build: Build, chosen: Travelling, start: Start) -> str:
    """Say how the times were come by."""
    if chosen.mode == TRANSIT:
        return transit_method(build.modes.timetabled().date, when(chosen))
    return method(chosen.mode, is_goal=start.urn is not None, has_heights=build.has_heights())


def sources_of(chosen: Travelling) -> tuple[str, ...]:
    """Return the ids of the sources behind the times."""
    return (STREETS, TIMETABLES) if chosen.mode == TRANSIT else (STREETS,)


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * MINUTE_S
