"""Forecasts as they are sent, and what may be asked of them."""

from enum import StrEnum
from typing import Final

from pydantic import Field

from api.schemas.base import Answer, SourceIds, ValueStatus
from api.schemas.geojson import Geometry
from api.schemas.parameters import LIMIT_MAX, Cursor, Parameters

GROUPS: Final = ("R", *map(str, range(1, 15)))


class PlannedPhase(StrEnum):
    """Parts of schooling that places are planned for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SIXTH_FORM = "sixth_form"


class SexAsked(StrEnum):
    """Girls, boys or both together."""

    GIRLS = "F"
    BOYS = "M"
    BOTH = "all"


class ForecastMethod(StrEnum):
    """Methods that forecasts choose among."""

    SAME = "same"
    DRIFT = "drift"
    COHORT_321 = "cohort_321"
    COHORT_POOLED = "cohort_pooled"
    POPULATION = "population"


class ForecastAsked(Parameters):
    """Which part of a forecast to send."""

    method: ForecastMethod | None = Field(
        None, description="What this method says; else what the methods chosen say, with ranges"
    )
    sex: SexAsked = Field(SexAsked.BOTH, description="Girls, boys, or both together")
    phase: PlannedPhase | None = Field(
        None, description="Keep one part of schooling: its year groups and their sum"
    )
    year_group: str | None = Field(
        None,
        pattern=r"^(R|[1-9]|1[0-4]|primary|secondary|sixth_form|all)$",
        description="Keep one year group, or one sum: primary (R to 6), secondary (7 to 11), "
        "sixth_form or all",
        examples=["R", "primary"],
    )


class PlanningAreasAsked(Parameters):
    """Which planning areas to list."""

    phase: PlannedPhase | None = Field(None, description="Keep areas of one part of schooling")
    la_code: str | None = Field(
        None, pattern=r"^E\d{8}$", description="Keep areas of one authority, by its GSS code"
    )
    geometry: bool = Field(False, description="With outlines")
    limit: int = Field(100, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None


class PlanningAreaRow(Answer):
    """One planning area, for one part of schooling."""

    planning_area: str = Field(description="Code of the planning area")
    phase: PlannedPhase = Field(description="Which places are planned by it")
    name: str = Field(description="Its name, or its code where it has none")
    la_code: str | None = Field(description="GSS code of its authority")
    schools: int = Field(description="Schools in it", ge=0)
    basis: str | None = Field(
        description="stated: by its authority; reconstructed: from where schools are; null: no "
        "school in it is known"
    )
    outline_basis: str | None = Field(
        description="published: by its authority; reconstructed: small areas nearest to its "
        "schools; null: no outline"
    )
    version: str | None = Field(
        description="Of a reconstruction: digest of what it was made from; null: published"
    )
    geometry: Geometry | None = Field(None, description="Its outline, if asked for")


class ForecastRow(Answer):
    """Pupils expected in one school year and year group, or sum of them."""

    academic_year: str = Field(description="School year told of, such as 2029/30")
    year_group: str = Field(
        description="Year group; primary (R to 6), secondary (7 to 11), sixth_form or all: added up"
    )
    sex: str = Field(description="F, M, or all: both together")
    forecast_method: str = Field(description="Id of the method; the page of methods explains each")
    pupils_expected: float = Field(description="Pupils expected")
    low_80: float | None = Field(description="Four of five outcomes are expected above this …")
    high_80: float | None = Field(description="… and below this; null without a record of errors")
    low_95: float | None = Field(description="Lower end of the 95 % range")
    high_95: float | None = Field(description="Upper end of the 95 % range")
    is_chosen: bool = Field(description="By the method that this unit's forecast uses")
    made_in: str = Field(description="School year of the last roll known when it was made")
    status: ValueStatus = Field(description="forecast: nobody has counted these pupils yet")


class RollPoint(Answer):
    """Pupils counted in one school year and year group, or sum of them."""

    academic_year: str = Field(description="School year of the count")
    year_group: str = Field(description="Year group or sum")
    sex: str = Field(description="F, M, or all: both together")
    pupils_counted: float | None = Field(description="Pupils counted; null if not known")
    status: ValueStatus = Field(description="Whether the count is there, and if not why")


class MethodTried(Answer):
    """How one method would have done in earlier years, for this unit and phase."""

    forecast_method: str = Field(description="Id of the method")
    title: str = Field(description="The method in words")
    error_pupils: float | None = Field(description="Pupils it would have been off by, on average")
    error_pct: float | None = Field(description="The same as a share of the pupils who came, in %")
    signed_pct: float | None = Field(description="Mean error in %; above zero: too many expected")
    tried: int | None = Field(description="Forecasts compared with what came")
    is_chosen: bool = Field(description="The one that the forecast uses")
    is_pinned: bool = Field(description="Because a planner said so")
    intake_basis: str | None = Field(
        description="Level that intakes come from: small_area, planning_area, authority, or recent "
        "where they are averages of the last ones; null where the method knows no intakes"
    )


class PhaseMethods(Answer):
    """The method chosen for a phase, the runners-up and their errors, the best first."""

    phase: PlannedPhase = Field(description="Part of schooling")
    forecast_method: str | None = Field(description="Id of the method chosen")
    why: str = Field(description="Why this one, in a sentence")
    tried: list[MethodTried] = Field(description="Every method tried, the smallest error first")


class MakerRecord(Answer):
    """How far off a maker of forecasts has been, for this unit."""

    made_by: str = Field(
        description="authority: as it published them itself; chosen: as the atlas would have made "
        "them; else the method that would have said so"
    )
    phase: PlannedPhase = Field(description="Sum that is compared")
    years_ahead: int = Field(description="Years from the last roll known to the year told of")
    tried: int = Field(description="Forecasts compared with what came")
    error_pct: float = Field(description="Mean of the errors' sizes as shares of who came, in %")
    signed_pct: float = Field(description="Mean error in %; above zero: too many expected")


class AssumptionRow(Answer):
    """One assumption that the forecast rests on."""

    assumption: str = Field(description="Its id")
    holds_for: str = Field(description="Level and code of the unit it holds for, or all")
    says: str | None = Field(description="What it means")
    value: float | None = Field(description="Its value, in its unit; null if it is a word")
    word: str | None = Field(description="Its value, if it is a word")
    unit: str | None = Field(description="Unit of the value")
    set_by: str | None = Field(description="Who set it: a role or a team")
    set_on: str | None = Field(description="Since when it is assumed")
    why: str | None = Field(description="Why, or where it comes from")


class BorderRow(Answer):
    """Pupils who live in one authority and go to school in another."""

    phase: PlannedPhase = Field(description="Part of schooling")
    academic_year: str = Field(description="School year of the count")
    pupils_at_home: float | None = Field(
        description="Residents at schools of the authority; null for a school"
    )
    pupils_leave: float | None = Field(
        description="Residents at schools of other authorities, or that are not forecast, such as "
        "special ones; null for a school"
    )
    pupils_come_in: float = Field(description="Pupils who live in another authority")


class DisplacedRow(Answer):
    """Pupils whom limits on intakes move, in one school year and year group."""

    academic_year: str = Field(description="School year ahead")
    year_group: str = Field(description="Year group")
    pupils_turned_away: float | None = Field(
        description="Pupils who would have entered its schools, were these not full"
    )
    pupils_taken_in: float | None = Field(
        description="Pupils who enter its schools since others are full"
    )
    pupils_unplaced: float | None = Field(
        description="Pupils who would be in the year group and whom no school has room for: in the "
        "authority's forecast, and in no planning area's or school's; null but of an authority"
    )


class CohortRow(Answer):
    """Children of the authority who reach the age of reception in a year."""

    academic_year: str = Field(description="School year in which they would enter reception")
    children: float = Field(description="How many there are expected to be")
    basis: str = Field(
        description="births; residents, counted since birth; projected: the authority's projection "
        "carries the last births on; or last_births: as many as the year before"
    )


class Forecast(Answer):
    """How many pupils are expected, with ranges, and why the atlas thinks so."""

    level: str = Field(description="school, planning_area or authority")
    unit_code: str = Field(description="URN, code of the planning area or GSS code")
    name: str = Field(description="Its name")
    made_in: str | None = Field(description="School year of the last roll known; null: no forecast")
    sentences: list[str] = Field(description="The forecast in words")
    items: list[ForecastRow] = Field(description="What is expected, by year and year group")
    history: list[RollPoint] = Field(description="The rolls it starts from, oldest first")
    methods: list[PhaseMethods] = Field(description="How it is made, by phase, and why so")
    record: list[MakerRecord] = Field(
        description="Errors in earlier years, by maker and years ahead, the authority's own beside"
    )
    cohorts: list[CohortRow] = Field(
        description="Children of the authority that receptions of the years ahead come from"
    )
    borders: list[BorderRow] = Field(
        description="Who crosses the border between home and school, counted and kept as it is"
    )
    displaced: list[DisplacedRow] = Field(
        description="Whom limits that a planner has set send elsewhere, or leave without a place"
    )
    assumptions: list[AssumptionRow] = Field(description="What is assumed here, by whom and why")
    sources: SourceIds
