"""How the children who enter school are shared among schools of which some are full.

Where children are many, popular schools are full and others take the rest; where they become
fewer, the popular ones stay full for long and the others lose more than their part. Shares of the
last years do not tell that: what was wanted at a full school is not in its roll. It is estimated
as censored demand (Tobin 1958, Estimation of relationships for limited dependent variables,
Econometrica 26), and shared out anew so that all find a place.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from planning.arrays import Bools, Floats, Ints

_ROUNDS = 6
_HALVINGS = 26
_WIDEST = 6.0
"""Logarithm of the widest factor that a market may be scaled by."""

_SHOWN_OF = 6
_NEARLY_FULL = 0.97
_FEWEST = 0.5
"""Stands in for nobody, of which there is no logarithm."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How shares are estimated.

    Attributes:
        years: of intakes that count.
        fading: weight of a year against the next one.
        noise: standard deviation of the logarithm of a school's share from year to year.
        spread: standard deviation between schools of the logarithm of demand for a place.
        full_years: how many of the last six at the same highest number show that it was full;
            zero: no intake is taken for full unless a limit is given.
    """

    years: int
    fading: float
    noise: float
    spread: float
    full_years: int


def limits_shown(entered: Floats, full_years: int) -> Floats:
    """Return the intake at which schools have been full, as their own intakes show.

    Args:
        entered: intakes, shape (rows, years), oldest first; ``NaN`` where not known.
        full_years: how many of the last six must be the highest of them.

    Returns:
        Shape (rows,); infinite where none shows.
    """
    last = np.nan_to_num(entered[:, -_SHOWN_OF:])
    most = last.max(axis=1)
    often = (last == most[:, np.newaxis]).sum(axis=1)
    shown = (often >= full_years) & (most > 0) & (full_years > 0)
    return np.where(shown, most, np.inf)


def shared_out(
    entered: Floats, expected: Floats, market: Ints, limit: Floats, how: Sharing
) -> Floats:
    """Share the children expected in each market among its schools.

    Args:
        entered: intakes that were, shape (rows, years), oldest first; ``NaN`` where not known.
            A row is an entry group of a school.
        expected: intakes ahead if every school kept its share, shape (rows, years ahead). Only
            their sum by market counts.
        market: rows with the same number compete, shape (rows,).
        limit: most that each takes in, shape (rows,); infinite where nothing limits it. If all
            are full, limits give way in proportion: nobody is lost.
        how: shares are estimated.

    Returns:
        Shape of ``expected``, with the same sum in each market.
    """
    wanted = _wanted(entered, market, limit, how)
    total = _by_market(np.nan_to_num(expected), market)
    steady = np.repeat(wanted[:, np.newaxis], expected.shape[1], axis=1)
    cleared = _cleared(steady, limit, market, total, how.noise)
    found = _by_market(cleared, market)
    scale = np.divide(total, found, out=np.ones_like(total), where=found > 0)
    return np.asarray(cleared * scale[market])


def _wanted(entered: Floats, market: Ints, limit: Floats, how: Sharing) -> Floats:
    """Estimate the logarithm of how many want each school, against all in its market."""
    seen = entered[:, -how.years :]
    known = np.isfinite(seen) & (seen > 0)
    weight = known * how.fading ** np.arange(seen.shape[1])[::-1] / how.noise**2
    intake = np.where(known, seen, 0.0)
    total = _by_market(intake, market)
    scale = np.log(np.maximum(total, 1.0))
    log = np.log(np.maximum(intake, _FEWEST))
    is_full = known & (intake >= _NEARLY_FULL * limit[:, np.newaxis])
    places = np.log(np.where(np.isfinite(limit), limit, np.maximum(intake.max(axis=1), _FEWEST)))
    wanted = _mean(log - scale[market], weight)
    for _ in range(_ROUNDS):
        share = log - scale[market]
        beyond = wanted[:, np.newaxis] + how.noise * _above(
            (share - wanted[:, np.newaxis]) / how.noise
        )
        usual = _usual(wanted - places, weight, market) + places
        above = (np.where(is_full, beyond, share) * weight).sum(axis=1) + usual / how.spread**2
        wanted = above / (weight.sum(axis=1) + 1 / how.spread**2)
        scale = _scale(wanted, limit, market, total, known)
    return wanted


def _mean(values: Floats, weight: Floats) -> Floats:
    below = weight.sum(axis=1)
    mean: Floats = np.divide(
        (values * weight).sum(axis=1), below, out=np.full(below.shape, -_WIDEST), where=below > 0
    )
    return mean


def _usual(per_place: Floats, weight: Floats, market: Ints) -> Floats:
    """Return the mean demand for a place in each row's market, of schools with a record."""
    there = (weight.sum(axis=1) > 0).astype(np.float64)
    total, rows = _by_market(per_place * there, market), _by_market(there, market)
    return np.asarray((total / np.maximum(rows, 1.0))[market])


def _above(share: Floats) -> Floats:
    """Return the mean of a standard normal variable that lies above a value."""
    density = np.exp(-0.5 * share**2) / np.sqrt(2 * np.pi)
    return np.asarray(density / np.maximum(ndtr(-share), 1e-12))


def _scale(wanted: Floats, limit: Floats, market: Ints, total: Floats, known: Bools) -> Floats:
    """Find what scales demand so that the intakes of each year and market come about."""
    middle = np.log(np.maximum(total, 1.0))
    low, high = middle - _WIDEST, middle + _WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        intake = np.minimum(np.exp(wanted[:, np.newaxis] + middle[market]), limit[:, np.newaxis])
        too_few = _by_market(np.where(known, intake, 0.0), market) < total
        low, high = np.where(too_few, middle, low), np.where(too_few, high, middle)
    return middle


def _cleared(wanted: Floats, limit: Floats, market: Ints, total: Floats, noise: float) -> Floats:
    """Return the expected intakes when all of each market have found a place."""
    middle = np.log(np.maximum(total, 1.0))
    low, high = middle - _WIDEST, middle + _WIDEST
    most = np.where(np.isfinite(limit), limit, 0.0)[:, np.newaxis]
    log_most = np.log(limit, out=np.full(limit.shape, -np.inf), where=limit > 0)[:, np.newaxis]
    intake = np.zeros(wanted.shape)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        log = wanted + middle[market]
        room = (log_most - log) / noise
        intake = np.exp(log + noise**2 / 2) * ndtr(room - noise) + most * ndtr(-room)
        too_few = _by_market(intake, market) < total
        low, high = np.where(too_few, middle, low), np.where(too_few, high, middle)
    return intake


def _by_market(values: Floats, market: Ints) -> Floats:
    total = np.zeros((int(market.max(initial=-1)) + 1, *values.shape[1:]))
    np.add.at(total, market, values)
    return total
