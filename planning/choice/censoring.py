"""Counts of which no more is known than that they are small."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats


@dataclass(frozen=True, slots=True)
class Censored:
    """What is known of Poisson counts that are at most a threshold.

    Attributes:
        log_likelihood: of being at most the threshold, up to the mean itself: the logarithm of
            the sum of ``mean ** count / count!`` up to it.
        expected: of the count.
        variance: of the count.
    """

    log_likelihood: Floats
    expected: Floats
    variance: Floats


def censored(mean: Floats, at_most: int | Floats) -> Censored:
    """Return what is known of Poisson counts that are at most a threshold.

    Args:
        mean: of each count, were nothing known.
        at_most: the threshold; infinite where there is none.
    """
    bound = np.broadcast_to(np.asarray(at_most, np.float64), mean.shape)
    is_bound = np.isfinite(bound)
    term, below = np.ones_like(mean), np.ones_like(mean)
    once, twice = np.zeros_like(mean), np.zeros_like(mean)
    for count in range(1, int(bound[is_bound].max(initial=0)) + 1):
        term = np.where(count <= bound, term * mean / count, 0.0)
        below = below + term
        once = once + count * term
        twice = twice + count**2 * term
    expected = np.where(is_bound, once / below, mean)
    return Censored(
        log_likelihood=np.where(is_bound, np.log(below), mean),
        expected=expected,
        variance=np.where(is_bound, twice / below - expected**2, mean),
    )


def expected_below(mean: Floats, at_most: int | Floats) -> Floats:
    """What is expected of a Poisson count known to be at most a threshold."""
    return censored(mean, at_most).expected


def expected_published(mean: Floats, at_most: int) -> Floats:
    """What is expected to be published of a Poisson count, which is nothing up to a threshold."""
    term, hidden = np.exp(-mean), np.zeros_like(mean)
    for count in range(1, at_most + 1):
        term = term * mean / count
        hidden = hidden + count * term
    return np.asarray(mean - hidden)
