"""The web of streets: junctions, the edges between them, and what each edge is."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ingest.sample.land.noise import Floats
from ingest.sample.land.shapes import Bools, Shapes, segments

Ints = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]


@dataclass(slots=True)
class Web:
    """Streets as they grow.

    Attributes:
        x: of each junction.
        y: of each junction.
        quarter: neighbourhood of each junction, -1 in open country.
        a: first junction of each edge.
        b: last junction of each edge.
        kind: each edge's class, as ``highway`` says it; empty where not decided yet.
        shape: points between the ends of an edge, where it is not straight.
        extra: further tags of an edge.
    """

    x: Floats
    y: Floats
    quarter: Ints
    a: Ints
    b: Ints
    kind: npt.NDArray[np.str_]
    shape: dict[int, Floats] = field(default_factory=dict)
    extra: dict[int, dict[str, str]] = field(default_factory=dict)

    def length_m(self) -> Floats:
        """Return the length of every edge, bends left out of account where it is straight."""
        length = np.hypot(self.x[self.a] - self.x[self.b], self.y[self.a] - self.y[self.b])
        for edge in self.shape:
            points = self.points(edge)
            length[edge] = np.hypot(*np.diff(points, axis=0).T).sum()
        return np.asarray(length)

    def points(self, edge: int) -> Floats:
        """Return the points of one edge from end to end."""
        ends = np.array([[self.x[n], self.y[n]] for n in (self.a[edge], self.b[edge])])
        return np.concatenate([ends[:1], self.shape.get(edge, np.empty((0, 2))), ends[1:]])

    def lines(self) -> Shapes:
        """Return every edge as a line."""
        ends = np.stack(
            [
                np.column_stack([self.x[self.a], self.y[self.a]]),
                np.column_stack([self.x[self.b], self.y[self.b]]),
            ],
            axis=1,
        )
        lines = segments(ends)
        for edge in self.shape:
            lines[edge] = shapely.LineString(self.points(edge))
        return lines

    def keep(self, edges: Bools) -> None:
        """Drop the other edges; junctions stay."""
        number = np.cumsum(edges) - 1
        self.shape = {int(number[e]): p for e, p in self.shape.items() if edges[e]}
        self.extra = {int(number[e]): t for e, t in self.extra.items() if edges[e]}
        self.a, self.b, self.kind = self.a[edges], self.b[edges], self.kind[edges]

    def add(self, points: Floats, quarter: Ints) -> Ints:
        """Add junctions; return their numbers."""
        first = len(self.x)
        self.x = np.concatenate([self.x, points[:, 0]])
        self.y = np.concatenate([self.y, points[:, 1]])
        self.quarter = np.concatenate([self.quarter, quarter.astype(np.int32)])
        return np.arange(first, len(self.x), dtype=np.int32)

    def join(self, a: npt.ArrayLike, b: npt.ArrayLike, kind: str) -> None:
        """Add straight edges of one class."""
        self.a = np.concatenate([self.a, np.asarray(a, dtype=np.int32)])
        self.b = np.concatenate([self.b, np.asarray(b, dtype=np.int32)])
        added = len(self.a) - len(self.kind)
        self.kind = np.concatenate([self.kind, np.full(added, kind, dtype=self.kind.dtype)])

    def split(self, edges: Ints, places: Floats) -> Ints:
        """Put a junction on each of some edges without bends; return their numbers."""
        middles = self.add(places, self.quarter[self.a[edges]])
        ends = self.b[edges]
        self.b[edges] = middles
        first = len(self.a)
        self.a = np.concatenate([self.a, middles])
        self.b = np.concatenate([self.b, ends])
        self.kind = np.concatenate([self.kind, self.kind[edges]])
        for nth, edge in enumerate(edges.tolist()):
            if edge in self.extra:
                self.extra[first + nth] = self.extra[edge]
        return middles

    def main_part(self) -> Bools:
        """Say which junctions hang together with most others."""
        size = len(self.x)
        graph = coo_array((np.ones(len(self.a), dtype=bool), (self.a, self.b)), shape=(size, size))
        part = connected_components(graph, directed=False)[1]
        return np.asarray(part == np.bincount(part).argmax())

    def degree(self) -> Ints:
        """Return how many edges meet at each junction."""
        return np.bincount(np.concatenate([self.a, self.b]), minlength=len(self.x)).astype(np.int32)
