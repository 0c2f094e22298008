"""Small areas, wards, districts: the homes of a county cut into groups of about one size."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from ingest.sample.codes import lsoa_code, ward_code
from ingest.sample.land.growth import Site
from ingest.sample.land.noise import Floats
from ingest.sample.land.settlements import fringe_line
from ingest.sample.land.web import Ints, Web
from ingest.sample.names import CountyNames
from ingest.sample.tiles import Tile

HOMES_AN_AREA: Final = 694.0
AREAS_A_WARD: Final = 4.4
SMOOTHED_M: Final = 16.0

CITY, EAST, WEST, FRINGE = range(4)
"""The districts of a county: the city, the shire's two, the one that the fringe belongs to."""

PARTS: Final = ("city", "shire", "shire", "fringe")
KINDS: Final = {
    "centre": "centre",
    "terraces": "terraces",
    "suburb": "suburb",
    "estate": "estate",
    "new": "new",
    "town": "town",
    "industrial": "terraces",
}


@dataclass(frozen=True, slots=True)
class Districts:
    """Which of the four districts a place lies in."""

    tile: Tile
    site: Site

    def of(self, x: Floats, y: Floats) -> Ints:
        """Return the district of each place."""
        settlements = self.site.settlements
        city = settlements[0]
        found = np.where(x > city.x + 0.12 * (y - city.y), EAST, WEST)
        found = np.where(x < fringe_line(self.tile)(y), FRINGE, found)
        in_city = city.reach(x, y) < 1.07
        for suburb in (s for s in settlements if s.kind == "suburb"):
            in_city |= suburb.reach(x, y) < 1.1
        return np.where(in_city, CITY, found).astype(np.int32)


def make_areas(
    tile: Tile,
    web: Web,
    site: Site,
    postcodes: pd.DataFrame,
    county: CountyNames,
    settlement_names: Sequence[str],
) -> tuple[gpd.GeoDataFrame, Ints]:
    """Cut the county into small areas and wards.

    Returns:
        One row per small area, metres from the county's corner: ``area_code``, ``name``,
        ``ward_code``, ``ward_name``, ``district`` (0 to 3), ``part``, ``kind``, ``households``,
        ``settlement``, ``x``, ``y``, ``geometry``; and the area of each postcode.
    """
    places = postcodes[["x", "y"]].to_numpy(float)
    homes = postcodes["households"].to_numpy(float)
    district = Districts(tile, site).of(*places.T)
    area_of = _cut(places, homes, district)
    rows = _described(places, homes, district, area_of, web, site, postcodes)
    rows = _in_wards(rows, tile, settlement_names)
    names = (county.city, *county.districts, county.fringe_district)
    rows["area_code"] = [lsoa_code(tile.index, number) for number in range(len(rows))]
    rows["name"] = _area_names(rows, names)
    outlines = _outlines(tile, site, web, places, district, area_of, len(rows))
    inside = shapely.get_coordinates(shapely.point_on_surface(outlines))
    found = gpd.GeoDataFrame(rows.assign(x=inside[:, 0], y=inside[:, 1]), geometry=outlines)
    return found, area_of


def _cut(places: Floats, homes: Floats, district: Ints) -> Ints:
    """Return the number of the area of each home, district by district."""
    area_of = np.full(len(places), -1, dtype=np.int32)
    first = 0
    for number in range(4):
        own = np.flatnonzero(district == number)
        if not len(own):
            continue
        count = max(1, round(homes[own].sum() / HOMES_AN_AREA))
        area_of[own] = first + halved(places[own], homes[own], count)
        first = area_of[own].max() + 1
    return area_of


def halved(places: Floats, weight: Floats, count: int) -> Ints:
    """Cut places into ``count`` compact groups of about one weight; return the group of each.

    Each group is cut across its longer axis, its parts in proportion to the groups that they
    will be cut into.
    """
    group = np.zeros(len(places), dtype=np.int32)
    if count == 1 or len(places) < 2:
        return group
    left = count // 2
    centred = places - np.average(places, axis=0, weights=weight)
    axis = np.linalg.eigh((centred * weight[:, None]).T @ centred)[1][:, -1]
    order = np.argsort(centred @ (axis if axis[np.abs(axis).argmax()] > 0 else -axis))
    reached = np.cumsum(weight[order])
    cut = int(np.searchsorted(reached, reached[-1] * left / count)) + 1
    cut = min(max(cut, left), len(places) - (count - left))
    low, high = order[:cut], order[cut:]
    group[low] = halved(places[low], weight[low], left)
    group[high] = left + halved(places[high], weight[high], count - left)
    return group


def _described(
    places: Floats,
    homes: Floats,
    district: Ints,
    area_of: Ints,
    web: Web,
    site: Site,
    postcodes: pd.DataFrame,
) -> pd.DataFrame:
    quarter = web.quarter[postcodes["node"].to_numpy()]
    patterns = np.array([KINDS.get(q.pattern, "village") for q in site.quarters] + ["village"])
    long = pd.DataFrame(
        {
            "area": area_of,
            "district": district,
            "homes": homes,
            "pattern": patterns[quarter],
            "settlement": postcodes["settlement"].to_numpy(),
            "x": places[:, 0] * homes,
            "y": places[:, 1] * homes,
        }
    )
    by_area = long.groupby("area")
    rows = pd.DataFrame({"households": by_area["homes"].sum().astype(int)})
    rows["district"] = by_area["district"].first()
    rows["part"] = [PARTS[number] for number in rows["district"]]
    for column in ("pattern", "settlement"):
        held = long.groupby(["area", column])["homes"].sum().reset_index()
        top = held.sort_values(["homes", column], ascending=[False, True])
        rows[column] = top.drop_duplicates("area").set_index("area")[column]
    rows["middle_x"] = by_area["x"].sum() / rows["households"]
    rows["middle_y"] = by_area["y"].sum() / rows["households"]
    is_coastal = np.array(["coast" in site.settlements[s].near for s in rows["settlement"]])
    by_sea = is_coastal & rows["pattern"].isin(["town", "village", "suburb", "estate", "terraces"])
    outside = rows["part"] != "city"
    rows["kind"] = rows["pattern"].where(~(by_sea & outside), "coast")
    return rows.drop(columns="pattern").reset_index(drop=True)


def _in_wards(rows: pd.DataFrame, tile: Tile, settlement_names: Sequence[str]) -> pd.DataFrame:
    ward = np.empty(len(rows), dtype=np.int32)
    first = 0
    middles = rows[["middle_x", "middle_y"]].to_numpy(float)
    for number in range(4):
        own = np.flatnonzero(rows["district"] == number)
        if len(own):
            count = max(1, round(len(own) / AREAS_A_WARD))
            homes = rows["households"].to_numpy(float)[own]
            ward[own] = first + halved(middles[own], homes, count)
            first = int(ward[own].max()) + 1
    named = _ward_names(rows.assign(ward=ward), settlement_names)
    codes = [ward_code(tile.index, number) for number in ward.tolist()]
    return rows.assign(ward=ward, ward_code=codes, ward_name=[named[w] for w in ward.tolist()])


def _ward_names(rows: pd.DataFrame, settlement_names: Sequence[str]) -> dict[int, str]:
    """Call each ward after its largest settlement; of several, by where they lie."""
    largest = rows.groupby(["ward", "settlement"])["households"].sum().reset_index()
    largest = largest.sort_values(["households", "settlement"], ascending=[False, True])
    of = largest.drop_duplicates("ward").set_index("ward")["settlement"]
    middle = rows.groupby("ward")[["middle_x", "middle_y"]].mean()
    found = {}
    for settlement, wards in of.groupby(of):
        name = settlement_names[int(settlement)]
        own = middle.loc[wards.index]
        for ward, where in zip(own.index, _bearings(own.to_numpy()), strict=True):
            found[int(ward)] = f"{name} {where}".strip()
    return found


def _bearings(middles: Floats) -> list[str]:
    """Tell several places apart by compass; one alone needs no telling."""
    if len(middles) == 1:
        return [""]
    x, y = (middles - middles.mean(axis=0)).T
    words = np.array(["East", "North", "West", "South"])
    turn = np.round(np.arctan2(y, x) / (np.pi / 2)).astype(int) % 4
    found: list[str] = words[turn].tolist()
    central = int(np.hypot(x, y).argmin())
    if len(middles) > 2:
        found[central] = "Central"
    order = np.hypot(x, y).argsort().tolist()
    seen: dict[str, int] = {}
    for at in order:
        count = seen[found[at]] = seen.get(found[at], 0) + 1
        if count > 1:
            found[at] = f"{('Outer', 'Far', 'Upper', 'Lower')[(count - 2) % 4]} {found[at]}"
    return found


def _area_names(rows: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Name areas as the Office for National Statistics does: district, number, letter."""
    found = []
    count: dict[tuple[int, int], int] = {}
    wards: dict[int, list[int]] = {}
    for district, ward in zip(rows["district"], rows["ward"], strict=True):
        order = wards.setdefault(district, [])
        if ward not in order:
            order.append(ward)
        nth = count[district, ward] = count.get((district, ward), -1) + 1
        found.append(f"{names[district]} {order.index(ward) + 1:03d}{chr(ord('A') + nth)}")
    return found


def _outlines(
    tile: Tile, site: Site, web: Web, places: Floats, district: Ints, area_of: Ints, count: int
) -> npt.NDArray[np.object_]:
    """Draw each area around its homes and the streets nearest to them, up to the shore."""
    used = web.degree() > 0
    seeds = np.concatenate([places, np.column_stack([web.x[used], web.y[used]])])
    seeds = np.unique(np.round(seeds, 1), axis=0)
    seed_district = Districts(tile, site).of(*seeds.T)
    label = np.full(len(seeds), -1, dtype=np.int32)
    for number in np.unique(district).tolist():
        own, homes = seed_district == number, district == number
        nearest = cKDTree(places[homes]).query(seeds[own])[1]
        label[own] = area_of[homes][nearest]
    seeds, label = seeds[label >= 0], label[label >= 0]
    box = shapely.box(0, 0, tile.side_m, tile.side_m)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=box, ordered=True)
    )
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(count + 1))
    merged = [shapely.coverage_union_all(cells[order[a:b]]) for a, b in pairwise(bounds)]
    smooth = shapely.coverage_simplify(merged, SMOOTHED_M)
    land = shapely.union(site.terrain.land, site.terrain.beach) & box
    return np.asarray(shapely.set_precision(shapely.intersection(smooth, land), 0.01))
