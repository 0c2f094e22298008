"""A forecast in words: what is expected, by which method, and who has done better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.narrative.words import listed
from config.plurals import counted

METHOD_WORDS: Final[Mapping[str, str]] = {
    "same": "the same as last year",
    "drift": "last year's change repeated",
    "cohort_321": "3:2:1 cohort survival",
    "cohort_pooled": "pooled cohort survival",
    "population": "births and cohort survival",
}
GROUP_WORDS: Final[Mapping[str, str]] = {
    "primary": "reception to year 6",
    "secondary": "years 7 to 11",
    "sixth_form": "the sixth form",
    "all": "all year groups",
    "R": "reception",
}
INTAKE_WORDS: Final[Mapping[str, str]] = {
    "small_area": " Intakes follow from the children of each small area.",
    "planning_area": " Intakes follow from the children of the planning area.",
    "authority": " Intakes follow from the children of the whole authority.",
    "recent": " Intakes are taken to be as in the last three years.",
}
CHOSEN: Final = "chosen"
AUTHORITY: Final = "authority"
ABOUT_THE_SAME_PCT: Final = 0.05
"""Errors that are printed alike are about the same."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a year group or sum in one year, and what was counted last.

    Attributes:
        part: year group or sum.
        year: school year told of.
        pupils: expected.
        low: lower end of the 80 % range, if there is one.
        high: upper end.
        now: counted last, if known.
        now_year: school year of that count.
    """

    part: str
    year: str
    pupils: float
    low: float | None
    high: float | None
    now: float | None
    now_year: str


@dataclass(frozen=True, slots=True)
class Tried:
    """How a method has done.

    Attributes:
        method: its id.
        error_pct: mean absolute error in per cent, if known.
        tried: forecasts compared with what came.
        is_chosen: it is the one used.
        is_pinned: because a planner said so.
        intake_basis: level that its intakes come from, if it knows intakes.
    """

    method: str
    error_pct: float | None
    tried: int
    is_chosen: bool
    is_pinned: bool
    intake_basis: str | None = None


def group_words(part: str) -> str:
    """Name a year group or sum.

    >>> group_words("primary"), group_words("R"), group_words("7")
    ('reception to year 6', 'reception', 'year 7')
    """
    return GROUP_WORDS.get(part, f"year {part}")


def expected_sentence(told: Expected) -> str:
    """Say how many pupils are expected, how sure that is, and how many there are today.

    >>> expected_sentence(Expected("primary", "2029/30", 411.6, 380.2, 449.9, 430.0, "2024/25"))
    'In 2029/30 about 412 pupils are expected in reception to year 6, between 380 and 450 in four \
of five cases; in 2024/25 there were 430.'
    >>> expected_sentence(Expected("7", "2026/27", 1.2, None, None, None, "2024/25"))
    'In 2026/27 about 1 pupil is expected in year 7.'
    >>> expected_sentence(Expected("R", "2026/27", 0.2, None, None, 3.0, "2024/25"))
    'In 2026/27 no pupils are expected in reception; in 2024/25 there were 3.'
    """
    number = round(told.pupils)
    pupils = counted(number, "pupil is", "pupils are")
    says = (
        f"In {told.year} {'about ' if number else ''}{pupils} expected in {group_words(told.part)}"
    )
    if told.low is not None and told.high is not None:
        says += f", between {told.low:,.0f} and {told.high:,.0f} in four of five cases"
    if told.now is not None:
        says += f"; in {told.now_year} there {'was' if told.now == 1 else 'were'} {told.now:,.0f}"
    return f"{says}."


def why_sentence(part: str, tried: Sequence[Tried]) -> str:
    """Say which method was chosen for a phase, why, and how the others have done.

    >>> why_sentence("primary", [Tried("cohort_pooled", 2.31, 21, True, False),
    ...     Tried("cohort_321", 3.0, 21, False, False)])
    'For reception to year 6 the method is pooled cohort survival: in 21 forecasts of past years \
it would have been off by 2.3 % on average, 3:2:1 cohort survival by 3.0 %.'
    """
    chosen = next((one for one in tried if one.is_chosen), None)
    where = f"For {group_words(part)}"
    if chosen is None:
        return f"{where} no method could be chosen."
    name = METHOD_WORDS.get(chosen.method, chosen.method)
    says = f"{where} the method {'was set by a planner:' if chosen.is_pinned else 'is'} {name}"
    intakes = INTAKE_WORDS.get(chosen.intake_basis or "", "")
    if chosen.error_pct is None or not chosen.tried:
        return f"{says}; how far off it would have been is not known yet.{intakes}"
    others = [
        f"{METHOD_WORDS.get(one.method, one.method)} by {one.error_pct:.1f} %"
        for one in _beside(tried)
        if one.error_pct is not None
    ]
    beside = f", {listed(others)}" if others else ""
    trials = counted(chosen.tried, "forecast", "forecasts")
    average = "" if chosen.tried == 1 else " on average"
    return (
        f"{says}{';' if chosen.is_pinned else ':'} in {trials} of past years it "
        f"would have been off by {chosen.error_pct:.1f} %{average}{beside}."
        f"{_better(chosen, tried)}{intakes}"
    )


def _beside(tried: Sequence[Tried]) -> list[Tried]:
    """Return what is told beside the chosen method: 3:2:1, what is simplest, and the best."""
    others = [one for one in tried if not one.is_chosen and one.error_pct is not None]
    best = min(others, key=lambda one: one.error_pct or 0.0, default=None)
    kept = [one for one in others if one.method in ("cohort_321", "same") or one is best]
    return sorted(kept, key=lambda one: one.error_pct or 0.0)


def _better(chosen: Tried, tried: Sequence[Tried]) -> str:
    """Say which method would have done better than the one that is used."""
    own = chosen.error_pct or 0.0
    better = [
        one
        for one in tried
        if not one.is_chosen
        and one.error_pct is not None
        and one.error_pct < own - ABOUT_THE_SAME_PCT
    ]
    if not better:
        return ""
    best = min(better, key=lambda one: one.error_pct or 0.0)
    name = METHOD_WORDS.get(best.method, best.method)
    return f" {name[0].upper()}{name[1:]} would have done better."


def own_sentence(part: str, own_pct: float, atlas_pct: float, tried: int) -> str:
    """Compare the authority's own published forecasts with what the atlas would have said.

    >>> own_sentence("primary", 1.42, 0.8, 6)
    "The authority's own 6 forecasts for reception to year 6 were off by 1.4 % on average; the \
atlas would have been off by 0.8 % for the same years."
    >>> own_sentence("secondary", 1.0, 1.5, 1)
    "The authority's own forecast for years 7 to 11 was off by 1.0 %; the atlas would have been \
off by 1.5 % for the same year: the authority did better."
    """
    one = tried == 1
    says = (
        f"The authority's own {'forecast' if one else f'{tried:,} forecasts'} for "
        f"{group_words(part)} {'was' if one else 'were'} off by {own_pct:.1f} %"
        f"{'' if one else ' on average'}; the atlas would have been off by {atlas_pct:.1f} % "
        f"for the same {'year' if one else 'years'}"
    )
    return (
        f"{says}: the authority did better."
        if own_pct < atlas_pct - ABOUT_THE_SAME_PCT
        else f"{says}."
    )


def nothing_sentence(name: str, why: str | None) -> str:
    """Say that there is no forecast, and why.

    >>> nothing_sentence("Hill Primary School", "no roll of 2024/25")
    'There is no forecast of Hill Primary School: no roll of 2024/25.'
    >>> nothing_sentence("Rutland", None)
    'There is no forecast of Rutland: it needs rolls by year group of state-funded mainstream \
schools, of two years in a row at least.'
    """
    reason = why or (
        "it needs rolls by year group of state-funded mainstream schools, of two years in a row "
        "at least"
    )
    return f"There is no forecast of {name}: {reason.removesuffix(': left out')}."
