"""Ranges that have held as often as they say."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from planning.arrays import Bools, Floats

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
        variance = self.per_pupil * said + self.per_square * said**2
        return np.sqrt(np.maximum(variance, _LEAST_SPREAD))

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


def spread_of(said: Floats, came: Floats) -> Spread:
    """Learn how far off a method has been.

    Args:
        said: shape (…, years ahead), ``NaN`` where nothing came to compare.
        came: same shape.
    """
    said = said.reshape(-1, said.shape[-1])
    came = came.reshape(said.shape)
    years = range(said.shape[-1])
    parts = [_parts(said[:, year], came[:, year]) for year in years]
    learnt = Spread(np.array([a for a, _ in parts]), np.array([b for _, b in parts]), ())
    size = learnt.expected(np.nan_to_num(said))
    scaled = []
    for year in years:
        there = _compared(said[:, year], came[:, year])
        errors = came[there, year] - said[there, year]
        scaled.append(np.sort(errors / size[there, year]))
    return _carried_on(Spread(learnt.per_pupil, learnt.per_square, tuple(scaled)))


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


def _parts(said: Floats, came: Floats) -> tuple[float, float]:
    """Fit the variance of the error as a sum of one part in the pupils, one in their square."""
    there = _compared(said, came)
    if there.sum() < 2:  # noqa: PLR2004 - two unknowns
        return 0.0, 0.0
    size, square = said[there], (came[there] - said[there]) ** 2
    weight = 1 / np.maximum(size, 1.0)
    design = np.column_stack([size, size**2]) * weight[:, np.newaxis]
    pupil, own = np.linalg.lstsq(design, square * weight, rcond=None)[0]
    if own < 0:
        return float(square.sum() / size.sum()), 0.0
    if pupil < 0:
        return 0.0, float((square * weight**2).mean())
    return float(pupil), float(own)


def _compared(said: Floats, came: Floats) -> Bools:
    return np.isfinite(said) & np.isfinite(came) & (said > 0)
