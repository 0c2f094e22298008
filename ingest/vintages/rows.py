"""Vintages as rows of tables: which there are, and how far off each has been since."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ingest.planning.parts import came_of_units, year_of
from ingest.schema.forecasts import FORECAST_RECORD, FORECAST_VINTAGE
from ingest.vintages.vintages import Vintage
from planning.forecast.inputs import PHASES, Inputs
from planning.forecast.results import PARTS

MADE_BY = "atlas"
KEY = ["level", "unit_code", "year_group", "academic_year"]


def vintage_rows(vintages: Sequence[Vintage]) -> pd.DataFrame:
    """Return rows of ``forecast_vintage``, the oldest first."""
    told = [
        {"vintage": one.vintage, "made_in": one.made_in, "digest": one.digest, "says": one.says}
        for one in vintages
    ]
    return pd.DataFrame(told, columns=FORECAST_VINTAGE.names)


def record_rows(
    said: Mapping[str, pd.DataFrame], inputs: Inputs, successors: Mapping[int, int]
) -> pd.DataFrame:
    """Return rows of ``forecast_record`` of forecasts that were in use, where the year has come.

    Schools have sums alone; planning areas and authorities have year groups too.

    Args:
        said: what the last vintage made in each school year said, by that year.
        inputs: of today, with what came.
        successors: URN of today of schools that had another.
    """
    came = _came(inputs)
    frames = [_beside(rows, made_in, came, successors) for made_in, rows in said.items()]
    if not frames:
        return pd.DataFrame(columns=FORECAST_RECORD.names)
    rows = pd.concat(frames, ignore_index=True)
    expected, counted = rows["pupils_expected"], rows["pupils_came"]
    error = ((expected - counted) / counted).where(counted > 0)
    told = rows.assign(error_ratio=error, made_by=MADE_BY, is_hindcast=False)
    return told[FORECAST_RECORD.names]


def _beside(
    rows: pd.DataFrame, made_in: str, came: pd.Series, successors: Mapping[int, int]
) -> pd.DataFrame:
    """Put what came beside what was said; schools that became one are added up."""
    codes = {str(old): str(new) for old, new in successors.items()}
    is_school = rows["level"] == "school"
    later = rows["academic_year"].map(year_of) > year_of(made_in)
    kept = rows[later & (~is_school | rows["year_group"].isin(list(PHASES)))]
    today = kept["unit_code"].where(kept["level"] != "school", kept["unit_code"].replace(codes))
    said = kept.assign(unit_code=today).groupby(KEY)["pupils_expected"].sum().astype(float)
    both = pd.DataFrame({"pupils_expected": said}).join(came.rename("pupils_came"), how="inner")
    return both[both["pupils_came"].notna()].reset_index().assign(made_in=made_in)


def _came(inputs: Inputs) -> pd.Series:
    """Return what was counted, by level, unit, year group or sum, and school year."""
    years = [f"{year}/{(year + 1) % 100:02d}" for year in inputs.rolls.years]
    frames = []
    for level, (codes, pupils) in came_of_units(inputs).items():
        units, _, parts = pupils.shape
        keys = pd.MultiIndex.from_product([[level], codes, PARTS, years], names=KEY)
        values = np.swapaxes(pupils, 1, 2).reshape(units * parts * len(years))
        frames.append(pd.Series(values, keys))
    return pd.concat(frames)
