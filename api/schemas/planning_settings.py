"""Answers about what forecasts assume."""

from pydantic import Field

from api.schemas.base import Answer
from api.schemas.parameters import LIMIT_MAX, Cursor, Parameters


class Assumed(Answer):
    """An assumption of a forecast."""

    assumption: str = Field(description="Its id")
    holds_for: str = Field(
        description="The unit it holds for, such as school:100001; all: everywhere"
    )
    set_on: str = Field(description="Since when it is assumed")
    value: float | None = Field(description="The value, in its unit; null if it is a word")
    word: str | None = Field(description="The value, if it is a word, such as a method")
    unit: str | None = Field(description="Unit of the value")
    says: str | None = Field(description="What it means")
    set_by: str | None = Field(description="Who set it: a role or a team")
    why: str | None = Field(description="Why, or where it comes from")
    is_default: bool | None = Field(description="The atlas's own, not a planner's")
    is_in_use: bool | None = Field(description="No later one has taken its place")


class AssumptionFilter(Parameters):
    """Which assumptions to keep."""

    holds_for: str | None = Field(
        None,
        max_length=100,
        description="Keep what holds for this unit only, such as school:100001, or all",
    )
    in_use: bool | None = Field(
        None, description="true for what is in use, false for what is not; leave it out for both"
    )


class AssumptionPage(AssumptionFilter):
    """Which part of the log of assumptions to send."""

    limit: int = Field(100, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None
