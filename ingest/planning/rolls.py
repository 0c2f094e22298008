"""Rolls of today's schools, and those that allow no forecast by year group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from config.assumptions import assumptions
from config.plurals import counted
from config.terms import IN_USE, AcademicYear
from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.planning.counts import Counts
from ingest.planning.gaps import groups_unknown, unlikely, years_unknown
from ingest.planning.joining import Joined, joined
from ingest.planning.schools import Schools
from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, Rolls

ALL_HAVE: Final = "year has rolls"
IS_FORECAST: Final = "school is forecast by year group"
LEAST_YEARS: Final = 2
WHAT_TO_SUPPLY: Final = (
    "supply rolls by school, school year and year group (`atlas template rolls` writes an empty "
    "file) and name the file under [own_files] of the region file, as `rolls`."
)


class NoForecast(CheckFailed):
    """What was read allows no forecast; the rest of a build goes on."""


@dataclass(frozen=True, slots=True)
class RollsRead:
    """Rolls by year group, and totals of the schools without.

    Attributes:
        rolls: of all schools that have either.
        totals: shape (schools, years); ``NaN`` but of schools whose year groups are not known.
        left_out: why a school has no forecast by year group, by its URN.
    """

    rolls: Rolls
    totals: Floats
    left_out: Mapping[int, str]


def read_rolls(counts: Counts | None, schools: Schools, issues: IssueLog) -> RollsRead:
    """Join, check and cut rolls.

    Raises:
        NoForecast: no school has a roll by year group, or too few years follow without a gap.
    """
    if counts is None:
        raise NoForecast("no school has a roll by year group", hint=WHAT_TO_SUPPLY)
    whole = joined(_recent(counts, issues), schools, issues)
    pupils = whole.pupils.copy()
    pupils[years_unknown(whole, schools, issues)] = np.nan
    pupils[groups_unknown(whole, schools, issues)] = np.nan
    pupils[unlikely(pupils[..., 2], whole, schools, issues)] = np.nan
    left_out = _left_out(pupils[..., 2], whole, schools)
    for urn, why in left_out.items():
        issues.warn(IS_FORECAST, schools.named(urn), why)
    is_out = np.isin(whole.urns, list(left_out))
    pupils[is_out] = np.nan
    girls, boys, both = np.moveaxis(pupils, -1, 0)
    is_apart = np.isfinite(girls).any()
    rolls = Rolls(whole.urns, whole.years, both, {"F": girls, "M": boys} if is_apart else {})
    totals = np.where(is_out[:, np.newaxis], whole.totals, np.nan)
    return RollsRead(rolls, totals, left_out)


def _recent(counts: Counts, issues: IssueLog) -> Counts:
    """Keep the years after the last gap, up to the last one that most schools have."""
    schools = counts.is_told.any(axis=(2, 3)).sum(axis=0)
    share = assumptions("rolls")["last_year_share"].value / 100
    last = int(np.flatnonzero(schools >= share * schools.max())[-1])
    for year in range(last + 1, len(schools)):
        told = counted(int(schools[year]), "school has one", "schools have one")
        says = f"only {told}: not used yet"
        issues.note(ALL_HAVE, str(AcademicYear(counts.years[year])), says)
    gaps = np.flatnonzero(schools[:last] == 0)
    for gap in gaps:
        says = "no school has a roll: the years up to it are not used"
        issues.warn(ALL_HAVE, str(AcademicYear(counts.years[gap])), says)
    first = int(gaps[-1]) + 1 if len(gaps) else 0
    if last + 1 - first < LEAST_YEARS:
        raise NoForecast(
            f"there are rolls of {AcademicYear(counts.years[last])}, and none of the year before",
            hint=f"a forecast needs two years in a row at least; {WHAT_TO_SUPPLY}",
        )
    kept = slice(first, last + 1)
    return Counts(
        counts.urns,
        counts.years[kept],
        counts.pupils[:, kept],
        counts.is_told[:, kept],
        counts.totals[:, kept],
    )


def _left_out(pupils: Floats, whole: Joined, schools: Schools) -> dict[int, str]:
    """Say why schools have no forecast by year group."""
    found = {}
    last = AcademicYear(whole.years[-1])
    for row, urn in enumerate(map(int, whole.urns)):
        if not whole.has_year[row].any():
            found[urn] = "no roll by year group: only its total is forecast, if that is known"
        elif not whole.has_year[row, -1] and np.isnan(pupils[row, -1]).all():
            found[urn] = f"no roll of {last}, from which the forecast starts: left out"
        elif np.isnan(pupils[row, -1]).any():
            groups = ", ".join(GROUPS[each] for each in np.flatnonzero(np.isnan(pupils[row, -1])))
            found[urn] = f"year group {groups} of {last} is not known: left out"
    in_use = schools.rows["status"].isin([str(status) for status in IN_USE])
    for urn in sorted(set(map(int, schools.rows.index[in_use])) - set(map(int, whole.urns))):
        found[urn] = "no roll: left out"
    return found
