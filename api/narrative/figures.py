"""What figures are called when there are none, and what they say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from config.terms import Status

WHY_MISSING: Final[dict[Status, str]] = {
    Status.SUPPRESSED: "not published: so few pupils that one might be recognised",
    Status.NOT_APPLICABLE: "does not apply",
    Status.UNAVAILABLE: "not published",
}
ALL_OFFERED: Final = "everyone who applied was offered a place"
TIGHT: Final = {"%": "{}%", "£": "£{}", "m": "{} m", "km": "{} km", "miles": "{} miles"}
"""How a figure is written with a unit that stands at it; other units stand in the title."""

HOW: Final[dict[Status, str]] = {Status.ESTIMATED: " (estimated)", Status.FORECAST: " (forecast)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a value's words depend on beside the value.

    Attributes:
        measure: id of its measure.
        unit: its unit.
        decimals: decimals worth showing.
        period: when it holds.
        note: when the measure is not given, and why.
    """

    measure: str
    unit: str | None = None
    decimals: int = 0
    period: str = ""
    note: str | None = None


def value_words(value: float | None, status: Status, about: About) -> str:
    """Write a value ready to show, or why there is none.

    >>> value_words(46.66, Status.MEASURED, About(measure="ks4_attainment8", decimals=1))
    '46.7'
    >>> value_words(None, Status.SUPPRESSED, About(measure="absence_overall_pct", unit="%"))
    'not published: so few pupils that one might be recognised'
    >>> value_words(None, Status.NOT_APPLICABLE, About(measure="offer_distance_R", unit="m"))
    'everyone who applied was offered a place'
    >>> value_words(None, Status.NOT_APPLICABLE, About(measure="ks4_progress8", period="2024/25",
    ...     note="Not calculated for 2024/25: the tests did not take place."))
    'not calculated for 2024/25'
    """
    if value is None:
        if status is Status.NOT_APPLICABLE and about.measure.startswith("offer_distance"):
            return ALL_OFFERED
        if about.note and about.period and about.period in about.note:
            return f"not calculated for {about.period}"
        return WHY_MISSING.get(status, WHY_MISSING[Status.UNAVAILABLE])
    number = f"{value:,.{about.decimals}f}".replace("-", "\N{MINUS SIGN}")
    return TIGHT.get(about.unit or "", "{}").format(number) + HOW.get(status, "")


def followed_words(name: str, period: str) -> str:
    """Say that the newest figures are those of the school that came before.

    >>> followed_words("Old Hill School", "2018/19")
    'The latest figures, of 2018/19, are those of Old Hill School, which came before this school.'
    """
    return f"The latest figures, of {period}, are those of {name}, which came before this school."


def nothing_told(*, has_series: bool, is_independent: bool) -> str:
    """Say why there are no figures under a heading that a reader looks for.

    >>> nothing_told(has_series=False, is_independent=False)
    'This atlas holds no published series of this kind.'
    """
    if not has_series:
        return "This atlas holds no published series of this kind."
    if is_independent:
        return "Nothing is published of this school; independent schools need not take part."
    return "The published series that this atlas holds have no figures of this school."


REPORT_CARD: Final = "report_card"
UNGRADED: Final = "ungraded"


def inspection_sentences(rows: Sequence[Mapping[str, Any]], day: str | None) -> list[str]:
    """Say when the newest inspection was and how to read its grades, which stand beside it.

    Args:
        rows: of the newest inspection: ``grade`` and ``framework``.
        day: when it was, in words.

    >>> inspection_sentences([{"grade": "Strong standard", "framework": "report_card"}],
    ...     "3 December 2025")
    ['Last inspected on 3 December 2025, with a report card: a grade for each area, none for all.']
    >>> inspection_sentences([{"grade": "Good", "framework": "older"}], "4 May 2017")
    ['Last inspected on 4 May 2017, under a framework whose kind of grade is no longer given. It \
says what was found then.']
    """
    if not rows:
        return []
    when = f"on {day}" if day else "on a day that is not stated"
    framework = rows[0]["framework"]
    if framework == REPORT_CARD:
        return [f"Last inspected {when}, with a report card: a grade for each area, none for all."]
    if framework == UNGRADED:
        return [f"Last inspected {when}, in a visit that gives no new grades."]
    return [
        f"Last inspected {when}, under a framework whose kind of grade is no longer given. "
        "It says what was found then."
    ]
