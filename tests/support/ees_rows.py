"""A data set of six rows, in the ids of Explore Education Statistics, and what they mean."""

from typing import Any

META = {
    "filters": [
        {
            "id": "gIyO9",
            "column": "school_type",
            "label": "School type",
            "options": [
                {"id": "1oX7c", "label": "Total"},
                {"id": "uKR2K", "label": "Primary, all"},
            ],
        }
    ],
    "indicators": [
        {"id": "04nTr", "column": "headcount", "label": "Pupils", "unit": "", "decimalPlaces": 0},
        {"id": "9kVFg", "column": "fsm_percent", "label": "FSM", "unit": "%", "decimalPlaces": 1},
    ],
    "geographicLevels": [
        {"code": "NAT", "label": "National"},
        {"code": "LA", "label": "Local authority"},
        {"code": "SCH", "label": "School"},
    ],
    "locations": [
        {
            "level": {"code": "LA", "label": "Local authority"},
            "options": [
                {"id": "La857", "label": "Rutland", "code": "E06000017", "oldCode": "857"},
                {"id": "La383", "label": "Leeds", "code": "E08000035", "oldCode": "383"},
            ],
        },
        {
            "level": {"code": "NAT", "label": "National"},
            "options": [{"id": "2FmYX", "label": "England", "code": "E92000001"}],
        },
        {
            "level": {"code": "SCH", "label": "School"},
            "options": [
                {"id": "Sc001", "label": "Dún Primary", "urn": "900001", "laEstab": "8572001"}
            ],
        },
    ],
    "timePeriods": [
        {"code": "AY", "label": "2022/23", "period": "2022/2023"},
        {"code": "AY", "label": "2023/24", "period": "2023/2024"},
    ],
}


def row(period: str, level: str, places: dict[str, str], kind: str, *values: str) -> dict[str, Any]:
    """Write one row as the service does, in ids."""
    return {
        "timePeriod": {"code": "AY", "period": period},
        "geographicLevel": level,
        "locations": {"NAT": "2FmYX", **places},
        "filters": {"gIyO9": kind},
        "values": dict(zip(("04nTr", "9kVFg"), values, strict=True)),
    }


RUTLAND, LEEDS = {"LA": "La857"}, {"LA": "La383"}
ROWS = [
    row("2023/2024", "NAT", {}, "1oX7c", "8000000", "24.6"),
    row("2023/2024", "LA", RUTLAND, "1oX7c", "5400", "9.1"),
    row("2022/2023", "LA", RUTLAND, "1oX7c", "5500", "8.8"),
    row("2023/2024", "LA", LEEDS, "1oX7c", "125000", "27.0"),
    row("2023/2024", "LA", LEEDS, "uKR2K", "70000", "26.1"),
    row("2023/2024", "SCH", {**RUTLAND, "SCH": "Sc001"}, "uKR2K", "201", "c"),
]
LONGER = [*ROWS, row("2022/2023", "LA", LEEDS, "uKR2K", "71000", "26.0")]
"""The rows of a later version."""
