"""What has been said and what came, added up to parts of a roll and to errors of methods."""

from collections.abc import Sequence

import numpy as np

from planning.arrays import Floats, Singles
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.results import FINAL, METHODS, PARTS, Accuracy, Record
from planning.forecast.spreads import leave_one_out

STORED = np.float32
"""Records are kept in single precision: a pupil in sixteen million is enough."""


def with_sums(groups: Floats) -> Floats:
    """Put the sums of phases and of all behind year groups: shape (…, groups) to (…, parts)."""
    parts = np.empty((*groups.shape[:-1], len(PARTS)), groups.dtype)
    parts[..., : len(GROUPS)] = groups
    for place, part in enumerate(PHASES.values(), start=len(GROUPS)):
        parts[..., place] = groups[..., part].sum(axis=-1)
    parts[..., -1] = groups.sum(axis=-1)
    return parts


def came_after(rolls: Floats, origins: Sequence[int], years: int) -> Singles:
    """Return what came after each origin: (origins, units, years ahead, parts), ``NaN`` beyond.

    Args:
        rolls: shape (units, years, groups).
        origins: places of the last years known.
        years: ahead.
    """
    came = np.full((len(origins), len(rolls), years, len(PARTS)), np.nan, STORED)
    parts = with_sums(rolls)
    for row, origin in enumerate(origins):
        there = min(years, rolls.shape[1] - 1 - origin)
        came[row, :, :there] = parts[:, origin + 1 : origin + 1 + there]
    return came


def accuracy_of(record: Record) -> Accuracy:
    """Sum up how far off each method has been, over all units and origins."""
    shape = (len(record.by), *record.came.shape[2:])
    tried, error, pct, signed = np.zeros(shape, np.int64), *(np.full(shape, np.nan),) * 3
    error, pct, signed = error.copy(), pct.copy(), signed.copy()
    came = record.came.astype(np.float64)
    for row, said in enumerate(record.said):
        there = np.isfinite(said) & (came > 0)
        off = np.where(there, said - came, 0.0)
        share = np.divide(off, came, out=np.zeros_like(off), where=there)
        tried[row] = there.sum(axis=(0, 1))
        for total, values in (
            (error, np.abs(off)),
            (pct, 100 * np.abs(share)),
            (signed, 100 * share),
        ):
            sums = values.sum(axis=(0, 1))
            np.divide(sums, tried[row], out=total[row], where=tried[row] > 0)
    return Accuracy(record.by, tried, error, pct, signed, _within(record, shape))


def _within(record: Record, shape: tuple[int, ...]) -> dict[int, Floats]:
    """Measure how often the ranges of the forecast itself have held."""
    final = record.by.index(FINAL)
    held = leave_one_out(record.said[final].astype(np.float64), record.came.astype(np.float64))
    found = {}
    for level, each in held.items():
        within = np.full(shape, np.nan)
        count = np.isfinite(each).sum(axis=(0, 1))
        sums = 100 * np.nansum(each, axis=(0, 1))
        np.divide(sums, count, out=within[final], where=count > 0)
        found[level] = within
    return found


def empty_record(origins: int, units: int, years: int) -> Singles:
    """Make room for what methods said: (methods and the forecast, origins, units, years, parts)."""
    return np.full((len(METHODS) + 1, origins, units, years, len(PARTS)), np.nan, STORED)
