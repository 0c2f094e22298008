"""What coordinated admission publishes: preferences and offers by school, and by authority."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.people.enrolment import Enrolment
from ingest.sample.people.market import CRITERIA, FAITH, STRAIGHT_LINE, Market, year_index
from ingest.sample.people.needs import Bools, Ints
from ingest.sample.people.provision import NONE
from ingest.sample.people.years import (
    COHORTS,
    FIRST_COHORT,
    FIRST_YEAR,
    LAST_CENSUS,
    YEAR_12,
)

THREE: Final = 3
RANKS: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Whose:
    """Which authority homes and schools lie in.

    Attributes:
        area: by small area.
        school: by provision.
    """

    area: Ints
    school: Ints


def admissions_table(
    enrolments: dict[int, Enrolment], market: Market, entry_of: Ints, whose: Whose
) -> pd.DataFrame:
    """Count preferences and offers of the schools that the state pays for.

    Args:
        enrolments: by year group that some schools begin with.
        market: the schools.
        entry_of: row of the register by provision and year.
        whose: authorities of homes and schools.

    Returns:
        One row per school (``school``, a row of the register), ``academic_year`` in which pupils
        start, and ``year_group`` with which the school begins: ``places`` (its admission number),
        ``first_preferences``, ``second_preferences``, ``third_preferences``, ``preferences``,
        ``offers``, ``first_preference_offers`` and so on, ``from_elsewhere`` and
        ``offers_elsewhere`` (of children who live in another authority),
        ``sent`` (offers to children who did not name it) and ``last_distance_m``, the straight
        distance of the last child admitted by distance to a school that is full; else null.
    """
    tables = [
        _of_schools(found, year_group, market, entry_of, whose)
        for year_group, found in enrolments.items()
        if year_group < YEAR_12
    ]
    return pd.concat(tables, ignore_index=True)


def _of_schools(
    found: Enrolment, year_group: int, market: Market, entry_of: Ints, whose: Whose
) -> pd.DataFrame:
    begins = market.admits_at(year_group) & market.is_chosen & ~market.is_independent
    open_now = market.serves(year_group) & begins[:, None] & _published(year_group)
    rows, cohorts = np.nonzero(open_now)
    counts = _counts(found, market, whose)
    years = FIRST_COHORT + cohorts + year_group
    return pd.DataFrame(
        {
            "school": entry_of[rows, year_index(cohorts.astype(np.int32), year_group)],
            "academic_year": years,
            "year_group": year_group,
            "places": found.places[rows, cohorts],
            **{name: count[rows, cohorts] for name, count in counts.items()},
            "last_distance_m": _last_distance(found, year_group, market)[rows, cohorts],
        }
    )


def _counts(found: Enrolment, market: Market, whose: Whose) -> dict[str, Ints]:
    """Count preferences and offers by provision (rows) and cohort (columns)."""
    shape = (len(market), COHORTS)
    cohort = found.children.cohort
    home = whose.area[found.children.area]
    ranks = _state_rank(found, market)

    def count(school: Ints, which: Bools) -> Ints:
        cells = school[which] * COHORTS + cohort[which]
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)

    counts: dict[str, Ints] = {f"{word}_preferences": np.zeros(shape, np.int64) for word in RANKS}
    counts["preferences"] = np.zeros(shape, np.int64)
    counts |= {f"{word}_preference_offers": np.zeros(shape, np.int64) for word in RANKS}
    counts["from_elsewhere"] = np.zeros(shape, np.int64)
    for at in range(found.wishes.shape[1]):
        school, rank = found.wishes[:, at], ranks[:, at]
        named = school != NONE
        counts["preferences"] += count(school, named)
        counts["from_elsewhere"] += count(school, named & (whose.school[school] != home))
        for number, word in enumerate(RANKS):
            counts[f"{word}_preferences"] += count(school, named & (rank == number))
            got = named & (rank == number) & (found.rank == at)
            counts[f"{word}_preference_offers"] += count(school, got)
    there = found.school != NONE
    counts["offers"] = count(found.school, there)
    counts["offers_elsewhere"] = count(found.school, there & (whose.school[found.school] != home))
    counts["sent"] = count(found.school, there & (found.rank == NONE))
    return counts


def _published(year_group: int) -> np.ndarray:
    """Say which cohorts enter a year group in a year of the census."""
    years = FIRST_COHORT + np.arange(COHORTS) + year_group
    return (years >= FIRST_YEAR) & (years <= LAST_CENSUS)


def _state_rank(found: Enrolment, market: Market) -> Ints:
    """Return the rank of each wish among those that the state pays for; -1 for the others."""
    asked = (found.wishes != NONE) & ~market.is_independent[found.wishes]
    return np.where(asked, np.cumsum(asked, axis=1) - 1, NONE).astype(np.int32)


def _last_distance(found: Enrolment, year_group: int, market: Market) -> np.ndarray:
    """Return how far the last child lives whom a full school admitted by distance alone."""
    children = found.children
    school = found.school
    gates = market.gates(np.maximum(school, 0), children.cohort, year_group)
    metres = market.ways.crow_m[children.postcode, gates]
    own = children.faith == market.faith[school]
    criterion = market.criterion[school]
    by_distance = (criterion == CRITERIA.index(STRAIGHT_LINE)) | (
        (criterion == CRITERIA.index(FAITH)) & ~own
    )
    counted = (found.rank != NONE) & by_distance
    last = np.zeros((len(market), COHORTS))
    np.maximum.at(last, (school[counted], children.cohort[counted]), metres[counted])
    there = school != NONE
    offers = np.zeros_like(last)
    np.add.at(offers, (school[there], children.cohort[there]), 1)
    is_full = (offers >= found.places) & (last > 0)
    return np.where(is_full, np.round(last), np.nan)


def applications_table(
    enrolments: dict[int, Enrolment], market: Market, authority: Ints
) -> pd.DataFrame:
    """Count applications and offers by the authority that children live in.

    Args:
        enrolments: by year group that some schools begin with.
        market: the schools.
        authority: by small area.

    Returns:
        One row per ``authority``, ``academic_year`` of entry and ``year_group``: ``applications``
        (children who named a school that the state pays for and did not go to another),
        ``preferences``, ``first_offers``, ``second_offers``, ``third_offers``, ``later_offers``
        and ``other_offers`` (of a school not named).
    """
    tables = []
    for year_group, found in enrolments.items():
        if year_group < YEAR_12 and len(found.children):
            tables.append(_of_children(found, year_group, market, authority))
    table = pd.concat(tables, ignore_index=True)
    keys = ["authority", "academic_year", "year_group"]
    return table.groupby(keys, as_index=False).sum()


def _of_children(
    found: Enrolment, year_group: int, market: Market, authority: Ints
) -> pd.DataFrame:
    ranks = _state_rank(found, market)
    got = np.take_along_axis(ranks, np.maximum(found.rank, 0)[:, None], axis=1)[:, 0]
    got = np.where(found.rank == NONE, NONE, got)
    year = FIRST_COHORT + found.children.cohort + year_group
    applied = (ranks != NONE).any(axis=1) & (found.school != NONE)
    applied &= ~market.is_independent[found.school] & (year >= FIRST_YEAR) & (year <= LAST_CENSUS)
    named = (ranks != NONE).sum(axis=1)
    rows = pd.DataFrame(
        {
            "authority": authority[found.children.area],
            "academic_year": year,
            "year_group": year_group,
            "applications": 1,
            "preferences": named,
            "first_offers": got == 0,
            "second_offers": got == 1,
            "third_offers": got == 2,  # noqa: PLR2004
            "later_offers": got >= THREE,
            "other_offers": got == NONE,
        },
        dtype=np.int32,
    )
    applicants: pd.DataFrame = rows.loc[applied]
    return applicants
