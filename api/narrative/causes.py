"""Why a forecast differs from the last one, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Final

from api.narrative.forecast import group_words
from api.narrative.words import listed

CAUSE_WORDS: Final[Mapping[str, str]] = {
    "births": "from births",
    "migration": "from pupils moving in or away",
    "transfer": "from changes of school",
    "housing": "from planned homes",
    "method": "from the method and settings",
    "data": "from corrected data",
}
"""In the order in which causes of like size are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of this forecast and of the last one, and what came between.

    Attributes:
        part: year group or sum.
        year: school year told of.
        before: pupils that the last forecast said.
        after: pupils that this one says.
        parts: more pupils by cause; they add up to the difference.
        compared_with: when the last forecast was taken into use, ISO 8601; empty: there is none,
            and it is worked out as it would have been made a year before.
    """

    part: str
    year: str
    before: float
    after: float
    parts: Mapping[str, float]
    compared_with: str


def difference_sentence(told: Difference) -> str:
    """Say how far a figure is from that of the last forecast, and why.

    The parts are rounded so that they add up to the difference of the two figures as printed.

    >>> difference_sentence(Difference("primary", "2029/30", 376.4, 412.3,
    ...     {"births": 39.6, "migration": -9.7, "housing": 6.0}, "2025-11-26T04:43:20Z"))
    'For 2029/30 this forecast says 412 pupils in reception to year 6, 36 more than the one of 26 \
November 2025: 40 more from births, 10 fewer from pupils moving in or away and 6 more from planned \
homes.'
    >>> difference_sentence(Difference("7", "2026/27", 30.2, 29.1, {"data": -1.1}, ""))
    'For 2026/27 this forecast says 29 pupils in year 7, 1 fewer than would have been expected a \
year before: 1 fewer from corrected data.'
    >>> difference_sentence(Difference("R", "2026/27", 30.2, 30.1, {"births": 4.0, "data": -4.1},
    ...     ""))
    'For 2026/27 this forecast says 30 pupils in reception, as many as would have been expected a \
year before: 4 more from births and 4 fewer from corrected data.'
    """
    before, after = round(told.before), round(told.after)
    parts = _adding_up(told.parts, after - before)
    order = sorted(
        (cause for cause in CAUSE_WORDS if parts.get(cause)), key=lambda cause: -abs(parts[cause])
    )
    why = listed([f"{_more(parts[cause])} {CAUSE_WORDS[cause]}" for cause in order])
    noun = "pupil" if after == 1 else "pupils"
    return (
        f"For {told.year} this forecast says {after:,} {noun} in {group_words(told.part)}, "
        f"{_than(after - before, told.compared_with)}{f': {why}' if why else ''}."
    )


def _more(pupils: int) -> str:
    return f"{abs(pupils):,} {'more' if pupils > 0 else 'fewer'}"


def _than(difference: int, compared_with: str) -> str:
    """Say how far off the last forecast is, and which one that is."""
    last = "would have been expected a year before"
    if compared_with:
        day = datetime.fromisoformat(compared_with)
        last = f"the one of {day.day} {day:%B %Y}"
    if difference == 0:
        return f"as many as {last}"
    return f"{_more(difference)} than {last}"


def _adding_up(parts: Mapping[str, float], whole: int) -> dict[str, int]:
    """Round parts so that they add up: those that lose most by rounding down go up first."""
    down = {cause: floor(value) for cause, value in parts.items()}
    short = whole - sum(down.values())
    first: Sequence[str] = sorted(parts, key=lambda cause: down[cause] - parts[cause])
    return {cause: down[cause] + (place < short) for place, cause in enumerate(first)}
