"""What is on the tiny build's grid of streets, table by table."""

from typing import Any

import pyproj
import shapely

from config.words import search_key
from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0

BLOCKS = 20
BUILD_ID = "20250524T120000-tiny0001"
REGION = "tiny"
INSIDE, OUTSIDE = "E06000017", "E10000018"
NAMES = {INSIDE: "Rutland", OUTSIDE: "Leicestershire"}
TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)


def at(east: float, north: float) -> dict[str, float]:
    """Return x, y, lon and lat of the junction so many blocks from the corner."""
    x, y = X0 + MINUTE_M * east, Y0 + MINUTE_M * north
    lon, lat = TO_DEGREES.transform(x, y)
    return {"x": x, "y": y, "lon": round(lon, 6), "lat": round(lat, 6)}


def build(build_id: str, outline: shapely.MultiPolygon) -> dict[str, Any]:
    corner, far = at(0, 0), at(BLOCKS, BLOCKS)
    return {
        "build_id": build_id,
        "region_id": REGION,
        "title": "Tinyshire",
        "contact": "Somebody",
        "made_up": False,
        "has_heights": False,
        "built_at": "2025-05-24T12:00:00+00:00",
        "compared_with": "20250523T120000-tiny0000",
        "west": corner["lon"],
        "south": corner["lat"],
        "east": far["lon"],
        "north": far["lat"],
        "covered_pct": 90.0,
        "coverage": shapely.to_wkb(outline),
        "streets_date": "2022-07-20",
    }


AUTHORITIES = [{"la_code": INSIDE, "la_code_dfe": "857", "name": "Rutland", "position": 0}]
SOURCES = [
    {
        "source_id": source_id,
        "title": title,
        "publisher": "Somebody",
        "landing_page": "https://publisher.example/",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains invented information.",
        "caveats": "First caveat.\nSecond caveat.",
    }
    for source_id, title in (
        ("gias", "The register"),
        ("gias_links", "Links"),
        ("code_point_open", "Postcodes"),
        ("streets", "Streets"),
        ("timetables", "Timetables"),
        ("lsoa21", "Small areas"),
        ("census21_ages", "Census"),
        ("performance", "Performance tables"),
        ("scap", "School capacity survey"),
        ("own", "The authority's own files"),
    )
]


def sources(*, made_up: bool) -> list[dict[str, Any]]:
    """Return the series; made-up files have no terms."""
    terms = {"licence": None, "attribution": None} if made_up else {}
    return [row | terms for row in SOURCES]


RECEIPTS = [
    {
        "sha256": "0" * 64,
        "receipt": "0" * 12,
        "source_id": source_id,
        "release": release,
        "file_name": file_name,
        "address": f"mirror:{source_id}/{file_name}",
        "fetched_at": "2025-05-24T12:00:00Z",
        "bytes": 1234,
    }
    for source_id, release, file_name in (
        ("gias", "2025-05-24", "edubasealldata20250524.csv"),
        ("performance", "2018/19", "england_ks4final.csv"),
        ("scap", "2015-05", "capacity.csv"),
        ("own", "2025", "rolls.csv"),
    )
]
CHANGES = [
    {
        "change_id": 1,
        "kind": "school_opened",
        "urn": 120001,
        "after": "Oakham Primary",
        "says": "Oakham Primary opened.",
    },
    {
        "change_id": 2,
        "kind": "values",
        "measure": "children_0_15",
        "changed": 2,
        "added": 0,
        "removed": 1,
        "largest": -40.0,
        "largest_of": "E01000001",
        "says": "Children: 2 changed, 1 gone values; most by -40 children (E01000001).",
    },
    {
        "change_id": 3,
        "kind": "source_release",
        "source_id": "gias",
        "before": "2025-05-23",
        "after": "2025-05-24",
        "says": "Register: now of 2025-05-24, before of 2025-05-23.",
    },
]
ISSUES = [
    {
        "issue_id": number,
        "step": "schools",
        "severity": "warning" if number == 1 else "note",
        "rule": "point in Great Britain",
        "subject": f"URN {number}",
        "says": "left out",
    }
    for number in range(1, 8)
]


def _area(code: str, kind: str, name: str, parent: str | None, box: tuple[int, ...]) -> Any:
    west, south, east, north = box
    low, high = at(west, south), at(east, north)
    shape = shapely.box(low["lon"], low["lat"], high["lon"], high["lat"])
    middle = at((west + east) / 2, (south + north) / 2)
    return {
        "area_code": code,
        "kind": kind,
        "name": name,
        "parent_code": parent,
        "is_outside": OUTSIDE in (code, parent),
        "lon": middle["lon"],
        "lat": middle["lat"],
        **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
        "geometry": shapely.to_wkb(shape),
    }


def areas() -> list[dict[str, Any]]:
    return [
        _area(INSIDE, "authority", "Rutland", None, (0, 0, 20, 20)),
        _area(OUTSIDE, "authority", "Leicestershire", None, (20, 0, 40, 20)),
        _area("E05000001", "ward25", "Oakham South", INSIDE, (0, 0, 10, 20)),
        _area("E05000002", "ward25", "Uppingham", INSIDE, (10, 0, 20, 20)),
        _area("E01000001", "lsoa21", "Rutland 001A", INSIDE, (0, 0, 10, 20)),
        _area("E01000002", "lsoa21", "Rutland 001B", INSIDE, (10, 0, 20, 20)),
    ]


MEASURES = [
    {
        "measure": "children_0_15",
        "level": "area",
        "position": 1,
        "topic": "Children",
        "title": "Children aged 0 to 15",
        "says": "How many live here.",
        "unit": "children",
        "decimals": 0,
        "period": "Census day, 21 March 2021",
        "polarity": "neutral",
        "source_id": "census21_ages",
        "release": "2021",
        "method": "Counted.",
    },
    {
        "measure": "walk_to_primary",
        "level": "area",
        "position": 2,
        "topic": "Getting to school",
        "title": "Walk to the nearest primary school",
        "says": "Half are nearer.",
        "unit": "minutes",
        "decimals": 1,
        "period": "As loaded",
        "polarity": "neutral",
        "source_id": "streets",
        "release": "as loaded",
        "method": "Median.",
    },
    {
        "measure": "imd_decile",
        "level": "area",
        "position": 3,
        "topic": "Deprivation",
        "title": "Deprivation overall",
        "says": "1 is the most deprived tenth.",
        "unit": "tenth",
        "decimals": 0,
        "period": "2025",
        "polarity": "neutral",
        "source_id": "imd2025",
        "release": "2025",
        "method": "As published.",
    },
]
AREA_VALUES = [
    {"measure": measure, "area_code": code, "value": value, "status": status}
    for measure, code, value, status in (
        ("children_0_15", "E01000001", 142.0, "measured"),
        ("children_0_15", "E01000002", 80.0, "measured"),
        ("walk_to_primary", "E01000001", 7.25, "estimated"),
        ("walk_to_primary", "E01000002", None, "unavailable"),
        ("imd_decile", "E01000001", 8.0, "measured"),
        ("imd_decile", "E01000002", 10.0, "measured"),
    )
]


def postcodes() -> list[dict[str, Any]]:
    placed = {
        "LE15 6HP": (0, 0),
        "LE15 6HQ": (1, 0),
        "LE15 6AA": (2, 2),
        "LE15 6RA": (5, 5),
        "LE15 7AB": (8, 3),
        "LE15 9XY": (12, 12),
        "LE1 5AA": (15, 1),
        "LE1 5AB": (16, 1),
        "PE9 1AA": (60, 0),
        "PE9 1AB": (61, 0),
    }
    return [_postcode(postcode, *block) for postcode, block in placed.items()]


def more_postcodes(count: int) -> list[dict[str, Any]]:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    spelled = (
        f"LS{outward} {inward}{first}{second}"
        for outward in range(1, 30)
        for inward in range(10)
        for first in letters
        for second in letters
    )
    return [_postcode(next(spelled), number % 20, 5) for number in range(count)]


def _postcode(postcode: str, east: int, north: int) -> dict[str, Any]:
    is_covered = east <= BLOCKS
    return {
        "postcode": postcode,
        "postcode_key": postcode.replace(" ", ""),
        **at(east, north),
        "quality": 10,
        "la_code": INSIDE if is_covered else OUTSIDE,
        "ward25": "E05000001" if east < BLOCKS // 2 else "E05000002",
        "lsoa21": "E01000001" if east < BLOCKS // 2 else "E01000002",
        "is_outside": not is_covered,
        "is_covered": is_covered,
    }


def places() -> list[dict[str, Any]]:
    listed = (
        ("Oakham", "town", None, (2, 2)),
        ("Uppingham", "town", None, (12, 4)),
        ("Stoke Dry", "hamlet", "Uppingham", (13, 9)),
        ("High Street", "street", "Oakham", (2, 3)),
        ("High Street", "street", "Uppingham", (12, 5)),
        ("Saint Mary's Road", "street", "Oakham", (4, 3)),
    )
    return [
        {
            "place_id": number,
            "name": name,
            "kind": kind,
            "near": near,
            "search_key": search_key(name),
            "lon": at(*block)["lon"],
            "lat": at(*block)["lat"],
        }
        for number, (name, kind, near, block) in enumerate(listed, start=1)
    ]
