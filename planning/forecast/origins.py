"""What every method says of every level, as of some year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats
from planning.forecast.inputs import PHASES, Inputs
from planning.forecast.intake import intakes
from planning.forecast.methods import Known, Lever, Method, entered, forecast
from planning.forecast.results import METHODS, Level
from planning.forecast.tree import Tree

Basis = Mapping[str, tuple[str, ...]]
_ALL: Final = 0
"""Authorities lean on all of them together."""


@dataclass(frozen=True, slots=True)
class Region:
    """The schools whose year groups are known, and where they belong.

    Attributes:
        inputs: of the whole region.
        there: which of its schools these are, shape (all schools,).
        tree: of these schools.
        counted: their rolls as counted, shape (schools, years, groups).
        rolls: the same without gaps.
        lever: as a planner set it.
    """

    inputs: Inputs
    there: Bools
    tree: Tree
    counted: Floats
    rolls: Floats
    lever: Lever

    @property
    def last(self) -> int:
        """Place of the last year known."""
        return int(self.rolls.shape[1]) - 1


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one year.

    Attributes:
        levels: shape (methods, units, years ahead, groups); ``NaN`` where a method could not be
            used.
        enters: groups that schools fill from elsewhere, shape (schools, groups).
        basis: by phase, the level that each school's intakes come from.
    """

    levels: Mapping[Level, Floats]
    enters: Bools
    basis: Basis


def said_at(region: Region, origin: int, years: int) -> Said:
    """Say what every method would have said of every level.

    Args:
        region: of which only what was known then is used.
        origin: place of the last year known then.
        years: how many ahead.
    """
    tree, rolls = region.tree, region.rolls[:, : origin + 1]
    told = intakes(region.inputs, origin=region.inputs.rolls.years[origin], years=years)
    basis = {phase: _taken(words, region.there) for phase, words in told.basis.items()}
    known = Known(rolls, tree.authority, told.expected[region.there], tree.area)
    levels = {Level.SCHOOL: _all_methods(known, years, region.lever)}
    of_schools = levels[Level.SCHOOL][METHODS.index(Method.POPULATION)]
    for level in (Level.PLANNING_AREA, Level.AUTHORITY):
        parent = (
            tree.authority_of_area
            if level is Level.PLANNING_AREA
            else np.full(len(tree.authorities), _ALL)
        )
        sums = Known(tree.up(rolls, level), parent, tree.up(of_schools, level))
        levels[level] = _all_methods(sums, years, region.lever)
    return Said(levels, entered(known), basis)


def basis_of(basis: Basis, tree: Tree, level: Level) -> dict[str, tuple[str, ...]]:
    """Say what the intakes of each unit of a level mostly come from, by phase."""
    if level is Level.SCHOOL:
        return dict(basis)
    found = {}
    for phase, words in basis.items():
        row = tree.authority
        if level is Level.PLANNING_AREA:
            row = tree.area[:, PHASES[phase].start]
        count = [Counter[str]() for _ in range(tree.units(level))]
        for unit, word in zip(row, words, strict=True):
            if unit >= 0 and word:
                count[unit][word] += 1
        found[phase] = tuple(each.most_common(1)[0][0] if each else "" for each in count)
    return found


def without_gaps(rolls: Floats) -> Floats:
    """Fill what is not known from the year before: cohorts move up, intakes are repeated.

    Args:
        rolls: shape (schools, years, groups); ``NaN`` where not known.

    Returns:
        Same shape; ``NaN`` only where no earlier year is known either.
    """
    filled = rolls.copy()
    for year in range(1, rolls.shape[1]):
        before = filled[:, year - 1]
        below = np.concatenate([before[:, :1], before[:, :-1]], axis=1)
        guess = np.where((before > 0) & (below > 0), below, before)
        filled[:, year] = np.where(np.isnan(filled[:, year]), guess, filled[:, year])
    return filled


def _taken(words: tuple[str, ...], there: Bools) -> tuple[str, ...]:
    return tuple(word for word, is_there in zip(words, there, strict=True) if is_there)


def _all_methods(known: Known, years: int, lever: Lever) -> Floats:
    shape = (len(METHODS), len(known.rolls), years, known.rolls.shape[-1])
    said = np.full(shape, np.nan)
    if len(known.rolls) == 0:
        return said
    for method in METHODS:
        said[METHODS.index(method)] = forecast(known, method, years=years, lever=lever)
    said[:, ~np.isfinite(known.rolls[:, -1]).all(axis=-1)] = np.nan
    return said
