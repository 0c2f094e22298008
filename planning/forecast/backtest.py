"""What a method would have said in earlier years, and how far it would have been off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats
from planning.forecast.methods import Known, Lever, Method, forecast

KnownIn = Callable[[int], Known]
"""Gives what was known when the roll of a year, by its place among all years, was the last."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What was said and what came, from every origin.

    Attributes:
        origins: the last year known, by its place among all years.
        said: shape (origins, units, years ahead, groups); ``NaN`` where no year came to compare.
        came: same shape.
    """

    origins: tuple[int, ...]
    said: Floats
    came: Floats

    def totals(self) -> tuple[Floats, Floats]:
        """Add the year groups up, where all that were expected came: (origins, units, years)."""
        return self.said.sum(axis=-1), self.came.sum(axis=-1)


def rolling_origin(
    rolls: Floats,
    known_in: KnownIn,
    method: Method,
    *,
    years: int,
    origins: Sequence[int],
    lever: Lever | None = None,
) -> Backtest:
    """Forecast from each of several years as if it were the last, and compare with what came.

    Rolling-origin evaluation (Tashman 2000, Out-of-sample tests of forecasting accuracy,
    International Journal of Forecasting 16).

    Args:
        rolls: all that came, shape (units, years, groups).
        known_in: what was known then; must not know any better.
        method: to be tried.
        years: how many ahead.
        origins: places of the years to forecast from.
        lever: as a planner set it.
    """
    shape = (len(origins), rolls.shape[0], years, rolls.shape[-1])
    said, came = np.full(shape, np.nan), np.full(shape, np.nan)
    for row, origin in enumerate(origins):
        there = min(years, rolls.shape[1] - 1 - origin)
        came[row, :, :there] = rolls[:, origin + 1 : origin + 1 + there]
        said[row] = forecast(known_in(origin), method, years=years, lever=lever)
        said[row, :, there:] = np.nan
    return Backtest(tuple(origins), said, came)


def mean_absolute_pct(said: Floats, came: Floats) -> float:
    """Mean of the absolute errors as a share of what came, in per cent; where somebody came."""
    there = np.isfinite(said) & np.isfinite(came) & (came > 0)
    return float(100 * np.mean(np.abs(said[there] - came[there]) / came[there]))
