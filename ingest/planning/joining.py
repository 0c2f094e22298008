"""Rolls under the URN of their day joined to those of today's schools."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from config.assumptions import assumptions
from config.terms import AcademicYear
from ingest.issues import IssueLog
from ingest.planning.counts import Counts
from ingest.planning.schools import Schools
from planning.arrays import Bools, Floats, Ints

IS_ONCE: Final = "school has one roll a year"
AUTUMN: Final = "09-30"
"""A school that closed by this day of a school year had no census in it."""

CENSUS: Final = "01-15"
"""The school census that rolls are mostly taken from is on the third Thursday of January, on this
day at the earliest: one that closed before has no roll of the school year."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Rolls of today's schools.

    Attributes:
        urns: today's, shape (schools,).
        years: school years by the year they begin in.
        pupils: girls, boys, both; shape (schools, years, groups, 3); zero where a school has no
            such group, or no roll in the year.
        has_group: whether the group is told of, shape (schools, years, groups).
        has_year: whether there is a whole roll, shape (schools, years): there is none where one
            of several schools that became one lacks its own between two others.
        totals: pupils of all year groups where a source tells them, shape (schools, years).
    """

    urns: Ints
    years: tuple[int, ...]
    pupils: Floats
    has_group: Bools
    has_year: Bools
    totals: Floats


def joined(counts: Counts, schools: Schools, issues: IssueLog) -> Joined:
    """Add the rolls of predecessors to those of today's URN; none counts twice."""
    urns, row = np.unique([schools.today[int(urn)] for urn in counts.urns], return_inverse=True)
    told: Bools = np.logical_or.reduce(counts.is_told, axis=3)
    has_roll: Bools = np.logical_or.reduce(told, axis=2)
    told &= ~_stale(counts, has_roll, schools, issues)[..., np.newaxis]
    has_group = np.zeros((len(urns), *told.shape[1:]), bool)
    np.logical_or.at(has_group, row, told)
    return Joined(
        urns.astype(np.int64),
        counts.years,
        _added(_girls_boys_both(counts, told), row, len(urns)),
        has_group,
        np.logical_or.reduce(has_group, axis=2) & ~_in_part(has_roll, row, len(urns)),
        _totals(counts.totals, row, len(urns)),
    )


def _girls_boys_both(counts: Counts, told: Bools) -> Floats:
    girls, boys, together = np.moveaxis(counts.pupils, -1, 0)
    has_girls, has_boys, has_together = np.moveaxis(counts.is_told, -1, 0)
    is_apart = has_girls | has_boys
    girls = np.where(is_apart & ~has_girls, 0.0, girls)
    boys = np.where(is_apart & ~has_boys, 0.0, boys)
    found = np.stack([girls, boys, np.where(has_together, together, girls + boys)], axis=-1)
    found[~told] = 0.0
    return found


def _added(values: Floats, row: Ints, schools: int) -> Floats:
    added = np.zeros((schools, *values.shape[1:]))
    np.add.at(added, row, values)
    return added


def _in_part(has: Bools, row: Ints, schools: int) -> Bools:
    """Say in which years one of the URNs of a school has no roll, though before and after."""
    after = np.maximum.accumulate(has, axis=1)
    before = np.maximum.accumulate(has[:, ::-1], axis=1)[:, ::-1]
    found = np.zeros((schools, has.shape[1]), bool)
    np.logical_or.at(found, row, after & before & ~has)
    return found


def _totals(totals: Floats, row: Ints, schools: int) -> Floats:
    known = np.zeros((schools, totals.shape[1]), bool)
    np.logical_or.at(known, row, np.isfinite(totals))
    return np.where(known, _added(np.nan_to_num(totals), row, schools), np.nan)


def _stale(counts: Counts, has: Bools, schools: Schools, issues: IssueLog) -> Bools:
    """Say which rolls tell the pupils of a school once more, under its other URN.

    A predecessor's that had closed by the autumn, or one of the same size as the successor's.
    Schools that were merged have different pupils, and are added up.
    """
    stale = np.zeros(has.shape, bool)
    sizes = np.nansum(counts.pupils, axis=(2, 3))
    same_pct = assumptions("rolls")["same_pupils"].value
    of_today = {int(urn): place for place, urn in enumerate(counts.urns)}
    for place, urn in enumerate(map(int, counts.urns)):
        after = of_today.get(schools.today[urn])
        if after is None or after == place:
            continue
        for year in np.flatnonzero(has[place] & has[after]):
            apart = abs(sizes[place, year] - sizes[after, year])
            is_same = 100 * apart < same_pct * sizes[after, year]
            if _closed_by(schools, urn, counts.years[year]) or is_same:
                stale[place, year] = True
                issues.warn(
                    IS_ONCE,
                    f"{urn} and {schools.today[urn]}, {AcademicYear(counts.years[year])}",
                    f"two URNs of one school have a roll: that of {urn} is not used",
                )
    return stale


def _closed_by(schools: Schools, urn: int, year: int) -> bool:
    """Say whether a school is known to have closed before the autumn of a school year."""
    closed = schools.rows["close_date"].get(urn)
    return isinstance(closed, str) and closed <= f"{year}-{AUTUMN}"
