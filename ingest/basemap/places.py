"""Settlements and streets by name, for the search box."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from config.terms import BRITISH_GRID, WGS84
from config.words import search_key
from ingest.basemap.extract import Layers, Progress, read_layers

PLACE_COLUMNS: Final = ("place_id", "name", "kind", "near", "search_key", "lon", "lat")

_SAME_STREET_M: Final = 250.0
_NEAR_M: Final = 3_000.0
_REACH: Final = MappingProxyType(
    {"city": 2.0, "town": 2.5, "suburb": 1.5, "village": 1.0, "hamlet": 0.5}
)
_NAMELESS_ROADS: Final = frozenset({"motorway", "runway", "taxiway"})


def named_places(
    paths: Sequence[Path],
    *,
    wards: gpd.GeoDataFrame | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """List the settlements and streets that street extracts name.

    The same as ``places_in(read_layers(paths), ...)``, without reading what it does not need.

    Raises:
        BasemapError: a file that is not there, or not an extract.
    """
    layers = read_layers(paths, only=("road", "place"), progress=progress)
    return places_in(layers, wards=wards)


def places_in(layers: Layers, *, wards: gpd.GeoDataFrame | None = None) -> pd.DataFrame:
    """List the settlements and streets named in layers already read.

    Ways of one name that touch or come within 250 m of each other are one street.

    Args:
        layers: at least ``road`` and ``place``, EPSG:4326.
        wards: polygons with ``name``, any reference system; a street that is more than 3 km
            from every settlement is said to be near the ward it lies in.

    Returns:
        The columns of the table ``place``; settlements first. ``near`` is the settlement that
        a street belongs to and ``None`` for settlements; the point of a street lies on the street.
    """
    settlements = _settlements(layers["place"])
    streets = _streets(layers["road"])
    streets["near"] = _near(streets, settlements, wards)
    places = pd.concat([settlements, streets], ignore_index=True)
    degrees = places.to_crs(WGS84).geometry
    table = places.assign(
        near=places["near"].astype(object).where(places["near"].notna(), None),
        place_id=np.arange(1, len(places) + 1),
        search_key=[search_key(name) for name in places["name"]],
        lon=degrees.x.round(6),
        lat=degrees.y.round(6),
    )
    return pd.DataFrame(table)[list(PLACE_COLUMNS)]


def _settlements(place: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    order = {kind: number for number, kind in enumerate(_REACH)}
    named = place.assign(order=place["class"].map(order)).dropna(subset="order")
    named = named.to_crs(BRITISH_GRID).sort_values("order", kind="stable")
    columns = {"name": named["name"].to_numpy(), "kind": named["class"].to_numpy(), "near": None}
    return gpd.GeoDataFrame(columns, geometry=named.geometry.to_numpy(), crs=BRITISH_GRID)


def _streets(road: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    named = road[~road["class"].isin(_NAMELESS_ROADS)].to_crs(BRITISH_GRID)
    named = named[named["name"].notna()]
    ways = named.geometry.to_numpy()
    names = named["name"].to_numpy(dtype=object)
    street = _street_of_each(ways, names)
    first = np.unique(street, return_index=True)[1]
    columns = {"name": names[first], "kind": "street", "near": None}
    points = _points_on(ways, street)
    frame = gpd.GeoDataFrame(columns, geometry=points, crs=BRITISH_GRID)
    return frame.sort_values("name", kind="stable", ignore_index=True)


def _street_of_each(ways: NDArray[np.object_], names: NDArray[np.object_]) -> NDArray[np.int64]:
    """Number the street that each way belongs to: same name, linked by gaps of at most 250 m."""
    if not len(ways):
        return np.empty(0, dtype=np.int64)
    codes = pd.factorize(names)[0]
    linked = [
        members[_pairs(ways[members])]
        for members in pd.Series(codes).groupby(codes).indices.values()
        if len(members) > 1
    ]
    left, right = np.concatenate([np.empty((2, 0), dtype=np.int64), *linked], axis=1)
    graph = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(len(ways),) * 2)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _pairs(ways: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the pairs of ways within 250 m of each other, shape (2, n)."""
    tree = shapely.STRtree(ways)
    return np.asarray(tree.query(ways, predicate="dwithin", distance=_SAME_STREET_M))


def _points_on(ways: NDArray[np.object_], street: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return, for each street, its own point nearest to its middle."""
    if not len(ways):
        return np.empty(0, dtype=object)
    order = np.argsort(street, kind="stable")
    whole = shapely.multilinestrings(ways[order], indices=street[order])
    nearest = shapely.shortest_line(whole, shapely.centroid(whole))
    return np.asarray(shapely.get_point(nearest, 0))


def _near(
    streets: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame, wards: gpd.GeoDataFrame | None
) -> NDArray[np.object_]:
    """Name the settlement that each street most likely belongs to, or else its ward.

    A town reaches further than a village: distances count for less the larger the settlement.
    """
    near = _ward_of(streets, wards)
    least = np.full(len(streets), np.inf)
    for kind, reach in _REACH.items():
        some = settlements[settlements["kind"] == kind]
        (street, settlement), metres = shapely.STRtree(some.geometry.to_numpy()).query_nearest(
            streets.geometry.to_numpy(),
            max_distance=_NEAR_M,
            all_matches=False,
            return_distance=True,
        )
        closer = metres / reach < least[street]
        least[street[closer]] = metres[closer] / reach
        near[street[closer]] = some["name"].to_numpy(dtype=object)[settlement[closer]]
    return near


def _ward_of(streets: gpd.GeoDataFrame, wards: gpd.GeoDataFrame | None) -> NDArray[np.object_]:
    names = np.full(len(streets), None, dtype=object)
    if wards is None or wards.empty:
        return names
    wards = wards.to_crs(BRITISH_GRID)
    tree = shapely.STRtree(wards.geometry.to_numpy())
    street, ward = tree.query(streets.geometry.to_numpy(), predicate="intersects")
    names[street] = wards["name"].to_numpy(dtype=object)[ward]
    return names
