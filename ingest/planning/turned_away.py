"""Whom a planner's limits send elsewhere, and whom they leave without a place."""

from typing import Final

import numpy as np
import pandas as pd

from config.plurals import counted
from config.terms import AcademicYear
from ingest.issues import IssueLog
from ingest.schema.forecasts import FORECAST_DISPLACED
from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, PHASES, Inputs
from planning.forecast.results import Forecasts, Level, Unplaced
from planning.forecast.tree import tree_of

HAS_PLACE: Final = "pupils expected find a school with room"

_HALF: Final = 0.5
"""Less than half a pupil is nobody."""

_HALF_OF_TEN: Final = 0.05
"""Pupils of a school below which a row would print as 0.0."""


def displaced_rows(made: Forecasts, inputs: Inputs) -> pd.DataFrame:
    """Return rows of ``forecast_displaced``; none where no intake is limited.

    Args:
        made: the forecast.
        inputs: that it was made from.
    """
    if made.unplaced is None:
        return pd.DataFrame(columns=FORECAST_DISPLACED.names)
    tree = tree_of(inputs.units)
    moved = np.nan_to_num(made.unplaced.displaced)
    frames = []
    for level, told in made.levels.items():
        away, taken = (tree.up(np.maximum(one, 0.0), level) for one in (moved, -moved))
        unplaced = _of_level(made.unplaced, level, away)
        is_any = (away > _HALF_OF_TEN) | (taken > _HALF_OF_TEN) | (unplaced > _HALF_OF_TEN)
        unit, ahead, group = np.nonzero(is_any)
        years = np.array([str(AcademicYear(year)) for year in made.years], object)
        rows = pd.DataFrame(
            {
                "level": str(level),
                "unit_code": np.array(told.codes, object)[unit],
                "academic_year": years[ahead],
                "year_group": np.array(GROUPS, object)[group],
                "pupils_turned_away": away[is_any],
                "pupils_taken_in": taken[is_any],
                "pupils_unplaced": unplaced[is_any],
            }
        )
        frames.append(rows)
    return pd.concat(frames, ignore_index=True)


def _of_level(unplaced: Unplaced, level: Level, like: Floats) -> Floats:
    """Return who finds no place; ``NaN`` but of authorities."""
    return (
        np.nan_to_num(unplaced.pupils) if level is Level.AUTHORITY else np.full_like(like, np.nan)
    )


def _pupils(by_group: Floats, phase: str) -> str:
    words = phase.replace("_", " ")
    return counted(max(round(by_group.sum()), 1), f"{words} pupil", f"{words} pupils")


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
                by_group = np.nan_to_num(made.unplaced.pupils[row, ahead, groups])
                if by_group.sum() < _HALF:
                    continue
                worst = GROUPS[groups.start + int(np.argmax(by_group))]
                says = (
                    f"{AcademicYear(year)}: no school has room for {_pupils(by_group, phase)} "
                    f"(year group {worst} first of all); the authority's forecast has them, and "
                    "no school's"
                )
                issues.warn(HAS_PLACE, authority, says)
