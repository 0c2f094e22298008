"""What a county looks like, as nodes, ways and relations of a street extract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.noise import Floats
from ingest.sample.tiles import Tile

IDS_EACH: Final = 1_000_000
"""Numbers kept for the nodes of one county; ways and relations have as many of their own."""

WAY_NODES: Final = 1_800
"""Nodes of the longest way; 2,000 are allowed."""

NETHER: Final = 0.01
"""Coordinates are written to a hundredth of a metre."""

Int64s = npt.NDArray[np.int64]
Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One county's part of a street extract.

    Attributes:
        node_id: ascending.
        lon: degrees.
        lat: degrees.
        node_tags: position of a node and its tags, ascending.
        way_id: ascending.
        way_start: ways + 1; way *i* has the nodes ``way_ref[way_start[i] : way_start[i + 1]]``.
        way_ref: ids of nodes; those on a border may belong to the county beyond it.
        way_tags: position in ``tag_sets``.
        tag_sets: distinct tags of ways.
        relations: id, members as type, id and role, and tags.
    """

    node_id: Int64s
    lon: Floats
    lat: Floats
    node_tags: tuple[tuple[int, dict[str, str]], ...]
    way_id: Int64s
    way_start: Int64s
    way_ref: Int64s
    way_tags: npt.NDArray[np.int32]
    tag_sets: tuple[dict[str, str], ...]
    relations: tuple[tuple[int, tuple[tuple[str, int, str], ...], dict[str, str]], ...]


@dataclass(slots=True)
class Canvas:
    """Collects nodes, ways and relations, in metres from the county's corner."""

    tile: Tile
    _points: list[Floats] = field(default_factory=list)
    _count: int = 0
    _outside: dict[int, int] = field(default_factory=dict)
    _node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    _ways: list[Int64s] = field(default_factory=list)
    _way_tags: list[int] = field(default_factory=list)
    _tag_sets: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    _relations: list[tuple[tuple[tuple[str, int, str], ...], dict[str, str]]] = field(
        default_factory=list
    )

    def nodes(self, points: Floats) -> Int64s:
        """Add nodes; return their numbers here."""
        first = self._count
        self._points.append(np.asarray(points, dtype=np.float64).reshape(-1, 2))
        self._count += len(self._points[-1])
        return np.arange(first, self._count)

    def stand_in(self, node: int, other_id: int) -> None:
        """Let a node be one of the county beyond the border."""
        self._outside[node] = other_id

    def tag(self, node: int, tags: Tags) -> None:
        """Give a node tags."""
        self._node_tags[node] = self._node_tags.get(node, {}) | dict(tags)

    def way(self, nodes: npt.ArrayLike, tags: Tags) -> int:
        """Add a way; return its number here."""
        key = tuple(sorted(tags.items()))
        self._ways.append(np.asarray(nodes, dtype=np.int64))
        self._way_tags.append(self._tag_sets.setdefault(key, len(self._tag_sets)))
        return len(self._ways) - 1

    def line(self, points: Floats, tags: Tags) -> None:
        """Add a line on nodes of its own."""
        self.way(self.nodes(points), tags)

    def area(self, shape: BaseGeometry, tags: Tags) -> None:
        """Add an area: a closed way, or a relation of rings where it has holes or many corners."""
        for part in shapely.get_parts(shape):
            if part.geom_type != "Polygon" or part.area < 1:
                continue
            rings = [part.exterior, *part.interiors]
            if len(rings) == 1 and len(part.exterior.coords) < WAY_NODES:
                self._ring(part.exterior, tags)
            else:
                self._multipolygon(rings, tags)

    def boxes(self, corners: Floats, tags: Tags) -> None:
        """Add many four-cornered areas, shape (areas, 4, 2)."""
        numbers = self.nodes(corners.reshape(-1, 2)).reshape(-1, 4)
        closed = np.concatenate([numbers, numbers[:, :1]], axis=1)
        key = tuple(sorted(tags.items()))
        tag_set = self._tag_sets.setdefault(key, len(self._tag_sets))
        self._ways.extend(closed)
        self._way_tags.extend([tag_set] * len(closed))

    def _multipolygon(self, rings: Sequence[shapely.LinearRing], tags: Tags) -> None:
        members = []
        for number, ring in enumerate(rings):
            role = "inner" if number else "outer"
            members += [("w", way, role) for way in self._ring(ring, {})]
        self._relations.append((tuple(members), {"type": "multipolygon", **tags}))

    def _ring(self, ring: shapely.LinearRing, tags: Tags) -> list[int]:
        numbers = self.nodes(shapely.get_coordinates(ring)[:-1])
        closed = np.append(numbers, numbers[0])
        cuts = range(0, len(closed) - 1, WAY_NODES)
        return [self.way(closed[cut : cut + WAY_NODES + 1], tags) for cut in cuts]

    def drawing(self) -> Drawing:
        """Return all of it, with ids that no other county uses."""
        base = (self.tile.index + 1) * IDS_EACH
        own = np.ones(self._count, dtype=bool)
        own[list(self._outside)] = False
        ids = base + BORDER_IDS + np.arange(self._count)
        for node, other in self._outside.items():
            ids[node] = other
        points = np.concatenate(self._points)
        lon, lat = _degrees(self.tile, points)
        order = np.argsort(ids, kind="stable")
        order = order[own[order] | (ids[order] // IDS_EACH == self.tile.index + 1)]
        position = np.full(self._count, -1)
        position[order] = np.arange(len(order))
        tagged = sorted((int(position[node]), tags) for node, tags in self._node_tags.items())
        sizes = np.array([len(way) for way in self._ways])
        members = [
            tuple((kind, base + way, role) for kind, way, role in parts)
            for parts, _ in self._relations
        ]
        return Drawing(
            node_id=ids[order],
            lon=lon[order],
            lat=lat[order],
            node_tags=tuple((at, tags) for at, tags in tagged if at >= 0),
            way_id=base + np.arange(len(self._ways)),
            way_start=np.concatenate([[0], np.cumsum(sizes)]),
            way_ref=ids[np.concatenate(self._ways)],
            way_tags=np.array(self._way_tags, dtype=np.int32),
            tag_sets=tuple(dict(key) for key in self._tag_sets),
            relations=tuple(
                (base + number, parts, tags)
                for number, (parts, (_, tags)) in enumerate(
                    zip(members, self._relations, strict=True)
                )
            ),
        )


BORDER_IDS: Final = 16
"""Numbers at the beginning of a county's kept for nodes on its borders."""


def border_id(tile: Tile, side: str, slot: int) -> int:
    """Return the id of a node on a county's border, the same from either side.

    Args:
        tile: the county.
        side: west, east, south or north of it.
        slot: 0 for the road, 1 for the motorway or railway (of which a carriageway has 2).
    """
    west, _, south, _ = tile.has_neighbour
    index, facing = tile.index, side
    if side == "west" and west:
        index, facing = tile.index + 1, "east"
    if side == "south" and south:
        index, facing = tile.index - tile.columns, "north"
    at = ("west", "east", "south", "north").index(facing)
    return (index + 1) * IDS_EACH + 4 * at + slot


def _degrees(tile: Tile, points: Floats) -> tuple[Floats, Floats]:
    grid = np.round(points / NETHER) * NETHER + (tile.x0, tile.y0)
    lon, lat = Transformer.from_crs(27700, 4326, always_xy=True).transform(grid[:, 0], grid[:, 1])
    return np.round(lon, 7), np.round(lat, 7)
