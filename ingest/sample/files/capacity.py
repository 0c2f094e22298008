"""School capacity survey: places and pupils by school, sixth forms, the authorities' forecasts."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from config.english_regions import ENGLAND
from ingest.sample.codes import AuthorityKind, la_code, la_code_dfe
from ingest.sample.files.forecasts import (
    HORIZON,
    PRIMARY_GROUPS,
    SECONDARY_GROUPS,
    forecasts_of,
    past_of,
)
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import digits_of
from ingest.sample.people.capacity import SIXTH_FORM_YEARS
from ingest.sample.people.needs import Floats
from ingest.sample.people.provision import PRIMARY_KINDS, SECONDARY_KINDS
from ingest.sample.people.years import LAST_CENSUS, YEAR_12

YEARS: Final = tuple(range(LAST_CENSUS - 2, LAST_CENSUS + 1))
WHEN: Final = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
WHERE: Final = ("region_code", "region_name", "old_la_code", "new_la_code", "la_name")
SCHOOL: Final = ("school_laestab", "school_urn", "school_name", "school_phase")
PLACES: Final = (*WHEN, *WHERE, *SCHOOL, "school_places", "pupils_on_roll", "unfilled_places")
SIXTH_FORMS: Final = (
    *(*WHEN, *WHERE, *SCHOOL),
    *("reported_sixth_form_places", "sixth_form_pupils_on_roll"),
)
FORECASTS: Final = (
    *(*WHEN, *WHERE, "planning_area_code", "planning_area_name", "forecast_year"),
    *("year_group", "pupil_forecast"),
)
MADE_IN: Final = tuple(range(LAST_CENSUS - 4, LAST_CENSUS + 1))
"""School years in which the forecasts were made."""
GROUPS: Final = {"primary": PRIMARY_GROUPS, "secondary": SECONDARY_GROUPS}
NEWEST: Final = digits_of(LAST_CENSUS)


def phase_of(kind: str) -> str:
    """Return the phase of a kind of school, as the survey writes it."""
    if kind in PRIMARY_KINDS:
        return "Primary"
    return "All-through" if kind == "all_through" else "Secondary"


def surveyed(county: County, academic_year: int) -> pd.DataFrame:
    """Return the mainstream schools of a year with their pupils from reception on.

    Returns:
        One row per school: ``school`` (its row), ``places``, ``sixth_form_places``, ``pupils``,
        ``primary``, ``secondary`` and ``sixth_form`` (pupils to year 6, to year 11, and after).
    """
    schools, rolls = county.people.schools, county.people.rolls
    now = rolls.take((rolls.academic_year == academic_year) & (rolls.year_group >= 0))
    size = len(schools)

    def count(first: int, last: int) -> Floats:
        some = now.take((now.year_group >= first) & (now.year_group <= last))
        return np.asarray(np.bincount(some.school, some.pupils, size), float)

    kinds = (*PRIMARY_KINDS, "middle", *SECONDARY_KINDS)
    rows = pd.DataFrame(
        {
            "school": np.arange(size),
            "places": pd.to_numeric(schools["capacity_pupils"]).fillna(0).to_numpy(float),
            "sixth_form_places": SIXTH_FORM_YEARS * schools["sixth_form_places"].to_numpy(),
            "pupils": count(0, YEAR_12 + 1),
            "primary": count(0, 6),
            "secondary": count(7, 11),
            "sixth_form": count(YEAR_12, YEAR_12 + 1),
        }
    )
    there = schools["kind"].isin(kinds).to_numpy() & (rows["pupils"] > 0)
    return rows[there].reset_index(drop=True)


def _of_schools(county: County, *, of_sixth_forms: bool) -> Iterable[Cells]:
    schools = county.people.schools
    for year in YEARS:
        rows = surveyed(county, year)
        if of_sixth_forms:
            rows = rows[rows["sixth_form_places"] > 0]
            figures = [rows["sixth_form_places"], rows["sixth_form"]]
        else:
            left = (rows["places"] - rows["pupils"]).clip(lower=0)
            figures = [rows["places"], rows["pupils"], left]
        own = schools.iloc[rows["school"].to_numpy()]
        about = zip(
            *(own[name].tolist() for name in ("authority", "establishment_number", "urn", "name")),
            [phase_of(kind) for kind in own["kind"]],
            *(each.astype(int).tolist() for each in figures),
            strict=True,
        )
        for authority, number, *rest in about:
            place = _about(county, year, "School", authority)
            yield (*place, f"{la_code_dfe(authority)}{number}", *rest)


def _about(county: County, academic_year: int, level: str, authority: int) -> list[object]:
    """Return the first columns of a row: when, at what level, whose."""
    kind: AuthorityKind = "city" if authority == county.tile.city else "shire"
    when = [digits_of(academic_year), "Academic year", level, ENGLAND, "England", "", ""]
    name = county.names_of(authority).name
    return [*when, la_code_dfe(authority), la_code(kind, authority), name]


def _forecasts(county: County) -> Iterable[Cells]:
    past = past_of(county)
    for made_in in MADE_IN:
        found = forecasts_of(past, made_in).round().astype(int).tolist()
        areas = past.areas[["name", "code", "phase", "authority"]].itertuples(
            index=False, name=None
        )
        for of_area, (name, code, phase, authority) in zip(found, areas, strict=True):
            about = [*_about(county, made_in, "Planning area", authority), code, name]
            for ahead in range(HORIZON[phase]):
                year = digits_of(made_in + 1 + ahead)
                for group in GROUPS[phase]:
                    word = f"Year {group}" if group else "Reception"
                    yield (*about, year, word, of_area[ahead][group])


SCHOOLS: Final[Series] = sheet(
    source="school_capacity",
    file=f"school_capacity/capacity_school_{NEWEST}.csv",
    header=PLACES,
    rows=lambda county: _of_schools(county, of_sixth_forms=False),
)
SIXTH: Final[Series] = sheet(
    source="school_capacity",
    file=f"school_capacity/sixth-form-capacity_school_{NEWEST}.csv",
    header=SIXTH_FORMS,
    rows=lambda county: _of_schools(county, of_sixth_forms=True),
)
EXPECTED: Final[Series] = sheet(
    source="school_capacity",
    file=f"school_capacity/pupil_forecasts_{NEWEST}.csv",
    header=FORECASTS,
    rows=_forecasts,
)
