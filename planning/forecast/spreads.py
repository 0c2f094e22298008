"""Ranges of a level: year groups and sums, each from its own errors."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats, Singles
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
        return {level: self.range(said, level) for level in LEVELS}

    def variance(self, said: Floats) -> Floats:
        """Return the variance of the error to expect of year groups, (units, years, groups)."""
        groups = np.swapaxes(said[..., :_GROUPS], 1, 2)
        here, to_come = self.here.size.expected(groups), self.to_come.size.expected(groups)
        size = np.where(is_to_come(said.shape[1]).T, to_come, here)
        return np.where(groups > 0, size, 0.0).swapaxes(1, 2) ** 2

    def range(self, said: Floats, level: int) -> Range:
        """Give the range of one level around a forecast."""
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


def spreads_of(said: Floats | Singles, came: Floats | Singles) -> Spreads:
    """Learn how far off the forecasts of one level have been.

    Args:
        said: shape (origins, units, years ahead, parts).
        came: same shape, ``NaN`` where nothing came.
    """
    to_come = is_to_come(said.shape[2])
    return Spreads(
        _of_groups(said, np.where(to_come, np.nan, came[..., :_GROUPS])),
        _of_groups(said, np.where(to_come, came[..., :_GROUPS], np.nan)),
        tuple(spread_of(said[..., p], came[..., p]) for p in range(_GROUPS, len(PARTS))),
    )


def _of_groups(said: Floats | Singles, came: Floats | Singles) -> Spread:
    """Learn from year groups, those of all phases together."""
    return spread_of(np.swapaxes(said[..., :_GROUPS], 2, 3), np.swapaxes(came, 2, 3))


def is_to_come(years: int) -> Bools:
    """Say whose pupils had yet to enter the phase when the forecast was made: (years, groups)."""
    place = np.concatenate([np.arange(part.stop - part.start) for part in PHASES.values()])
    return np.asarray(place[np.newaxis, :] <= np.arange(years)[:, np.newaxis])


@dataclass(frozen=True, slots=True)
class Held:
    """How often ranges have held.

    Attributes:
        within: outcomes that lay within, by ``LEVELS``, shape (years ahead, parts).
        tried: outcomes in all, same shape.
    """

    within: Mapping[int, Floats]
    tried: Floats


def leave_one_out(said: Floats | Singles, came: Floats | Singles) -> Held:
    """Measure how often ranges hold that were made from the errors of the other origins.

    Args:
        said: shape (origins, units, years ahead, parts).
        came: same shape, ``NaN`` where nothing came.
    """
    within = {level: np.zeros(said.shape[2:]) for level in LEVELS}
    tried = np.zeros(said.shape[2:])
    for origin in range(len(said)):
        others = came.copy()
        others[origin] = np.nan
        spreads = spreads_of(said, others)
        spoken, outcome = said[origin].astype(np.float64), came[origin]
        there = np.isfinite(outcome) & ((outcome > 0) | (spoken > 0))
        for level in LEVELS:
            span = spreads.range(spoken, level)
            there &= np.isfinite(span.low)
            held = there & (span.low <= outcome) & (outcome <= span.high)
            within[level] += held.sum(axis=0)
        tried += there.sum(axis=0)
    return Held(within, tried)
