"""How many would come to a school, learnt from intakes of which full schools hide a part.

A school that is full takes in as many as it has places, whatever the cohort; others take the rest.
So its intakes are censored observations of the demand (Tobin 1958, Estimation of relationships
for limited dependent variables, Econometrica 26), and the pupils of a smaller cohort are missed
first where there are places to spare.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import log_ndtr, ndtr

from planning.arrays import Bools, Floats, Ints

_LEVELS: Final = np.exp(np.linspace(-1.2, 2.4, 37))
"""Demand as multiples of the mean intake, among which the true one is looked for."""

_FEWEST_YEARS: Final = 3
_STEPS: Final = 8
_FEWEST_ALIKE: Final = 2
_LEAST: Final = 1e-9
_NEARLY: Final = 0.1
"""Pupils of an authority by which the search for its factor may be off; the rest is shared out."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Intakes that hide how many more would have come.

    Attributes:
        most: intake at which a school is full, infinite where it never was, shape (schools,).
        reached: years in which it was full, shape (schools, years).
    """

    most: Floats
    reached: Bools


@dataclass(frozen=True, slots=True)
class Demand:
    """How many would come to each school, for each one of the cohort that reaches it.

    Attributes:
        mean: intake for each one of the cohort, shape (schools,); ``NaN`` where not known.
        likely: how likely the demand is each multiple of that, shape (schools, multiples).
        most: intake at which a school is full, shape (schools,).
        spread: variance from year to year for each pupil expected.
    """

    mean: Floats
    likely: Floats
    most: Floats
    spread: float

    def intake(self, reached: Floats) -> Floats:
        """Expect the intakes, full schools taking in no more than they did.

        Args:
            reached: cohorts that reach each school, shape (schools, years).

        Returns:
            Shape (schools, years); ``NaN`` where the demand is not known.
        """
        return self.intake_and_slope(reached)[0]

    def intake_and_slope(self, reached: Floats) -> tuple[Floats, Floats]:
        """Return intakes, and the part of them that a larger cohort would add to in proportion."""
        intake = self.mean[:, np.newaxis] * reached
        moving = intake.copy()
        full = np.flatnonzero(np.isfinite(self.most) & np.isfinite(self.mean))
        demand = intake[full][:, :, np.newaxis] * _LEVELS
        size = np.sqrt(self.spread * np.maximum(demand, _LEAST))
        room = self.most[full][:, np.newaxis, np.newaxis] - demand
        has_room = ndtr(room / size)
        density = np.exp(-0.5 * (room / size) ** 2) / np.sqrt(2 * np.pi)
        most = self.most[full][:, np.newaxis, np.newaxis]
        taken = demand * has_room - size * density + most * (1 - has_room)
        intake[full] = np.einsum("sym,sm->sy", taken, self.likely[full])
        moving[full] = np.einsum("sym,sm->sy", demand * has_room, self.likely[full])
        return intake, moving


def ceilings(entered: Floats, *, share: float, near: float) -> Ceilings:
    """Find intakes at which schools were full.

    An intake that came again and again, and was hardly ever passed: for every year in which more
    entered, it must have come once more. Of several the one that came most often, then the
    highest.

    Args:
        entered: pupils by school and year, shape (schools, years).
        share: of the years in which such an intake must have come, if there was never a higher
            one; twice at least.
        near: share of it, or one pupil, by which intakes that are alike may differ.
    """
    known = np.nan_to_num(entered)
    slack = np.maximum(1.0, near * known)[:, :, np.newaxis]
    beyond = known[:, np.newaxis, :] - known[:, :, np.newaxis]
    alike, above = np.abs(beyond) <= slack, (beyond > slack).sum(axis=2)
    often = np.maximum(_FEWEST_ALIKE, np.ceil(share * np.isfinite(entered).sum(axis=1)))
    is_full = (alike.sum(axis=2) >= often[:, np.newaxis] + above) & (known > slack[:, :, 0])
    rank = np.where(is_full, alike.sum(axis=2) + known / (known.max(initial=0.0) + 1.0), -1.0)
    best = np.argmax(rank, axis=1)
    rows = np.arange(len(known))
    same = alike[rows, best]
    usual = (known * same).sum(axis=1) / same.sum(axis=1)
    found = is_full[rows, best]
    reached = known >= (known[rows, best] - slack[rows, best, 0])[:, np.newaxis]
    return Ceilings(np.where(found, usual, np.inf), reached & found[:, np.newaxis])


def demand(
    entered: Floats, reached: Floats, weights: Floats, full: Ceilings, *, spread: float
) -> Demand:
    """Learn how many would come to each school.

    Args:
        entered: pupils, shape (schools, years); ``NaN`` in years that do not count.
        reached: cohorts that reached each school, same shape.
        weights: of the years, shape (years,).
        full: in which of them it was full.
        spread: standard deviation of the logarithm of the demand around the mean intake, before
            intakes are looked at.
    """
    counts = np.isfinite(entered) & (np.nan_to_num(reached) > 0)
    came, cohort = np.where(counts, entered, 0.0), np.where(counts, reached, 0.0)
    weight = np.where(counts, weights, 0.0)
    below = (weight * cohort).sum(axis=1)
    mean = np.divide(
        (weight * came).sum(axis=1), below, out=np.full(len(came), np.nan), where=below > 0
    )
    usual = np.nan_to_num(mean)[:, np.newaxis] * cohort
    varies = _spread(came, usual, counts & ~np.isfinite(full.most)[:, np.newaxis])
    likely = np.ones((len(came), len(_LEVELS))) / len(_LEVELS)
    some = np.flatnonzero(np.isfinite(full.most) & np.isfinite(mean))
    seen = _log_likelihood(came[some], usual[some], full, some, varies)
    seen = np.einsum("sym,sy->sm", seen, weight[some])
    seen -= 0.5 * (np.log(_LEVELS) / spread) ** 2
    chance = np.exp(seen - seen.max(axis=1, keepdims=True))
    likely[some] = chance / chance.sum(axis=1, keepdims=True)
    return Demand(mean, likely, full.most, varies)


def shared_out(known: Demand, reached: Floats, total: Floats, unit: Ints, use: Bools) -> Floats:
    """Expect intakes that add up to those of all schools together.

    The demand for all schools of a unit is raised or lowered by one factor until as many find a
    place as will come; what full schools cannot take in goes to the others. If all are full, they
    take in more, each in proportion, so that nobody vanishes.

    Args:
        known: of each school.
        reached: cohorts that reach each school, shape (schools, years).
        total: pupils who will come, shape (units, years); ``NaN`` where not known.
        unit: of each school, shape (schools,).
        use: schools that share them, shape (schools,).

    Returns:
        Shape (schools, years).
    """
    factor = np.ones(total.shape)
    for _ in range(_STEPS):
        intake, moving = known.intake_and_slope(reached * factor[unit])
        left = total - _by_unit(intake, unit, use, len(total))
        if np.nanmax(np.abs(left), initial=0.0) < _NEARLY:
            break
        slope = np.maximum(_by_unit(moving, unit, use, len(total)), _LEAST)
        factor = np.nan_to_num(factor * np.clip(1 + left / slope, 0.7, 1.5), nan=1.0)
    intake = known.intake(reached * factor[unit])
    everybody = _by_unit(intake, unit, use, len(total))
    rest = np.divide(total, everybody, out=np.ones_like(total), where=everybody > 0)
    rest = np.nan_to_num(rest, nan=1.0)
    return np.where(use[:, np.newaxis], intake * rest[unit], intake)


def _by_unit(pupils: Floats, unit: Ints, use: Bools, units: int) -> Floats:
    total = np.zeros((units, pupils.shape[1]))
    np.add.at(total, unit[use], np.nan_to_num(pupils[use]))
    return total


def _spread(came: Floats, usual: Floats, counts: Bools) -> float:
    """Return the variance of intakes for each pupil expected, where no school was full."""
    often = counts & (counts.sum(axis=1) >= _FEWEST_YEARS)[:, np.newaxis]
    freedom = often.sum() - often.any(axis=1).sum()
    if freedom <= 0:
        return 1.0
    squares = (came - usual)[often] ** 2 / np.maximum(usual[often], 1.0)
    return max(float(squares.sum() / freedom), 1.0)


def _log_likelihood(
    came: Floats, usual: Floats, full: Ceilings, rows: Ints, spread: float
) -> Floats:
    """Return it by school, year and multiple: of so many, or of at least so many where full."""
    mean = np.maximum(usual[:, :, np.newaxis] * _LEVELS, _LEAST)
    size = np.sqrt(spread * mean)
    most = full.most[rows][:, np.newaxis, np.newaxis]
    exactly = -0.5 * ((came[:, :, np.newaxis] - mean) / size) ** 2 - np.log(size)
    return np.where(full.reached[rows][:, :, np.newaxis], log_ndtr((mean - most) / size), exactly)
