"""The record of forecasts as it is sent, and what may be asked of it."""

from enum import StrEnum

from pydantic import Field

from api.schemas.balances import PlacesPhase
from api.schemas.base import Answer, Paged
from api.schemas.parameters import LIMIT_MAX, Cursor, Parameters

AHEAD_MAX = 30


class Level(StrEnum):
    """What is forecast as a whole."""

    SCHOOL = "school"
    PLANNING_AREA = "planning_area"
    AUTHORITY = "authority"


class AccuracyFilter(Parameters):
    """Which forecasts to keep."""

    la_code: str | None = Field(
        None,
        pattern=r"^E\d{8}$",
        description="Keep one authority as a whole, by its GSS code; any that scorecards tell of",
    )
    level: Level | None = Field(
        None,
        description="Keep schools, planning areas or authorities; authorities where neither this "
        "nor a unit is given",
    )
    unit_code: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="Keep one unit: a URN, the code of a planning area or a GSS code",
    )
    phase: PlacesPhase | None = Field(
        None, description="Keep one sum: reception to year 6, or years 7 to 11"
    )
    made_by: str | None = Field(
        None,
        pattern=r"^[a-z0-9_]{1,30}$",
        description="Keep one maker: authority, chosen, or a method such as same or drift",
    )
    years_ahead: int | None = Field(
        None, ge=1, le=AHEAD_MAX, description="Keep forecasts that looked so many years ahead"
    )


class AccuracyAsked(AccuracyFilter):
    """The same, a page at a time."""

    limit: int = Field(200, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None


class RecordRow(Answer):
    """One forecast of earlier years and what came."""

    level: str = Field(description="What was forecast as a whole")
    unit_code: str = Field(description="URN, code of the planning area or GSS code")
    year_group: str = Field(description="Year group, or a sum such as primary or secondary")
    made_by: str = Field(
        description="authority: its own published one; chosen: what the atlas would have chosen; "
        "else the method that would have said so"
    )
    made_in: str = Field(description="School year in which it was, or would have been, made")
    academic_year: str = Field(description="School year told of")
    years_ahead: int = Field(description="Years from the one to the other")
    pupils_expected: float | None = Field(description="Pupils expected")
    pupils_came: float | None = Field(description="Pupils counted; null if not published")
    error_ratio: float | None = Field(
        description="(expected - came) / came, as the scorecards define it; null if not known"
    )
    is_hindcast: bool | None = Field(
        description="Worked out afterwards from what was known at the time"
    )
    source_id: str = Field(description="rolls by year group, or scorecards: totals alone")


class MethodAccuracy(Answer):
    """How far off a method would have been, over all units of a level."""

    level: str = Field(description="What is forecast as a whole")
    year_group: str = Field(description="Year group or sum")
    forecast_method: str = Field(description="Id of the method")
    years_ahead: int = Field(description="Years ahead")
    tried: int | None = Field(description="Forecasts compared with what came")
    error_pct: float | None = Field(description="Mean absolute error, % of the pupils who came")
    error_pupils: float | None = Field(description="Mean absolute error, pupils")
    signed_pct: float | None = Field(description="Mean error, %; above zero: too many expected")
    within_80_pct: float | None = Field(description="Outcomes within the 80 % range, %")
    within_95_pct: float | None = Field(description="Outcomes within the 95 % range, %")


class AuthorityVerdict(Answer):
    """An authority's newest error among those of all authorities, by the scorecards."""

    la_code: str = Field(description="GSS code of the authority")
    name: str = Field(description="Its name")
    phase: PlacesPhase = Field(description="Reception to year 6, or years 7 to 11")
    years_ahead: int = Field(description="Years ahead that the forecast looked")
    made_in: str = Field(description="School year in which it was made")
    academic_year: str = Field(description="School year told of")
    error_ratio: float = Field(description="(expected - came) / came")
    verdict: str | None = Field(
        description="most_accurate: in the quarter of authorities nearest to zero; "
        "least_accurate: in the quarter furthest from it; middle: between; null: too few to say"
    )
    authorities: int = Field(description="Authorities whose errors are compared")
    same_error_ratio: float | None = Field(description="Of last year's pupils again")
    drift_error_ratio: float | None = Field(description="Of last year's change once more")


class Accuracy(Paged[RecordRow]):
    """The record, in rows, sums, verdicts and words."""

    methods: list[MethodAccuracy] = Field(description="Over all units, by method")
    verdicts: list[AuthorityVerdict] = Field(
        description="Of the newest forecasts of each authority kept, by phase and years ahead"
    )
    sentences: list[str] = Field(description="The main facts in words")
