"""Schools, planning areas and authorities as one tree, and sums along it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import GROUPS, NONE, PHASES, SECONDARY, Units
from planning.forecast.results import Level

_ALIKE: dict[str, slice] = {"primary": PHASES["primary"], "secondary": slice(SECONDARY.start, None)}
"""Year groups that share their planning areas: those of a sixth form have the secondary ones."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Where each school belongs.

    Attributes:
        authorities: GSS codes.
        authority: row of each school's authority, shape (schools,).
        areas: codes of planning areas, of all phases; a code of two phases is one unit.
        area: row of each school's planning area or ``NONE``, by year group, shape
            (schools, groups).
        authority_of_area: row of each area's authority, shape (areas,).
    """

    authorities: tuple[str, ...]
    authority: Ints
    areas: tuple[str, ...]
    area: Ints
    authority_of_area: Ints

    @property
    def nested(self) -> Ints:
        """Row of the planning area where it lies in the school's own authority, else ``NONE``."""
        if not self.areas:
            return self.area
        home = self.authority_of_area[np.maximum(self.area, 0)]
        return np.where((self.area >= 0) & (home == self.authority[:, np.newaxis]), self.area, NONE)

    def take(self, schools: Bools) -> "Tree":
        """Leave some schools out."""
        return Tree(
            self.authorities,
            self.authority[schools],
            self.areas,
            self.area[schools],
            self.authority_of_area,
        )

    def units(self, level: Level) -> int:
        """Say how many units of a level there are."""
        return {
            Level.SCHOOL: len(self.authority),
            Level.PLANNING_AREA: len(self.areas),
            Level.AUTHORITY: len(self.authorities),
        }[level]

    def up(self, values: Floats, level: Level) -> Floats:
        """Add schools up to the units of a level.

        Args:
            values: shape (schools, …, groups); ``NaN`` makes the sum unknown.
            level: of the units.

        Returns:
            Shape (units, …, groups).
        """
        if level is Level.SCHOOL:
            return values
        if level is Level.AUTHORITY:
            return summed(values, self.authority, len(self.authorities))
        return self.to_areas(values, self.area)

    def to_areas(self, values: Floats, area: Ints) -> Floats:
        """Add schools up by planning area, whose rows are given by school and year group."""
        total = np.zeros((len(self.areas), *values.shape[1:]))
        for groups in _ALIKE.values():
            total[..., groups] = summed(values[..., groups], area[:, groups.start], len(self.areas))
        return total

    def from_areas(self, values: Floats, area: Ints) -> Floats:
        """Give each school the value of its planning area; zero where it has none."""
        given = np.zeros((len(area), *values.shape[1:]))
        for groups in _ALIKE.values():
            row = area[:, groups.start]
            there = row >= 0
            given[there, ..., groups] = values[row[there]][..., groups]
        return given


def tree_of(units: Units) -> Tree:
    """Lay out where schools belong.

    Raises:
        ValueError: rows that no unit has, or arrays that do not fit together.
    """
    authority = np.asarray(units.authority)
    _refuse_odd(authority, len(units.authorities), "authority", least=0)
    codes: dict[str, int] = {}
    area = np.full((len(authority), len(GROUPS)), NONE)
    for phase, groups in _ALIKE.items():
        names = units.areas.get(phase, ())
        rows = np.array([codes.setdefault(name, len(codes)) for name in names], np.int64)
        mine = np.asarray(units.area.get(phase, np.full(len(authority), NONE)))
        if len(mine) != len(authority):
            raise ValueError(f"{phase}: {len(mine)} planning areas for {len(authority)} schools")
        _refuse_odd(mine, len(names), f"planning area ({phase})", least=NONE)
        if len(rows):
            area[:, groups] = np.where(mine >= 0, rows[np.maximum(mine, 0)], NONE)[:, np.newaxis]
    return Tree(
        units.authorities, authority, tuple(codes), area, _homes(area, authority, len(codes))
    )


def summed(values: Floats, unit: Ints, units: int) -> Floats:
    """Add rows up by unit; rows below zero are left out. ``NaN`` makes the sum unknown."""
    within = np.flatnonzero(unit >= 0)
    flat = values.reshape(len(values), -1)[within]
    known = np.isfinite(flat)
    matrix: Any = csr_array(
        (np.ones(len(within)), (unit[within], np.arange(len(within)))), (units, len(within))
    )
    total = matrix @ np.where(known, flat, 0.0)
    if not known.all():
        total = np.where(matrix @ (~known).astype(np.float64) > 0, np.nan, total)
    return np.asarray(total).reshape(units, *values.shape[1:])


def _homes(area: Ints, authority: Ints, areas: int) -> Ints:
    """Return the authority of each planning area: that of its first school."""
    home = np.zeros(areas, np.int64)
    for groups in reversed(_ALIKE.values()):
        row = area[:, groups.start]
        there = np.flatnonzero(row >= 0)[::-1]
        home[row[there]] = authority[there]
    return home


def _refuse_odd(rows: Ints, units: int, what: str, *, least: int) -> None:
    if len(rows) and (rows.min() < least or rows.max() >= units):
        odd = rows[(rows < least) | (rows >= units)][0]
        raise ValueError(f"row {odd} of {what} is none of {units}")
