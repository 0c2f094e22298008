"""A forecast of the tiny build's authority, its planning area and one of its schools."""

from typing import Any

import shapely

from tests.support.tiny_figures import HILL
from tests.support.tiny_rows import INSIDE

AREA = "8570001"
YEARS = ("2025/26", "2026/27")
LAST = "2024/25"


def _expected(level: str, code: str, year: str, part: str, pupils: float, **more: Any) -> dict:
    return {
        "level": level,
        "unit_code": code,
        "forecast_method": "cohort_pooled",
        "academic_year": year,
        "year_group": part,
        "sex": "all",
        "pupils_expected": pupils,
        "low_80": pupils - 10,
        "high_80": pupils + 10,
        "low_95": pupils - 20,
        "high_95": pupils + 20,
        "is_chosen": True,
        "made_in": LAST,
        "status": "forecast",
        **more,
    }


NO_RANGE = dict.fromkeys(("low_80", "high_80", "low_95", "high_95"))


def _of_unit(level: str, code: str, pupils: float) -> list[dict[str, Any]]:
    """Expect as many pupils as today in 2025/26, and eight more a year later."""
    rows = [
        _expected(level, code, year, part, number)
        for year, more in zip(YEARS, (0, 8), strict=True)
        for part, number in (("R", pupils / 7 + more), ("primary", pupils + more))
    ]
    rows += [
        _expected(level, code, YEARS[0], "primary", pupils / 2, sex=sex, **NO_RANGE)
        for sex in ("F", "M")
    ]
    other = {"forecast_method": "same", "is_chosen": False, **NO_RANGE}
    return [*rows, _expected(level, code, YEARS[0], "primary", pupils - 1, **other)]


def _roll(level: str, code: str, year: str, pupils: float | None) -> dict[str, Any]:
    return {
        "level": level,
        "unit_code": code,
        "academic_year": year,
        "year_group": "primary",
        "sex": "all",
        "pupils_counted": pupils,
        "status": "unavailable" if pupils is None else "measured",
    }


def _tried(level: str, code: str, method: str, error: float | None, **more: Any) -> dict[str, Any]:
    return {
        "level": level,
        "unit_code": code,
        "phase": "primary",
        "forecast_method": method,
        "error_pupils": error and error * 2,
        "error_pct": error,
        "signed_pct": error and -error,
        "tried": 21 if error else 0,
        "is_chosen": False,
        "is_pinned": False,
        "intake_basis": "recent" if method.startswith("cohort") else None,
        **more,
    }


def _said(code: str, made_by: str, pupils: float, came: float) -> dict[str, Any]:
    return {
        "level": "authority",
        "unit_code": code,
        "year_group": "primary",
        "made_by": made_by,
        "made_in": "2023/24",
        "academic_year": LAST,
        "pupils_expected": pupils,
        "pupils_came": came,
        "error_ratio": (pupils - came) / came,
        "is_hindcast": made_by != "authority",
    }


UNITS = (
    ("authority", INSIDE, 2800.0),
    ("planning_area", AREA, 420.0),
    ("school", str(HILL), 210.0),
)

TABLES: dict[str, list[dict[str, Any]]] = {
    "forecast": [row for unit in UNITS for row in _of_unit(*unit)],
    "forecast_roll": [
        row
        for level, code, pupils in UNITS
        for row in (_roll(level, code, "2023/24", None), _roll(level, code, LAST, pupils))
    ],
    "forecast_method": [
        row
        for level, code, _ in UNITS
        for row in (
            _tried(level, code, "cohort_pooled", 2.31, is_chosen=True),
            _tried(level, code, "cohort_321", 3.04),
            _tried(level, code, "same", 4.0),
        )
    ],
    "forecast_cohort": [
        {"la_code": INSIDE, "academic_year": year, "children": 420.0, "basis": basis}
        for year, basis in zip(YEARS, ("births", "projected"), strict=True)
    ],
    "forecast_displaced": [
        {
            "level": level,
            "unit_code": code,
            "academic_year": YEARS[1],
            "year_group": "R",
            "pupils_turned_away": 12.3,
            "pupils_taken_in": taken,
            "pupils_unplaced": unplaced,
        }
        for level, code, taken, unplaced in (
            ("authority", INSIDE, 8.0, 4.3),
            ("planning_area", AREA, 8.0, None),
            ("school", str(HILL), 0.0, None),
        )
    ],
    "forecast_border": [
        {
            "level": "authority",
            "unit_code": INSIDE,
            "phase": "primary",
            "academic_year": LAST,
            "pupils_at_home": 2700.0,
            "pupils_leave": 60.0,
            "pupils_come_in": 100.0,
        },
    ],
    "forecast_accuracy": [
        {
            "level": "authority",
            "year_group": "primary",
            "forecast_method": method,
            "years_ahead": 1,
            "tried": 21,
            "error_pupils": error * 28,
            "error_pct": error,
            "signed_pct": -error,
            "within_80_pct": held,
            "within_95_pct": held and held + 14,
        }
        for method, error, held in (("chosen", 1.0, 81.0), ("same", 2.0, None))
    ],
    "forecast_record": [
        _said(INSIDE, "authority", 2828, 2800),
        _said(INSIDE, "chosen", 2772, 2800),
        _said(INSIDE, "same", 2940, 2800),
    ],
    "planning_area": [
        {
            "source_id": "own",
            "planning_area": AREA,
            "phase": "primary",
            "la_code_dfe": "857",
            "name": "Oakham Primary",
            "geometry": shapely.to_wkb(shapely.box(-0.8, 52.6, -0.7, 52.7)),
            "basis": "published",
            "version": "",
        },
        {
            "source_id": "scap",
            "planning_area": "8550470",
            "phase": "primary",
            "la_code_dfe": "855",
            "name": None,
            "geometry": None,
            "basis": "published",
            "version": "",
        },
    ],
    "planning_area_school": [
        {
            "planning_area": AREA,
            "phase": "primary",
            "urn": HILL,
            "basis": "stated",
            "version": "",
        }
    ],
}
