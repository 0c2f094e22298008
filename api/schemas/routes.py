"""Ways to a school as they are sent."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

import travel
from api.schemas.base import Answer, Lat, Lon
from api.schemas.geojson import Position
from api.schemas.parameters import Lat as OriginLat
from api.schemas.parameters import Lon as OriginLon
from api.schemas.parameters import Mode, Parameters
from api.schemas.schools import Origin


class RoadClass(StrEnum):
    """What runs along a stretch of the way, from no motor traffic to most."""

    PATH = "path"
    SERVICE = "service"
    STREET = "street"
    TERTIARY = "tertiary"
    SECONDARY = "secondary"
    PRIMARY = "primary"
    TRUNK = "trunk"
    MOTORWAY = "motorway"


class RouteChoice(Parameters):
    """How to travel."""

    mode: Mode = "walk"


class RouteFromPoint(RouteChoice):
    """How to travel, and from where."""

    lon: OriginLon
    lat: OriginLat


class LineString(Answer):
    """A line."""

    type: Literal["LineString"] = Field("LineString", description="Always LineString")
    coordinates: list[Position] = Field(
        description="Longitude and latitude, WGS 84, from the start to the school"
    )


class RoadCrossed(Answer):
    """A main road that is crossed."""

    lon: Lon
    lat: Lat
    road_class: RoadClass = Field(description="Class of the road, tertiary or above")


class RouteStretch(Answer):
    """A part of the way along roads of one class."""

    road_class: RoadClass = Field(description="Class of the road")
    metres: int = Field(description="Length of the part, metres", ge=0)


class RouteAtAge(Answer):
    """How long the way takes people of an age, who walk every part of it at their own pace."""

    ages: str = Field(description="Years of age", examples=["5 to 7"])
    minutes: float = Field(description="Minutes on the way, one decimal", ge=0)


class RouteProperties(Answer):
    """What the way takes, and what is met on it."""

    sentence: str = Field(description="How long, how far, how many main roads are crossed")
    mode: travel.Mode = Field(description="How one travels")
    seconds: int = Field(description="Seconds on the way, from door to door", ge=0)
    minutes: float = Field(description="Minutes on the way, one decimal", ge=0)
    minutes_by_age: list[RouteAtAge] = Field(
        description="Likewise at the paces of children and adults, the youngest first; none but on "
        "foot. A child walks with an adult at the child's pace"
    )
    metres: int = Field(description="Metres on the way, from door to door", ge=0)
    climb_m: int | None = Field(description="Metres climbed in all; null where heights are unknown")
    descent_m: int | None = Field(
        description="Metres descended in all; null where heights are unknown"
    )
    roads_crossed: int | None = Field(
        description="Main roads (class C, B or A and trunk roads: tertiary and above) that are "
        "crossed at junctions; a road that is walked along does not count, nor one that is "
        "closed to people on foot. Null by car"
    )
    crossings: list[RoadCrossed] = Field(description="Where they are crossed, in order")
    stretches: list[RouteStretch] = Field(
        description="The way by class of road, in order; the walks to and from the street are not "
        "in it"
    )


class RouteGoal(Answer):
    """The school that the way leads to."""

    urn: int = Field(description="Unique Reference Number")
    label: str = Field(description="Name of the school")
    lon: Lon
    lat: Lat
    snapped_m: int = Field(description="Metres from the street it is on to the school", ge=0)


class Route(Answer):
    """The quickest way from a place to a school: a GeoJSON feature."""

    type: Literal["Feature"] = Field("Feature", description="Always Feature")
    geometry: LineString = Field(description="The way, to six decimals")
    properties: RouteProperties = Field(description="What the way takes")
    origin: Origin = Field(description="Where the way starts")
    destination: RouteGoal = Field(description="Where it leads")
    method: str = Field(description="How the time was come by")
    sources: list[str] = Field(description="Ids of the sources")
