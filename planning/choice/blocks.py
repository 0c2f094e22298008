"""Judges a choice on areas that were left out of its fit, beside what is simpler."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import minimize_scalar

from planning.arrays import Floats, Ints
from planning.choice.censoring import expected_published
from planning.choice.features import Homes, Journeys, Schools, design, straight_km
from planning.choice.fit import LEAST_SHOWN, fit
from planning.choice.judging import share_right, spatial_blocks, srmse
from planning.choice.model import shares
from planning.choice.regional import Observed, prior_of, start_of, telling

BLOCK_M: Final = 5000.0
"""Side of the squares that are left out as a whole."""

FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """How well a method tells where children go.

    Like is held against like: of the counts, those up to a threshold are not published, so what
    is expected to be published of a method's shares is held against what was, area by area.

    Attributes:
        method: its id.
        share_right_pct: of the pupils counted, put in the right school.
        plain_right_pct: the same, with the shares themselves held against what was published,
            though they put pupils in schools to which so few go that it is not published.
        srmse: of the table of all homes and schools.
        pupils: judged on.
    """

    method: str
    share_right_pct: float
    plain_right_pct: float
    srmse: float
    pupils: float


def folds_of(homes: Homes, *, seed: int = 0) -> Ints:
    """Part homes into folds of whole squares of five kilometres."""
    return spatial_blocks(homes.x, homes.y, side_m=BLOCK_M, folds=FOLDS, seed=seed)


def folds_of_schools(homes: Homes, fold: Ints, schools: Schools) -> Ints:
    """Say in which fold of squares each school stands.

    Where nobody lives in its square, it is that of the nearest home.

    Args:
        homes: that were parted.
        fold: of each home, as ``folds_of`` has them, shape (homes,).
        schools: where they stand.

    Returns:
        Shape (schools,).
    """
    km = straight_km(homes, schools)
    is_same = np.floor(homes.x / BLOCK_M)[:, None] == np.floor(schools.x / BLOCK_M)
    is_same &= np.floor(homes.y / BLOCK_M)[:, None] == np.floor(schools.y / BLOCK_M)
    km[~is_same] += np.ptp(km) + 1.0
    return np.asarray(fold[km.argmin(axis=0)])


def left_out_shares(
    homes: Homes,
    schools: Schools,
    ways: Journeys,
    seen: Observed,
    *,
    is_bent: bool = True,
    fold: Ints,
    unseen: Journeys | None = None,
) -> Floats:
    """Return shares by home and school, each from a fit that has not seen the home's block.

    Args:
        homes: where children live.
        schools: where they may go.
        ways: between them.
        seen: what was counted.
        is_bent: as in ``design``.
        fold: block of each home, shape (homes,).
        unseen: ways as they are known of a home whose counts are not, where these tell of them;
            left out: ``ways``.
    """
    set_out = telling(homes, schools, ways, is_bent=is_bent)
    asked = design(homes, schools, unseen or ways, is_bent=is_bent, only=set_out.names)
    row = set_out.options.school
    counts, said = seen.of(row), np.zeros(row.shape)
    prior = prior_of(ways.unit, is_bent=is_bent)
    for each in np.unique(fold):
        out = fold == each
        known = set_out.options.take(~out)
        found = fit(known, counts.take(~out), prior=prior, start=start_of(set_out))
        said[out] = shares(asked.options.take(out), found.weights)
    wide = np.zeros((len(row), len(schools.x)))
    np.put_along_axis(wide, row, said, axis=1)
    return wide


def judged(method: str, share: Floats, seen: Observed) -> Judged:
    """Hold shares against counts.

    Args:
        method: what they come from.
        share: of each home's children, by school, shape (homes, schools).
        seen: what was counted.
    """
    came = seen.pupils
    total = came.sum(axis=1)
    said = said_published(share, seen)
    return Judged(
        method,
        share_right_pct=100 * share_right(said, came),
        plain_right_pct=100 * share_right(total[:, None] * share, came),
        srmse=srmse(said, came),
        pupils=float(total.sum()),
    )


def said_published(share: Floats, seen: Observed) -> Floats:
    """Return what is expected to be published where shares hold, as many pupils as were.

    Args:
        share: of each home's children, by school, shape (homes, schools).
        seen: what was published.
    """
    total = seen.pupils.sum(axis=1)
    shown = np.where(seen.is_suppressed, 0.0, share).sum(axis=1)
    guessed = total / np.maximum(shown, LEAST_SHOWN)
    everybody = np.where(np.isnan(seen.everybody), guessed, seen.everybody)
    expected = expected_published(everybody[:, None] * share, seen.threshold)
    # Counts hidden to protect others are known to be missing, and say nothing.
    expected[seen.is_suppressed & np.isinf(seen.at_most)] = 0.0
    of_home = expected.sum(axis=1, keepdims=True)
    nothing = np.zeros(expected.shape)
    of_total = np.divide(expected, of_home, out=nothing, where=of_home > 0)
    return np.asarray(total[:, None] * of_total)


def nearest_shares(km: Floats) -> Floats:
    """Put everybody in the nearest school."""
    share = np.zeros(km.shape)
    share[np.arange(len(km)), km.argmin(axis=1)] = 1.0
    return share


def gravity_shares(km: Floats, pull: Floats, decay: float) -> Floats:
    """Share children out by the pupils of a school, times an exponential of the distance.

    Wilson (1971), A family of spatial interaction models, and associated developments,
    Environment and Planning 3.

    Args:
        km: shape (homes, schools).
        pull: of each school, shape (schools,).
        decay: by the kilometre.
    """
    weight = pull * np.exp(-decay * (km - km.min(axis=1, keepdims=True)))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def fitted_gravity(km: Floats, pupils: Floats) -> float:
    """Return the decay that makes counts most likely."""
    pull = pupils.sum(axis=0)

    def misfit(decay: float) -> float:
        return -float((pupils * np.log(gravity_shares(km, pull, decay) + 1e-12)).sum())

    return float(minimize_scalar(misfit, bounds=(0.01, 5.0), method="bounded").x)
