"""What has been said and what came, added up to parts of a roll and to errors of methods."""

from collections.abc import Sequence

import numpy as np

from planning.arrays import Floats, Reals, Singles
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.results import FINAL, METHODS, PARTS, Accuracy, Record
from planning.forecast.spreads import leave_one_out

STORED = np.float32
"""Records are kept in single precision: a pupil in sixteen million is enough."""


def with_sums(groups: Reals) -> Reals:
    """Put the sums of phases and of all behind year groups: shape (…, groups) to (…, parts)."""
    parts = np.empty((*groups.shape[:-1], len(PARTS)), groups.dtype)
    parts[..., : len(GROUPS)] = groups
    for place, part in enumerate(PHASES.values(), start=len(GROUPS)):
        parts[..., place] = groups[..., part].sum(axis=-1)
    parts[..., -1] = groups.sum(axis=-1)
    return parts


def came_after(rolls: Floats, origins: Sequence[int], years: int) -> Singles:
    """Return what came after each origin: (origins, units, years ahead, parts), ``NaN`` beyond.

    Also ``NaN`` where nobody was left in a unit: a forecast is of schools that stay open, and so
    is its range. Whether one closes is for a planner to say.

    Args:
        rolls: shape (units, years, groups).
        origins: places of the last years known.
        years: ahead.
    """
    came = np.full((len(origins), len(rolls), years, len(PARTS)), np.nan, STORED)
    parts = with_sums(rolls)
    parts = np.where(parts[..., -1:] == 0, np.nan, parts)
    for row, origin in enumerate(origins):
        there = min(years, rolls.shape[1] - 1 - origin)
        came[row, :, :there] = parts[:, origin + 1 : origin + 1 + there]
    return came


def accuracy_of(record: Record) -> Accuracy:
    """Sum up how far off each method has been, over all units and origins."""
    shape = (len(record.by), *record.came.shape[2:])
    tried = np.zeros(shape, np.int64)
    error, pct, signed = (np.full(shape, np.nan) for _ in range(3))
    for row, said in enumerate(record.said):
        for year in range(shape[1]):
            came = record.came[:, :, year]
            there = np.isfinite(said[:, :, year]) & (came > 0)
            off = np.where(there, said[:, :, year] - came, 0.0)
            share = 100 * np.divide(off, came, out=np.zeros_like(off), where=there)
            count = tried[row, year] = there.sum(axis=(0, 1))
            for total, values in ((error, np.abs(off)), (pct, np.abs(share)), (signed, share)):
                sums = values.sum(axis=(0, 1), dtype=np.float64)
                np.divide(sums, count, out=total[row, year], where=count > 0)
    return Accuracy(record.by, tried, error, pct, signed, _within(record, shape))


def _within(record: Record, shape: tuple[int, ...]) -> dict[int, Floats]:
    """Measure how often the ranges of the forecast itself have held."""
    final = record.by.index(FINAL)
    held = leave_one_out(record.said[final], record.came)
    found = {}
    for level, within in held.within.items():
        found[level] = np.full(shape, np.nan)
        np.divide(100 * within, held.tried, out=found[level][final], where=held.tried > 0)
    return found


def empty_record(origins: int, units: int, years: int) -> Singles:
    """Make room for what methods said: (methods and the forecast, origins, units, years, parts)."""
    return np.full((len(METHODS) + 1, origins, units, years, len(PARTS)), np.nan, STORED)
