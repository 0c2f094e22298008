"""Births by school year of birth, of small areas and of authorities."""

import re
from typing import Final

import numpy as np
import pandas as pd

from config.terms import AreaKind
from ingest.planning.authority_sums import of_authorities
from ingest.planning.frames import Frames
from ingest.schema.areas import AREA
from ingest.schema.people import BIRTHS
from planning.arrays import Floats
from planning.forecast.inputs import Births
from planning.forecast.intake.born import school_years_of_calendar, school_years_of_june

_KINDS: Final = {
    "school": re.compile(r"(\d{4})/\d{2}"),
    "calendar": re.compile(r"(\d{4})"),
    "to_june": re.compile(r"(\d{4})-06"),
}


def read_births(frames: Frames) -> tuple[Births | None, Births | None]:
    """Return births of small areas, and of authorities; ``None`` where none are known.

    An authority's are its own figure, else the sum of its small areas, else that of its districts
    where it is the only one with any.
    """
    rows = frames.of(BIRTHS)
    areas = frames.of(AREA)
    kinds = areas.set_index("area_code")["kind"].to_dict()
    born = _by_school_year(rows)
    small = born[born.index.map(kinds) == str(AreaKind.LSOA21)]
    own = of_authorities(born, areas, list(frames.authorities["la_code"]))
    return _births(small), _births(own)


def _by_school_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return births by area (rows) and school year of birth (columns)."""
    parts = []
    for kind, pattern in _KINDS.items():
        match = rows["period"].astype("string").str.fullmatch(pattern)
        found = rows[match.fillna(value=False).astype(bool)]
        if len(found):
            year = found["period"].str[:4].astype(int)
            parts.append(_of_kind(kind, found.assign(year=year, births=_floats(found["births"]))))
    parts = [part for part in parts if part.size]
    if not parts:
        return pd.DataFrame()
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.combine_first(part)
    return whole.sort_index().reindex(
        columns=range(int(min(whole.columns)), int(max(whole.columns)) + 1)
    )


def _floats(values: pd.Series) -> "pd.Series[float]":
    return pd.to_numeric(values, errors="coerce").astype("Float64").astype("float64")


def _of_kind(kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Share calendar years, and years to June, out to school years, month by month alike."""
    wide = rows.pivot_table(index="area_code", columns="year", values="births", aggfunc="first")
    if kind == "school":
        return wide
    years = range(int(min(wide.columns)), int(max(wide.columns)) + 1)
    turned = school_years_of_calendar if kind == "calendar" else school_years_of_june
    begins, born = turned(years, wide.reindex(columns=years).to_numpy(np.float64))
    found = pd.DataFrame(born, index=wide.index, columns=list(begins))
    return found.dropna(axis=1, how="all").dropna(how="all")


def _births(born: pd.DataFrame) -> Births | None:
    known = born.dropna(axis=1, how="all") if len(born) else born
    if known.empty:
        return None
    years = range(int(min(known.columns)), int(max(known.columns)) + 1)
    values: Floats = known.reindex(columns=years).to_numpy(np.float64)
    return Births(tuple(map(str, known.index)), tuple(years), values)
