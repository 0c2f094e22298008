"""Which schools count in need and spare, and which planned places count nowhere."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from config.levers import PlannedPlaces
from config.planning import in_use
from config.terms import AcademicYear
from ingest.issues import IssueLog

IS_FORECAST: Final = "school with places is forecast"
IS_IN_AREA: Final = "planned places are in a planning area"
CENSUS_DAY: Final = "{year}-01-31"
"""A school that opens after this day is in no roll of the school year yet."""


def counted(
    members: pd.DataFrame,
    schools: pd.DataFrame,
    expected: pd.DataFrame,
    made_in: str,
    issues: IssueLog,
) -> pd.DataFrame:
    """Leave out the schools whose pupils nobody could forecast: their places are not spare.

    A school that has opened since the last roll stays: its pupils to be are those of other schools
    of its area today.

    Args:
        members: rows of ``planning_area_school``.
        schools: rows of ``school``.
        expected: ``urn`` of every school with a forecast by year group.
        made_in: school year of the last roll.
        issues: is told of each school left out.
    """
    last = CENSUS_DAY.format(year=AcademicYear.parse(made_in).start + 1)
    known = schools.drop_duplicates("urn").set_index("urn")
    opened = members["urn"].map(known["open_date"]).fillna("").astype(str)
    has_pupils = members["urn"].map(known["status"]).isin(["open", "closing"]) & (opened <= last)
    is_out = has_pupils & ~members["urn"].isin(expected["urn"])
    for urn, found in members[is_out].groupby("urn"):
        areas = " and ".join(sorted(set(found["planning_area"])))
        says = f"{known['name'][urn]} is not forecast: its places are no part of {areas}"
        issues.warn(IS_FORECAST, f"URN {urn}", says)
    return members[~is_out]


def tell_planned_nowhere(
    planned: Iterable[PlannedPlaces], members: pd.DataFrame, issues: IssueLog
) -> None:
    """Name the planned places of schools that are in no planning area of their phase."""
    known = set(zip(members["urn"], members["phase"], strict=True))
    for change in in_use(planned):
        if change.urn is not None and (change.urn, change.phase) not in known:
            says = (
                f"{change.places:+} {change.phase} places from {change.from_year}: the school is "
                f"in no planning area for {change.phase} places, so they count nowhere; name a "
                "`planning_area` instead"
            )
            issues.warn(IS_IN_AREA, f"URN {change.urn}", says)
