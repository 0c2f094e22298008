"""What the header of a time grid says; the cells follow it. See ``docs/time-grid.md``."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer
from api.schemas.geojson import Position
from api.schemas.schools import Origin


class GridAbout(Answer):
    """What a time grid says besides where its cells lie."""

    mode: Literal["walk"] = Field(description="How one travels")
    origin: Origin = Field(description="Where the way starts")
    corners: list[Position] = Field(
        description="Longitude and latitude of the outermost cells' outer corners: north west, "
        "north east, south east, south west"
    )
    is_cut_by_coverage: bool = Field(
        description="More might be in reach than is shown: the street map ends there"
    )
    method: str = Field(description="How the times were come by")
    sources: list[str] = Field(description="Ids of the sources")
