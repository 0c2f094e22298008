"""Times between homes and schools, and what may be asked of them."""

from typing import Literal

from pydantic import Field

import travel
from api.schemas.base import Answer, Listed
from api.schemas.parameters import Minutes, Mode, Parameters


class WayChoice(Parameters):
    """How one travels, and how far at most."""

    mode: Mode = "walk"
    minutes: Minutes = 45


class HomesChoice(WayChoice):
    """How one travels, how far at most, and from what kind of home."""

    homes: Literal["postcode", "lsoa21"] = Field(
        "postcode", description="Homes: unit postcodes, or the middles of small areas"
    )


class TravelTime(Answer):
    """A way from a postcode to a school."""

    postcode: str = Field(description="Where it starts")
    urn: int = Field(description="Unique Reference Number of the school")
    name: str = Field(description="Name of the school")
    seconds: int = Field(description="How long it takes, seconds")
    metres: int | None = Field(description="How long it is, metres; null where not known")


class TravelTimes(Listed[TravelTime]):
    """Every school within a time of a postcode, the nearest first."""

    mode: travel.Mode = Field(description="How one travels")
    minutes: int = Field(description="The longest way, minutes")
    method: str = Field(description="How the times are come by")
