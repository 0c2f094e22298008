"""Why this forecast differs from the last one, as rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from config.terms import AcademicYear
from ingest.schema.forecasts import FORECAST_CHANGE
from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, PHASES, Inputs
from planning.forecast.results import PARTS, Forecasts, Level, Record
from planning.waterfall import parted, same, swaps

KEY = ["level", "unit_code", "phase", "academic_year"]
Make = Callable[[Inputs], Forecasts]
"""Forecasts from inputs, by today's program and settings."""


@dataclass(frozen=True, slots=True)
class Last:
    """The forecast that this one is compared with.

    Attributes:
        said: pupils by level, unit, phase and school year.
        inputs: that it was made from.
        vintage: its name; empty where there is none, and it is worked out as it would have been
            made a year before.
    """

    said: pd.Series
    inputs: Inputs
    vintage: str = ""


def change_rows(last: Last, now: pd.Series, inputs: Inputs, make: Make) -> pd.DataFrame:
    """Return rows of ``forecast_change``.

    Args:
        last: forecast that this one is compared with.
        now: what this one says, by level, unit, phase and school year.
        inputs: that this one is made from.
        make: forecasts from inputs.

    Returns:
        One row a cause, of every figure that both forecasts have; their changes add up.
    """
    where = last.said.dropna().index.intersection(now.dropna().index).sort_values()
    told = [last.said.reindex(where).to_numpy(np.float64)]
    causes = []
    for swap in swaps(last.inputs, inputs, lambda these: _by_school(make(these), these)):
        causes.append(swap.cause)
        told.append(told[-1] if not swap.is_changed else _values(make, swap.inputs, where))
    told[-1] = now.reindex(where).to_numpy(np.float64)
    frame = where.to_frame(index=False).assign(
        pupils_before=told[0], pupils_after=told[-1], compared_with=last.vintage
    )
    parts = zip(causes, parted(told), strict=True)
    frames = [frame.assign(cause=cause, pupils_change=part) for cause, part in parts]
    return pd.concat(frames, ignore_index=True)[FORECAST_CHANGE.names]


def sums_of(forecasts: Forecasts) -> pd.Series:
    """Return the sums of the phases by level, unit, phase and school year."""
    years = [str(AcademicYear(year)) for year in forecasts.years]
    first = len(GROUPS)
    frames = []
    for level, told in forecasts.levels.items():
        keys = pd.MultiIndex.from_product(
            [[str(level)], told.codes, list(PHASES), years], names=KEY
        )
        values = np.swapaxes(told.expected[..., first : first + len(PHASES)], 1, 2)
        frames.append(pd.Series(values.reshape(-1), keys))
    return pd.concat(frames)


def sums_in(rows: pd.DataFrame) -> pd.Series:
    """Return the same of rows of a forecast."""
    sums = rows[rows["year_group"].isin(PARTS[len(GROUPS) : len(GROUPS) + len(PHASES)])]
    keyed = sums.rename(columns={"year_group": "phase"}).set_index(KEY)
    return keyed["pupils_expected"].astype(np.float64)


def _values(make: Make, inputs: Inputs, where: pd.Index) -> Floats:
    return sums_of(make(inputs)).reindex(where).to_numpy(np.float64)


def _by_school(forecasts: Forecasts, inputs: Inputs) -> Floats:
    """Return what schools expect in the order of their inputs; ``NaN`` where nothing is said."""
    level = forecasts.levels[Level.SCHOOL]
    place = {code: row for row, code in enumerate(level.codes)}
    found = np.full((len(inputs.rolls.urns), len(forecasts.years), len(GROUPS)), np.nan)
    for row, urn in enumerate(inputs.rolls.urns):
        if (at := place.get(str(urn))) is not None:
            found[row] = level.expected[at, :, : len(GROUPS)]
    return found


def remembering(make: Make) -> Make:
    """Make a forecast of inputs that hold the same once.

    What is expected is remembered, and nothing else: ranges, records and what every method says of
    a whole country are a gigabyte of memory, which several forecasts would each hold.
    """
    made: list[tuple[Inputs, Forecasts]] = []

    def once(inputs: Inputs) -> Forecasts:
        for known, forecasts in made:
            if same(known, inputs):
                return forecasts
        made.append((inputs, _expected_alone(make(inputs))))
        return made[-1][1]

    return once


def _expected_alone(forecasts: Forecasts) -> Forecasts:
    none = Record((), (), np.zeros(0, np.float32), np.zeros(0, np.float32))
    levels = {
        level: replace(each, ranges={}, said={}, by_sex={}, record=none)
        for level, each in forecasts.levels.items()
    }
    return replace(forecasts, levels=levels)
