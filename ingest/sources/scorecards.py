"""Local authority school places scorecards: places, need, the authorities' own forecasts."""

import csv
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.english_regions import ENGLAND
from config.terms import AcademicYear, Status
from ingest.authority_values import figures, with_area_codes
from ingest.errors import SourceChanged
from ingest.marks import marked
from ingest.rhythm import yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import ROLL_FORECAST
from ingest.scorecard_measures import ID, MEASURES, figures_of
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import read_table

_LONG: Final = {"P": "Pri", "S": "Sec"}
_PHASE: Final = {"P": "primary", "S": "secondary"}
_AHEAD: Final = {1: 0, 3: -2}
"""Years from the survey back to the one in which a forecast was made, by how far it looked."""
_MARKS: Final = ("Year", "new_la_code", "For_3_P", "For_2_P")
"""Columns that tell the editions apart, the newest first."""
_EDITIONS: Final = (2025, 2024, 2023, 2022)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one edition of the scorecards, whichever of the four layouts it has.

    Returns:
        Rows of ``authority_value`` for the authorities shown and England, and of ``roll_forecast``
        for the authorities: the forecasts of one and three years ahead that the errors are of,
        and, where the change in three years is given, the newest forecast.
    """
    edition = _edition(path)
    wanted = figures_of(edition)
    names = {figure.column: figure.column for figure in wanted} | {"LANumber": "LANumber"}
    if edition == max(_EDITIONS):
        names["Year"] = "Year"
    frame = read_table(path, names, source=ID, issues=reading.issues)
    codes = frame["LANumber"].map({**reading.cut.la_codes, "0": ENGLAND})
    rows = with_area_codes(_dated(frame, edition, path), codes, reading)
    rows = rows.sort_values("year", ascending=False, kind="stable")
    return {
        AUTHORITY_VALUE: figures(rows, wanted, file=path.name, issues=reading.issues),
        ROLL_FORECAST: _forecasts(rows, path, reading),
    }


def _edition(path: Path) -> int:
    """Return the year of the scorecards whose layout a file has."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = set(next(csv.reader(file), []))
    for mark, edition in zip(_MARKS, _EDITIONS, strict=True):
        if mark in header:
            return edition
    raise SourceChanged(
        f"{ID}: {path.name} has none of the columns {', '.join(_MARKS)}",
        missing=_MARKS,
        added=sorted(header),
        hint="compare it with an earlier scorecard; a build can go on with `--without scorecards`.",
    )


def _dated(frame: pd.DataFrame, edition: int, path: Path) -> pd.DataFrame:
    """Add the year in which the school year of the capacity survey starts."""
    if "Year" not in frame.columns:
        return frame.assign(year=edition - 1)
    try:
        return frame.assign(year=[AcademicYear.parse(year).start for year in frame["Year"]])
    except (ValueError, AttributeError):
        raise SourceChanged(
            f"{ID}: {path.name}: Year holds something else than school years such as 2024/25",
            hint="compare it with an earlier scorecard.",
        ) from None


def _forecasts(rows: pd.DataFrame, path: Path, reading: Reading) -> pd.DataFrame:
    """Work out the forecasts that the published errors and changes are of.

    An error is (forecast - pupils) / pupils, so that the forecast is pupils x (1 + error), a whole
    number. An error that is only said to be low tells no forecast, nor does one without the pupils,
    which editions before 2024 do not give.
    """
    own = rows[rows["LANumber"].isin(list(reading.cut.la_codes_dfe))]
    parts = [pd.DataFrame(columns=["la_code_dfe"])]
    for phase in _PHASE:
        if f"{_LONG[phase]}NOR" not in own.columns:
            continue
        pupils = _cells(own, f"{_LONG[phase]}NOR", path, reading)
        for ahead, back in _AHEAD.items():
            change = _cells(own, f"For_{ahead}_{phase}", path, reading)
            parts.append(_of(own, phase, pupils, change, made=back, about=1))
        growth = _cells(own, f"An_{phase}_gro", path, reading)
        parts.append(_of(own, phase, pupils, growth, made=0, about=3))
    long = pd.concat(parts, ignore_index=True).assign(source_id=ID, planning_area="")
    key = ["la_code_dfe", "made_in", "academic_year", "year_group"]
    if long.empty:
        return pd.DataFrame(columns=[name for name in ROLL_FORECAST.names if name != "receipt"])
    return long.drop_duplicates(key).reset_index(drop=True)


def _cells(rows: pd.DataFrame, column: str, path: Path, reading: Reading) -> pd.DataFrame:
    return marked(rows[column], issues=reading.issues, of=f"{path.name}, {column}")


def _of(
    rows: pd.DataFrame,
    phase: str,
    pupils: pd.DataFrame,
    change: pd.DataFrame,
    *,
    made: int,
    about: int,
) -> pd.DataFrame:
    is_given = change["status"].eq(str(Status.MEASURED))
    expected = (pupils["value"] * (1 + change["value"].where(is_given))).round()
    vague = change["status"].mask(change["value"].notna(), str(Status.UNAVAILABLE))
    missing = pupils["status"].where(pupils["value"].isna(), vague)
    years = rows["year"].astype(int)
    return pd.DataFrame(
        {
            "la_code_dfe": rows["LANumber"],
            "made_in": [str(AcademicYear(year + made)) for year in years],
            "academic_year": [str(AcademicYear(year + about)) for year in years],
            "year_group": _PHASE[phase],
            "pupils": expected,
            "status": np.where(expected.notna(), str(Status.FORECAST), missing),
        }
    )


_AT: Final = (
    "https://raw.githubusercontent.com/dfe-analytical-services/la-school-places-scorecards/"
)


def _release(name: str, file_name: str, version: str = "main") -> Release:
    address = f"{_AT}{version}/data/{file_name}"
    return Release(name=name, file_name=file_name, addresses=(address,), mirror_file=file_name)


RELEASES: Final = (
    _release("2025", "scorecard_data_2025_2023.csv"),
    _release("2024", "scorecards_data_2024.csv", "4cf239cce42eb4881ecab892a8f414743e65af13"),
    _release("2023", "scorecards_data_2023.csv", "7c007bf82387788e868ebb2006e776511a3281ab"),
    _release("2022", "scorecards_data_2022.csv", "862ad9b1961564027fe0e5badd072a1fd2fdd442"),
)
SOURCE: Final = Source(
    id=ID,
    title="Local authority school places scorecards",
    publisher="Department for Education",
    landing_page=(
        "https://explore-education-statistics.service.gov.uk/find-statistics/"
        "local-authority-school-places-scorecards"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=lambda _region, _today: RELEASES,
    every=yearly(6),
    mirror_folder="scorecards",
    mirror_files=(),
    read_rows=read_rows,
    tables=(AUTHORITY_VALUE, ROLL_FORECAST),
    measures=MEASURES,
    caveats=(
        "Pupils are those of the January census in the school year after the capacity survey, as "
        "the technical guidance says; the list of columns dates them a year earlier.",
        "Need and spare places are counted planning area by planning area: an authority may have "
        "both.",
        "A cost per place is England's average at regional prices, not what the authority paid.",
        "Whole forecasts are worked out from the published errors and agree with the 2024 "
        "edition, the only one that prints them.",
        "The counts of places by inspection grade, and the ranks of authorities, are left out.",
    ),
)
