"""The times between a place and every school: read from what a build holds, or searched for."""

from typing import Final

import numpy as np

import travel
from api.answers.travelling import journeys
from api.build import Build
from api.destinations import Destinations
from api.journeys import Found, Start
from api.mode_names import TRANSIT
from api.schemas.filters import ReachChoice
from config.terms import SchoolStatus
from travel.matrix import Matrix

MINUTE_S: Final = 60.0


def times_of(build: Build, start: Start, chosen: ReachChoice, schools: Destinations) -> Found:
    """Return the time to every school, or from every school where the place is one.

    Where the place is a postcode of the region, its times stand in the build's matrix, in whole
    seconds; to any other place the streets are searched, which finds the same to the second.

    Raises:
        BadParameter: the mode is not in this build, or its times cannot be chosen so.
        travel.OutsideCoverage: the place lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    known = _known(build, start, chosen, schools)
    if known is not None:
        return known
    return journeys(build, chosen).times(start, schools.snapped, minutes=chosen.minutes)


def _known(build: Build, start: Start, chosen: ReachChoice, schools: Destinations) -> Found | None:
    """Read the times from the matrix; ``None`` where it does not hold all that were asked for."""
    if chosen.mode == TRANSIT or start.postcode is None or SchoolStatus.CLOSED in chosen.status:
        return None
    matrix = build.matrix.held(chosen.mode)
    streets = build.modes.streets(chosen.mode)
    if (
        matrix is None
        or matrix.about.network_ids != (streets.network().network_id,)
        or matrix.about.limit_s < chosen.minutes * MINUTE_S
        or not matrix.has_home(start.postcode)
    ):
        return None
    rim_s = streets.rim_s(start, minutes=chosen.minutes)
    return Found(_row(matrix, start.postcode, chosen.minutes, schools), rim_s)


def _row(matrix: Matrix, postcode: str, minutes: int, schools: Destinations) -> travel.Times:
    row = matrix.from_home(matrix.home(postcode))
    urn = matrix.place_id[row.number]
    at = np.minimum(np.searchsorted(schools.urn, urn), schools.urn.size - 1)
    kept = (schools.urn[at] == urn) & (row.seconds <= minutes * MINUTE_S)
    seconds = np.full(schools.urn.size, np.nan)
    metres = seconds.copy()
    seconds[at[kept]] = row.seconds[kept]
    if row.metres is not None:
        metres[at[kept]] = row.metres[kept]
    return travel.Times(seconds, metres)
