"""RFC 7946 GeoJSON."""

from typing import Any, Literal

from pydantic import Field

from api.mode_names import JourneyMode
from api.schemas.base import Answer
from api.schemas.schools import Origin

Position = list[float]


class Geometry(Answer):
    """A geometry; rings run anticlockwise outside, clockwise round holes."""

    type: Literal["Point", "Polygon", "MultiPolygon"] = Field(description="Kind of geometry")
    coordinates: list[Any] = Field(description="Longitude and latitude, WGS 84, nested by kind")


class BandProperties(Answer):
    """What one band is."""

    minutes: int = Field(description="Everywhere inside is reached within this time")
    mode: JourneyMode = Field(description="How one travels")


class BandFeature(Answer):
    """One band."""

    type: Literal["Feature"] = Field("Feature", description="Always Feature")
    properties: BandProperties = Field(description="What the band is")
    geometry: Geometry = Field(description="The area, longitude and latitude to five decimals")


class Isochrones(Answer):
    """Bands of time around a place, the widest first so that all can be seen."""

    type: Literal["FeatureCollection"] = Field(
        "FeatureCollection", description="Always FeatureCollection"
    )
    features: list[BandFeature] = Field(description="Bands, the widest first; each holds the next")
    origin: Origin = Field(description="Where the way starts; of a school, where it ends")
    is_cut_by_coverage: bool = Field(
        description="The widest band ends where the street map ends, not where the time does"
    )
    method: str = Field(description="How the bands were come by")
    sources: list[str] = Field(description="Ids of the sources")


class CoverageProperties(Answer):
    """How much is covered."""

    covered_pct: float | None = Field(description="Share of the authorities' postcodes, %")


class Coverage(Answer):
    """Where travel times can be given."""

    type: Literal["Feature"] = Field("Feature", description="Always Feature")
    properties: CoverageProperties = Field(description="How much is covered")
    geometry: Geometry | None = Field(description="The area; null where there are no streets")
