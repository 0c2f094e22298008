"""Counties small enough to see through, in the shape that the sample's files are written from.

Each is a square of four small areas: the city in the south east, the shire's two districts in the
north, the fringe in the south west.
"""

import os
import signal
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from ingest.sample import codes
from ingest.sample.files import FILES, Country, County
from ingest.sample.files.parts import join_parts, write_parts
from ingest.sample.land.canvas import Drawing
from ingest.sample.making import Counts
from ingest.sample.tiles import tiles
from tests.support.sample_people import People

QUICK_SOURCES = ("", "district24", "lsoa21", "streets", "code_point_open", "gias", "gias_links")
QUICK = tuple(series for series in FILES if series.source in QUICK_SOURCES)
"""Files enough to see how files are written; all of them take longer."""

SIDE_M = 1000.0
FULL = Path("/dev/full")
"""A disk without room, which Linux has for tests."""

POSTCODES_AN_AREA = 30
TO_DEGREES = Transformer.from_crs(27700, 4326, always_xy=True)
PARTS = (("fringe", 0), ("city", 0), ("shire", 1), ("shire", 0))
"""Part and district of the areas: south west, south east, north west, north east."""

SCHOOL = {
    "status_gias": "Open",
    "type": "Community school",
    "type_group": "Local authority maintained schools",
    "phase_gias": "Primary",
    "reason_opened": "",
    "open_date": "01-09-2001",
    "reason_closed": "",
    "close_date": "",
    "age_low": 4,
    "age_high": 11,
    "nursery_provision": "No Nursery Classes",
    "sixth_form": "Does not have a sixth form",
    "gender": "Mixed",
    "religious_character": "Does not apply",
    "admissions_policy": "Not applicable",
    "capacity_pupils": 210,
    "census_date": "16-01-2025",
    "pupils": 180,
    "boys": 90,
    "girls": 90,
    "fsm_pct": 12.5,
    "trust": "",
    "federation": "",
    "street": "Mill Lane",
    "locality": "",
    "town": "Tolbury",
    "website": "",
    "kind": "primary",
    "sixth_form_places": 0,
    "first_year_group": 0,
    "last_year_group": 6,
    "comes_from": -1,
    "first_year": 2001,
    "follows": -1,
    "criterion": "straight line",
    "planning_areas": ("Tolbury Primary",),
}


def counties(number=1, seed=1):
    """Make some counties of the least share."""
    return [_county(tile, number) for tile in tiles(float(number), seed)]


def write_mirror(folder, number):
    """Write the files of some counties, and return their mirror."""
    for county in counties(number):
        write_parts(county, folder / "parts", _tell_nobody)
    country = Country(float(number), 1, tiles(float(number), 1))
    join_parts(country, folder / "parts", folder / "mirror", _tell_nobody)
    return folder / "mirror"


def _tell_nobody(_share, _doing):
    pass


def _county(tile, number):
    areas = _areas(tile)
    postcodes = _postcodes(tile, areas)
    land = SimpleNamespace(
        tile=tile,
        areas=areas,
        postcodes=postcodes,
        settlements=pd.DataFrame(
            {
                "name": ["Tolbury"],
                "kind": ["city"],
                "people": [9000],
                "x": [tile.x0],
                "y": [tile.y0],
            }
        ),
        streets=SimpleNamespace(x=np.zeros(9)),
    )
    schools, deprivation = _schools(tile, areas), _deprivation(tile, len(areas))
    people = People(
        tile=tile,
        schools=schools,
        links=_links(tile),
        ages=_ages(len(areas)),
        deprivation=deprivation,
        truth={"choice": {"minutes": np.float64(-0.1)}, "next": np.arange(3)},
    )
    return County(land, people, _drawing(tile), number)


def _areas(tile):
    authority = {"city": tile.city, "shire": tile.shire, "fringe": tile.fringe}
    corners = [(column, row) for row in (0, 1) for column in (0, 1)]
    outlines = [
        shapely.box(x, y, x + SIDE_M, y + SIDE_M)
        for x, y in ((tile.x0 + SIDE_M * c, tile.y0 + SIDE_M * r) for c, r in corners)
    ]
    return gpd.GeoDataFrame(
        {
            "area_code": [codes.lsoa_code(tile.index, n) for n in range(4)],
            "name": [f"Tolbury 00{n}A" for n in range(1, 5)],
            "ward_code": [codes.ward_code(tile.index, n) for n in range(4)],
            "ward_name": [f"Ward {n}" for n in range(1, 5)],
            "part": [part for part, _ in PARTS],
            "authority": [authority[part] for part, _ in PARTS],
            "district_code": [codes.district_code(p, authority[p], k) for p, k in PARTS],
        },
        geometry=outlines,
        crs=27700,
    )


def _postcodes(tile, areas):
    letters, district = codes.postcode_area(tile.index)
    rng = tile.rng("tests")
    found = []
    for area, outline in enumerate(areas.geometry):
        west, south = outline.bounds[:2]
        for unit in range(POSTCODES_AN_AREA):
            spelt = f"{letters}{district} {area}{'ABDEFG'[unit // 6]}{'HJLNPQ'[unit % 6]}"
            x, y = rng.uniform(50, SIDE_M - 50, 2)
            found.append((spelt, west + x, south + y, area))
    return pd.DataFrame(found, columns=["postcode", "x", "y", "area"])


def _schools(tile, areas):
    rows = []
    for number, outline in enumerate(areas.geometry):
        x, y = shapely.get_coordinates(outline.centroid)[0]
        rows.append(
            SCHOOL
            | {
                "urn": codes.urn(tile.index, number),
                "number": number,
                "provision": number,
                "authority": areas["authority"][number],
                "part": areas["part"][number],
                "establishment_number": 2001 + number,
                "name": f"Tolbury St Aldreth's CofE Primary School {number}",
                "postcode": f"{codes.postcode_area(tile.index)[0]}1 {number}AH",
                "x": x,
                "y": y,
                "site": number,
                "area": number,
            }
        )
    rows[1] |= {
        "type": "Academy converter",
        "type_group": "Academies",
        "trust": "Horizon Learning Trust",
        "pupils": None,
    }
    rows[3] |= {"status_gias": "Closed", "close_date": "31-08-2019"}
    return pd.DataFrame(rows)


def _links(tile):
    first, last = codes.urn(tile.index, 1), codes.urn(tile.index, 3)
    return pd.DataFrame(
        [
            (last, first, "Tolbury Primary School", "Successor", "31-08-2019"),
            (first, last, "Tolbury Old Primary School", "Predecessor", None),
        ],
        columns=["urn", "linked_urn", "linked_name", "link_type", "link_date"],
    )


def _ages(areas):
    keys = [(year, area, sex) for year in (2020, 2021) for area in range(areas) for sex in (0, 1)]
    ages = pd.DataFrame(keys, columns=["year", "area", "sex"])
    return ages.join(
        pd.DataFrame(dict.fromkeys(range(91), 1 + ages["area"] + (ages["year"] == 2020)))
    )


def _deprivation(tile, areas):
    rng = tile.rng("deprivation")
    names = ("income", "employment", "education", "children", "health", "crime")
    names += ("housing", "environment", "imd")
    return pd.DataFrame({name: rng.uniform(0, 100, areas) for name in names})


def _drawing(tile):
    """Draw a street of three nodes, a house, and a wood that is a relation."""
    x = tile.x0 + np.array([0, 100, 200, 10, 20, 20, 10], float)
    y = tile.y0 + np.array([0, 0, 0, 10, 10, 20, 20], float)
    lon, lat = TO_DEGREES.transform(x, y)
    first = 1_000_000 * tile.index + 1
    node = first + np.arange(7)
    ways = [node[:3], node[[3, 4, 5, 6, 3]]]
    return Drawing(
        node_id=node,
        lon=lon,
        lat=lat,
        node_tags=((0, {"place": "village", "name": "Tolbury St Oswen, 100% = all"}),),
        way_id=np.array([first, first + 1]),
        way_start=np.array([0, 3, 8]),
        way_ref=np.concatenate(ways),
        way_tags=np.array([0, 1], np.int32),
        tag_sets=({"highway": "residential", "name": "Mill Lane"}, {"building": "yes"}),
        relations=((first, (("w", first + 1, "outer"),), {"natural": "wood"}),),
    )


def make(tile, number, folder, told):
    """Do in a moment what making a county does."""
    county = _county(tile, number)
    write_parts(county, folder, told, QUICK)
    return Counts(3, len(county.land.postcodes), len(county.land.areas), 9)


def make_and_die(tile, number, folder, told):
    """Be stopped by the system while making the second county."""
    if tile.index == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return make(tile, number, folder, told)


def make_without_room(tile, number, folder, told):
    """Find the disk full while writing the second county."""
    counts = make(tile, number, folder, told)
    if tile.index == 1:
        FULL.write_bytes(b"one byte too many")
    return counts


def make_wrongly(tile, number, folder, told):
    """Fail by a mistake of ours, in the second county."""
    make(tile, number, folder, told)
    if tile.index == 1:
        raise ZeroDivisionError("a mistake")
    return Counts(0, 0, 0, 0)
