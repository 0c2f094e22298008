"""Times between homes and schools as rows: of one school, or of one postcode."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from api import lookups
from api.answers.files import marked
from api.answers.sources import POSTCODES, REGISTER, STREETS
from api.build import Build
from api.errors import NoPosition, NotInAtlas
from api.exports import Column
from api.modes import check_minutes
from api.narrative.modes import method
from api.queries.schools import school_summaries
from api.queries.travel_times import Way, ways_from_home, ways_to_school
from api.schemas.travel_times import HomesChoice, TravelTime, TravelTimes, WayChoice
from config.terms import SchoolStatus

SERIES: Final = (REGISTER, STREETS, POSTCODES)

SECONDS: Final = Column("seconds", "whole", "How long the way to school takes", "s")
METRES: Final = Column("metres", "whole", "How long the way to school is", "m")
URN: Final = Column("urn", "whole", "Unique Reference Number of the school")
NAME: Final = Column("name", "text", "Name of the school")
HOMES: Final = {
    "postcode": Column("postcode", "text", "Unit postcode that the way starts at"),
    "lsoa21": Column("lsoa21", "text", "Small area that the way starts in the middle of"),
}

Rows = tuple[Sequence[Column], Iterable[Mapping[str, Any]]]


def of_school(build: Build, urn: int, chosen: HomesChoice) -> Rows:
    """Return the homes within a time of a school: columns and rows.

    Raises:
        NotInAtlas: it is not in this atlas, or is closed.
        NoPosition: it is not known where it is.
        BadParameter: the mode goes less far.
    """
    check_minutes(chosen.mode, chosen.minutes)
    school = lookups.school(build, urn)
    if school["status"] == SchoolStatus.CLOSED:
        raise NotInAtlas(
            f"{school['name']} is closed, and no times to it are kept",
            hint=f"/api/v1/schools/{urn}/isochrones draws how far one gets from there.",
        )
    if school["x"] is None:
        raise NoPosition(
            f"it is not known where {school['name']} is, so no way to it can be found",
            hint="neither the register nor its postcode says.",
        )
    matrix = build.matrix(chosen.mode)
    ways = ways_to_school(matrix, urn, chosen.homes, minutes=chosen.minutes)
    home = HOMES[chosen.homes]
    rows = ({home.name: way.id, "urn": urn, **_measured(way)} for way in ways)
    return marked(build, [home, URN, SECONDS, METRES], rows)


def of_postcode(build: Build, text: str, chosen: WayChoice) -> Rows:
    """Return the schools within a time of a postcode, the nearest first: columns and rows.

    Raises:
        BadParameter: it is not a whole postcode, or the mode goes less far.
        NotInAtlas: it is not in this atlas, or lies across the region's border.
    """
    postcode, ways = _from_postcode(build, text, chosen)
    names = school_summaries(build.engine, [way.id for way in ways])
    rows = (
        {"postcode": postcode, "urn": way.id, "name": names[way.id]["name"], **_measured(way)}
        for way in ways
    )
    return marked(build, [HOMES["postcode"], URN, NAME, SECONDS, METRES], rows)


def travel_times(build: Build, text: str, chosen: WayChoice) -> TravelTimes:
    """Return the schools within a time of a postcode; raises as `of_postcode`."""
    _, rows = of_postcode(build, text, chosen)
    return TravelTimes(
        items=[TravelTime(**row) for row in rows],
        next=None,
        mode=chosen.mode,
        minutes=chosen.minutes,
        method=method(chosen.mode, has_heights=build.has_heights()),
        sources=build.sources(*SERIES),
    )


def _from_postcode(build: Build, text: str, chosen: WayChoice) -> tuple[str, Sequence[Way]]:
    check_minutes(chosen.mode, chosen.minutes)
    found = lookups.postcode(build, text)
    if found["is_outside"]:
        raise NotInAtlas(
            f"{found['postcode']} lies across the border, and times are kept for the region's own "
            "postcodes",
            hint=f"/api/v1/postcodes/{found['postcode_key']}/reachable-schools finds them.",
        )
    matrix = build.matrix(chosen.mode)
    ways = ways_from_home(matrix, found["postcode"], minutes=chosen.minutes)
    return found["postcode"], list(ways)


def _measured(way: Way) -> dict[str, int | None]:
    return {"seconds": way.seconds, "metres": way.metres}
