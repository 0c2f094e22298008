"""Need and spare places in words."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a phase in a school year.

    Attributes:
        phase: primary or secondary.
        year: school year.
        need_rounded: places short, to the nearest ten.
        spare: places over.
        areas: planning areas that figures are known of.
        areas_short: those short of places, to the nearest ten.
        margin_pct: places kept free; ``None`` where areas differ.
        areas_unknown: planning areas of which pupils or places are not known.
    """

    phase: str
    year: str
    need_rounded: int
    spare: float
    areas: int
    areas_short: int
    margin_pct: float | None
    areas_unknown: int = 0


def need_sentence(told: Told) -> str:
    """Say how many places are short and how many over, side by side.

    >>> need_sentence(Told("primary", "2027/28", 30, 41.2, 7, 2, 2.0))
    'In 2027/28 about 30 primary places are short, in 2 of 7 planning areas, and about 41 are over \
in other areas or year groups, with 2 % kept free; the one is no help to the other.'
    >>> need_sentence(Told("secondary", "2031/32", 0, 120.0, 2, 0, None))
    'In 2031/32 no secondary places are short in any of 2 planning areas, to the nearest ten, and \
about 120 are over.'
    >>> need_sentence(Told("primary", "2027/28", 20, 0.2, 1, 1, 0.0))
    'In 2027/28 about 20 primary places are short, in the one planning area, and none are over.'
    >>> need_sentence(Told("primary", "2027/28", 10, 0.2, 3, 0, 0.0, 1))
    'In 2027/28 about 10 primary places are short, fewer than five in each of 3 planning areas, \
and none are over; of one more planning area nothing is known.'
    """
    margin = f", with {told.margin_pct:g} % kept free" if told.margin_pct else ""
    has_spare = round(told.spare) > 0
    over = f"about {told.spare:,.0f} are over" if has_spare else "none are over"
    if told.need_rounded == 0:
        where = _areas(told, "any of")
        return (
            f"In {told.year} no {told.phase} places are short in {where}, to the nearest ten, and "
            f"{over}{margin}{_unknown(told)}."
        )
    where = f"in {_areas(told, f'{told.areas_short:,} of')}"
    if told.areas_short == 0:
        where = f"fewer than five in {_areas(told, 'each of')}"
    short = (
        f"In {told.year} about {told.need_rounded:,} {told.phase} places are short, {where}, and "
        f"{over}"
    )
    if has_spare:
        short += f" in other areas or year groups{margin}; the one is no help to the other"
    else:
        short += margin
    return f"{short}{_unknown(told)}."


def _areas(told: Told, part: str) -> str:
    return "the one planning area" if told.areas == 1 else f"{part} {told.areas:,} planning areas"


def _unknown(told: Told) -> str:
    """Say of how many areas there are no figures."""
    if told.areas_unknown == 0:
        return ""
    if told.areas_unknown == 1:
        return "; of one more planning area nothing is known"
    return f"; of {told.areas_unknown:,} more planning areas nothing is known"


def sure_sentence(low: int, high: int, areas: int) -> str:
    """Say how sure it is that places are short.

    Args:
        low: planning areas short of ten places or more where every year group comes in at the low
            end of its range.
        high: those at the high end.
        areas: all of them.

    >>> sure_sentence(1, 3, 7)
    'At the low end of the range of every year group, which is to hold four of five outcomes, 1 of \
7 planning areas is short of ten places or more; at the high end 3 are.'
    >>> sure_sentence(0, 1, 7)
    'At the low end of the range of every year group, which is to hold four of five outcomes, none \
of 7 planning areas is short of ten places or more; at the high end 1 is.'
    >>> sure_sentence(0, 1, 1)
    'At the low end of the range of every year group, which is to hold four of five outcomes, the \
planning area is not short of ten places or more; at the high end it is.'
    """
    start = "At the low end of the range of every year group, which is to hold four of five "
    if areas == 1:
        first, last = ("is" if count else "is not" for count in (low, high))
        return (
            f"{start}outcomes, the planning area {first} short of "
            f"ten places or more; at the high end it {last}."
        )
    first = f"{low:,}" if low else "none"
    return (
        f"{start}outcomes, {first} of {areas:,} planning areas "
        f"{'are' if low > 1 else 'is'} short of ten places or more; at the high end "
        f"{f'{high:,}' if high else 'none'} {'are' if high > 1 else 'is'}."
    )


def unfilled_sentence(phase: str, year: str, unfilled: float, places: float) -> str:
    """Say how many places are without a pupil, counted school by school.

    >>> unfilled_sentence("primary", "2025/26", 2853.6, 19539.0)
    'School by school, about 2,854 of 19,539 primary places are expected to be without a pupil in \
2025/26.'
    >>> unfilled_sentence("primary", "2025/26", 0.3, 420.0)
    'School by school, none of 420 primary places is expected to be without a pupil in 2025/26.'
    """
    if round(unfilled) == 0:
        return (
            f"School by school, none of {places:,.0f} {phase} places is expected to be without a "
            f"pupil in {year}."
        )
    return (
        f"School by school, about {unfilled:,.0f} of {places:,.0f} {phase} places are expected to "
        f"be without a pupil in {year}."
    )


def cost_sentence(phase: str, pounds: float, per_place: float, period: str) -> str:
    """Say what need would cost if existing schools were expanded.

    >>> cost_sentence("primary", 1_038_500.0, 20_770.0, "2024/25")
    'Made by expanding schools, the primary places short at the worst would cost about £1.0 \
million: £20,770 a place, as the scorecards of 2024/25 have it.'
    """
    return (
        f"Made by expanding schools, the {phase} places short at the worst would cost about "
        f"£{pounds / 1e6:,.1f} million: £{per_place:,.0f} a place, as the scorecards of {period} "
        "have it."
    )


def nothing_sentence(years: Sequence[str]) -> str:
    """Say why there are no figures of what was asked for.

    Args:
        years: school years that anything is told of, in order.

    >>> nothing_sentence([])
    'Need and spare places are not known: they follow from a forecast of planning areas, which \
needs rolls by year group.'
    >>> nothing_sentence(["2025/26", "2026/27"])
    'There are no figures of what was asked for; they are told from 2025/26 to 2026/27, for the \
planning areas that are forecast.'
    """
    if not years:
        return (
            "Need and spare places are not known: they follow from a forecast of planning areas, "
            "which needs rolls by year group."
        )
    return (
        "There are no figures of what was asked for; they are told from "
        f"{years[0]} to {years[-1]}, for the planning areas that are forecast."
    )
