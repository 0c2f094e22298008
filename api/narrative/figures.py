"""What figures are called when there are none, and what they say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.narrative.words import listed
from config.terms import Status

WHY_MISSING: Final[dict[Status, str]] = {
    Status.SUPPRESSED: "not published: so few pupils that one might be recognised",
    Status.NOT_APPLICABLE: "does not apply to this school",
    Status.UNAVAILABLE: "not published",
}
ALL_OFFERED: Final = "everyone who applied was offered a place"
TIGHT: Final = {"%": "{}%", "£": "£{}", "m": "{} m", "km": "{} km", "miles": "{} miles"}
"""How a figure is written with a unit that stands at it; other units stand in the title."""

HOW: Final[dict[Status, str]] = {Status.ESTIMATED: " (estimated)", Status.FORECAST: " (forecast)"}


def value_words(
    value: float | None, status: Status, *, unit: str | None, decimals: int, measure: str
) -> str:
    """Write a value ready to show, or why there is none.

    >>> value_words(46.66, Status.MEASURED, unit="points", decimals=1, measure="ks4_attainment8")
    '46.7'
    >>> value_words(None, Status.SUPPRESSED, unit="%", decimals=1, measure="absence_overall_pct")
    'not published: so few pupils that one might be recognised'
    >>> value_words(None, Status.NOT_APPLICABLE, unit="m", decimals=0, measure="offer_distance_R")
    'everyone who applied was offered a place'
    """
    if value is None:
        if status is Status.NOT_APPLICABLE and measure.startswith("offer_distance"):
            return ALL_OFFERED
        return WHY_MISSING.get(status, WHY_MISSING[Status.UNAVAILABLE])
    number = f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")
    return TIGHT.get(unit or "", "{}").format(number) + HOW.get(status, "")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and what stands beside it, already in words.

    Attributes:
        title: of the measure.
        period: when the figure holds.
        words: the figure, or why there is none.
        is_missing: there is none.
        beside: whose figure, and the figure in words.
    """

    title: str
    period: str
    words: str
    is_missing: bool
    beside: Sequence[tuple[str, str]]


def figure_sentence(told: Told) -> str:
    """Say one figure and what to hold it against.

    >>> figure_sentence(Told("Attainment 8 score", "2018/19", "46.7", False,
    ...     [("Leeds", "45.1"), ("England", "46.5")]))
    'Attainment 8 score in 2018/19: 46.7. Leeds: 45.1; England: 46.5.'
    >>> figure_sentence(Told("Progress 8 score", "2024/25", "not published", True, []))
    'Progress 8 score in 2024/25: not published.'
    """
    said = f"{told.title} in {told.period}: {told.words}."
    if told.is_missing or not told.beside:
        return said
    return f"{said} {'; '.join(f'{name}: {words}' for name, words in told.beside)}."


REPORT_CARD: Final = "report_card"


def inspection_sentences(rows: Sequence[Mapping[str, Any]], day: str | None) -> list[str]:
    """Say what the newest inspection found; older grades are dated and never averaged.

    Args:
        rows: of the newest inspection: ``area``, ``grade``, ``framework``, ``is_superseded``.
        day: when it was, in words.

    >>> inspection_sentences([{"area": "Inclusion", "grade": "Strong standard",
    ...     "framework": "report_card", "is_superseded": False},
    ...     {"area": "Attendance", "grade": "Expected standard", "framework": "report_card",
    ...     "is_superseded": False}], "3 December 2025")
    ['Inspected on 3 December 2025. The report card has strong standard for inclusion; expected \
standard for attendance.']
    >>> inspection_sentences([{"area": "Overall effectiveness", "grade": "Good",
    ...     "framework": "older", "is_superseded": True}], "4 May 2017")
    ['Inspected on 4 May 2017 under an earlier framework: overall effectiveness, good. This kind \
of grade is no longer given.']
    """
    graded = [row for row in rows if row["grade"]]
    if not graded:
        return []
    when = f"on {day}" if day else "on a day that is not stated"
    if graded[0]["framework"] == REPORT_CARD:
        by_grade: dict[str, list[str]] = {}
        for row in graded:
            by_grade.setdefault(row["grade"].lower(), []).append(row["area"].lower())
        told = "; ".join(f"{grade} for {listed(areas)}" for grade, areas in by_grade.items())
        return [f"Inspected {when}. The report card has {told}."]
    told = "; ".join(f"{row['area'].lower()}, {row['grade'].lower()}" for row in graded)
    return [
        f"Inspected {when} under an earlier framework: {told}. "
        "This kind of grade is no longer given."
    ]
