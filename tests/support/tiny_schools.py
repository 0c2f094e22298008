"""The schools of the tiny build."""

from typing import Any

from config.words import search_key
from tests.support.tiny_rows import BLOCKS, INSIDE, NAMES, OUTSIDE, at


def _school(  # noqa: PLR0913
    urn: int,
    name: str,
    block: tuple[float, float] | None,
    *,
    phase: str = "primary",
    status: str = "open",
    sector: str = "state",
    town: str = "Oakham",
    pupils: int | None = 200,
    **more: Any,
) -> dict[str, Any]:
    is_covered = block is not None and block[0] <= BLOCKS
    is_outside = block is not None and block[0] > BLOCKS
    code = OUTSIDE if is_outside else INSIDE
    missing = {"pupils_status": "unavailable", "location_status": "unavailable"}
    return {
        "urn": urn,
        "name": name,
        "status": status,
        "phase": phase,
        "sector": sector,
        "phase_gias": phase.capitalize(),
        "type": "Independent school" if sector == "independent" else "Community school",
        "type_group": "Schools",
        "la_code_dfe": "857",
        "la_code": code,
        "la_name": NAMES[code],
        "age_low": 11 if phase == "secondary" else 4,
        "age_high": 16 if phase == "secondary" else 11,
        "gender": "Mixed",
        "capacity_pupils": 210,
        "capacity_pupils_status": "measured",
        "pupils": pupils,
        "pupils_status": missing["pupils_status"] if pupils is None else "measured",
        "census_date": "2025-01-16",
        "fsm_pct": None,
        "fsm_pct_status": "suppressed",
        "street": "High Street",
        "town": town,
        "postcode": "LE15 6HP",
        "location_status": missing["location_status"] if block is None else "measured",
        "ward25": "E05000001",
        "lsoa21": "E01000001",
        **(at(*block) if block else {}),
        "is_outside": is_outside,
        "is_covered": is_covered,
        "search_key": search_key(f"{name} {town}"),
        **more,
    }


def schools() -> list[dict[str, Any]]:
    return [
        _school(120001, "Hill Primary School", (3, 4)),
        _school(120002, "Dale Primary School", (10, 0)),
        _school(120003, "St Mary & St John's CofE Primary School", (6, 6)),
        _school(120004, "Valley College", (5, 0), phase="secondary", pupils=1005),
        _school(
            120005, "Oakham School", (2, 2), phase="all_through", sector="independent", pupils=None
        ),
        _school(
            120006,
            "Old Hill School",
            (3, 4),
            status="closed",
            close_date="2019-08-31",
            census_date=None,
        ),
        _school(120007, "New Meadow School", (9, 9), status="proposed", open_date="2027-09-01"),
        _school(120008, "Fading School", (1, 1), status="closing", close_date="2026-08-31"),
        _school(120009, "Nowhere School", None),
        _school(120010, "École Saint-André", (15.5, 15.5), town="Uppingham"),
        _school(120011, "Far School", (24, 0), town="Melton"),
        _school(120012, "=HYPERLINK(1) Academy", (7, 7), town="Uppingham", phase="special"),
        _school(120013, "Very Far School", (90, 0), town="Melton"),
    ]


LINKS = [
    {
        "urn": urn,
        "linked_urn": linked,
        "link_type": kind,
        "linked_name": name,
        "link_date": date,
        "direction": direction,
    }
    for urn, linked, kind, name, date, direction in (
        (120001, 120006, "Predecessor", "Old Hill School", "2019-09-01", "predecessor"),
        (120001, 109999, "Predecessor - merged", "Gone School", None, "predecessor"),
        (120006, 120001, "Successor", "Hill Primary School", "2019-09-01", "successor"),
        (120001, 120002, "Sixth Form Centre Link", "Dale Primary School", None, "other"),
    )
]
