"""Ranges of a level: year groups and sums, each from its own errors."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.ranges import Spread, spread_of
from planning.forecast.results import LEVELS, PARTS, Range

_GROUPS = len(GROUPS)


@dataclass(frozen=True, slots=True)
class Spreads:
    """How far off forecasts of one level have been.

    Attributes:
        here: year groups whose pupils were in the phase already when the forecast was made.
        to_come: year groups of those who had yet to enter it.
        sums: by part, of primary, secondary, sixth_form and all.
    """

    here: Spread
    to_come: Spread
    sums: tuple[Spread, ...]

    def ranges(self, said: Floats) -> dict[int, Range]:
        """Give the ranges around a forecast of shape (units, years ahead, parts)."""
        return {level: self._range(said, level) for level in LEVELS}

    def variance(self, said: Floats) -> Floats:
        """Return the variance of the error to expect of year groups, (units, years, groups)."""
        groups = np.swapaxes(said[..., :_GROUPS], 1, 2)
        here, to_come = self.here.expected(groups), self.to_come.expected(groups)
        size = np.where(is_to_come(said.shape[1]).T, to_come, here)
        return np.where(groups > 0, size, 0.0).swapaxes(1, 2) ** 2

    def _range(self, said: Floats, level: int) -> Range:
        groups = np.swapaxes(said[..., :_GROUPS], 1, 2)
        here = self.here.range(groups, level=level / 100)
        to_come = self.to_come.range(groups, level=level / 100)
        enters = is_to_come(said.shape[1]).T
        low, high = np.empty_like(said), np.empty_like(said)
        for end, mine, theirs in ((low, here[0], to_come[0]), (high, here[1], to_come[1])):
            end[..., :_GROUPS] = np.where(enters, theirs, mine).swapaxes(1, 2)
        for place, spread in enumerate(self.sums, start=_GROUPS):
            low[..., place], high[..., place] = spread.range(said[..., place], level=level / 100)
        return Range(low, high)


def spreads_of(said: Floats, came: Floats) -> Spreads:
    """Learn how far off the forecasts of one level have been.

    Args:
        said: shape (origins, units, years ahead, parts).
        came: same shape, ``NaN`` where nothing came.
    """
    to_come = is_to_come(said.shape[2])
    groups, outcome = said[..., :_GROUPS], came[..., :_GROUPS]
    return Spreads(
        _of_groups(groups, outcome, ~to_come),
        _of_groups(groups, outcome, to_come),
        tuple(spread_of(said[..., p], came[..., p]) for p in range(_GROUPS, len(PARTS))),
    )


def is_to_come(years: int) -> Bools:
    """Say whose pupils had yet to enter the phase when the forecast was made: (years, groups)."""
    place = np.concatenate([np.arange(part.stop - part.start) for part in PHASES.values()])
    return np.asarray(place[np.newaxis, :] <= np.arange(years)[:, np.newaxis])


def leave_one_out(said: Floats, came: Floats) -> Mapping[int, Floats]:
    """Measure how often ranges hold that were made from the errors of the other origins.

    Returns:
        By ``LEVELS``, whether each outcome lay within: 1 or 0, ``NaN`` where nothing came or there
        is no other origin; shape (origins, units, years ahead, parts).
    """
    within = {level: np.full(came.shape, np.nan) for level in LEVELS}
    for origin in range(len(said)):
        others = np.arange(len(said)) != origin
        if not others.any():
            continue
        spreads = spreads_of(said[others], came[others])
        for level, span in spreads.ranges(said[origin]).items():
            there = np.isfinite(came[origin]) & np.isfinite(span.low)
            there &= (came[origin] > 0) | (said[origin] > 0)
            held = (span.low <= came[origin]) & (came[origin] <= span.high)
            within[level][origin] = np.where(there, held, np.nan)
    return within


def _of_groups(said: Floats, came: Floats, which: Bools) -> Spread:
    """Learn from some year groups, those of all phases together."""
    told = np.where(which, said, np.nan).swapaxes(-1, -2)
    return spread_of(told, came.swapaxes(-1, -2))
