"""The methods that a forecast chooses among: from the last year repeated to cohorts and births."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from config.assumptions import assumptions
from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import NONE
from planning.forecast.pooled import SIXTH_FORM, pooled_ratios
from planning.forecast.progression import (
    damped,
    entry_groups,
    fresh_entries,
    project,
    survival_ratios,
)

THREE_TWO_ONE = (3, 2, 1)
"""Weights of the last three transitions, the newest first: what most authorities use."""

MOSTLY_LEAVE = 0.5
"""Where fewer than half stay, as at sixteen or where a school ends, that is no trend."""


class Method(StrEnum):
    """How a roll is expected."""

    SAME = "same"
    DRIFT = "drift"
    COHORT_321 = "cohort_321"
    COHORT_POOLED = "cohort_pooled"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on the day a forecast is made.

    Attributes:
        rolls: headcounts, shape (units, years, groups); ``NaN`` where not known.
        parent: the group of units that each leans on, numbered from 0, shape (units,).
        intakes: expected for the years ahead from births and homes, shape (units, years ahead,
            groups), ``NaN`` where nothing is expected from them; ``None`` where neither is known.
        area: a smaller group that each leans on first, by year group, numbered from 0 and below
            zero where there is none, shape (units, groups).
    """

    rolls: Floats
    parent: Ints
    intakes: Floats | None = None
    area: Ints | None = None


def _usually(name: str) -> float:
    return assumptions("forecast")[name].value


@dataclass(frozen=True, slots=True)
class Lever:
    """What a planner may set; ``config/assumptions/forecast.toml`` says what each is otherwise.

    Attributes:
        window: transitions that pooled ratios rest on.
        damping: what is left a year later of a ratio's difference from one.
        steady_years: years ahead before that begins.
    """

    window: int = field(default_factory=lambda: int(_usually("window")))
    damping: float = field(default_factory=lambda: _usually("damping"))
    steady_years: int = field(default_factory=lambda: int(_usually("steady_years")))


def forecast(known: Known, method: Method, *, years: int, lever: Lever | None = None) -> Floats:
    """Expect the rolls of the years ahead.

    Returns:
        Shape (units, years, groups).

    Raises:
        ValueError: the method needs births or homes, and none are known.
    """
    return _METHODS[method](known, years, lever or Lever())


def same(known: Known, years: int, _: Lever) -> Floats:
    """Repeat the last year."""
    return np.repeat(known.rolls[:, -1:], years, axis=1)


def drift(known: Known, years: int, _: Lever) -> Floats:
    """Repeat the last year's change; no roll falls below nothing."""
    last, before = known.rolls[:, -1:], known.rolls[:, -2:-1]
    ahead = np.arange(1, years + 1)[np.newaxis, :, np.newaxis]
    return np.maximum(last + ahead * (last - before), 0.0)


def cohort_321(known: Known, years: int, _: Lever) -> Floats:
    """Move cohorts up by their last three transitions, 3:2:1, and average intakes likewise."""
    ratios = survival_ratios(known.rolls, weights=THREE_TWO_ONE)
    intakes = recent_intakes(known.rolls, years, entry_groups(known.rolls))
    return project(known.rolls[:, -1], damped(ratios, years=years, damping=1), intakes)


def cohort_pooled(known: Known, years: int, lever: Lever) -> Floats:
    """Move cohorts up by ratios that small units borrow from their group; average intakes."""
    enters = entered(known)
    return _moved_up(known, enters, recent_intakes(known.rolls, years, enters), years, lever)


def population(known: Known, years: int, lever: Lever) -> Floats:
    """Move cohorts up as in the pooled method; intakes come from births and homes.

    After the last year that births reach, the last intake expected from them is repeated.
    """
    if known.intakes is None:
        raise ValueError("the population method needs intakes from births and homes")
    enters = entered(known)
    recent = recent_intakes(known.rolls, years, enters)
    return _moved_up(known, enters, expected_intakes(known.intakes, recent), years, lever)


def entered(known: Known) -> Bools:
    """Say which groups a unit fills from elsewhere, shape (units, groups)."""
    return fresh_entries(known.rolls, ratio=_usually("entry_ratio"))


_METHODS: dict[Method, Callable[[Known, int, Lever], Floats]] = {
    Method.SAME: same,
    Method.DRIFT: drift,
    Method.COHORT_321: cohort_321,
    Method.COHORT_POOLED: cohort_pooled,
    Method.POPULATION: population,
}


def _moved_up(known: Known, enters: Bools, intakes: Floats, years: int, lever: Lever) -> Floats:
    area = known.area
    if area is None:
        area = np.full(enters.shape, NONE)
    ratios = pooled_ratios(
        known.rolls, enters, authority=known.parent, area=area, window=lever.window
    )
    leaves = np.nan_to_num(ratios) < MOSTLY_LEAVE
    lasting = leaves | (np.arange(ratios.shape[-1]) >= SIXTH_FORM)
    faded = damped(
        ratios, years=years, damping=lever.damping, lasting=lasting, steady=lever.steady_years
    )
    return project(known.rolls[:, -1], faded, intakes)


def expected_intakes(intakes: Floats, recent: Floats) -> Floats:
    """Take what is expected from births and homes where it is, and recent intakes elsewhere.

    Args:
        intakes: as in ``Known``.
        recent: ``NaN`` in groups that follow from the one below, shape as ``intakes``.
    """
    lasting = _repeated(intakes)
    return np.where(np.isfinite(recent) & np.isfinite(lasting), lasting, recent)


def recent_intakes(rolls: Floats, years: int, enters: Bools) -> Floats:
    """Average the last three intakes, 3:2:1, of the groups that a unit fills from elsewhere.

    Years in which it had nobody at all do not count.

    Returns:
        The same in every year ahead, shape (units, years, groups); ``NaN`` in other groups.
    """
    used = min(len(THREE_TWO_ONE), rolls.shape[1])
    weight = np.array(THREE_TWO_ONE[:used][::-1], np.float64)[:, np.newaxis]
    last = rolls[:, -used:]
    is_open = np.nan_to_num(last).sum(axis=-1, keepdims=True) > 0
    known = (np.isfinite(last) & is_open) * weight
    below = known.sum(axis=1)
    mean = np.divide(
        (np.nan_to_num(last) * known).sum(axis=1), below, out=np.zeros_like(below), where=below > 0
    )
    return np.repeat(np.where(enters, mean, np.nan)[:, np.newaxis, :], years, axis=1)


def _repeated(intakes: Floats) -> Floats:
    """Repeat the last year that something is expected in, in the years after it."""
    there = np.isfinite(intakes)
    year = np.where(there, np.arange(intakes.shape[1])[np.newaxis, :, np.newaxis], 0)
    return np.take_along_axis(intakes, np.maximum.accumulate(year, axis=1), axis=1)
