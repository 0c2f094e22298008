"""Who goes where in the tiny build: modelled, counted, and how far schools' places went."""

from typing import Any

import shapely

from tests.support.tiny_rows import at

HILL, DALE, VALLEY = 120001, 120002, 120004


def _catchment(code: str, urn: int, share: float, pupils: float, **more: Any) -> dict[str, Any]:
    return {
        "phase": "secondary" if urn == VALLEY else "primary",
        "home_code": code,
        "urn": urn,
        "share_pct": share,
        "pupils_expected": pupils,
        "pupils_counted": None,
        "pupils_counted_status": "suppressed",
        "minutes": 7.5,
        "journey_basis": "network",
        "basis": "fitted",
        **more,
    }


COUNTED = {"pupils_counted": 58.0, "pupils_counted_status": "measured"}
CATCHMENTS = [
    _catchment("E01000001", HILL, 60.0, 60.0, **COUNTED),
    _catchment("E01000001", DALE, 40.0, 40.0),
    _catchment("E01000002", HILL, 25.0, 20.0, journey_basis="straight_line"),
    _catchment("E01000001", VALLEY, 100.0, 80.0),
    # An area beyond those whose outlines are loaded.
    _catchment("E01999999", VALLEY, 10.0, 20.0),
]
ACCURACY = [
    {
        "phase": phase,
        "holds_for": "E06000017",
        "choice_method": method,
        "judged_by": by,
        "value": value,
        "cohort": 250 if by == "share_right_pct" else None,
        "basis": "fitted",
    }
    for phase in ("primary", "secondary")
    for method, by, value in (
        ("fitted", "share_right_pct", 63.2),
        ("nearest", "share_right_pct", 50.9),
        ("fitted", "cut_off_median_m", 250.0),
        ("fitted", "cut_offs", 17.0),
        ("left_out", "cut_off_median_m", 310.0),
        ("left_out", "cut_offs", 17.0),
        ("left_out", "cut_off_factor_80", 2.0),
        ("left_out", "sure_right_pct", 91.0),
        ("drawn_and_published", "offer_drawn_worth", 5.0 if phase == "primary" else None),
    )
    if value is not None
]


def _years(urn: int, group: str, *years: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Write rows of how far places went: where, basis, outcome, metres, years, school year."""
    return [
        {
            "urn": urn,
            "year_group": group,
            "lives": lives,
            "basis": basis,
            "rank": rank,
            "outcome": outcome,
            "metres": metres,
            "years": count,
            "academic_year": year,
            "distance_method": "walking_route" if urn == DALE else "straight_line",
        }
        for rank, (lives, basis, outcome, metres, count, year) in enumerate(years, start=1)
    ]


OFFERS = [
    *_years(
        HILL,
        "R",
        ("anywhere", "fitted", "distance", 400.0, 1, None),
        ("anywhere", "fitted", "distance", 476.0, 2, None),
        ("anywhere", "fitted", "distance", 600.0, 1, None),
        ("anywhere", "fitted", "none", None, 1, None),
        ("anywhere", "published", "distance", 500.0, 1, "2023/24"),
        ("anywhere", "published", "all", None, 1, "2024/25"),
    ),
    *_years(DALE, "R", ("anywhere", "published", "distance", 500.0, 1, "2024/25")),
    *_years(
        VALLEY,
        "7",
        ("inside", "fitted", "all", None, 5, None),
        ("outside", "fitted", "none", None, 5, None),
    ),
]


def _box(west: int, south: int, east: int, north: int) -> bytes:
    low, high = at(west, south), at(east, north)
    return bytes(shapely.to_wkb(shapely.box(low["lon"], low["lat"], high["lon"], high["lat"])))


ADMISSION_AREAS = [
    {
        "source_id": "own",
        "academic_year": "2024/25",
        "admission_area": "Valley",
        "la_code_dfe": "857",
        "name": "Valley",
        "phase": "secondary",
        "urns": str(VALLEY),
        "geometry": _box(4, -1, 6, 6),
    }
]
TABLES = {
    "catchment": CATCHMENTS,
    "choice_accuracy": ACCURACY,
    "offer_chance": OFFERS,
    "admission_area": ADMISSION_AREAS,
}
