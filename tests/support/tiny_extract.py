"""A made-up village as a street extract, small enough to know every object of.

Coordinates are metres east and north of a point in Rutland; a lake with an island is a
multipolygon relation whose shore is two ways.
"""

from collections.abc import Mapping
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

LON, LAT = -0.7, 52.65
_DEGREE_LON_M, _DEGREE_LAT_M = 67_600.0, 111_260.0

Points = list[tuple[float, float]]
Tags = Mapping[str, str]


class TinyExtract:
    """Collects objects by their corners; ``write`` makes the ``.osm.pbf`` of them."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[float, float], int] = {}
        self._node_tags: dict[int, dict[str, str]] = {}
        self._ways: list[tuple[int, list[int], dict[str, str]]] = []
        self._relations: list[tuple[int, list[tuple[int, str]], dict[str, str]]] = []

    def node(self, x: float, y: float, **tags: str) -> int:
        node_id = self._nodes.setdefault((x, y), len(self._nodes) + 1)
        self._node_tags[node_id] = tags
        return node_id

    def way(self, points: Points, tags: Tags | None = None, /, **more: str) -> int:
        way_id = 100 + len(self._ways)
        refs = [self._nodes.setdefault(point, len(self._nodes) + 1) for point in points]
        self._ways.append((way_id, refs, {**(tags or {}), **more}))
        return way_id

    def ring(
        self, x: float, y: float, size: float, tags: Tags | None = None, /, **more: str
    ) -> int:
        corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
        return self.way(corners, tags, **more)

    def multipolygon(self, outer: list[int], inner: list[int], **tags: str) -> int:
        relation_id = 1000 + len(self._relations)
        members = [(way, "outer") for way in outer] + [(way, "inner") for way in inner]
        self._relations.append((relation_id, members, {"type": "multipolygon", **tags}))
        return relation_id

    def write(self, path: Path) -> Path:
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for (x, y), node_id in self._nodes.items():
                place = (LON + x / _DEGREE_LON_M, LAT + y / _DEGREE_LAT_M)
                tags = self._node_tags.get(node_id, {})
                writer.add_node(Node(id=node_id, location=place, tags=tags, version=1))
            for way_id, refs, tags in self._ways:
                writer.add_way(Way(id=way_id, nodes=refs, tags=tags, version=1))
            for relation_id, members, tags in self._relations:
                listed = [("w", way, role) for way, role in members]
                writer.add_relation(Relation(id=relation_id, members=listed, tags=tags, version=1))
        return path
