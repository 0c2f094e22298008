"""Postcodes, places, areas and their values as they are sent."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer, Bounds
from api.schemas.geojson import Geometry
from config.terms import AreaKind, Phase, SchoolStatus, Status


class PostcodeDetail(Answer):
    """One postcode and where it is."""

    postcode: str = Field(description="As Royal Mail spells it")
    lon: float = Field(description="Longitude, degrees, WGS 84")
    lat: float = Field(description="Latitude, degrees, WGS 84")
    quality: int | None = Field(description="Positional quality: 10 best, 60 worst")
    quality_words: str = Field(description="The same in words")
    la_code: str | None = Field(description="GSS code of the education authority")
    la_name: str | None = Field(description="Name of the education authority")
    ward25: str | None = Field(description="Electoral ward as of May 2025, GSS code")
    ward_name: str | None = Field(description="Name of the ward")
    lsoa21: str | None = Field(description="Lower layer super output area of 2021, GSS code")
    lsoa21_name: str | None = Field(description="Name of the area")
    is_outside: bool = Field(description="In the border around the authorities shown")
    is_covered: bool = Field(description="The street network reaches it: times can be given")
    sources: list[str] = Field(description="Ids of the sources")


class PlaceDetail(Answer):
    """A named settlement or street."""

    place_id: int = Field(description="Number in this build; another build may number anew")
    name: str = Field(description="Name")
    kind: str | None = Field(description="City, town, suburb, village, hamlet or street")
    near: str | None = Field(description="Settlement or ward it lies in")
    lon: float = Field(description="Longitude, degrees, WGS 84")
    lat: float = Field(description="Latitude, degrees, WGS 84")
    sources: list[str] = Field(description="Ids of the sources")


class Found(Answer):
    """One answer to a search."""

    kind: Literal["postcode", "school", "place", "area"] = Field(description="What it is")
    label: str = Field(description="Its name")
    detail: str = Field(description="What and where it is, to tell namesakes apart")
    lon: float | None = Field(description="Longitude, degrees, WGS 84")
    lat: float | None = Field(description="Latitude, degrees, WGS 84")
    id: str = Field(description="Postcode, URN, place_id or area_code, by kind")
    phase: Phase | None = Field(None, description="Phase, of a school")
    status: SchoolStatus | None = Field(None, description="Open, closed …, of a school")


class AreaSummary(Answer):
    """What a list says of an area."""

    area_code: str = Field(description="GSS code")
    kind: AreaKind = Field(description="Kind of area, with its vintage")
    name: str = Field(description="Name as its publisher writes it")
    parent_code: str | None = Field(description="GSS code of the authority it lies in")
    is_outside: bool = Field(description="In the border around the authorities shown")
    lon: float | None = Field(description="Longitude of a point inside, degrees")
    lat: float | None = Field(description="Latitude of a point inside, degrees")
    bbox: Bounds | None = Field(description="West, south, east, north; degrees, WGS 84")
    geometry: Geometry | None = Field(None, description="Outline, only when asked for")


class AreaValue(Answer):
    """One value of an area."""

    measure: str = Field(description="Id of the measure")
    title: str | None = Field(description="Title of the measure")
    topic: str | None = Field(description="Heading it is listed under")
    unit: str | None = Field(description="Unit of the value")
    decimals: int | None = Field(description="Decimals worth showing")
    value: float | None = Field(description="The value; null where missing")
    status: Status = Field(description="Whether the value is there, and if not why")
    period: str | None = Field(description="When it holds, in words")
    source_id: str | None = Field(description="Source; see /release")
    rank: int | None = Field(
        None, description="Place among the region's areas of this kind, the highest value first"
    )
    ranked: int | None = Field(None, description="How many areas were compared")


class AreaDetail(AreaSummary):
    """One area and its values."""

    values: list[AreaValue] = Field(description="Values, in reading order")
    sources: list[str] = Field(description="Ids of the sources")


class Measure(Answer):
    """One quantity that areas have values of."""

    measure: str = Field(description="Id")
    topic: str | None = Field(description="Heading it is listed under")
    title: str | None = Field(description="Title for readers")
    says: str | None = Field(description="What it means, in plain words")
    unit: str | None = Field(description="Unit of the values")
    decimals: int | None = Field(description="Decimals worth showing")
    period: str | None = Field(description="When it holds, in words")
    polarity: Literal["neutral", "more_is_better", "more_is_worse"] | None = Field(
        description="Whether more is simply more, or agreed to be better or worse"
    )
    source_id: str | None = Field(description="Source; see /release")
    release: str | None = Field(description="Which release of the source")
    method: str | None = Field(description="How it was come by")
    kinds: list[AreaKind] = Field(description="Kinds of area that have values of it")


class Classes(Answer):
    """How values are parted into classes to colour a map."""

    breaks: list[float] = Field(
        description="Bounds of the classes, ascending, ends included: six for five classes"
    )
    method: str = Field(description="How the bounds were chosen")


class MeasureValues(Answer):
    """Values of one measure for every area of one kind, one column a list."""

    measure: str = Field(description="Id of the measure")
    kind: AreaKind = Field(description="Kind of area")
    codes: list[str] = Field(description="GSS codes of the areas")
    values: list[float | None] = Field(description="Values; null where missing")
    status: list[Status] = Field(description="Whether each value is there, and if not why")
    is_outside: list[bool] = Field(description="Each area is in the border, not the region")
    classes: Classes | None = Field(description="Classes; null where there is nothing to part")
    sources: list[str] = Field(description="Ids of the sources")
