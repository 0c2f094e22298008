"""Limits on intakes, put together for an answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from api.answers.telling import Row
from api.narrative import limits as says
from api.schemas.forecasts import GROUPS

ENDS: Final = {"primary": 7, "secondary": 12, "sixth_form": len(GROUPS)}
LEAST: Final = 0.5
"""Less than half a pupil is nobody."""


def limit_sentences(moved: Sequence[Row]) -> list[str]:
    """Say whom limits move in a unit, and who finds no place.

    Args:
        moved: rows of ``forecast_displaced`` of the unit.
    """
    displaced = _displaced_sentence(moved)
    return [*([displaced] if displaced else []), *unplaced_sentences(moved)]


def _displaced_sentence(rows: Sequence[Row]) -> str | None:
    """Say whom limits move most of all in a unit."""
    moved = [row for row in rows if max(_moved(row)) >= LEAST]
    if not moved:
        return None
    most = max(moved, key=lambda row: max(_moved(row)))
    told = (most["level"], most["academic_year"], most["year_group"])
    return says.displaced_sentence(says.Displaced(*told, *_moved(most)))


def unplaced_sentences(
    rows: Iterable[Row], *, year: str | None = None, phases: Iterable[str] = tuple(ENDS)
) -> list[str]:
    """Say, by phase, how many pupils find no place in the year in which most do, or in one year.

    Args:
        rows: of ``forecast_displaced``, of authorities.
        year: school year; every one is looked at where it is left out.
        phases: to be told of.
    """
    pupils: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        if year is None or row["academic_year"] == year:
            pupils[_phase(row["year_group"])][row["academic_year"]] += row["pupils_unplaced"] or 0.0
    found = []
    for phase in phases:
        worst, most = max(pupils[phase].items(), key=lambda item: item[1], default=("", 0.0))
        if most >= LEAST:
            found.append(says.unplaced_sentence(phase, worst, most))
    return found


def _moved(row: Row) -> tuple[float, float]:
    return row["pupils_turned_away"] or 0.0, row["pupils_taken_in"] or 0.0


def _phase(year_group: str) -> str:
    place = GROUPS.index(year_group)
    return next(phase for phase, end in ENDS.items() if place < end)
