"""Whom a planner's limits leave without a place, told by authority and year."""

from typing import Final

import numpy as np

from config.terms import AcademicYear
from ingest.issues import IssueLog
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.results import Forecasts

HAS_PLACE: Final = "pupils expected find a school with room"

_HALF: Final = 0.5
"""Less than half a pupil is nobody."""


def tell_unplaced(made: Forecasts, issues: IssueLog) -> None:
    """Warn of pupils whom no school of their authority has room for.

    They are part of the authority's forecast and of no school's.

    Args:
        made: the forecast.
        issues: is told of each authority, phase and school year with such pupils.
    """
    if made.unplaced is None:
        return
    for row, authority in enumerate(made.unplaced.authorities):
        for phase, groups in PHASES.items():
            for ahead, year in enumerate(made.years):
                by_group = made.unplaced.pupils[row, ahead, groups]
                if by_group.sum() < _HALF:
                    continue
                worst = GROUPS[groups.start + int(np.argmax(by_group))]
                says = (
                    f"{AcademicYear(year)}: no school has room for {by_group.sum():.0f} "
                    f"{phase.replace('_', ' ')} pupils, most of them in year group {worst}; they "
                    "are in the authority's forecast and in no school's"
                )
                issues.warn(HAS_PLACE, authority, says)
