"""What the tags of a street extract mean on the map: which layer, which class, from which zoom."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Tags = Mapping[str, str]

MIN_ZOOM: Final = 6
MAX_ZOOM: Final = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: its layer, its class within it, and further attributes of the tile."""

    layer: str
    kind: str
    attributes: tuple[tuple[str, str | int | bool], ...] = ()


ROAD_CLASS: Final = MappingProxyType(
    {
        "motorway": "motorway",
        "trunk": "trunk",
        "primary": "primary",
        "secondary": "secondary",
        "tertiary": "tertiary",
        "unclassified": "minor",
        "residential": "minor",
        "living_street": "minor",
        "pedestrian": "minor",
        "road": "minor",
        "busway": "service",
        "bus_guideway": "service",
        "service": "service",
        "track": "track",
        "path": "path",
        "footway": "path",
        "cycleway": "path",
        "bridleway": "path",
        "steps": "steps",
    }
)
"""Class of road by the value of ``highway``; values not listed are not drawn."""

PLACE_CLASS: Final = MappingProxyType(
    {
        "city": "city",
        "town": "town",
        "village": "village",
        "suburb": "suburb",
        "quarter": "suburb",
        "neighbourhood": "suburb",
        "hamlet": "hamlet",
    }
)
"""Class of settlement by the value of ``place``; farms and localities are left out."""

_GREEN: Final = MappingProxyType(
    {
        ("natural", "wood"): "wood",
        ("landuse", "forest"): "wood",
        ("natural", "scrub"): "scrub",
        ("natural", "heath"): "heath",
        ("natural", "moor"): "heath",
        ("natural", "fell"): "heath",
        ("natural", "wetland"): "wetland",
        ("natural", "beach"): "sand",
        ("natural", "sand"): "sand",
        ("leisure", "pitch"): "pitch",
        ("leisure", "playground"): "pitch",
        ("leisure", "park"): "park",
        ("leisure", "recreation_ground"): "park",
        ("leisure", "golf_course"): "park",
        ("landuse", "recreation_ground"): "park",
        ("landuse", "village_green"): "park",
        ("landuse", "cemetery"): "cemetery",
        ("amenity", "grave_yard"): "cemetery",
        ("landuse", "allotments"): "allotments",
        ("landuse", "orchard"): "allotments",
        ("leisure", "garden"): "grass",
        ("landuse", "grass"): "grass",
        ("landuse", "meadow"): "grass",
        ("natural", "grassland"): "grass",
    }
)
_URBAN: Final = MappingProxyType(
    {
        ("landuse", "residential"): "residential",
        ("landuse", "retail"): "commercial",
        ("landuse", "commercial"): "commercial",
        ("landuse", "industrial"): "industrial",
        ("landuse", "railway"): "industrial",
        ("landuse", "quarry"): "quarry",
    }
)
_WATER: Final = MappingProxyType(
    {
        ("natural", "water"): "lake",
        ("natural", "bay"): "lake",
        ("landuse", "reservoir"): "lake",
        ("landuse", "basin"): "lake",
        ("waterway", "riverbank"): "river",
        ("waterway", "dock"): "lake",
    }
)
_SCHOOL_SITE: Final = frozenset({"school", "kindergarten", "college", "university"})
_WATERWAY: Final = frozenset({"river", "canal", "stream", "drain", "ditch"})
_RAIL: Final = frozenset({"rail", "light_rail", "tram", "subway", "narrow_gauge", "preserved"})
_NO: Final = frozenset({"", "no"})
_NOT_BELOW: Final = _NO | {"building_passage", "covered", "passage"}

FIRST_ZOOM: Final = MappingProxyType(
    {
        ("road", "motorway"): 6,
        ("road", "trunk"): 6,
        ("road", "primary"): 7,
        ("road", "secondary"): 9,
        ("road", "tertiary"): 10,
        ("road", "minor"): 11,
        ("road", "runway"): 10,
        ("road", ""): 13,
        ("rail", "rail"): 8,
        ("rail", ""): 11,
        ("waterway", "river"): 8,
        ("waterway", "canal"): 9,
        ("waterway", "stream"): 11,
        ("waterway", ""): 13,
        ("water", ""): 6,
        ("green", "wood"): 8,
        ("green", "park"): 9,
        ("green", ""): 10,
        ("urban", "built_up"): 6,
        ("urban", "residential"): 7,
        ("urban", "square"): 13,
        ("urban", ""): 9,
        ("building", ""): 13,
        ("school_site", ""): 11,
        ("station", ""): 11,
        ("place", "city"): 6,
        ("place", "town"): 6,
        ("place", "village"): 8,
        ("place", "suburb"): 9,
        ("place", "ward"): 9,
        ("place", "district"): 9,
        ("place", "hamlet"): 10,
        ("coverage", ""): 6,
        ("coverage_edge", ""): 10,
    }
)
"""Zoom from which a layer's class is in the tiles; the empty class stands for all the others."""


def first_zoom(layer: str, kind: str) -> int:
    """Return the lowest zoom whose tiles hold this class of this layer."""
    return FIRST_ZOOM.get((layer, kind), FIRST_ZOOM.get((layer, ""), MIN_ZOOM))


def line_mark(tags: Tags) -> Mark | None:
    """Say what a way drawn as a line is on the map, ``None`` for nothing."""
    return _road(tags) or _rail(tags) or _waterway(tags) or _runway(tags)


def area_marks(tags: Tags) -> tuple[Mark, ...]:
    """Say what an area is on the map; a school's grounds may be grass as well."""
    if tags.get("building", "no") not in _NO:
        return (Mark("building", ""),)
    marks = (_school_site(tags), _water(tags), _green(tags), _urban(tags), _square(tags))
    return tuple(mark for mark in marks if mark)


def node_mark(tags: Tags) -> Mark | None:
    """Say what a lone point is on the map: a named settlement, a station, or nothing."""
    name = tags.get("name")
    if not name:
        return None
    if kind := PLACE_CLASS.get(tags.get("place", "")):
        return Mark("place", kind, (("name", name), ("population", tags.get("population", ""))))
    if tags.get("railway") in {"station", "halt"}:
        return Mark("station", "station", (("name", name),))
    return None


def is_area(tags: Tags) -> bool:
    """Whether a closed way with these tags is meant as an area, not as the line around it."""
    return tags.get("area") == "yes"


def _road(tags: Tags) -> Mark | None:
    value = tags.get("highway", "")
    base = value.removesuffix("_link")
    kind = ROAD_CLASS.get(base)
    if kind is None or is_area(tags):
        return None
    if value == "footway" and tags.get("footway") in {"sidewalk", "crossing", "traffic_island"}:
        base = "sidewalk"
    return Mark(
        "road",
        kind,
        _given(
            name=tags.get("name", ""),
            ref=tags.get("ref", ""),
            kind=base if base != kind else "",
            is_link=base not in {value, "sidewalk"},
            **_levels(tags),
        ),
    )


def _rail(tags: Tags) -> Mark | None:
    value = tags.get("railway", "")
    if value not in _RAIL:
        return None
    siding = "service" in tags
    return Mark("rail", "siding" if siding else value, _given(**_levels(tags)))


def _waterway(tags: Tags) -> Mark | None:
    kind = tags.get("waterway", "")
    if kind not in _WATERWAY or tags.get("tunnel", "no") != "no":
        return None
    return Mark("waterway", kind, _given(name=tags.get("name", "")))


def _runway(tags: Tags) -> Mark | None:
    kind = tags.get("aeroway")
    if kind not in {"runway", "taxiway"} or is_area(tags):
        return None
    return Mark("road", kind)


def _school_site(tags: Tags) -> Mark | None:
    kind = tags.get("amenity")
    if kind not in _SCHOOL_SITE:
        return None
    urn = tags.get("ref:edubase", "")
    return Mark(
        "school_site", kind, _given(name=tags.get("name", ""), urn=urn if urn.isdigit() else "")
    )


def _water(tags: Tags) -> Mark | None:
    return _first_of(_WATER, tags, "water")


def _green(tags: Tags) -> Mark | None:
    return _first_of(_GREEN, tags, "green")


def _urban(tags: Tags) -> Mark | None:
    return _first_of(_URBAN, tags, "urban")


def _square(tags: Tags) -> Mark | None:
    if tags.get("highway") not in {"pedestrian", "footway", "service"} or not is_area(tags):
        return None
    return Mark("urban", "square", _given(name=tags.get("name", "")))


def _first_of(table: Mapping[tuple[str, str], str], tags: Tags, layer: str) -> Mark | None:
    for key in ("natural", "waterway", "leisure", "landuse", "amenity"):
        if (kind := table.get((key, tags.get(key, "")))) is not None:
            return Mark(layer, kind, _given(name=tags.get("name", "")))
    return None


def _levels(tags: Tags) -> dict[str, int | bool]:
    tunnel = tags.get("tunnel", "no") not in _NOT_BELOW
    bridge = tags.get("bridge", "no") not in _NO and not tunnel
    return {"is_bridge": bridge, "is_tunnel": tunnel, "level": _level(tags.get("layer", ""))}


def _level(text: str) -> int:
    digits = text.removeprefix("-")
    return int(text) if digits.isdigit() and len(digits) == 1 else 0


def _given(**attributes: str | int | bool) -> tuple[tuple[str, str | int | bool], ...]:
    """Keep the attributes that say something: tiles hold no empty text, zero or false."""
    return tuple((name, value) for name, value in attributes.items() if value)
