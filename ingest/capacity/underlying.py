"""The survey as Explore Education Statistics has it: places by school and year, and forecasts."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import AcademicYear
from ingest.capacity.places import ID, PRIMARY, SECONDARY, SIXTH_FORM, number, places
from ingest.columns import Layout
from ingest.issues import IssueLog
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.provision import SCHOOL_PLACES
from ingest.schema.pupils import ROLL_FORECAST
from ingest.source import Reading, Rows
from ingest.tables import read_table

YEAR: Final = "time_period"
PLACES: Final = "school_places"
SIXTH_FORM_PLACES: Final = "reported_sixth_form_places"
FORECASTS: Final = ("forecast_year", "forecast_academic_year", "forecast_period")
"""Columns by which the tables are told apart."""

_PLACES: Final = Layout(
    {
        "year": YEAR,
        "urn": "school_urn",
        "places": PLACES,
        "pupils": ("pupils_on_roll", "pupils_on_roll_count"),
        "unfilled": ("unfilled_places", "unfilled_places_count"),
    },
    if_there={"phase": ("phase", "school_phase", "education_phase")},
)
_SIXTH_FORMS: Final = Layout(
    {
        "year": YEAR,
        "urn": "school_urn",
        "places": SIXTH_FORM_PLACES,
        "pupils": "sixth_form_pupils_on_roll",
    }
)
_FORECASTS: Final = Layout(
    {
        "made_in": YEAR,
        "la_code_dfe": ("old_la_code", "la_code"),
        "year": FORECASTS,
        "year_group": ("year_group", "national_curriculum_year", "nc_year"),
        "pupils": ("pupil_forecast", "pupils_forecast", "forecast_pupils", "pupil_forecast_count"),
    },
    if_there={"planning_area": ("planning_area_code", "planning_area")},
)
_PHASES: Final = {PRIMARY: PRIMARY, SECONDARY: SECONDARY}
_RECEPTION: Final = ("reception", "r", "year r")
_TOTALS: Final = {"primary": PRIMARY, "primary total": PRIMARY, "total primary": PRIMARY} | {
    "secondary": SECONDARY,
    "secondary total": SECONDARY,
    "total secondary": SECONDARY,
}


def read_places(path: Path, reading: Reading) -> Rows:
    """Read places, pupils and unfilled places of every year.

    Raises:
        SourceChanged: a column is missing.
    """
    rows = _school_rows(path, reading, _PLACES)
    phases = rows["phase"].astype("string").str.casefold().map(_PHASES).fillna(f.ALL)
    rows = rows.assign(phase=phases, planning_area=_nothing(rows))
    rows = first_of_each(rows, ("urn", "academic_year", "phase"), issues=reading.issues)
    count = {
        column: number(rows, column, reading.issues, of=path.name)
        for column in ("places", "pupils", "unfilled")
    }
    found = places(
        rows, count["places"], count["pupils"]["value"], unfilled=count["unfilled"]["value"]
    )
    return {SCHOOL_PLACES: found}


def read_sixth_forms(path: Path, reading: Reading) -> Rows:
    """Read places and pupils of sixth forms.

    Raises:
        SourceChanged: a column is missing.
    """
    rows = _school_rows(path, reading, _SIXTH_FORMS)
    rows = rows.assign(phase=SIXTH_FORM, planning_area=_nothing(rows))
    rows = first_of_each(rows, ("urn", "academic_year"), issues=reading.issues)
    capacity = number(rows, "places", reading.issues, of=path.name)
    pupils = number(rows, "pupils", reading.issues, of=path.name)["value"]
    return {SCHOOL_PLACES: places(rows, capacity, pupils)}


def read_forecasts(path: Path, reading: Reading) -> Rows:
    """Read the forecasts of the region's authorities, by planning area where they are told.

    Raises:
        SourceChanged: a column is missing.
    """
    rows = read_table(path, _FORECASTS, source=ID, issues=reading.issues)
    rows = rows[rows["la_code_dfe"].isin(list(reading.cut.la_codes_dfe))]
    rows = rows.assign(
        year_group=_year_groups(rows["year_group"], reading.issues, of=path.name),
        planning_area=rows["planning_area"].fillna(""),
        made_in=_years(rows["made_in"]),
        academic_year=_years(rows["year"]),
    )
    rows = rows[rows["year_group"].notna()]
    key = ("la_code_dfe", "planning_area", "made_in", "academic_year", "year_group")
    rows = first_of_each(rows, key, issues=reading.issues)
    count = number(rows, "pupils", reading.issues, of=path.name)
    status = count["status"].where(count["status"] != "measured", "forecast")
    return {
        ROLL_FORECAST: rows[list(key)].assign(
            source_id=ID, pupils=count["value"].round(), status=status
        )
    }


def _school_rows(path: Path, reading: Reading, layout: Layout) -> pd.DataFrame:
    rows = read_table(path, layout, source=ID, issues=reading.issues)
    rows = rows[rows["urn"].notna()]  # rows of authorities and of England have none
    rows = rows.assign(urn=numbers(rows, f.URN, key=("urn",), issues=reading.issues))
    own = reading.cut.of_schools(rows)
    return own.assign(academic_year=_years(own["year"]))


def _years(texts: pd.Series) -> pd.Series:
    written = {text: str(AcademicYear.parse(text)) for text in texts.dropna().unique()}
    return texts.map(written).astype("string")


def _year_groups(texts: pd.Series, issues: IssueLog, *, of: str) -> pd.Series:
    """Return the year groups as the atlas writes them; what is none is logged, and missing."""
    written = {text: _year_group(text) for text in texts.dropna().unique()}
    unknown = sorted(text for text, group in written.items() if group is None)
    if unknown:
        issues.note(
            "known year group", of, f"rows for {', '.join(unknown)} are left out: no year group"
        )
    return texts.map(written).astype("string")


def _year_group(text: str) -> str | None:
    plain = text.strip().casefold()
    if plain in _RECEPTION:
        return "R"
    if plain in _TOTALS:
        return _TOTALS[plain]
    number_told = plain.removeprefix("year").strip().lstrip("0")
    return number_told if number_told in f.YEAR_GROUPS and number_told.isdigit() else None


def _nothing(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, rows.index, dtype="string")
