"""What a forecast says, as rows of its tables."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from config.terms import AcademicYear, Status
from ingest.planning.parts import came_of_units
from ingest.schema.fields import ALL
from ingest.schema.forecasts import FORECAST, FORECAST_ACCURACY, FORECAST_METHOD
from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import GROUPS, NONE, Inputs
from planning.forecast.methods import Method
from planning.forecast.results import (
    METHODS,
    PARTS,
    PHASE_NAMES,
    Forecasts,
    Level,
    LevelForecast,
    method_of_part,
)

RECENT: Final = frozenset({Method.COHORT_321, Method.COHORT_POOLED})
"""Methods whose intakes are the average of recent ones."""

IS_SUM: Final = np.arange(len(PARTS)) >= len(GROUPS)
RANGE_COLUMNS: Final = ("low_80", "high_80", "low_95", "high_95")


def forecast_rows(made: Forecasts, last: Mapping[str, Mapping[str, Floats]]) -> pd.DataFrame:
    """Return all rows of ``forecast`` at once; see ``forecast_parts``."""
    return pd.concat(forecast_parts(made, last), ignore_index=True)


def forecast_parts(
    made: Forecasts, last: Mapping[str, Mapping[str, Floats]]
) -> Iterator[pd.DataFrame]:
    """Give rows of ``forecast``, a part at a time: what is expected, by every method and by sex.

    Args:
        made: the forecast.
        last: by level and code, the last roll, shape (parts,). Parts of a unit that nobody is in,
            or will be, have no rows.
    """
    years = [str(AcademicYear(year)) for year in made.years]
    about = {"made_in": str(AcademicYear(made.made_in)), "status": str(Status.FORECAST)}
    for level in made.levels.values():
        for rows in _parts_of(level, last[str(level.level)], years):
            yield rows.assign(**about)[FORECAST.names]


def _parts_of(
    level: LevelForecast, last_of: Mapping[str, Floats], years: list[str]
) -> Iterator[pd.DataFrame]:
    nobody = np.zeros(len(PARTS))
    last = np.array([last_of.get(code, nobody) for code in level.codes]).reshape(-1, len(PARTS))
    by = method_of_part(level.choice, last)
    is_there = _is_there(level, last)
    chosen = is_there[:, np.newaxis] & (by != NONE)[:, np.newaxis]
    yield _frame(level, level.expected, chosen, by, years, ALL, is_chosen=True)
    for sex, expected in level.by_sex.items():
        yield _frame(level, expected, chosen, by, years, sex, is_chosen=True)
    if level.level is Level.SCHOOL:
        is_there = is_there & IS_SUM
    for method, said in level.said.items():
        other = is_there & (by != METHODS.index(method))
        of_one = np.full_like(by, METHODS.index(method))
        yield _frame(level, said, other[:, np.newaxis], of_one, years, ALL, is_chosen=False)


def _is_there(level: LevelForecast, last: Floats) -> Bools:
    """Say which parts a unit has anybody in, now or to come, shape (units, parts)."""
    found = np.nan_to_num(last) > 0
    for said in (level.expected, *level.said.values()):
        found |= (np.nan_to_num(said) > 0).any(axis=1)
    return found


def _frame(
    level: LevelForecast,
    expected: Floats,
    wanted: Bools,
    by: Ints,
    years: list[str],
    sex: str,
    *,
    is_chosen: bool,
) -> pd.DataFrame:
    unit, ahead, part = np.nonzero(np.broadcast_to(wanted, expected.shape) & np.isfinite(expected))
    rows = pd.DataFrame(
        {
            "level": str(level.level),
            "unit_code": np.array(level.codes, object)[unit],
            "forecast_method": np.array([str(one) for one in METHODS], object)[by[unit, part]],
            "academic_year": np.array(years, object)[ahead],
            "year_group": np.array(PARTS, object)[part],
            "sex": sex,
            "pupils_expected": expected[unit, ahead, part],
            "is_chosen": is_chosen,
        }
    )
    ranged = level.ranges if is_chosen and sex == ALL else {}
    ends = {
        f"{end}_{nominal}": getattr(found, end)[unit, ahead, part]
        for nominal, found in ranged.items()
        for end in ("low", "high")
    }
    return rows.assign(**{name: ends.get(name, np.nan) for name in RANGE_COLUMNS})


def roll_rows(inputs: Inputs) -> pd.DataFrame:
    """Return all rows of ``forecast_roll`` at once; see ``roll_parts``."""
    return pd.concat(roll_parts(inputs), ignore_index=True)


def roll_parts(inputs: Inputs) -> Iterator[pd.DataFrame]:
    """Give rows of ``forecast_roll``, a part at a time: what was counted, also by sex."""
    years = np.array([str(AcademicYear(year)) for year in inputs.rolls.years], object)
    for sex in (ALL, *inputs.rolls.by_sex):
        for level, (codes, pupils) in came_of_units(inputs, sex=sex).items():
            has_part = np.logical_or.reduce(np.nan_to_num(pupils) > 0, axis=1, keepdims=True)
            unit, year, part = np.nonzero(np.broadcast_to(has_part, pupils.shape))
            counted = pupils[unit, year, part]
            statuses = (str(Status.UNAVAILABLE), str(Status.MEASURED))
            yield pd.DataFrame(
                {
                    "level": level,
                    "unit_code": np.array(codes, object)[unit],
                    "academic_year": years[year],
                    "year_group": np.array(PARTS, object)[part],
                    "sex": sex,
                    "pupils_counted": counted,
                    "status": np.where(np.isnan(counted), *statuses),
                }
            )


def method_rows(made: Forecasts) -> pd.DataFrame:
    """Return rows of ``forecast_method``: how each method has done in each unit and phase."""
    return pd.concat([_methods_of(level) for level in made.levels.values()], ignore_index=True)


def _methods_of(level: LevelForecast) -> pd.DataFrame:
    choice = level.choice
    is_chosen = choice.method == np.arange(len(METHODS))[:, np.newaxis, np.newaxis]
    method, unit, phase = np.nonzero((choice.tried > 0) | is_chosen)
    at = (method, unit, phase)
    rows = pd.DataFrame(
        {
            "level": str(level.level),
            "unit_code": np.array(level.codes, object)[unit],
            "phase": np.array(PHASE_NAMES, object)[phase],
            "forecast_method": np.array([str(one) for one in METHODS], object)[method],
            "error_pupils": choice.error_pupils[at],
            "error_pct": choice.error_pct[at],
            "signed_pct": choice.signed_pct[at],
            "tried": choice.tried[at],
            "is_chosen": is_chosen[at],
            "is_pinned": is_chosen[at] & choice.is_pinned[unit, phase],
        }
    )
    basis = [
        _basis(level, METHODS[int(m)], int(u), PHASE_NAMES[int(p)])
        for m, u, p in zip(*at, strict=True)
    ]
    return rows.assign(intake_basis=pd.Series(basis, dtype="string"))[FORECAST_METHOD.names]


def _basis(level: LevelForecast, method: Method, unit: int, phase: str) -> str | None:
    if method in RECENT:
        return "recent"
    if method is not Method.POPULATION:
        return None
    told = level.choice.intake_basis.get(phase)
    return (told[unit] or None) if told else None


def accuracy_rows(made: Forecasts) -> pd.DataFrame:
    """Return rows of ``forecast_accuracy``: how each method has done at each level."""
    return pd.concat([_accuracy_of(level) for level in made.levels.values()], ignore_index=True)


def _accuracy_of(level: LevelForecast) -> pd.DataFrame:
    found = level.accuracy
    at = np.nonzero(found.tried > 0)
    method, ahead, part = at
    return pd.DataFrame(
        {
            "level": str(level.level),
            "year_group": np.array(PARTS, object)[part],
            "forecast_method": np.array(found.by, object)[method],
            "years_ahead": ahead + 1,
            "tried": found.tried[at],
            "error_pupils": found.error_pupils[at],
            "error_pct": found.error_pct[at],
            "signed_pct": found.signed_pct[at],
            **{f"within_{nominal}_pct": held[at] for nominal, held in found.within_pct.items()},
        }
    )[FORECAST_ACCURACY.names]
