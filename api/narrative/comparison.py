"""What a figure says beside others, in words: above, below or about the same, never a rank."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from api.narrative.words import listed
from config.assumptions import assumptions

Where = Literal["above", "below", "about the same"]
WORDS: Final[dict[Where, str]] = {
    "above": "higher than in",
    "below": "lower than in",
    "about the same": "about the same as in",
}

NAMES: Final = frozenset({"Attainment", "Progress", "English", "A"})
"""First words of titles that are names of measures or subjects, or letters."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing to hold a figure against.

    Attributes:
        name: whose it is.
        value: the figure; of several schools, their median.
        low: of several schools: a quarter of them have less.
        high: of several schools: a quarter of them have more.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure to be held against others.

    Attributes:
        title: of its measure.
        period: when it holds.
        value: the figure.
        low: lower end of its 95 % interval, if it has one.
        high: upper end.
        unit: of the value.
        cohort: how many pupils it is about, if known.
        decimals: decimals worth showing.
        is_progress: it says itself how far pupils are from those with the same start in England.
        beside: what to hold it against.
    """

    title: str
    period: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    cohort: float | None = None
    decimals: int = 0
    is_progress: bool = False
    beside: Sequence[Beside] = ()


def comparisons(figures: Sequence[Compared]) -> list[str]:
    """Say how figures stand beside others; those that stand alike in one sentence.

    >>> comparisons([
    ...     Compared(title="Attainment 8", period="2018/19", value=57.3,
    ...              beside=[Beside("Leeds", 44.8), Beside("England", 46.5)]),
    ...     Compared(title="Progress 8", period="2018/19", value=0.3, low=0.1, high=0.5,
    ...              is_progress=True),
    ...     Compared(title="Grade 5 or better", period="2018/19", value=67, unit="%", cohort=196,
    ...              beside=[Beside("Leeds", 41.2), Beside("England", 43.0)])])
    ['Attainment 8 and grade 5 or better in 2018/19: higher than in Leeds and England.', \
'Progress 8 in 2018/19: above that of pupils across England who started alike, by more than chance \
explains.']
    >>> comparisons([Compared(title="Sessions missed", period="2018/19", value=4.0, unit="%",
    ...     beside=[Beside("state primary schools in Leeds", 6, 5, 8)])])
    ['Sessions missed in 2018/19: lower than in three quarters of the state primary schools in \
Leeds.']
    >>> comparisons([Compared(title="Pupils", period="2018/19", value=4.0)])
    []
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for one in figures:
        if said := _stands(one):
            alike.setdefault((one.period, said), []).append(one.title)
    return [
        f"{listed([titles[0], *map(_within, titles[1:])])} in {period}: {said}."
        for (period, said), titles in alike.items()
    ]


def _stands(one: Compared) -> str | None:
    """Say how one figure stands: beside published figures, else beside schools like it."""
    if one.is_progress:
        return _progress(one)
    published = [each for each in one.beside if each.low is None]
    if published:
        return " and ".join(_beside(one, published))
    schools = [each for each in one.beside if each.low is not None]
    return _among(one, schools[0]) if schools else None


def _within(title: str) -> str:
    """Write a title within a sentence: names and abbreviations keep their capital.

    >>> _within("Grade 5 or better"), _within("Progress 8"), _within("SEN support")
    ('grade 5 or better', 'Progress 8', 'SEN support')
    """
    first = title.split(maxsplit=1)[0]
    is_name = first in NAMES or not first[1:].islower()
    return title if is_name else f"{title[:1].lower()}{title[1:]}"


def stands(one: Compared, other: float) -> Where:
    """Say where a figure stands to another; within what chance explains it is about the same."""
    margin = _margin(one)
    if one.low is not None and one.high is not None:
        is_same = one.low <= other <= one.high
    elif margin is not None:
        is_same = abs(one.value - other) <= margin
    else:
        is_same = round(one.value, one.decimals) == round(other, one.decimals)
    if is_same:
        return "about the same"
    return "above" if one.value > other else "below"


def _margin(one: Compared) -> float | None:
    """Return half the width of the 95 % interval of a share of pupils, in percentage points."""
    if one.unit != "%" or not one.cohort or not 0 <= one.value <= 100:  # noqa: PLR2004 # per cent
        return None
    deviations = assumptions("chance")["interval_deviations"].value
    return deviations * math.sqrt(one.value * (100 - one.value) / one.cohort)


def _beside(one: Compared, others: Sequence[Beside]) -> list[str]:
    """Gather what stands alike: ``higher than in Leeds and England``."""
    grouped: dict[Where, list[str]] = {}
    for each in others:
        grouped.setdefault(stands(one, each.value), []).append(each.name)
    return [f"{WORDS[where]} {listed(names)}" for where, names in grouped.items()]


def _among(one: Compared, schools: Beside) -> str:
    low, high = schools.low, schools.high
    if low is not None and one.value < low:
        return f"lower than in three quarters of the {schools.name}"
    if high is not None and one.value > high:
        return f"higher than in three quarters of the {schools.name}"
    return f"like the middle half of the {schools.name}"


def _progress(one: Compared) -> str:
    alike = "that of pupils across England who started alike"
    where = stands(one, 0.0)
    if where == "about the same":
        return f"about the same as {alike}; the difference is within what chance explains"
    if one.low is None or one.high is None:
        return f"{where} {alike}"
    return f"{where} {alike}, by more than chance explains"
