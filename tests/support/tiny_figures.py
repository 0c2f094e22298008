"""Figures of the tiny build's schools and its authority, table by table."""

from typing import Any

from tests.support.tiny_rows import INSIDE

RECEIPT = "0" * 12
HILL, DALE, VALLEY, OLD_HILL, MARYS, ECOLE = 120001, 120002, 120004, 120006, 120003, 120010
ENGLAND = "E92000001"


def _measure(
    measure: str, title: str, unit: str, *, level: str = "school", **more: Any
) -> dict[str, Any]:
    return {
        "measure": measure,
        "level": level,
        "position": 1,
        "topic": "As its series calls it",
        "title": title,
        "says": "What it means.",
        "unit": unit,
        "decimals": 1,
        "polarity": "neutral",
        "source_id": "performance",
        "method": "As published.",
        **more,
    }


MEASURES = [
    _measure("census_pupils", "Pupils", "pupils", decimals=0),
    _measure("census_girls", "Girls", "pupils", decimals=0, position=2),
    _measure("census_boys", "Boys", "pupils", decimals=0, position=3),
    _measure("ks4_attainment8", "Attainment 8 score", "points", polarity="more_is_better"),
    _measure("absence_overall_pct", "Sessions missed", "%", polarity="more_is_worse"),
    _measure("scorecard_places", "Places in primary schools", "places", level="authority"),
]


def _value(measure: str, urn: int, period: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {
        "measure": measure,
        "urn": urn,
        "period": period,
        "value": value,
        "status": "measured",
        "receipt": RECEIPT,
        **more,
    }


SCHOOL_VALUES = [
    _value("census_pupils", HILL, "2018/19", 200),
    _value("census_girls", HILL, "2018/19", 101),
    _value("census_boys", HILL, "2018/19", 98),
    _value("ks4_attainment8", VALLEY, "2015/16", 40.0),
    _value("ks4_attainment8", VALLEY, "2016/17", 44.0, low=42.0, high=46.0, cohort=180),
    _value("ks4_attainment8", VALLEY, "2017/18", None, status="suppressed"),
    _value("ks4_attainment8", VALLEY, "2018/19", 46.66, low=44.1, high=49.2, cohort=181),
    *(
        _value("absence_overall_pct", urn, "2018/19", value)
        for urn, value in ((HILL, 4.0), (DALE, 5.0), (MARYS, 6.0), (ECOLE, 8.0), (VALLEY, 30.0))
    ),
    _value("absence_overall_pct", OLD_HILL, "2017/18", 3.5),
    _value("absence_overall_pct", OLD_HILL, "2018/19", 9.9),
]
AUTHORITY_VALUES = [
    {
        "measure": measure,
        "area_code": code,
        "period": period,
        "value": value,
        "status": "measured",
        "receipt": RECEIPT,
    }
    for measure, code, period, value in (
        ("ks4_attainment8", INSIDE, "2018/19", 45.1),
        ("ks4_attainment8", ENGLAND, "2018/19", 46.5),
        ("ks4_attainment8", ENGLAND, "2017/18", 46.4),
        ("scorecard_places", INSIDE, "2022", 3000.0),
    )
]
PLACES = [
    {
        "source_id": "scap",
        "urn": HILL,
        "academic_year": "2014/15",
        "phase": "primary",
        "places": 210.0,
        "pupils": 190,
        "unfilled": 20.0,
        "planning_area": "8570001",
        "status": "measured",
        "receipt": RECEIPT,
    }
]
ADMISSION_NUMBERS = [
    {
        "source_id": "scap",
        "urn": HILL,
        "academic_year": "2014/15",
        "year_group": "R",
        "places": 30.0,
        "status": "measured",
        "receipt": RECEIPT,
    }
]
DISTANCES = [
    {
        "source_id": "own",
        "urn": HILL,
        "academic_year": year,
        "year_group": "R",
        "metres": metres,
        "method": "straight_line",
        "status": status,
        "receipt": RECEIPT,
    }
    for year, metres, status in (
        ("2020/21", 1234.0, "measured"),
        ("2021/22", None, "not_applicable"),
    )
]
CRITERIA = [
    {
        "source_id": "own",
        "urn": HILL,
        "academic_year": year,
        "rank": rank,
        "says": says,
        "offers": 3.0,
        "source_page": "https://council.example/admissions",
        "receipt": RECEIPT,
    }
    for year, rank, says in (
        ("2020/21", 1, "Children in care"),
        ("2021/22", 1, "Children in care"),
        ("2021/22", 2, "Siblings"),
    )
]
INSPECTIONS = [
    {
        "urn": urn,
        "inspected_on": day,
        "area": area,
        "framework": framework,
        "grade": grade,
        "is_superseded": framework != "report_card",
        "status": "measured",
        "source_id": "gias",
        "receipt": RECEIPT,
    }
    for urn, day, area, framework, grade in (
        (HILL, "2025-12-03", "Inclusion", "report_card", "Strong standard"),
        (HILL, "2025-12-03", "Achievement", "report_card", "Expected standard"),
        (OLD_HILL, "2017-05-04", "Overall effectiveness", "older", "Good"),
    )
]
GROUPS = [{"group_uid": "1001", "name": "Valley Trust", "group_type": "Multi-academy trust"}]
MEMBERS = [
    {"group_uid": "1001", "urn": urn, "joined_on": "2015-09-01", "source_id": "gias"}
    for urn in (VALLEY, DALE)
]
ROLLS = [
    {
        "source_id": "own",
        "urn": urn,
        "academic_year": year,
        "year_group": group,
        "sex": sex,
        "pupils": pupils,
        "status": "measured",
        "receipt": RECEIPT,
    }
    for urn, year, group, sex, pupils in (
        (HILL, "2024/25", "R", "all", 30),
        (HILL, "2024/25", "1", "all", 28),
        (HILL, "2024/25", "1", "F", 15),
        (HILL, "2024/25", "1", "M", 13),
        (HILL, "2024/25", "all", "all", 60),
        (OLD_HILL, "2017/18", "R", "all", 25),
    )
]
SUCCESSIONS = [{"urn": OLD_HILL, "successor_urn": HILL, "links": 1}]

_WHO = {"set_by": "School organisation team", "why": "The site has no room."}
ASSUMPTIONS = [
    {
        "assumption": "planning.margin_pct",
        "holds_for": "all",
        "set_on": "2022-03-31",
        "value": 2.0,
        "unit": "%",
        "says": "Places to be kept free.",
        "set_by": "the atlas",
        "why": "Guidance.",
        "is_default": True,
        "is_in_use": False,
    },
    {
        "assumption": "planning.margin_pct",
        "holds_for": "all",
        "set_on": "2025-01-12",
        "value": 5.0,
        "unit": "%",
        "says": "Places to be kept free.",
        **_WHO,
        "is_default": False,
        "is_in_use": True,
    },
    {
        "assumption": "method.primary",
        "holds_for": f"school:{HILL}",
        "set_on": "2025-02-01",
        "word": "same",
        "says": "Method that the forecast is made by, primary.",
        **_WHO,
        "is_default": False,
        "is_in_use": True,
    },
]
TABLES: dict[str, list[dict[str, Any]]] = {
    "school_value": SCHOOL_VALUES,
    "authority_value": AUTHORITY_VALUES,
    "school_places": PLACES,
    "admission_number": ADMISSION_NUMBERS,
    "offer_distance": DISTANCES,
    "admission_criterion": CRITERIA,
    "inspection": INSPECTIONS,
    "school_group": GROUPS,
    "group_member": MEMBERS,
    "roll": ROLLS,
    "school_succession": SUCCESSIONS,
    "assumption": ASSUMPTIONS,
}
