"""Who goes where, and how likely an offer is, as it is sent."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer, Listed, SourceIds, ValueStatus
from api.schemas.geojson import Geometry
from api.schemas.parameters import ENGLAND, Parameters

Phase = Literal["primary", "secondary"]


class ChoiceAccuracy(Answer):
    """How well one method tells where children go, in areas left out of its fit."""

    phase: Phase = Field(description="Which part of schooling")
    choice_method: str = Field(
        description="fitted to the region's counts, default, or what is simpler: nearest school, "
        "gravity on the straight line, last_year, the published years alone; drawn_and_published "
        "is what chances are made from. left_out: offers modelled for schools whose block of land "
        "was left out of the fit and of which no last distance was known; left_out_unasked: nor "
        "how often they were named; left_out_and_published: with a school's own earlier years; "
        "neighbours: the schools around; circle: one with as many children as places. In judging "
        "offers, fitted and default have seen all that is known, the newest last distances too"
    )
    judged_by: str = Field(
        description="share_right_pct: pupils put in the right school; srmse; cut_off_error_m and "
        "cut_off_median_m: how far the last distance drawn is from the one published, mean and "
        "median; cut_off_signed_m: mean, above zero if said too far; cut_offs: schools that those "
        "rest on; cut_off_factor_80: by which four in five were at most off; full_right_pct and "
        "full_schools: schools rightly said to be full or not, %, and of how many; sure_right_pct: "
        "of offers said to be 90 % or more, or 10 % or less likely, those that came as said, %; "
        "offer_brier: mean square between chance and offer, 0 is best, 0.25 is one half said of "
        "everything; offer_drawn_worth: how many published years all drawn ones count as in "
        "chances, the one of a few with the lowest offer_brier"
    )
    value: float | None = Field(description="As judged")
    cohort: float | None = Field(description="Pupils judged on, where they are counted")


class Modelled(Answer):
    """What a small area and a school have to do with each other, as modelled and as counted."""

    phase: Phase = Field(description="Which part of schooling")
    share_pct: float = Field(description="Modelled: share of the area's pupils who go there, %")
    pupils_expected: float | None = Field(
        description="Modelled: pupils of the area at the school; null where nobody knows how many "
        "children live there"
    )
    pupils_counted: float | None = Field(description="Observed: pupils counted, where published")
    pupils_counted_status: ValueStatus = Field(description="Why pupils_counted is there or missing")
    minutes: float | None = Field(description="Journey that the model took, minutes")
    journey_basis: str | None = Field(description="network, or straight_line where none covers it")
    basis: str = Field(description="fitted to the region's own counts, or default: to others'")


class CatchmentArea(Modelled):
    """A small area whose children are expected at a school."""

    area_code: str = Field(description="Small area of 2021, GSS code")
    area_name: str | None = Field(description="Its name")
    of_school_pct: float | None = Field(
        description="Modelled: share of the school's pupils who come from here, %"
    )


class Catchment(Listed[CatchmentArea]):
    """The modelled catchment of a school, beside the observed one where pupils are counted."""

    urn: int = Field(description="Unique Reference Number of the school")
    sentence: str = Field(description="What the figures say, in words")
    accuracy: list[ChoiceAccuracy] = Field(description="How well the model tells where pupils go")
    method: str = Field(description="How it was come by, and what it is not")


class CatchmentFeature(Answer):
    """A small area with its outline."""

    type: Literal["Feature"] = Field("Feature", description="Always Feature")
    id: str = Field(description="Code of the small area, with the phase")
    properties: CatchmentArea = Field(description="What the area and the school have to do")
    geometry: Geometry | None = Field(description="Outline; null where it is not loaded")


class CatchmentMap(Answer):
    """The modelled catchment of a school as a map."""

    type: Literal["FeatureCollection"] = Field(
        "FeatureCollection", description="Always FeatureCollection"
    )
    features: list[CatchmentFeature] = Field(description="Small areas, most pupils first")
    sources: SourceIds


class Destination(Modelled):
    """A school that an area's children are expected at."""

    urn: int = Field(description="Unique Reference Number of the school")
    school_name: str | None = Field(description="Its name")
    chance_pct: float | None = Field(
        description="Chance of an offer for a child who lives in the middle of the area, without "
        "other priority, %; null where no year tells"
    )


class Destinations(Listed[Destination]):
    """The schools that an area's children are expected at."""

    area_code: str = Field(description="Small area of 2021, GSS code")
    area_name: str = Field(description="Its name")
    sentence: str = Field(description="What the figures say, in words")
    accuracy: list[ChoiceAccuracy] = Field(description="How well the model tells where pupils go")
    method: str = Field(description="How it was come by, and what it is not")


class ChancePoint(Parameters):
    """Where a child lives: a postcode, or a point."""

    postcode: str | None = Field(
        None, max_length=20, description="A whole postcode; or else lon and lat"
    )
    lon: float | None = Field(
        None,
        ge=ENGLAND[0],
        le=ENGLAND[2],
        allow_inf_nan=False,
        description="Longitude of the home, degrees, WGS 84",
    )
    lat: float | None = Field(
        None,
        ge=ENGLAND[1],
        le=ENGLAND[3],
        allow_inf_nan=False,
        description="Latitude of the home, degrees, WGS 84",
    )


class PublishedOffer(Answer):
    """How far a school's places went in one year, as its authority published it."""

    academic_year: str = Field(description="School year of entry")
    outcome: str = Field(description="distance: the last place went by distance; all: who asked")
    metres: float | None = Field(description="Distance of the last child offered a place by it")
    words: str = Field(description="The same, in words")


class OfferChance(Answer):
    """The chance of an offer for entry into one year group."""

    year_group: str = Field(description="Year group entered")
    metres: float = Field(description="Distance from home to school, as it was measured here")
    distance_method: str = Field(description="How the school measures distance")
    is_straight_instead: bool = Field(
        description="The school measures along the way walked, and the straight line stands in"
    )
    lives: str = Field(description="inside or outside the school's area of priority; or anywhere")
    chance_pct: float | None = Field(
        description="Chance of an offer without any other priority, %; null where no year tells"
    )
    drawn_years: int = Field(description="Modelled years that tell")
    drawn_offered: int = Field(description="Modelled years in which an offer would have been made")
    published_years: int = Field(description="Published years that tell")
    published_offered: int = Field(
        description="Published years in which an offer would have been made"
    )
    drawn_low_m: float | None = Field(
        description="In one of ten modelled years that end at a distance, the last child lived "
        "nearer"
    )
    drawn_median_m: float | None = Field(description="In half of those, nearer than this")
    drawn_high_m: float | None = Field(description="In nine of ten of those, nearer than this")
    likely_low_m: float | None = Field(
        description="Lower end of where the last child is likely to live, four times in five, by "
        "how far off the model was at schools left out of its fit; null where too few tell"
    )
    likely_high_m: float | None = Field(description="Upper end of the same")
    published: list[PublishedOffer] = Field(description="Published years, the newest first")
    basis: str | None = Field(description="fitted or default: what modelled years were drawn with")
    sentence: str = Field(description="What the figures say, in words")


class OfferChances(Answer):
    """How likely an offer of a place is for a child who lives at a place."""

    urn: int = Field(description="Unique Reference Number of the school")
    name: str = Field(description="Name of the school")
    origin: str = Field(description="Where the child lives")
    sentence: str = Field(description="What the figures say, in words")
    entries: list[OfferChance] = Field(description="By year group entered")
    not_known: list[str] = Field(description="What this does not know, and what may decide")
    accuracy: list[ChoiceAccuracy] = Field(description="How far off modelled offers are")
    accuracy_words: str = Field(description="The same, in words")
    method: str = Field(description="How it was come by, and what it is not")
    sources: SourceIds
