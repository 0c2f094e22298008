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


def comparison(one: Compared) -> str | None:
    """Say how a figure stands beside others; nothing where there is nothing beside it.

    >>> comparison(Compared(title="Grade 5 or better", period="2018/19", value=43, unit="%",
    ...     cohort=181, beside=[Beside("Leeds", 40.2), Beside("England", 55.0)]))
    'Grade 5 or better in 2018/19: about the same as in Leeds and lower than in England.'
    >>> comparison(Compared(title="Progress 8", period="2018/19", value=0.3, low=0.1, high=0.5,
    ...     is_progress=True))
    'Progress 8 in 2018/19: above that of pupils across England who started alike, by more than \
chance explains.'
    >>> comparison(Compared(title="Sessions missed", period="2018/19", value=4.0, unit="%",
    ...     beside=[Beside("state primary schools in Leeds", 6, 5, 8)]))
    'Sessions missed in 2018/19: lower than in three quarters of the state primary schools in \
Leeds.'
    """
    if one.is_progress:
        return _progress(one)
    if not one.beside:
        return None
    schools = [_among(one, each) for each in one.beside if each.low is not None]
    others = _beside(one, [each for each in one.beside if each.low is None])
    return f"{one.title} in {one.period}: {' and '.join([*schools, *others])}."


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
        said = f"about the same as {alike}; the difference is within what chance explains"
    elif one.low is None or one.high is None:
        said = f"{where} {alike}"
    else:
        said = f"{where} {alike}, by more than chance explains"
    return f"{one.title} in {one.period}: {said}."
