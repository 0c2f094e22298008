"""Ranges that have held as often as they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from planning.arrays import Bools, Floats, Singles

_LEAST_SPREAD = 1e-9
_FEWEST = 2
"""Errors of which a spread can be told."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far off a method has been, by size and by years ahead.

    Attributes:
        per_pupil: part of the variance that grows with the pupils, shape (years ahead,).
        per_square: part that grows with their square, shape (years ahead,).
        scaled: errors over their expected size, sorted, one array a year ahead.
    """

    per_pupil: Floats
    per_square: Floats
    scaled: tuple[Floats, ...]

    def expected(self, said: Floats) -> Floats:
        """Size of the error to expect of a forecast, shape (…, years ahead)."""
        return np.sqrt(_variance(said, self.per_pupil, self.per_square))

    def range(self, said: Floats, *, level: float) -> tuple[Floats, Floats]:
        """Return the lower and upper end of what is expected to hold ``level`` of the outcomes.

        Split conformal intervals on scaled errors (Lei and others 2018, Distribution-free
        predictive inference for regression, Journal of the American Statistical Association
        113), below and above each for itself. Where nobody is expected, nobody is.
        """
        low, high = np.empty_like(said), np.empty_like(said)
        size = self.expected(said)
        for year, errors in enumerate(self.scaled):
            below, above = _ends(errors, level)
            low[..., year] = said[..., year] + below * size[..., year]
            high[..., year] = said[..., year] + above * size[..., year]
        nobody = said == 0
        return (
            np.where(nobody, 0.0, np.maximum(low, 0.0)),
            np.where(nobody, 0.0, np.maximum(high, 0.0)),
        )


def spread_of(said: Floats | Singles, came: Floats | Singles) -> Spread:
    """Learn how far off a method has been.

    Args:
        said: shape (…, years ahead), ``NaN`` where nothing came to compare.
        came: same shape.
    """
    return spread_by_year([(said[..., year], came[..., year]) for year in range(said.shape[-1])])


def spread_by_year(years: Sequence[tuple[Floats | Singles, Floats | Singles]]) -> Spread:
    """Learn how far off a method has been, from what was said and came by years ahead.

    Args:
        years: what was said and what came one year ahead, two years ahead and so on, each of any
            shape; ``NaN`` where there is nothing to compare.
    """
    per_pupil, per_square, scaled = np.zeros(len(years)), np.zeros(len(years)), []
    for year, (all_said, all_came) in enumerate(years):
        there = _compared(all_said, all_came)
        said = all_said[there].astype(np.float64)
        error = all_came[there] - said
        per_pupil[year], per_square[year] = _parts(said, error)
        size = np.sqrt(_variance(said, per_pupil[year], per_square[year]))
        scaled.append(np.sort(error / size))
    return _carried_on(Spread(per_pupil, per_square, tuple(scaled)))


def coverage_pct(came: Floats, low: Floats, high: Floats) -> float:
    """Say how many in a hundred outcomes lay within their range."""
    there = np.isfinite(came) & np.isfinite(low)
    within = (low[there] <= came[there]) & (came[there] <= high[there])
    return float(100 * within.mean())


def _ends(errors: Floats, level: float) -> tuple[float, float]:
    """Return the quantiles that leave half of what ``level`` leaves at either end.

    One error more than were seen is allowed for, as conformal intervals do. Where too few were
    seen for that, Student's distribution with their mean square stands in.
    """
    if len(errors) == 0:
        return np.nan, np.nan
    rank = int(np.ceil((len(errors) + 1) * (1 + level) / 2))
    if rank > len(errors):
        wide = float(stdtrit(len(errors), (1 + level) / 2) * np.sqrt(np.mean(errors**2)))
        return min(float(errors[0]), -wide), max(float(errors[-1]), wide)
    return float(errors[len(errors) - rank]), float(errors[rank - 1])


def _carried_on(spread: Spread) -> Spread:
    """Let years ahead that few errors tell of be as the last one that enough do, and wider.

    The variance of what adds up year by year grows with the years.
    """
    tells = [len(errors) >= _FEWEST for errors in spread.scaled]
    if all(tells) or not any(tells):
        return spread
    last = max(year for year, enough in enumerate(tells) if enough)
    years = np.arange(len(tells))
    source = np.where(years > last, last, years)
    growth = (years + 1) / (source + 1)
    return Spread(
        spread.per_pupil[source] * growth,
        spread.per_square[source] * growth,
        tuple(spread.scaled[year] for year in source),
    )


def _parts(said: Floats, error: Floats) -> tuple[float, float]:
    """Fit the variance of the error as a sum of one part in the pupils, one in their square."""
    if len(said) < _FEWEST:
        return 0.0, 0.0
    square, weight = error**2, 1 / np.maximum(said, 1.0)
    design = np.column_stack([said, said**2]) * weight[:, np.newaxis]
    pupil, own = np.linalg.lstsq(design, square * weight, rcond=None)[0]
    if own < 0:
        return float(square.sum() / said.sum()), 0.0
    if pupil < 0:
        return 0.0, float((square * weight**2).mean())
    return float(pupil), float(own)


def _variance(said: Floats, per_pupil: Floats | float, per_square: Floats | float) -> Floats:
    return np.asarray(np.maximum((per_pupil + per_square * said) * said, _LEAST_SPREAD))


def _compared(said: Floats | Singles, came: Floats | Singles) -> Bools:
    return np.asarray(np.isfinite(came) & (said > 0) & np.isfinite(said))
