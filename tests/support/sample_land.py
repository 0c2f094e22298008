"""A quick county in the shape that the sample's land has: discs of jittered streets, no beauty."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix, csgraph

from ingest.sample.tiles import PEOPLE, Tile, tiles

WALK_M_PER_MINUTE = 80.0
PEOPLE_PER_AREA = 1640
PEOPLE_PER_POSTCODE = 38
DENSITY_PER_M2 = {"city": 4300e-6, "town": 3300e-6, "village": 2000e-6}
TOWN_SHARES = (0.068, 0.056, 0.046, 0.036, 0.030)
SUBURBS = 8


class Streets:
    """Nodes and edges, and minutes on foot between them."""

    def __init__(self, x, y, edges):
        self.x, self.y = x, y
        self.a, self.b = edges.T.astype(np.int32)
        metres = np.hypot(x[self.a] - x[self.b], y[self.a] - y[self.b])
        self.walk_s = (60 * metres / WALK_M_PER_MINUTE).astype(np.float32)

    def minutes(self, nodes):
        graph = coo_matrix((self.walk_s / 60, (self.a, self.b)), shape=(len(self.x),) * 2)
        found = csgraph.dijkstra(graph.tocsr(), directed=False, indices=nodes, limit=90)
        return found.astype(np.float32)


class PlainNames:
    """Names that nobody would mistake for real ones, never the same twice."""

    def __init__(self):
        self.given = set()

    def school(self, kind, place, faith="", street=""):
        return self._new(" ".join(filter(None, (place, street, faith, kind, "School"))))

    def trust(self):
        return self._new("Trust")

    def _new(self, name):
        tries = [name, *(f"{name} {number}" for number in range(2, 99))]
        found = next(each for each in tries if each not in self.given)
        self.given.add(found)
        return found


def make_land(share=0.15, seed=1, spacing_m=110.0):
    """Make a county of a share of 213,000 people; 0.15 has about 20 small areas, 1 has 130."""
    return land_of(tiles(share, seed)[0], spacing_m)


def land_of(tile: Tile, spacing_m=110.0):
    rng = tile.rng("test land")
    settlements = _settlements(tile, rng)
    streets, node_settlement = _streets(settlements, spacing_m, rng)
    postcodes = _postcodes(tile, settlements, streets, node_settlement, rng)
    areas = _areas(settlements, postcodes, rng)
    _name_parts(tile, areas)
    sites = _sites(settlements, streets, node_settlement, postcodes, rng)
    return SimpleNamespace(
        tile=tile,
        names=SimpleNamespace(
            city="Testcaster", shire="Testshire", fringe="Farshire", districts=("A", "B", "F")
        ),
        settlements=settlements,
        streets=streets,
        postcodes=postcodes,
        areas=areas,
        sites=sites,
    )


def _settlements(tile, rng):
    people = PEOPLE * tile.share
    side = tile.side_m
    rows = [("city", 0.45 * side, 0.5 * side, 0.53 * people)]
    rows += [("town", *_free(rows, side, rng), share * people) for share in TOWN_SHARES]
    villages = max(4, round(34 * tile.share))
    sizes = rng.dirichlet(np.full(villages, 3.0)) * 0.234 * people
    rows += [("village", *_free(rows, side, rng), size) for size in sizes]
    frame = pd.DataFrame(rows, columns=["kind", "x", "y", "people"])
    frame["radius_m"] = np.sqrt(frame["people"] / frame["kind"].map(DENSITY_PER_M2) / np.pi)
    angles = 2 * np.pi * np.arange(SUBURBS) / SUBURBS
    ring = 0.7 * frame["radius_m"][0]
    suburbs = pd.DataFrame(
        {
            "kind": "suburb",
            "x": frame["x"][0] + ring * np.cos(angles),
            "y": frame["y"][0] + ring * np.sin(angles),
            "people": frame["people"][0] / SUBURBS,
            "radius_m": 0.0,
        }
    )
    frame = pd.concat([frame, suburbs], ignore_index=True)
    frame["part"] = np.where(frame["x"] < 0.15 * side, "fringe", "shire")
    frame.loc[frame["kind"].isin(["city", "suburb"]), "part"] = "city"
    frame["is_coastal"] = frame["x"] > 0.85 * side
    frame["built"] = "old"
    frame.loc[frame.index[-1], "built"] = "new"
    frame["name"] = [f"{kind.title()}{row}" for row, kind in enumerate(frame["kind"])]
    frame["x"] += tile.x0
    frame["y"] += tile.y0
    return frame


def _free(rows, side, rng):
    places = np.array([row[1:3] for row in rows])
    tries = rng.uniform(0.04, 0.96, (400, 2)) * side
    gaps = np.hypot(*(tries[:, None] - places[None]).transpose(2, 0, 1))
    gaps[:, 0] -= 0.12 * side
    return tuple(tries[np.argmax(np.minimum(gaps.min(axis=1), 0.09 * side))])


def _streets(settlements, spacing, rng):
    xs, ys, edges, owner, centres = [], [], [], [], []
    for row in settlements.index[settlements["radius_m"] > 0]:
        place = settlements.loc[row]
        half = max(1, int(place["radius_m"] / spacing))
        grid = np.arange(-half, half + 1) * spacing
        gx, gy = (axis.ravel() for axis in np.meshgrid(grid, grid))
        inside = np.hypot(gx, gy) <= max(place["radius_m"], 1.1 * spacing)
        number = np.full(inside.shape, -1)
        number[inside] = len(owner) + np.arange(inside.sum())
        square = number.reshape(len(grid), len(grid))
        for one, two in ((square[:, :-1], square[:, 1:]), (square[:-1], square[1:])):
            pairs = np.column_stack([one.ravel(), two.ravel()])
            edges.append(pairs[(pairs >= 0).all(axis=1)])
        centres.append(number[len(number) // 2])
        jitter = rng.normal(0, spacing / 8, (2, inside.sum()))
        xs.append(place["x"] + gx[inside] + jitter[0])
        ys.append(place["y"] + gy[inside] + jitter[1])
        owner += [row] * int(inside.sum())
    x, y = np.concatenate(xs), np.concatenate(ys)
    at = np.array(centres)
    gaps = np.hypot(x[at][:, None] - x[at], y[at][:, None] - y[at])
    tree = csgraph.minimum_spanning_tree(gaps).tocoo()
    edges.append(np.column_stack([at[tree.row], at[tree.col]]))
    return Streets(x, y, np.concatenate(edges)), np.array(owner)


def _postcodes(tile, settlements, streets, owner, rng):
    frames = []
    for row in np.unique(owner):
        nodes = np.flatnonzero(owner == row)
        count = max(2, round(settlements["people"][row] / PEOPLE_PER_POSTCODE))
        frames.append(pd.DataFrame({"node": rng.choice(nodes, count), "settlement": row}))
    frame = pd.concat(frames, ignore_index=True)
    frame["x"] = streets.x[frame["node"]] + rng.normal(0, 12, len(frame))
    frame["y"] = streets.y[frame["node"]] + rng.normal(0, 12, len(frame))
    frame["households"] = rng.poisson(15, len(frame)) + 1
    frame["part"] = settlements["part"].to_numpy()[frame["settlement"]]
    shire_north = (frame["part"] == "shire") & (frame["y"] > tile.y0 + tile.side_m / 2)
    frame["district"] = shire_north.astype(int)
    frame["postcode"] = [f"ZZ{1 + n // 4000} {n % 10}{n // 10:03d}" for n in range(len(frame))]
    return frame


def _areas(settlements, postcodes, rng):
    kinds = settlements["kind"].to_numpy()[postcodes["settlement"]]
    rural = kinds == "village"
    group = postcodes["part"] + postcodes["district"].astype(str)
    group = group.where(rural, postcodes["settlement"].astype(str)).to_numpy()
    area = np.zeros(len(postcodes), dtype=int)
    for name in np.unique(group):
        members = np.flatnonzero(group == name)
        count = max(1, round(len(members) * PEOPLE_PER_POSTCODE / PEOPLE_PER_AREA))
        points = postcodes[["x", "y"]].to_numpy()[members]
        area[members] = area.max() + 1 + _cells(points, count, rng)
    postcodes["area"] = area - 1
    groups = postcodes.groupby("area")
    areas = groups[["x", "y"]].mean()
    areas["households"] = groups["households"].sum()
    areas[["part", "district", "settlement"]] = groups[["part", "district", "settlement"]].first()
    areas["kind"] = _kinds(settlements, areas, rng)
    areas["area_code"] = [f"E01{900_001 + row}" for row in areas.index]
    return gpd.GeoDataFrame(areas, geometry=shapely.points(areas["x"], areas["y"]).tolist())


def _cells(points, count, rng):
    """Cut points into about as many cells, evened out a little."""
    middles = points[rng.choice(len(points), count, replace=False)]
    for _ in range(4):
        gaps = np.hypot(*(points[:, None] - middles).transpose(2, 0, 1))
        label = np.unique(gaps.argmin(axis=1), return_inverse=True)[1]
        middles = np.stack([points[label == cell].mean(axis=0) for cell in np.unique(label)])
    return label


def _kinds(settlements, areas, rng):
    kinds = settlements["kind"][areas["settlement"]].to_numpy(object)
    coastal = settlements["is_coastal"][areas["settlement"]].to_numpy()
    city = kinds == "city"
    kinds[coastal] = "coast"
    middle = settlements.loc[0]
    out = np.hypot(areas["x"] - middle["x"], areas["y"] - middle["y"]) / middle["radius_m"]
    homes = np.where(rng.random(len(areas)) < 0.35, "estate", "suburb")
    ring = np.where(out < 0.25, "centre", np.where(out < 0.55, "terraces", homes))
    kinds[city] = ring[city]
    new = settlements[settlements["built"] == "new"].iloc[0]
    gap = np.hypot(areas["x"] - new["x"], areas["y"] - new["y"]).where(city, np.inf)
    kinds[np.argsort(gap)[: max(1, len(areas) // 45)]] = "new"
    return kinds


def _name_parts(tile, areas):
    authority = {"city": tile.city, "shire": tile.shire, "fringe": tile.fringe}
    areas["authority"] = areas["part"].map(authority)
    areas["district_code"] = areas["part"] + areas["district"].astype(str)


def _sites(settlements, streets, owner, postcodes, rng):
    rows = []
    for row in np.unique(owner):
        nodes = np.flatnonzero(owner == row)
        people = settlements["people"][row]
        wanted = max(2, round(people / 1100))
        tries = rng.choice(nodes, min(len(nodes), 8 * wanted), replace=False)
        points = np.column_stack([streets.x[tries], streets.y[tries]])
        keep = []
        for at in range(len(tries)):
            near = np.hypot(*(points[keep] - points[at]).T)
            if len(keep) < wanted and not (near < 150).any():
                keep.append(at)
        rows += [(tries[at], *points[at], row) for at in keep]
    sites = pd.DataFrame(rows, columns=["node", "x", "y", "settlement"])
    gaps = np.hypot(
        sites["x"].to_numpy()[:, None] - postcodes["x"].to_numpy(),
        sites["y"].to_numpy()[:, None] - postcodes["y"].to_numpy(),
    )
    nearest = gaps.argmin(axis=1)
    sites["area"] = postcodes["area"].to_numpy()[nearest]
    sites["postcode"] = postcodes["postcode"].to_numpy()[nearest]
    sites["hectares"] = np.clip(rng.lognormal(0.5, 0.7, len(sites)), 0.4, 6)
    sites["street"] = [f"Street {number}" for number in range(len(sites))]
    outlines = shapely.buffer(shapely.points(sites["x"], sites["y"]), 40)
    return gpd.GeoDataFrame(sites, geometry=outlines.tolist())
