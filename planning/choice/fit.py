"""Fits the choice of a school to counts of pupils by home and school."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from planning.arrays import Bools, Floats
from planning.choice.censoring import Censored, censored
from planning.choice.information import errors, information
from planning.choice.model import Options, Weights, shares_by_kind, utility

_SMALLEST = 1e-12
"""Keeps the logarithm of a share finite."""

_DONE = 0.01
"""A step that promises less log-likelihood than this is the last."""

_SHORTEST = 1e-3
"""Part of a step below which it is not shortened any more."""

LEAST_SHOWN = 0.2
"""However few are expected to be shown of an area, it has at most five times those that are."""


@dataclass(frozen=True, slots=True)
class Prior:
    """How far schools are expected to differ; what keeps small ones from running away.

    Attributes:
        constant_sd: standard deviation of the constants of schools.
        slope_sd: of the slopes of their own.
        attribute_sd: of the weights of attributes: wide, so that counts decide, but one of which
            they say nothing stays at nothing.
    """

    constant_sd: float = 1.0
    slope_sd: float = 0.2
    attribute_sd: float = 10.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Pupils by home and school.

    Attributes:
        pupils: by area and option, zero where suppressed, shape (areas, options).
        is_suppressed: counts between nothing and ``at_most``, shape (areas, options).
        at_most: the largest count that is suppressed; by cell where they differ, infinite where
            nothing is known of one.
        everybody: pupils of each area before any count was suppressed, ``NaN`` where not known,
            shape (areas,); none is known where left out.
        at_least: the smallest that a suppressed count can be, 0 or 1, by cell where they differ.
        told: share of those who chose an option that its count holds: three sevenths of the pupils
            of primary age where an infants' school has three of their seven year groups; a
            number, or by cell.
    """

    pupils: Floats
    is_suppressed: Bools
    at_most: int | Floats = 0
    everybody: Floats | None = None
    at_least: int | Floats = 0
    told: float | Floats = 1.0

    def take(self, areas: Bools) -> "Counts":
        """Return the counts of some areas."""
        return Counts(
            self.pupils[areas],
            self.is_suppressed[areas],
            self.at_most if isinstance(self.at_most, int) else self.at_most[areas],
            None if self.everybody is None else self.everybody[areas],
            self.at_least if isinstance(self.at_least, int) else self.at_least[areas],
            self.told if isinstance(self.told, float) else self.told[areas],
        )

    def without(self, areas: Bools) -> "Counts":
        """Forget where the children of some areas go, shape (areas,)."""
        out = areas[:, np.newaxis]
        return replace(
            self,
            pupils=np.where(out, 0.0, self.pupils),
            is_suppressed=self.is_suppressed | out,
            at_most=np.where(out, np.inf, self.at_most),
        )

    def censored(self, mean: Floats) -> Censored:
        """Return what is known of suppressed counts, given the mean of those who chose."""
        return censored(mean * self.told, self.at_most, self.at_least)

    def expected(self, mean: Floats, hidden: Censored) -> Floats:
        """Return how many chose, given the mean: as counted, or as is expected of the others."""
        counted = np.where(self.is_suppressed, hidden.expected, self.pupils)
        return np.asarray(counted + mean * (1.0 - self.told))

    def log_likelihood(self, mean: Floats, share: Floats, hidden: Censored) -> float:
        """Return it of all counts, up to what no weight changes."""
        each = np.where(self.is_suppressed, hidden.log_likelihood, self.pupils * np.log(share))
        return float((each + mean * (1.0 - self.told)).sum())

    def worth(self, mean: Floats) -> Floats:
        """Return how much each count tells, as a share of what it would if everybody told."""
        missing = self.censored(mean).variance / np.maximum(mean * self.told, _SMALLEST)
        known = np.where(self.is_suppressed, np.maximum(1.0 - missing, 0.0), 1.0)
        return np.asarray(known * self.told)

    def expected_total(self, share: Floats) -> Floats:
        """Return pupils of each area: as told, or what those shown are expected to be part of."""
        shown = np.where(self.is_suppressed, 0.0, share * self.told).sum(axis=1)
        guessed = self.pupils.sum(axis=1) / np.maximum(shown, LEAST_SHOWN)
        if self.everybody is None:
            return np.asarray(guessed)
        return np.where(np.isnan(self.everybody), guessed, self.everybody)


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted.

    Attributes:
        weights: the most likely ones.
        error: standard errors of the weights of attributes, with children of one area not taken
            to be independent, shape (attributes,).
        log_likelihood: of the counts, suppressed ones filled with what is expected of them.
        iterations: of the search.
    """

    weights: Weights
    error: Floats
    log_likelihood: float
    iterations: int


def fit(
    options: Options,
    counts: Counts,
    *,
    prior: Prior | None = None,
    start: Weights | None = None,
    most_iterations: int = 50,
) -> Fit:
    """Find the weights that make the counts most likely.

    A suppressed count is neither nothing nor missing: it is known to be at most the threshold,
    and has the likelihood of that (a censored Poisson count: Terza 1985, A Tobit-type estimator
    for the censored Poisson regression model, Economics Letters 18). The search is Fisher's
    scoring: every step is the gradient over the information.

    Args:
        options: what was chosen among.
        counts: who chose what.
        prior: how far schools differ.
        start: where the search begins; nothing weighs anything there if left out.
        most_iterations: after which the search ends.

    Returns:
        With standard errors as ``planning.choice.information.errors`` has them.
    """
    lent = _precision(prior or Prior(), len(options.attributes), options.schools)
    problem = _Problem(options, counts, lent)
    here = problem.at(np.zeros(len(lent)) if start is None else start.flat())
    done = 0
    while done < most_iterations:
        done += 1
        total = problem.total(here)
        value, gradient = problem.value(here, total)
        step = cho_solve(cho_factor(problem.information(here, total)), gradient)
        before, here = here, problem.uphill(here, step, value, total)
        if gradient @ step < _DONE or here is before:
            break
    total = problem.total(here)
    told = cho_factor(problem.information(here, total))
    attributes = len(options.attributes)
    inverse = cho_solve(told, np.eye(len(lent))[:, :attributes]).T
    error = errors(options, problem.pull(here, total), lent, inverse)
    value = problem.value(here, total)[0] + float((lent * here.flat**2).sum() / 2)
    return Fit(Weights.of(here.flat, attributes, options.schools), error, value, done)


@dataclass(frozen=True, slots=True)
class _Point:
    """Weights laid out flat, and the shares that they give by kind of child and in all."""

    flat: Floats
    by_kind: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is to be made most likely: a penalised likelihood of weights laid out flat."""

    options: Options
    counts: Counts
    lent: Floats

    def at(self, flat: Floats) -> _Point:
        """Work out the shares that weights give: what takes longest, once for each weights."""
        options = self.options
        weights = Weights.of(flat, len(options.attributes), options.schools)
        by_kind = shares_by_kind(options, utility(options, weights))
        return _Point(flat, by_kind, options.of_everybody(by_kind) + _SMALLEST)

    def total(self, here: _Point) -> Floats:
        """Return pupils of each area, those of suppressed counts included."""
        return self.counts.expected_total(here.share)

    def value(self, here: _Point, total: Floats) -> tuple[float, Floats]:
        """Return the penalised log-likelihood, and its gradient."""
        options = self.options
        mean = total[:, np.newaxis] * here.share
        hidden = self.counts.censored(mean)
        pull = self._pull(here, self.counts.expected(mean, hidden))
        row, schools = options.school.ravel(), options.schools
        gradient = Weights(
            attributes=np.tensordot(options.attributes, pull, axes=2),
            constant=np.bincount(row, pull.ravel(), schools).astype(np.float64),
            slope=np.bincount(row, (pull * options.journey).ravel(), schools).astype(np.float64),
        ).flat()
        lent = (self.lent * here.flat**2).sum() / 2
        value = self.counts.log_likelihood(mean, here.share, hidden) - lent
        return float(value), gradient - self.lent * here.flat

    def pull(self, here: _Point, total: Floats) -> Floats:
        """Return how the log-likelihood grows with the utility of options, (rows, options)."""
        mean = total[:, np.newaxis] * here.share
        return self._pull(here, self.counts.expected(mean, self.counts.censored(mean)))

    def _pull(self, here: _Point, pupils: Floats) -> Floats:
        options = self.options
        ratio = options.by_row(pupils / here.share) * options.part_share[:, np.newaxis]
        of_kind = options.kind_share[:, np.newaxis, np.newaxis] * here.by_kind * ratio
        whole = of_kind.sum(axis=2, keepdims=True)
        return np.asarray((of_kind - here.by_kind * whole).sum(axis=0))

    def information(self, here: _Point, total: Floats) -> Floats:
        """Return the information of the counts and of the prior, shape (weights, weights).

        A suppressed count tells less than one that is told, by its variance given that it is
        suppressed (Louis 1982, Finding the observed information matrix when using the EM
        algorithm, Journal of the Royal Statistical Society B 44).
        """
        mean = total[:, np.newaxis] * here.share
        worth = total[:, np.newaxis] * self.counts.worth(mean)
        return np.asarray(information(self.options, here.by_kind, worth) + np.diag(self.lent))

    def uphill(self, here: _Point, step: Floats, value: float, total: Floats) -> _Point:
        """Go a step, half of it, a quarter and so on until it leads upwards; else stay."""
        length = 1.0
        while length > _SHORTEST:
            there = self.at(here.flat + length * step)
            if self.value(there, total)[0] >= value:
                return there
            length /= 2
        return here


def _precision(prior: Prior, attributes: int, schools: int) -> Floats:
    return np.concatenate(
        [
            np.full(attributes, prior.attribute_sd**-2),
            np.full(schools, prior.constant_sd**-2),
            np.full(schools, prior.slope_sd**-2),
        ]
    )
