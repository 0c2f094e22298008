"""Forecasts that were in use before the tiny build's, and why that differs from the last."""

from typing import Any

from tests.support.tiny_figures import HILL

LAST = "2024-05-01T09:00:00+00:00"
CAUSES = {"births": -13.0, "data": 0.0, "housing": 10.0, "method": 0.0, "migration": -40.0}

TABLES: dict[str, list[dict[str, Any]]] = {
    "forecast_vintage": [
        {
            "vintage": LAST,
            "made_in": "2023/24",
            "digest": "0123456789abcdef",
            "says": "First forecast kept, from rolls up to 2023/24.",
        }
    ],
    "forecast_change": [
        {
            "level": level,
            "unit_code": code,
            "phase": "primary",
            "academic_year": "2025/26",
            "cause": cause,
            "pupils_change": change,
            "pupils_before": 300.0,
            "pupils_after": 257.0,
            "compared_with": LAST,
        }
        for level, code in (("authority", "E06000017"), ("school", str(HILL)))
        for cause, change in (CAUSES | {"transfer": 0.0}).items()
    ],
}
