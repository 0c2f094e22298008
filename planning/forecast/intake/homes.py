"""Where the pupils of schools live: counts by home and school, suppressed ones among them."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from planning.arrays import Floats
from planning.forecast.inputs import NONE, Flows


def filled(flows: Flows, roll: Floats) -> Floats:
    """Put what is expected in place of suppressed counts.

    A school's roll less the pupils told of is shared alike among its suppressed counts, of which
    none can be above its limit; where the roll is not known, each is what suppressed counts of the
    other schools are on average, or half its limit.

    Args:
        flows: of one year.
        roll: pupils of the phase by school in that year, shape (schools,); ``NaN`` where unknown.

    Returns:
        Pupils of every pair, shape (pairs,).
    """
    hidden = flows.at_most > 0
    if not hidden.any():
        return flows.pupils
    known = flows.school != NONE
    told = np.bincount(flows.school[known], flows.pupils[known], len(roll))
    pairs = np.bincount(flows.school[known & hidden], minlength=len(roll))
    left = np.maximum(roll - told, 0.0)
    each = np.divide(left, pairs, out=np.full(len(roll), np.nan), where=pairs > 0)
    some = np.isfinite(each)
    usual = left[some].sum() / pairs[some].sum() if some.any() else np.nan
    expected = np.where(known, each[flows.school], np.nan)
    expected = np.where(np.isnan(expected), usual, expected)
    expected = np.where(np.isnan(expected), flows.at_most / 2, expected)
    return np.where(hidden, np.minimum(expected, flows.at_most), flows.pupils)


def by_home(
    flows: Sequence[Flows], rolls: Sequence[Floats], *, homes: int, weights: Sequence[float]
) -> csr_array:
    """Count pupils by home and school over some years.

    Args:
        flows: one a year, oldest first.
        rolls: pupils of the phase by school in each of those years, shape (schools,).
        homes: how many small areas there are.
        weights: of the newest year, the one before and so on; older ones count nothing.

    Returns:
        Weighted sum, shape (homes, schools).
    """
    schools = len(rolls[0])
    total = csr_array((homes, schools))
    for one, roll, weight in zip(reversed(flows), reversed(rolls), weights, strict=False):
        within = one.school != NONE
        pupils = weight * filled(one, roll)[within]
        at = (one.home[within], one.school[within])
        total = total + csr_array((pupils, at), shape=(homes, schools))
    return csr_array(total)
