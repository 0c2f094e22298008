"""Areas, measures and their values as they are sent."""

from typing import Any

import shapely

from api.answers.sources import AREAS
from api.build import Build
from api.classes import QUANTILES, TENTH, TENTHS, TENTHS_METHOD, class_breaks
from api.projection import geojson
from api.queries import areas
from api.schemas.base import Listed
from api.schemas.geojson import Geometry
from api.schemas.places import (
    AreaDetail,
    AreaSummary,
    AreaValue,
    Classes,
    Measure,
    MeasureValues,
)
from config.terms import AreaKind


def area_summary(row: dict[str, Any]) -> AreaSummary:
    """Say what a list says of an area."""
    return AreaSummary(**_summary(row))


def area_detail(build: Build, row: dict[str, Any]) -> AreaDetail:
    """Put together everything that is said of one area."""
    values = [
        AreaValue(**value) if _is_ranked(row, value) else AreaValue(**_unranked(value))
        for value in areas.values_of_area(build.engine, row["area_code"], row["kind"])
    ]
    return AreaDetail(
        **_summary(row),
        values=values,
        sources=build.sources(*(value.source_id for value in values), *AREAS),
    )


def measures(build: Build) -> Listed[Measure]:
    """Send every measure in reading order."""
    rows = areas.measures(build.engine)
    return Listed(
        items=[Measure(**row) for row in rows],
        next=None,
        sources=build.sources(*(row["source_id"] for row in rows)),
    )


def measure_values(build: Build, measure: dict[str, Any], kind: AreaKind) -> MeasureValues:
    """Send one measure's values as columns, with the classes that part them."""
    rows = areas.measure_values(build.engine, measure["measure"], kind)
    known = [row["value"] for row in rows if row["value"] is not None]
    is_tenth = measure["unit"] == TENTH
    quantiles = class_breaks(known, decimals=measure["decimals"] or 0)
    breaks = list(TENTHS) if is_tenth and known else quantiles
    method = TENTHS_METHOD if is_tenth else QUANTILES
    return MeasureValues(
        measure=measure["measure"],
        kind=kind,
        codes=[row["area_code"] for row in rows],
        values=[row["value"] for row in rows],
        status=[row["status"] for row in rows],
        is_outside=[row["is_outside"] for row in rows],
        classes=Classes(breaks=breaks, method=method) if breaks else None,
        sources=build.sources(measure["source_id"]),
    )


def geometry(wkb: bytes | None) -> Geometry | None:
    """Read an outline as GeoJSON."""
    return Geometry(**geojson(shapely.from_wkb(wkb))) if wkb else None


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    edges = [row[edge] for edge in ("west", "south", "east", "north")]
    return row | {
        "bbox": None if None in edges else edges,
        "geometry": geometry(row.get("geometry")),
    }


def _is_ranked(row: dict[str, Any], value: dict[str, Any]) -> bool:
    """Tell whether a rank says anything: tenths are ranks already, and shared by many."""
    is_tenth = value["unit"] == TENTH
    return value["value"] is not None and not row["is_outside"] and not is_tenth


def _unranked(value: dict[str, Any]) -> dict[str, Any]:
    return value | {"rank": None, "ranked": None}
