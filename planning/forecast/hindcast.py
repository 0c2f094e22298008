"""Forecasts as they would have been made in earlier years, method by method and as chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from config.assumptions import assumptions
from planning.arrays import Bools, Floats, Ints, Reals, Singles
from planning.forecast.choosing import Tried, chosen, tried
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.methods import Method
from planning.forecast.origins import Region, said_at
from planning.forecast.reconcile import reconciled
from planning.forecast.record import came_after, empty_record, with_sums
from planning.forecast.results import METHODS, Level
from planning.forecast.spreads import spreads_of

TRUSTED = np.array(
    [
        METHODS.index(method)
        for method in (
            Method.POPULATION,
            Method.COHORT_POOLED,
            Method.COHORT_321,
            Method.SAME,
            Method.DRIFT,
        )
    ]
)
"""Methods by how much is known of pupils in them: what is used until there is a record."""

MOST_ORIGINS = 6
"""Earlier origins tell of other times, and each takes as long as the forecast itself."""

_LEAST_YEARS = 4
"""Years that 3:2:1 needs: earlier origins would not do it justice."""

_SUMS = slice(len(GROUPS), len(GROUPS) + len(PHASES))


@dataclass(frozen=True, slots=True)
class Hindcast:
    """What would have been said, level by level.

    Attributes:
        origins: places of the last years known.
        said: shape (methods and the forecast itself, origins, units, years ahead, parts).
        came: shape (origins, units, years ahead, parts).
    """

    origins: tuple[int, ...]
    said: Mapping[Level, Singles]
    came: Mapping[Level, Singles]


def hindcast(region: Region, *, years: int) -> Hindcast:
    """Forecast from each of the last years as if it were the last."""
    origins = origins_of(region.last)
    tree = region.tree
    said = {each: empty_record(len(origins), tree.units(each), years) for each in Level}
    came = {each: came_after(tree.up(region.counted, each), origins, years) for each in Level}
    found = Hindcast(origins, said, came)
    for row, origin in enumerate(origins):
        then = said_at(region, origin, years).levels
        choice = {each: choice_of(known_by(found, each, origin), then[each]) for each in Level}
        schools = final_schools(region, found, origin, then, choice)
        for each in Level:
            said[each][:-1, row] = with_sums(then[each])
            said[each][-1, row] = with_sums(tree.up(schools, each))
    return found


def origins_of(last: int) -> tuple[int, ...]:
    """Choose the years to forecast from, by their places; the last year has nothing after it."""
    first = min(_LEAST_YEARS - 1, last - 1)
    return tuple(range(max(first, last - MOST_ORIGINS, 1), last))


def known_by(found: Hindcast, level: Level, year: int) -> Tried:
    """Compare what had been said and had come by some year.

    Only where every method that could be used at all said something, so that all are compared
    on the same.
    """
    said, came = found.said[level][:-1, ..., _SUMS], found.came[level][..., _SUMS]
    ahead = np.arange(1, came.shape[2] + 1)
    then = np.array(found.origins)[:, np.newaxis] + ahead <= year
    usable = usable_methods(said)
    all_said = np.isfinite(said[usable]).all(axis=0)
    there = then[:, np.newaxis, :, np.newaxis] & all_said
    return tried(said, np.where(there, came, np.nan))


def choice_of(record: Tried, said: Floats) -> Ints:
    """Choose a method for every unit and phase from its record.

    Args:
        record: of the level.
        said: what methods say now, shape (methods, units, years ahead, groups).

    Returns:
        Place of the method, shape (units, phases).
    """
    usual = assumptions("forecast")
    usable = usable_methods(said)
    if not usable.any():
        return np.zeros(record.error.shape[1:], np.int64)
    return chosen(
        record,
        usable,
        TRUSTED,
        own_record=usual["own_record"].value,
        clearly_better_pct=usual["clearly_better"].value,
    )


def final_schools(
    region: Region,
    found: Hindcast,
    origin: int,
    said: Mapping[Level, Floats],
    choice: Mapping[Level, Ints],
) -> Floats:
    """Make the chosen forecasts of all levels agree, with what was known by some year.

    Returns:
        Of schools, shape (schools, years ahead, groups).
    """
    base = {level: picked(said[level], choice[level]) for level in Level}
    before = [row for row, then in enumerate(found.origins) if then < origin]
    if not before:
        return base[Level.SCHOOL]
    variance = {
        level: _variance(found, level, before, origin, choice[level], base[level])
        for level in Level
    }
    if not all(np.isfinite(each).any() for each in variance.values() if each.size):
        return base[Level.SCHOOL]
    return reconciled(base, variance, region.tree)


def picked(said: Reals, choice: Ints) -> Reals:
    """Take each unit's chosen method in each phase.

    Args:
        said: shape (methods, units, years ahead, groups).
        choice: place of the method, shape (units, phases).
    """
    taken = np.empty(said.shape[1:], said.dtype)
    unit = np.arange(said.shape[1])
    for phase, groups in enumerate(PHASES.values()):
        taken[..., groups] = said[choice[:, phase], unit][..., groups]
    return taken


def _variance(
    found: Hindcast, level: Level, rows: Sequence[int], origin: int, choice: Ints, base: Floats
) -> Floats:
    """Say how far off the chosen methods of a level have been by now: (units, years, groups)."""
    said = np.stack([_picked_parts(found.said[level][:-1, row], choice) for row in rows])
    ahead = np.arange(1, base.shape[1] + 1)
    then = np.array([found.origins[row] for row in rows])[:, np.newaxis] + ahead <= origin
    came = np.where(then[:, np.newaxis, :, np.newaxis], found.came[level][list(rows)], np.nan)
    return spreads_of(said, came).variance(base)


def _picked_parts(said: Singles, choice: Ints) -> Singles:
    """Take each unit's chosen method, and add up anew: (methods, units, years, parts)."""
    return with_sums(picked(said[..., : len(GROUPS)], choice))


def usable_methods(said: Floats | Singles) -> Bools:
    """Say which methods said anything, shape (methods,)."""
    return np.asarray(np.isfinite(said).any(axis=tuple(range(1, said.ndim))))
