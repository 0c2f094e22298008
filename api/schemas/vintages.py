"""Answers about forecasts that were in use."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer, Paged
from api.schemas.forecasts import PlannedPhase
from api.schemas.parameters import LIMIT_MAX, Cursor, Parameters


class Vintage(Answer):
    """A forecast that was in use."""

    vintage: str = Field(description="When its build was made: ISO 8601, UTC")
    made_in: str | None = Field(description="School year of the last roll it was made from")
    digest: str | None = Field(description="Of all that it was made from")
    says: str | None = Field(description="What was new about it")


class ForecastCause(Answer):
    """One cause why a figure of this forecast differs from that of the last one."""

    level: str = Field(description="school, planning_area or authority")
    unit_code: str = Field(description="URN, code of the planning area or GSS code")
    phase: str = Field(description="primary, secondary or sixth_form")
    academic_year: str = Field(description="School year told of")
    cause: str = Field(description="method, data, migration, transfer, births or housing")
    pupils_change: float | None = Field(description="More pupils than the last one said")
    pupils_before: float | None = Field(description="What the last forecast said")
    pupils_after: float | None = Field(description="What this one says")
    compared_with: str | None = Field(
        description="The last vintage; empty: as it would have been made a year before"
    )


class ForecastCauses(Paged[ForecastCause]):
    """Causes in rows, and in words where one unit is asked for."""

    sentences: list[str] = Field(
        description="Of one unit, how far the last year told of is from the last forecast, and why"
    )


class CausesKept(Parameters):
    """Which units and phases to keep."""

    level: Literal["school", "planning_area", "authority"] | None = Field(
        None, description="Keep units of this level only"
    )
    unit_code: str | None = Field(
        None,
        max_length=100,
        description="Keep this unit only: URN, code of the planning area or GSS code",
    )
    phase: PlannedPhase | None = Field(None, description="Keep one part of schooling only")

    def kept(self) -> dict[str, str]:
        """Return what is asked of each column."""
        asked = {
            "level": self.level,
            "unit_code": self.unit_code,
            "phase": self.phase,
        }
        return {name: str(value) for name, value in asked.items() if value is not None}


class CausePage(CausesKept):
    """Which part of the causes to send."""

    limit: int = Field(120, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None
