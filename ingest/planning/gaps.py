"""Years and year groups that are missing, and counts that no neighbour makes likely."""

from typing import Final

import numpy as np

from config.assumptions import assumptions
from config.terms import AcademicYear, SchoolStatus
from ingest.issues import IssueLog
from ingest.planning.joining import AUTUMN, CENSUS, Joined
from ingest.planning.schools import Schools
from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS

HAS_YEARS: Final = "roll has every year"
HAS_GROUPS: Final = "roll has every year group"
IS_LIKELY: Final = "roll is like its neighbours"


def years_unknown(rolls: Joined, schools: Schools, issues: IssueLog) -> Bools:
    """Say in which years a school was there but has no roll, shape (schools, years)."""
    unknown = np.zeros(rolls.has_year.shape, bool)
    follows = {today for urn, today in schools.today.items() if urn != today}
    for row, urn in enumerate(map(int, rolls.urns)):
        has = np.flatnonzero(rolls.has_year[row])
        if not len(has):
            unknown[row] = True
            continue
        for year in np.flatnonzero(~rolls.has_year[row]):
            start = rolls.years[year]
            unknown[row, year] = (
                has[0] < year < has[-1]
                or (year < has[0] and (urn in follows or _was_open(schools, urn, start)))
                or (year > has[-1] and not _has_closed(schools, urn, start))
            )
        lacking = np.flatnonzero(unknown[row])
        if len(lacking):
            told = ", ".join(str(AcademicYear(rolls.years[year])) for year in lacking)
            issues.warn(HAS_YEARS, schools.named(urn), f"no roll of {told}: taken as not known")
    return unknown


def _was_open(schools: Schools, urn: int, year: int) -> bool:
    opened = schools.rows["open_date"].get(urn)
    return not isinstance(opened, str) or opened <= f"{year}-{AUTUMN}"


def _has_closed(schools: Schools, urn: int, year: int) -> bool:
    closed = schools.rows["close_date"].get(urn)
    if isinstance(closed, str):
        return closed < f"{year + 1}-{CENSUS}"
    return bool(schools.rows["status"].get(urn) == SchoolStatus.CLOSED)


def groups_unknown(rolls: Joined, schools: Schools, issues: IssueLog) -> Bools:
    """Say which year groups are missing from a roll, shape (schools, years, groups).

    One between others of its roll that the years before and after have, as they have the children
    who must have been in it: a school that opens or closes a group at a time leaves no such holes.
    """
    has, years = rolls.has_group, rolls.has_year[..., np.newaxis]
    below, above = np.maximum.accumulate(has, axis=2), _from_above(has)
    before, after = _shifted(has, 1), _shifted(has, -1)
    no_before, no_after = ~_shifted(years, 1), ~_shifted(years, -1)
    missing: Bools = (
        (years & ~has & below & above)
        & ((before & _shifted(_moved_up(has), 1)) | no_before)
        & ((after & _shifted(_moved_down(has), -1)) | no_after)
        & (before | after)
    )
    for row, year in np.argwhere(missing.any(axis=2)):
        groups = ", ".join(GROUPS[group] for group in np.flatnonzero(missing[row, year]))
        subject = f"{schools.named(int(rolls.urns[row]))}, {AcademicYear(rolls.years[year])}"
        issues.warn(HAS_GROUPS, subject, f"no row for year group {groups}: taken as not known")
    return missing


def _moved_up(has: Bools) -> Bools:
    return np.concatenate([np.zeros_like(has[..., :1]), has[..., :-1]], axis=-1)


def _moved_down(has: Bools) -> Bools:
    return np.concatenate([has[..., 1:], np.zeros_like(has[..., :1])], axis=-1)


def _from_above(has: Bools) -> Bools:
    return np.maximum.accumulate(has[..., ::-1], axis=2)[..., ::-1]


def _shifted(values: Bools, by: int) -> Bools:
    """Return the values of the year before (1) or after (-1); nothing beyond the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[:, by:] = values[:, :-by]
    else:
        moved[:, :by] = values[:, -by:]
    return moved


def unlikely(pupils: Floats, rolls: Joined, schools: Schools, issues: IssueLog) -> Bools:
    """Say which counts are a digit too long or too short, shape (schools, years, groups).

    Compared with the same year group a year before and after, and with the same children a year
    younger and a year older. A fall counts only where the year after has them back.
    """
    jump = assumptions("rolls")["jump"].value
    least = assumptions("rolls")["jump_from"].value
    beside = _beside(pupils)
    known = (beside > 0).any(axis=0)
    highest = np.where(known, beside.max(axis=0), np.inf)
    lowest = np.where(beside > 0, beside, np.inf).min(axis=0)
    there = np.nan_to_num(pupils)
    is_back = (beside[0] > 0) & (beside[1] > 0)
    odd: Bools = ((there >= least) & (there >= jump * highest)) | (
        is_back & (lowest >= least) & (there > 0) & (there * jump <= lowest)
    )
    for row, year, group in np.argwhere(odd):
        subject = (
            f"{schools.named(int(rolls.urns[row]))}, {AcademicYear(rolls.years[year])}, "
            f"year group {GROUPS[group]}"
        )
        near = ", ".join(f"{each:g}" for each in beside[:, row, year, group] if each > 0)
        says = f"{pupils[row, year, group]:g} pupils beside {near}: taken as not known"
        issues.warn(IS_LIKELY, subject, says)
    return odd


def _beside(pupils: Floats) -> Floats:
    """Return the neighbours of each count; zero where there is none: shape (4, …)."""
    there = np.nan_to_num(pupils)
    beside = np.zeros((4, *pupils.shape))
    beside[0][:, 1:], beside[1][:, :-1] = there[:, :-1], there[:, 1:]
    beside[2][:, 1:, 1:], beside[3][:, :-1, :-1] = there[:, :-1, :-1], there[:, 1:, 1:]
    return beside
