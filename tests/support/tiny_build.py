"""Write a tiny but whole build: a grid of streets where a block takes a minute, and what is on it.

The streets run 20 blocks east and 20 blocks north of a corner; ``at(3, 4)`` is the junction three
blocks east and four north of it, seven minutes' walk away.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import pyproj
import shapely
import sqlalchemy as sa
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write as pmtiles_writer

from config.words import search_key
from ingest.schema import METADATA, SQL
from tests.unit.travel.streets import MINUTE_M, X0, Y0, grid

BLOCKS = 20
BUILD_ID = "20250524T120000-tiny0001"
REGION = "tiny"
INSIDE, OUTSIDE = "E06000017", "E10000018"
NAMES = {INSIDE: "Rutland", OUTSIDE: "Leicestershire"}
TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
TILE = gzip.compress(b"not empty", mtime=0)


def at(east: float, north: float) -> dict[str, float]:
    """Return x, y, lon and lat of the junction so many blocks from the corner."""
    x, y = X0 + MINUTE_M * east, Y0 + MINUTE_M * north
    lon, lat = TO_DEGREES.transform(x, y)
    return {"x": x, "y": y, "lon": round(lon, 6), "lat": round(lat, 6)}


def write_tiny_build(
    home: Path, *, build_id: str = BUILD_ID, is_current: bool = True, more: int = 0
) -> Path:
    """Write a build and, as the pipeline does, take it into use by replacing ``current``.

    Args:
        home: the atlas's folder.
        build_id: its name.
        is_current: take it into use.
        more: postcodes to write besides the ten by hand, all within LS1.

    Returns:
        The build's folder.
    """
    folder = home / "builds" / REGION / build_id
    folder.mkdir(parents=True)
    network = grid(BLOCKS, BLOCKS)
    (folder / "walk").mkdir()
    network.save(folder / "walk")
    _write_database(folder / "atlas.sqlite", build_id, network.coverage, more)
    _write_tiles(folder / "basemap.pmtiles", zooms=(6, 14))
    _write_tiles(folder / "areas.pmtiles", zooms=(6, 12))
    (folder / "manifest.json").write_text(json.dumps({"build_id": build_id, "steps": []}))
    if is_current:
        use(home, build_id)
    return folder


def use(home: Path, build_id: str) -> None:
    """Take a build into use."""
    current = home / "builds" / REGION / "current"
    beside = current.with_suffix(".new")
    beside.write_text(build_id)
    beside.replace(current)


def _write_database(path: Path, build_id: str, coverage: shapely.MultiPolygon, more: int) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    outline = shapely.transform(
        coverage, lambda points: _columns(TO_DEGREES.transform(points[:, 0], points[:, 1]))
    )
    rows = {
        "build": [_build(build_id, outline)],
        "source": SOURCES,
        "receipt": RECEIPTS,
        "issue": ISSUES,
        "area": _areas(),
        "measure": MEASURES,
        "area_value": AREA_VALUES,
        "postcode": [*_postcodes(), *_more_postcodes(more)],
        "place": _places(),
        "school": _schools(),
        "school_link": LINKS,
    }
    with engine.begin() as connection:
        for name, table_rows in rows.items():
            blank = dict.fromkeys(SQL[name].c.keys())
            connection.execute(sa.insert(SQL[name]), [blank | row for row in table_rows])
    engine.dispose()


def _columns(parts: tuple[Any, Any]) -> Any:
    return shapely.get_coordinates(shapely.points(*parts))


def _build(build_id: str, outline: shapely.MultiPolygon) -> dict[str, Any]:
    corner, far = at(0, 0), at(BLOCKS, BLOCKS)
    return {
        "build_id": build_id,
        "region_id": REGION,
        "title": "Tinyshire",
        "contact": "Somebody",
        "made_up": True,
        "built_at": "2025-05-24T12:00:00+00:00",
        "la_codes": INSIDE,
        "west": corner["lon"],
        "south": corner["lat"],
        "east": far["lon"],
        "north": far["lat"],
        "covered_pct": 90.0,
        "coverage": shapely.to_wkb(outline),
        "streets_date": "2022-07-20",
    }


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
        ("lsoa21", "Small areas"),
        ("census21_ages", "Census"),
    )
]
RECEIPTS = [
    {
        "sha256": "0" * 64,
        "source_id": "gias",
        "release": "2025-05-24",
        "file_name": "edubasealldata20250524.csv",
        "address": "mirror:gias/edubasealldata20250524.csv",
        "fetched_at": "2025-05-24T12:00:00Z",
        "bytes": 1234,
    }
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


def _areas() -> list[dict[str, Any]]:
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
]
AREA_VALUES = [
    {"measure": measure, "area_code": code, "value": value, "status": status}
    for measure, code, value, status in (
        ("children_0_15", "E01000001", 142.0, "measured"),
        ("children_0_15", "E01000002", 80.0, "measured"),
        ("walk_to_primary", "E01000001", 7.25, "estimated"),
        ("walk_to_primary", "E01000002", None, "unavailable"),
    )
]


def _postcodes() -> list[dict[str, Any]]:
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


def _more_postcodes(count: int) -> list[dict[str, Any]]:
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


def _places() -> list[dict[str, Any]]:
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


def _school(  # noqa: PLR0913
    urn: int,
    name: str,
    block: tuple[int, int] | None,
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


def _schools() -> list[dict[str, Any]]:
    return [
        _school(120001, "Hill Primary School", (3, 4)),
        _school(120002, "Dale Primary School", (10, 0)),
        _school(120003, "St Mary & St John's CofE Primary School", (6, 6)),
        _school(120004, "Valley College", (5, 0), phase="secondary", pupils=1005),
        _school(
            120005, "Oakham School", (2, 2), phase="all_through", sector="independent", pupils=None
        ),
        _school(120006, "Old Hill School", (3, 4), status="closed", close_date="2019-08-31"),
        _school(120007, "New Meadow School", (9, 9), status="proposed", open_date="2027-09-01"),
        _school(120008, "Fading School", (1, 1), status="closing", close_date="2026-08-31"),
        _school(120009, "Nowhere School", None),
        _school(120010, "École Saint-André", (15, 15), town="Uppingham"),
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


def _write_tiles(path: Path, *, zooms: tuple[int, int]) -> None:
    with pmtiles_writer(str(path)) as writer:
        for zoom in range(zooms[0], zooms[1] + 1):
            writer.write_tile(zxy_to_tileid(zoom, 0, 0), TILE)
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": 0,
            "min_lat_e7": 0,
            "max_lon_e7": 0,
            "max_lat_e7": 0,
            "center_zoom": 6,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        writer.finalize(header, {})
