"""Ranges that have held as often as they say."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from planning.arrays import Bools, Floats, Singles
from planning.forecast.sizes import Size, size_of


@dataclass(frozen=True, slots=True)
class Spread:
    """How far off a method has been, by pupils and by years ahead.

    Attributes:
        size: of errors to expect.
        scaled: errors over their expected size, of all years ahead.
        outcomes: counts that they are errors of: what was said of one in several years is off
            for the same reasons.
    """

    size: Size
    scaled: Floats
    outcomes: int

    def range(self, said: Floats, *, level: float) -> tuple[Floats, Floats]:
        """Return the lower and upper end of what is expected to hold ``level`` of the outcomes.

        Split conformal intervals on scaled errors (Lei and others 2018, Distribution-free
        predictive inference for regression, Journal of the American Statistical Association
        113), below and above each for itself. Where nobody is expected, nobody is.

        Args:
            said: shape (…, years ahead), as far ahead as is wanted.
            level: share of the outcomes, 0 to 1.
        """
        size = self.size.expected(said)
        below, above = ends(self.scaled, level, outcomes=self.outcomes)
        nobody = said == 0
        return (
            np.where(nobody, 0.0, np.maximum(said + below * size, 0.0)),
            np.where(nobody, 0.0, np.maximum(said + above * size, 0.0)),
        )


def spread_of(said: Floats | Singles, came: Floats | Singles) -> Spread:
    """Learn how far off a method has been.

    Args:
        said: from several origins, each a year after the one before, shape
            (origins, …, years ahead); ``NaN`` where there is nothing to compare.
        came: same shape.
    """
    there = _compared(said, came)
    pupils = said[there].astype(np.float64)
    error = came[there] - pupils
    ahead = np.broadcast_to(np.arange(1, said.shape[-1] + 1), said.shape)[there]
    size = size_of(pupils, error, ahead)
    return Spread(size, error / size.of_years(pupils, ahead), _outcomes(there))


def coverage_pct(came: Floats, low: Floats, high: Floats) -> float:
    """Say how many in a hundred outcomes lay within their range."""
    there = np.isfinite(came) & np.isfinite(low)
    within = (low[there] <= came[there]) & (came[there] <= high[there])
    return float(100 * within.mean())


def ends(errors: Floats, level: float, *, outcomes: int) -> tuple[float, float]:
    """Return the quantiles that leave half of what ``level`` leaves at either end.

    One error more than were seen is allowed for, as conformal intervals do. Where outcomes are so
    few that the quantile is the furthest of them or beyond, the range is no narrower than
    Student's distribution makes it with the errors' mean square.

    Args:
        errors: shape (errors,).
        level: share of outcomes to be within, 0 to 1.
        outcomes: counts that they are errors of, as many as errors or fewer.
    """
    count = len(errors)
    if count == 0:
        return np.nan, np.nan
    rank = min(_rank(count, level), count)
    told = np.partition(errors, (count - rank, rank - 1))
    low, high = float(told[count - rank]), float(told[rank - 1])
    if _rank(outcomes, level) < outcomes:
        return low, high
    wide = float(stdtrit(outcomes, (1 + level) / 2) * np.sqrt(np.mean(errors**2)))
    return min(low, -wide), max(high, wide)


def _rank(count: int, level: float) -> int:
    """Return which of so many errors, the smallest first, is the upper end."""
    return int(np.ceil((count + 1) * (1 + level) / 2))


def _outcomes(there: Bools) -> int:
    """Count the years of units that were compared with, from whichever origin."""
    origins, years = there.shape[0], there.shape[-1]
    seen = np.zeros((origins + years - 1, *there.shape[1:-1]), bool)
    for year in range(years):
        seen[year : year + origins] |= there[..., year]
    return int(seen.sum())


def _compared(said: Floats | Singles, came: Floats | Singles) -> Bools:
    return np.asarray(np.isfinite(came) & (said > 0) & np.isfinite(said))
