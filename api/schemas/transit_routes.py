"""Ways to a school by public transport, leg by leg, as they are sent."""

from typing import Annotated, Literal

from pydantic import Field

from api.mode_names import TRANSIT
from api.schemas.base import Answer
from api.schemas.filters import Travelling
from api.schemas.parameters import ArriveBy, Depart, Lat, Lon, Parameters
from api.schemas.routes import RouteGoal
from api.schemas.schools import Origin

TimeOfDay = Annotated[
    str, Field(description="Hours and minutes; after midnight, of the next day", examples=["08:29"])
]


class TransitRouteChoice(Parameters):
    """When to travel."""

    arrive_by: ArriveBy = None
    depart: Depart = None

    @property
    def travelling(self) -> Travelling:
        """How and when one travels, as other questions have it."""
        return Travelling(mode=TRANSIT, arrive_by=self.arrive_by, depart=self.depart)


class TransitRouteFromPoint(TransitRouteChoice):
    """When to travel, and from where."""

    lon: Lon
    lat: Lat


class TransitLeg(Answer):
    """A part of the way: on foot, or in one vehicle."""

    kind: Literal["walk", "ride"] = Field(description="On foot, or in a vehicle")
    line: str | None = Field(description="What riders call the line; null on foot or if unnamed")
    from_stop: str | None = Field(description="Stop where it starts; null at the door")
    to_stop: str | None = Field(description="Stop where it ends; null at the door")
    depart: TimeOfDay
    arrive: TimeOfDay
    seconds: int = Field(description="How long it takes", ge=0)
    metres: int | None = Field(description="Metres walked; null in a vehicle", ge=0)


class TransitRoute(Answer):
    """The quickest way from a place to a school by public transport and on foot."""

    sentence: str = Field(description="When to leave, what to take, when one is there")
    seconds: int = Field(
        description="From the time of leaving to being there; of an arrival, from leaving to the "
        "time kept to",
        ge=0,
    )
    minutes: float = Field(description="Likewise in minutes, one decimal", ge=0)
    depart: TimeOfDay
    arrive: TimeOfDay
    rides: int = Field(description="Vehicles that one rides in", ge=0)
    legs: list[TransitLeg] = Field(
        description="In order; between them one waits, or has the time kept free for a change"
    )
    origin: Origin = Field(description="Where the way starts")
    destination: RouteGoal = Field(description="Where it leads")
    method: str = Field(description="How the times were come by")
    sources: list[str] = Field(description="Ids of the sources")
