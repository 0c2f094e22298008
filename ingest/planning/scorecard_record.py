"""How far off forecasts of authorities' totals were, from the scorecards of school places.

The scorecards publish the error of each authority's own forecast and, since 2024, the pupils who
came. What simple methods would have said in the same year follows from the pupils of the years
before. Only totals of reception to year 6 and of years 7 to 11 are published, so that no more than
these is compared: a method that needs year groups, such as cohort survival, cannot be tested.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.authority import Authority
from config.terms import AcademicYear, Status
from ingest.issues import IssueLog
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.source import Cut, Reading
from ingest.sources import scorecards
from planning.forecast.accuracy import drifted, signed_error

PHASES: Final = ("primary", "secondary")
AHEAD: Final = (1, 2, 3)
"""Years ahead that some edition of the scorecards publishes errors for."""

MAKERS: Final = ("authority", "same", "drift")
_WHOLE_WITHIN: Final = 0.1
"""Pupils that a published growth, which has six digits, may be off a whole number of them."""


def read_editions(files: Iterable[Path], register: Sequence[Authority]) -> pd.DataFrame:
    """Read what the scorecards say of every authority.

    Args:
        files: of the editions, the newest first; of what two say, the newer is taken.
        register: every authority there is.

    Returns:
        Rows of ``authority_value``. What is odd in the files is for the series' own step to say.
    """
    everywhere = Cut(
        frozenset(each.la_code_dfe for each in register),
        frozenset(),
        la_codes={each.la_code_dfe: each.la_code for each in register},
    )
    reading = Reading(everywhere, "", IssueLog(), tuple(register))
    parts = [scorecards.read_rows(path, reading)[AUTHORITY_VALUE] for path in files]
    return pd.concat(parts, ignore_index=True).drop_duplicates(["measure", "area_code", "period"])


def record(values: pd.DataFrame, register: Sequence[Authority]) -> pd.DataFrame:
    """Set what was expected against what came, for every authority, phase, maker and horizon.

    Args:
        values: rows of ``authority_value`` from all editions, of all authorities.
        register: every authority there is; rows of areas that it does not know are left out.

    Returns:
        Rows of ``scorecard_record``. An authority's own error that is unavailable was called low
        without telling how low; of a simple method there is a row only where it can be worked out.
    """
    parts = [_of_phase(values, phase) for phase in PHASES]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(name=rows["la_code"].map({each.la_code: each.name for each in register}))
    return rows[rows["name"].notna()].reset_index(drop=True)


def pupils_of(values: pd.DataFrame, phase: str) -> pd.DataFrame:
    """Return the pupils of each authority, one column per school year (its first year).

    The edition of 2022 does not print them, but their growth since 2009/10, as later editions do
    beside the pupils: the base that these imply gives the pupils of the earlier year too. They are
    used only where they come out as a whole number, to the digits printed.
    """
    told = _wide(values, f"scorecard_pupils_{phase}")
    growth = _wide(values, f"scorecard_growth_since_2009_pct_{phase}") / 100
    both = told.columns.intersection(growth.columns)
    bases = (told[both] / (1 + growth[both])).round()
    base = bases.min(axis=1).where(bases.min(axis=1) == bases.max(axis=1))
    for year in growth.columns.difference(told.columns):
        implied = base * (1 + growth[year])
        whole = implied.round()
        told[year] = whole.where((implied - whole).abs() <= _WHOLE_WITHIN)
    return told[sorted(told.columns)]


def _of_phase(values: pd.DataFrame, phase: str) -> pd.DataFrame:
    pupils = pupils_of(values, phase)
    parts = []
    for ahead in AHEAD:
        errors = _wide(values, f"scorecard_error_{ahead}_pct_{phase}", is_exact=True) / 100
        for year in map(int, errors.columns):
            came = _column(pupils, year, errors.index)
            last = _column(pupils, year - ahead, errors.index)
            before = _column(pupils, year - ahead - 1, errors.index)
            own = (came * (1 + errors[year])).round()
            said = {
                "authority": own,
                "same": last,
                "drift": pd.Series(
                    drifted(last.to_numpy(), before.to_numpy(), years_ahead=ahead), errors.index
                ),
            }
            for maker in MAKERS:
                error = errors[year] if maker == "authority" else _error(said[maker], came)
                parts.append(_rows(phase, maker, ahead, year, said[maker], came, error))
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["error_ratio"].notna() | (rows["made_by"] == "authority")]


def _rows(
    phase: str,
    maker: str,
    ahead: int,
    year: int,
    said: pd.Series,
    came: pd.Series,
    error: pd.Series,
) -> pd.DataFrame:
    present = Status.MEASURED if maker == "authority" else Status.ESTIMATED
    return pd.DataFrame(
        {
            "la_code": said.index,
            "phase": phase,
            "made_by": maker,
            "made_in": str(AcademicYear(year - ahead)),
            "academic_year": str(AcademicYear(year)),
            "years_ahead": ahead,
            "pupils_expected": said.to_numpy(),
            "pupils_came": came.to_numpy(),
            "error_ratio": error.to_numpy(),
            "status": np.where(error.notna(), str(present), str(Status.UNAVAILABLE)),
        }
    )


def _error(said: pd.Series, came: pd.Series) -> pd.Series:
    return pd.Series(signed_error(said.to_numpy(), came.to_numpy()), said.index)


def _column(frame: pd.DataFrame, year: int, index: pd.Index) -> pd.Series:
    """Return the pupils of a year, all missing where no edition has it."""
    if year not in frame.columns:
        return pd.Series(np.nan, index)
    return frame[year].reindex(index)


def _wide(values: pd.DataFrame, measure: str, *, is_exact: bool = False) -> pd.DataFrame:
    """Return one measure by authority and school year; without low ones where asked for exact."""
    rows = values[values["measure"] == measure]
    if is_exact:
        exact = rows["value"].where(rows["status"] == str(Status.MEASURED))
        rows = rows.assign(value=exact)
    years = [AcademicYear.parse(period).start for period in rows["period"]]
    long = rows.assign(year=years, value=rows["value"].astype("float64"))
    wide: pd.DataFrame = long.pivot_table("value", "area_code", "year", dropna=False)
    return wide
