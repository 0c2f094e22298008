"""Need and spare places of the tiny build, and how far off authorities' forecasts were."""

from typing import Any, Final

from tests.support.tiny_figures import HILL
from tests.support.tiny_forecasts import AREA
from tests.support.tiny_rows import INSIDE

OTHERS: Final = tuple(f"E060000{number}" for number in range(50, 57))
"""Authorities that the tiny build is not about, but whose errors it knows."""


def _balance(
    year: str, group: str, pupils: float | None, need: float | None, spare: float | None
) -> dict[str, Any]:
    return {
        "planning_area": AREA,
        "phase": "primary",
        "academic_year": year,
        "year_group": group,
        "pupils_expected": pupils,
        "places": 30.0,
        "need": need,
        "spare": spare,
        "margin_pct": 0.0,
        "basis": "capacity",
        "status": "unavailable" if need is None else "forecast",
    }


def _record(code: str, made_by: str, expected: float, came: float = 1000.0) -> dict[str, Any]:
    return {
        "la_code": code,
        "phase": "primary",
        "made_by": made_by,
        "made_in": "2023/24",
        "academic_year": "2024/25",
        "name": "Rutland" if code == INSIDE else f"Authority {code[-2:]}",
        "years_ahead": 1,
        "pupils_expected": expected,
        "pupils_came": came,
        "error_ratio": (expected - came) / came,
        "status": "measured" if made_by == "authority" else "estimated",
    }


TABLES: dict[str, list[dict[str, Any]]] = {
    "place_balance": [
        _balance("2025/26", "R", 42.0, 12.0, 0.0),
        _balance("2025/26", "1", 30.0, 0.0, 0.0),
        _balance("2025/26", "2", 20.0, 0.0, 10.0),
        _balance("2026/27", "R", 54.9, 24.9, 0.0),
        _balance("2026/27", "1", 40.1, 10.1, 0.0),
        _balance("2026/27", "2", 25.0, 0.0, 5.0),
        _balance("2027/28", "R", None, None, None),
    ],
    "place_cost": [
        {
            "planning_area": AREA,
            "phase": "primary",
            "academic_year": "2026/27",
            "project": project,
            "need_rounded": 40.0,
            "pounds_per_place": price,
            "regional_factor": 1.03,
            "pounds": 40 * price,
            "period": "2024/25",
            "basis": "authority",
        }
        for project, price in (("expansion", 20_000.0), ("new_school", 25_000.0))
    ],
    "school_unfilled": [
        {
            "urn": HILL,
            "phase": "primary",
            "academic_year": "2025/26",
            "pupils_expected": 200.0,
            "places": 210.0,
            "unfilled": 10.0,
            "status": "forecast",
        }
    ],
    "scorecard_record": [
        _record(INSIDE, "authority", 1_012.0),
        _record(INSIDE, "same", 1_016.0),
        _record(INSIDE, "drift", 1_002.0),
        *(_record(code, "authority", 1_010.0 + 10 * number) for number, code in enumerate(OTHERS)),
    ],
}
