"""The methods that a forecast chooses among: from the last year repeated to cohorts and births."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.forecast.progression import (
    damped,
    entry_groups,
    project,
    pupils_behind,
    survival_ratios,
)
from planning.forecast.shrinkage import leaning, pupils_lent

THREE_TWO_ONE = (3, 2, 1)
"""Weights of the last three transitions, the newest first: what most authorities use."""

SIXTH_FORM = 12
"""Place of year 12 among the groups: those before it are of compulsory school age."""


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
    """

    rolls: Floats
    parent: Ints
    intakes: Floats | None = None


@dataclass(frozen=True, slots=True)
class Lever:
    """What a planner may set.

    Attributes:
        window: transitions that pooled ratios rest on.
        damping: what is left a year later of a ratio's difference from one.
    """

    window: int = 5
    damping: float = 1.0


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
    intakes = _recent_intakes(known.rolls, THREE_TWO_ONE, years)
    return project(known.rolls[:, -1], damped(ratios, years=years, damping=1), intakes)


def cohort_pooled(known: Known, years: int, lever: Lever) -> Floats:
    """Move cohorts up by ratios that small units borrow from their group; average intakes."""
    intakes = _recent_intakes(known.rolls, THREE_TWO_ONE, years)
    return _moved_up(known, intakes, years, lever)


def population(known: Known, years: int, lever: Lever) -> Floats:
    """Move cohorts up as in the pooled method; intakes come from births and homes."""
    if known.intakes is None:
        raise ValueError("the population method needs intakes from births and homes")
    recent = _recent_intakes(known.rolls, THREE_TWO_ONE, years)
    expected = np.where(np.isfinite(recent) & np.isfinite(known.intakes), known.intakes, recent)
    return _moved_up(known, expected, years, lever)


_METHODS: dict[Method, Callable[[Known, int, Lever], Floats]] = {
    Method.SAME: same,
    Method.DRIFT: drift,
    Method.COHORT_321: cohort_321,
    Method.COHORT_POOLED: cohort_pooled,
    Method.POPULATION: population,
}


def _moved_up(known: Known, intakes: Floats, years: int, lever: Lever) -> Floats:
    ratios = _borrowed(known, entry_groups(known.rolls), (1.0,) * lever.window)
    lasting = np.arange(ratios.shape[-1]) >= SIXTH_FORM
    faded = damped(ratios, years=years, damping=lever.damping, lasting=lasting)
    return project(known.rolls[:, -1], faded, intakes)


def _borrowed(known: Known, enters: Bools, weights: tuple[float, ...]) -> Floats:
    """Return every unit's ratios, leaning on those of its group and the group's on all.

    Groups that a unit takes in from elsewhere are left out of what it lends.
    """
    rolls = np.where(_within(known.rolls, enters), known.rolls, np.nan)
    own = survival_ratios(rolls, weights=weights)
    stayed, before = _moves(rolls, len(weights))
    lent = pupils_lent(stayed, before)
    together = np.zeros((known.parent.max(initial=-1) + 1, 2, rolls.shape[-1]))
    both = np.stack([stayed.sum(axis=1), before.sum(axis=1)], axis=1)
    np.add.at(together[:, :, 1:], known.parent, both)
    everybody = together.sum(axis=0)
    overall = np.divide(
        everybody[0], everybody[1], out=np.full(len(everybody[0]), np.nan), where=everybody[1] > 0
    )
    of_parent = np.divide(
        together[:, 0], together[:, 1], out=np.full_like(together[:, 0], np.nan),
        where=together[:, 1] > 0,
    )  # fmt: skip
    of_parent = np.where(np.isnan(of_parent), overall, of_parent)
    return leaning(
        own, pupils_behind(rolls, weights=weights), of_parent[known.parent], np.append(np.inf, lent)
    )


def _moves(rolls: Floats, window: int) -> tuple[Floats, Floats]:
    used = min(window, rolls.shape[1] - 1)
    stayed, before = rolls[:, -used:, 1:], rolls[:, -used - 1 : -1, :-1]
    known = np.isfinite(stayed) & np.isfinite(before)
    return np.where(known, stayed, 0.0), np.where(known, before, 0.0)


def _within(rolls: Floats, enters: Bools) -> Bools:
    """Say which rolls are those of a unit's own year groups, from its first entry on."""
    return np.isfinite(rolls) & (np.cumsum(enters, axis=1) > 0)[:, np.newaxis, :]


def _recent_intakes(rolls: Floats, weights: tuple[float, ...], years: int) -> Floats:
    """Average the last intakes of the groups that a unit takes in from elsewhere."""
    used = min(len(weights), rolls.shape[1])
    weight = np.array(weights[:used][::-1], np.float64)[:, np.newaxis]
    last = rolls[:, -used:]
    known = np.isfinite(last) * weight
    below = known.sum(axis=1)
    mean = np.divide(
        (np.nan_to_num(last) * known).sum(axis=1), below, out=np.zeros_like(below), where=below > 0
    )
    enters = np.where(entry_groups(rolls), mean, np.nan)
    return np.repeat(enters[:, np.newaxis, :], years, axis=1)
