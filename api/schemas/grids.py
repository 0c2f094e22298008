"""What the header of a time grid says; the cells follow it. See ``docs/time-grid.md``."""

from pydantic import Field

from api.mode_names import JourneyMode
from api.schemas.base import Answer
from api.schemas.geojson import Position
from api.schemas.schools import Origin


class GridAbout(Answer):
    """What a time grid says besides where its cells lie."""

    mode: JourneyMode = Field(description="How one travels")
    origin: Origin = Field(description="Where the way starts; of a school, where it ends")
    corners: list[Position] = Field(
        description="Longitude and latitude of the outermost cells' outer corners: north west, "
        "north east, south east, south west"
    )
    lattice: list[list[Position]] = Field(
        description="Longitude and latitude of places evenly spread over the same rectangle, edges "
        "included: rows from the north, each from the west; between them the map may be taken for "
        "straight"
    )
    is_cut_by_coverage: bool = Field(
        description="More might be in reach than is shown: the street map ends there"
    )
    cut_after_minutes: float | None = Field(
        description="Minutes to where the street map ends: with a limit beyond that, more might be "
        "in reach than is shown; null where the search does not come there"
    )
    method: str = Field(description="How the times were come by")
    sources: list[str] = Field(description="Ids of the sources")
