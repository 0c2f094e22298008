"""Children by where they live and how old they are, counted, estimated or projected."""

from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.terms import AreaKind
from ingest.planning.authority_sums import of_authorities
from ingest.planning.frames import Frames
from ingest.schema.areas import AREA
from ingest.schema.fields import ALL
from ingest.schema.people import POPULATION
from planning.forecast.inputs import Residents

BASES: Final = ("rebased", "converted", "published")
"""Of figures of one area and year, those that agree best with the later census come first."""

OLDEST: Final = 19
_KEY: Final = ["area_code", "year", "age"]


def read_residents(frames: Frames) -> tuple[Residents | None, Residents | None]:
    """Return estimates by small area, and projections by authority; ``None`` where none are."""
    rows = frames.of(POPULATION)
    rows = rows[(rows["sex"] == ALL) & (rows["age"] <= OLDEST)]
    is_projected = rows["is_projected"].fillna(value=False).astype(bool)
    areas = frames.of(AREA)
    small = areas.loc[areas["kind"] == str(AreaKind.LSOA21), "area_code"]
    estimated = _wide(rows[~is_projected & rows["area_code"].isin(small)])
    projected = _wide(rows[is_projected])
    own = of_authorities(projected, areas, list(frames.authorities["la_code"]))
    return _residents(estimated), _projection(own)


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people by area (rows), year and age (columns)."""
    best = rows.assign(rank=rows["basis"].map(BASES.index), people=_floats(rows["people"]))
    best = best.sort_values("rank").drop_duplicates(_KEY)
    return best.pivot_table(index="area_code", columns=["year", "age"], values="people")


def _floats(values: pd.Series) -> "pd.Series[float]":
    return pd.to_numeric(values, errors="coerce").astype("Float64").astype("float64")


def _projection(told: pd.DataFrame) -> Residents | None:
    made = _residents(told)
    if made is None:
        return None
    known_in = made.years[0] + round(assumptions("projections")["known_after"].value)
    return Residents(made.codes, made.years, made.people, known_in)


def _residents(told: pd.DataFrame) -> Residents | None:
    if told.empty:
        return None
    years = [int(year) for year in told.columns.get_level_values(0)]
    ages = [int(age) for age in told.columns.get_level_values(1)]
    people = np.full((len(told), max(years) - min(years) + 1, max(ages) + 1), np.nan)
    people[:, np.array(years) - min(years), ages] = told.to_numpy(np.float64)
    return Residents(tuple(map(str, told.index)), tuple(range(min(years), max(years) + 1)), people)
