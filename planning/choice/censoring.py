"""Counts of which no more is known than that they are small."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats

_SMALLEST = 1e-12
"""A mean of nothing at all would have no logarithm."""


@dataclass(frozen=True, slots=True)
class Censored:
    """What is known of Poisson counts between two bounds.

    Attributes:
        log_likelihood: of lying between them, up to the mean itself: the logarithm of the sum of
            ``mean ** count / count!`` from one to the other.
        expected: of the count.
        variance: of the count.
    """

    log_likelihood: Floats
    expected: Floats
    variance: Floats


def censored(mean: Floats, at_most: int | Floats, at_least: int | Floats = 0) -> Censored:
    """Return what is known of Poisson counts between two bounds.

    Args:
        mean: of each count, were nothing known.
        at_most: the largest it can be; infinite where nothing is known of it.
        at_least: the smallest, 0 or 1: somebody is there; nothing where ``at_most`` is infinite.
    """
    mean = np.maximum(mean, _SMALLEST)
    bound = np.broadcast_to(np.asarray(at_most, np.float64), mean.shape)
    is_bound = np.isfinite(bound)
    term = np.ones_like(mean)
    can_be_none = (np.asarray(at_least) < 1) | (bound < 1)
    below = np.where(can_be_none, 1.0, 0.0) * term
    once, twice = np.zeros_like(mean), np.zeros_like(mean)
    for count in range(1, int(bound[is_bound].max(initial=0)) + 1):
        term = np.where(count <= bound, term * mean / count, 0.0)
        below = below + term
        once = once + count * term
        twice = twice + count**2 * term
    below = np.where(is_bound, below, 1.0)
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
