"""How far a forecast was from what came."""

from enum import StrEnum

import numpy as np

from planning.arrays import Floats


def signed_error(forecast: Floats, actual: Floats) -> Floats:
    """(forecast - actual) / actual: above zero, too many were expected.

    As the scorecards of school places define it (Department for Education, technical guidance);
    ``NaN`` where nobody came.
    """
    above = np.asarray(forecast, np.float64) - actual
    error: Floats = np.divide(above, actual, out=np.full(above.shape, np.nan), where=actual != 0)
    return error


def drifted(last: Floats, before: Floats, *, years_ahead: int) -> Floats:
    """Repeat last year's change: the last roll, and the step to it once more for every year ahead.

    A random walk with drift over one step (Hyndman and Athanasopoulos 2021, Forecasting:
    principles and practice, 3rd edition, section 5.2).

    >>> float(drifted(np.array(95.0), np.array(100.0), years_ahead=2))
    85.0
    """
    return last + years_ahead * (last - before)


def nearer(error: Floats, other: Floats) -> tuple[int, int]:
    """Count units whose error is the smaller one by size, of all that both have an error of.

    >>> nearer(np.array([0.01, -0.02, np.nan]), np.array([-0.02, 0.02, 0.01]))
    (1, 2)
    """
    both = np.isfinite(error) & np.isfinite(other)
    return int((np.abs(error[both]) < np.abs(other[both])).sum()), int(both.sum())


class Verdict(StrEnum):
    """Where an authority's error lies among all authorities', by quarters of its size."""

    MOST_ACCURATE = "most_accurate"
    MIDDLE = "middle"
    LEAST_ACCURATE = "least_accurate"


def verdict(error: float, errors: Floats) -> Verdict:
    """Say in which quarter of all authorities a forecast lies, by the size of its error.

    The quarter nearest to zero is the most accurate, the quarter furthest from it the least.

    >>> verdict(-0.001, np.array([-0.001, 0.02, 0.03, -0.04, 0.05]))
    <Verdict.MOST_ACCURATE: 'most_accurate'>
    """
    sizes = np.abs(errors[np.isfinite(errors)])
    low, high = np.quantile(sizes, [0.25, 0.75])
    if abs(error) <= low:
        return Verdict.MOST_ACCURATE
    return Verdict.LEAST_ACCURATE if abs(error) > high else Verdict.MIDDLE
