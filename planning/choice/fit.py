"""Fits the choice of a school to counts of pupils by home and school."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from planning.arrays import Bools, Floats
from planning.choice.model import Options, Weights, shares, shares_by_kind, utility

_SMALLEST = 1e-12
"""Keeps the logarithm of a share finite."""

_LEAST_SHOWN = 0.2
"""However few are expected to be shown of an area, it has at most five times those that are."""


@dataclass(frozen=True, slots=True)
class Prior:
    """How far schools are expected to differ; what keeps small ones from running away.

    Attributes:
        constant_sd: standard deviation of the constants of schools.
        slope_sd: of the slopes of their own.
    """

    constant_sd: float = 1.0
    slope_sd: float = 0.2


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
    """

    pupils: Floats
    is_suppressed: Bools
    at_most: int | Floats = 0
    everybody: Floats | None = None

    def take(self, areas: Bools) -> "Counts":
        """Return the counts of some areas."""
        return Counts(
            self.pupils[areas],
            self.is_suppressed[areas],
            self.at_most if isinstance(self.at_most, int) else self.at_most[areas],
            None if self.everybody is None else self.everybody[areas],
        )

    def expected_total(self, share: Floats) -> Floats:
        """Return pupils of each area: as told, or what those shown are expected to be part of."""
        shown = np.where(self.is_suppressed, 0.0, share).sum(axis=1)
        guessed = self.pupils.sum(axis=1) / np.maximum(shown, _LEAST_SHOWN)
        if self.everybody is None:
            return np.asarray(guessed)
        return np.where(np.isnan(self.everybody), guessed, self.everybody)


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted.

    Attributes:
        weights: the most likely ones.
        error: standard errors of the weights of attributes, shape (attributes,).
        log_likelihood: of the counts, suppressed ones filled with what is expected of them.
        rounds: how often suppressed counts were filled and the weights fitted again.
        iterations: of the search, in the last round.
    """

    weights: Weights
    error: Floats
    log_likelihood: float
    rounds: int
    iterations: int


def fit(
    options: Options,
    counts: Counts,
    *,
    prior: Prior | None = None,
    rounds: int = 3,
    most_iterations: int = 300,
) -> Fit:
    """Find the weights that make the counts most likely.

    A suppressed count is neither nothing nor missing: it is filled with what the model expects of
    a count that is at most the threshold, and the weights are fitted again (expectation and
    maximisation: Dempster, Laird and Rubin 1977, Journal of the Royal Statistical Society B 39).

    Args:
        options: what was chosen among.
        counts: who chose what.
        prior: how far schools differ.
        rounds: of filling and fitting; one is enough where nothing is suppressed.
        most_iterations: of the search in a round.

    Returns:
        With standard errors from the information of the penalised likelihood.
    """
    known = prior or Prior()
    flat = np.zeros(len(options.attributes) + 2 * options.schools)
    done = rounds if counts.is_suppressed.any() else 1
    for _ in range(done):
        weights = Weights.of(flat, len(options.attributes), options.schools)
        filled = _filled(options, counts, weights, is_first=not flat.any())
        found = minimize(
            _objective,
            flat,
            args=(options, filled, known),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": most_iterations},
        )
        flat = found.x
    weights = Weights.of(flat, len(options.attributes), options.schools)
    share = shares(options, weights)
    return Fit(
        weights=weights,
        error=_standard_errors(options, filled.sum(axis=1), share, known),
        log_likelihood=float((filled * np.log(share + _SMALLEST)).sum()),
        rounds=done,
        iterations=int(found.nit),
    )


def expected_below(mean: Floats, at_most: int | Floats) -> Floats:
    """What is expected of a Poisson count known to be at most a threshold.

    Args:
        mean: of the count, were nothing known.
        at_most: the threshold; infinite where there is none.
    """
    bound = np.broadcast_to(np.asarray(at_most, np.float64), mean.shape)
    term, above, below = np.ones_like(mean), np.zeros_like(mean), np.ones_like(mean)
    for count in range(1, int(bound[np.isfinite(bound)].max(initial=0)) + 1):
        term = np.where(count <= bound, term * mean / count, 0.0)
        above = above + count * term
        below = below + term
    return np.where(np.isfinite(bound), above / below, mean)


def expected_published(mean: Floats, at_most: int) -> Floats:
    """What is expected to be published of a Poisson count, which is nothing up to a threshold."""
    term, hidden = np.exp(-mean), np.zeros_like(mean)
    for count in range(1, at_most + 1):
        term = term * mean / count
        hidden = hidden + count * term
    return np.asarray(mean - hidden)


def _filled(options: Options, counts: Counts, weights: Weights, *, is_first: bool) -> Floats:
    """Put what is expected in place of suppressed counts; nothing at first."""
    if is_first or not counts.is_suppressed.any():
        return counts.pupils
    share = shares(options, weights)
    all_pupils = counts.expected_total(share)
    hidden = expected_below(all_pupils[:, np.newaxis] * share, counts.at_most)
    return np.where(counts.is_suppressed, hidden, counts.pupils)


def _objective(
    flat: Floats, options: Options, pupils: Floats, prior: Prior
) -> tuple[float, Floats]:
    """Return the penalised negative log-likelihood a pupil, and its gradient."""
    weights = Weights.of(flat, len(options.attributes), options.schools)
    by_kind = shares_by_kind(options, utility(options, weights))
    share = np.tensordot(options.kind_share, by_kind, axes=1)
    ratio = pupils / (share + _SMALLEST)
    of_kind = options.kind_share[:, np.newaxis, np.newaxis] * by_kind * ratio
    pull = (of_kind - by_kind * of_kind.sum(axis=2, keepdims=True)).sum(axis=0)
    row, schools = options.school.ravel(), options.schools
    gradient = Weights(
        attributes=np.tensordot(options.attributes, pull, axes=2),
        constant=np.bincount(row, pull.ravel(), schools).astype(np.float64),
        slope=np.bincount(row, (pull * options.journey).ravel(), schools).astype(np.float64),
    ).flat()
    lent = _precision(prior, len(options.attributes), schools)
    fitted = (pupils * np.log(share + _SMALLEST)).sum() - (lent * flat**2).sum() / 2
    total = max(float(pupils.sum()), 1.0)
    return -float(fitted) / total, -(gradient - lent * flat) / total


def _precision(prior: Prior, attributes: int, schools: int) -> Floats:
    return np.concatenate(
        [
            np.zeros(attributes),
            np.full(schools, prior.constant_sd**-2),
            np.full(schools, prior.slope_sd**-2),
        ]
    )


def _standard_errors(options: Options, pupils: Floats, share: Floats, prior: Prior) -> Floats:
    """Return the standard errors of the attributes' weights, those of schools allowed for.

    The information of a multinomial count: pupils times the covariance of the design.
    """
    areas, width = share.shape
    attributes, schools = len(options.attributes), options.schools
    size = attributes + 2 * schools
    information = np.diag(_precision(prior, attributes, schools))
    rows = np.arange(width)
    for area in range(areas):
        if not pupils[area]:
            continue
        design = np.zeros((width, size))
        design[:, :attributes] = options.attributes[:, area].T
        design[rows, attributes + options.school[area]] = 1.0
        design[rows, attributes + schools + options.school[area]] = options.journey[area]
        used = np.flatnonzero(design.any(axis=0))
        part = design[:, used]
        mean = share[area] @ part
        spread = (part * share[area][:, np.newaxis]).T @ part - np.outer(mean, mean)
        information[np.ix_(used, used)] += pupils[area] * spread
    information += 1e-9 * np.eye(size)
    inverse = cho_solve(cho_factor(information), np.eye(size)[:, :attributes])
    return np.sqrt(np.diag(inverse[:attributes]))
