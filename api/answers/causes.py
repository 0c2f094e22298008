"""Why a forecast differs from the last one, put together for an answer."""

from collections.abc import Sequence

from api.answers.telling import Row
from api.build import Build
from api.narrative.causes import Difference, difference_sentence
from api.queries import vintages
from api.schemas.forecasts import PlannedPhase
from api.schemas.vintages import CausePage, ForecastCause, ForecastCauses


def causes_of(build: Build, asked: CausePage) -> ForecastCauses:
    """Put together a page of causes; in words too, where one unit is asked for."""
    kept = asked.kept()
    page = vintages.cause_page(build.engine, kept=kept, limit=asked.limit, cursor=asked.cursor)
    own = vintages.causes(build.engine, kept=kept) if asked.unit_code is not None else []
    return ForecastCauses(
        items=[ForecastCause(**row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=[],
        sentences=difference_sentences(own, list(PlannedPhase)),
    )


def difference_sentences(rows: Sequence[Row], phases: Sequence[str]) -> list[str]:
    """Say how far the last year told of is from the last forecast, phase by phase, and why.

    Args:
        rows: of ``forecast_change``, of one unit.
        phases: to be told of, in order.
    """
    found = []
    for phase in phases:
        own = [row for row in rows if row["phase"] == phase]
        last = max((row["academic_year"] for row in own), default="")
        told = [row for row in own if row["academic_year"] == last]
        if told and all(row["pupils_change"] is not None for row in told):
            found.append(
                difference_sentence(
                    Difference(
                        phase,
                        last,
                        told[0]["pupils_before"],
                        told[0]["pupils_after"],
                        {row["cause"]: row["pupils_change"] for row in told},
                        told[0]["compared_with"] or "",
                    )
                )
            )
    return found
