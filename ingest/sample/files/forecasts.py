"""The authorities' own forecasts: cohorts moved up, planning area by planning area."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.planning_codes import area_of_schools, planning_areas_of
from ingest.sample.files.series import County
from ingest.sample.people.needs import Floats
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS

PRIMARY_GROUPS: Final = range(7)
SECONDARY_GROUPS: Final = range(7, 12)
GROUPS: Final = 12
HORIZON: Final = {"primary": 5, "secondary": 7}
"""Years ahead that the capacity return asks for."""
TRANSITIONS: Final = 3
"""Years of moving up that a ratio is the mean of."""
FIRST_MADE: Final = FIRST_YEAR + TRANSITIONS
"""First school year with enough of a past for a forecast."""
AGE_IN_RECEPTION: Final = 5
FED_BY_OWN: Final = 0.5
"""Where an area's year group before is smaller than this share, it comes from other areas."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known when forecasts are made.

    Attributes:
        areas: planning areas, as ``planning_areas_of`` lists them.
        pupils: by planning area, school year from ``FIRST_YEAR`` and year group from reception;
            only the year groups of the area's phase are counted.
        births: by authority (as areas name them) and school year in which the born reach reception.
    """

    areas: pd.DataFrame
    pupils: Floats
    births: dict[int, Floats]


def past_of(county: County) -> Past:
    """Count pupils by planning area, and births by authority."""
    areas = planning_areas_of(county)
    row_of = {code: row for row, code in enumerate(areas["code"])}
    years = LAST_CENSUS - FIRST_YEAR + 1
    rolls = county.people.rolls
    pupils = np.zeros((len(areas), years, GROUPS))
    for phase, groups in (("primary", PRIMARY_GROUPS), ("secondary", SECONDARY_GROUPS)):
        codes = area_of_schools(county)[phase]
        area = np.array([row_of.get(code, -1) for code in codes])[rolls.school]
        there = (area >= 0) & np.isin(rolls.year_group, groups)
        cell = (area[there], rolls.academic_year[there] - FIRST_YEAR, rolls.year_group[there])
        np.add.at(pupils, cell, rolls.pupils[there])
    born = county.people.births
    authority = county.land.areas["authority"].to_numpy(int)[born["area"]]
    reaches = born["academic_year"].to_numpy() + AGE_IN_RECEPTION - FIRST_YEAR
    size = years + max(HORIZON.values()) + 1
    births: dict[int, Floats] = {}
    for own in set(areas["authority"].tolist()):
        there = (authority == own) & (reaches >= 0) & (reaches < size)
        weights = born["births"].to_numpy(float)[there]
        births[int(own)] = np.asarray(np.bincount(reaches[there], weights, size), float)
    return Past(areas, pupils, births)


def forecasts_of(past: Past, made_in: int) -> Floats:
    """Forecast the pupils of every planning area.

    A year group is the one below a year before times the ratio of the last years; reception is
    a share of the births of its authority; a year group that other areas feed is a share of the
    authority's year group below.

    Args:
        past: what is known.
        made_in: school year whose census is the last known.

    Returns:
        By planning area, years ahead (the first is the next) and year group; 0 where an area has
        no such pupils.
    """
    now = made_in - FIRST_YEAR
    known = past.pupils[:, now - TRANSITIONS : now + 1]
    authority = past.areas["authority"].to_numpy()
    found = np.zeros((len(past.areas), max(HORIZON.values()), GROUPS))
    for own in np.unique(authority):
        here = authority == own
        history = known[here]
        whole = history.sum(axis=0)
        births = past.births[int(own)]
        before, before_whole = history[:, -1], whole[-1]
        for ahead in range(found.shape[1]):
            after = np.zeros_like(before)
            born = births[now - TRANSITIONS + 1 : now + 1].sum()
            share = history[:, 1:, 0].sum(axis=1) / max(born, 1.0)
            after[:, 0] = share * births[now + 1 + ahead]
            for group in range(1, GROUPS):
                after[:, group] = _moved_up(history, whole, before, before_whole, group)
            found[here, ahead] = after
            before, before_whole = after, after.sum(axis=0)
    return found


def _moved_up(
    history: Floats, whole: Floats, before: Floats, before_whole: Floats, group: int
) -> Floats:
    """Return a year group a year later, by area of one authority."""
    reached = history[:, 1:, group].sum(axis=1)
    own = history[:, :-1, group - 1].sum(axis=1)
    everybody = max(float(whole[:-1, group - 1].sum()), 1.0)
    feeds_itself = own > FED_BY_OWN * reached
    ratio = reached / np.where(feeds_itself, np.maximum(own, 1.0), everybody)
    return np.asarray(ratio * np.where(feeds_itself, before[:, group - 1], before_whole[group - 1]))
