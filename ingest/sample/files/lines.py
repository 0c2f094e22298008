"""Bus lines: ways along main roads from settlements to the greatest one, and the stops on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from config.terms import BRITISH_GRID, WGS84
from ingest.sample.land.canvas import Drawing

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DETOUR: Final = {
    **dict.fromkeys(("trunk", "primary", "secondary", "tertiary"), 1.0),
    **dict.fromkeys(("unclassified", "residential"), 2.5),
}
"""How much further a bus goes along main roads to keep off a metre of another one."""

BETWEEN_STOPS_M: Final = 320.0
FURTHEST_M: Final = 1_500.0
"""A settlement without a road this near has no bus."""

SERVED: Final = ("town", "village")
FEWEST_STOPS: Final = 3


@dataclass(frozen=True, slots=True)
class Roads:
    """Roads that buses may take, as nodes of a drawing.

    Attributes:
        node: position in the drawing, one per node of the graph.
        x: metres EPSG:27700.
        y: likewise.
        street: the name of a street through each, or nothing.
        graph: metres with detours, between nodes.
    """

    node: Ints
    x: Floats
    y: Floats
    street: Sequence[str]
    graph: csr_array


@dataclass(frozen=True, slots=True)
class Line:
    """A line, in one direction.

    Attributes:
        kind: ``suburb``, ``town`` or ``village``: whom it serves.
        ends: the settlements at its ends (rows).
        stops: nodes of the roads.
        metres: along the way, one per stop.
    """

    kind: str
    ends: tuple[int, int]
    stops: tuple[int, ...]
    metres: tuple[float, ...]

    def back(self) -> "Line":
        """Return the line in the other direction."""
        metres = tuple(self.metres[-1] - each for each in reversed(self.metres))
        return Line(self.kind, self.ends[::-1], self.stops[::-1], metres)


def roads_of(drawing: Drawing) -> Roads:
    """Find the roads that buses may take."""
    numbers = np.argsort(drawing.node_id)
    a: list[int] = []
    b: list[int] = []
    detour: list[float] = []
    street: dict[int, str] = {}
    for way, kind in enumerate(drawing.way_tags.tolist()):
        tags = drawing.tag_sets[kind]
        worth = DETOUR.get(tags.get("highway", ""))
        if worth is None:
            continue
        refs = drawing.way_ref[drawing.way_start[way] : drawing.way_start[way + 1]]
        found = np.searchsorted(drawing.node_id, refs, sorter=numbers)
        along = numbers[np.minimum(found, numbers.size - 1)]
        is_here = drawing.node_id[along] == refs  # a road out of the county ends in the next one
        street |= dict.fromkeys(along[is_here].tolist(), tags.get("name", ""))
        ends = along[:-1][is_here[:-1] & is_here[1:]], along[1:][is_here[:-1] & is_here[1:]]
        a += ends[0].tolist()
        b += ends[1].tolist()
        detour += [worth] * ends[0].size
    node = np.array(sorted({*a, *b}), np.int64)
    to_grid = pyproj.Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True)
    x, y = to_grid.transform(np.asarray(drawing.lon)[node], np.asarray(drawing.lat)[node])
    one, other = np.searchsorted(node, a), np.searchsorted(node, b)
    length = np.hypot(x[one] - x[other], y[one] - y[other])
    weight = np.maximum(length, 0.01) * np.array(detour)
    # Of two ways between the same nodes the sum would be taken.
    pairs = pd.DataFrame({"a": np.minimum(one, other), "b": np.maximum(one, other), "m": weight})
    shortest = pairs.sort_values(["a", "b", "m"]).drop_duplicates(["a", "b"])
    ends = shortest["a"].to_numpy(), shortest["b"].to_numpy()
    graph = coo_array((shortest["m"].to_numpy(), ends), shape=(node.size, node.size))
    names = [street[each] for each in node.tolist()]
    return Roads(node, np.asarray(x), np.asarray(y), names, graph.tocsr())


def lines_of(roads: Roads, settlements: pd.DataFrame) -> list[Line]:
    """Lead lines from every town and village to the greatest settlement, and across it.

    Suburbs are served by lines through the middle, each from one to the one opposite.
    """
    if not roads.node.size or settlements.empty:
        return []
    hub = int(settlements["people"].to_numpy().argmax())
    at, away = _nearest(roads, settlements)
    if away[hub] > FURTHEST_M:
        return []
    found = dijkstra(roads.graph, directed=False, indices=[int(at[hub])], return_predecessors=True)
    metres, before = found[0][0], found[1][0]
    kinds = settlements["kind"].tolist()
    arms: dict[int, Line] = {}
    for row, kind in enumerate(kinds):
        if row == hub or kind not in (*SERVED, "suburb") or away[row] > FURTHEST_M:
            continue
        if not np.isfinite(metres[at[row]]):
            continue
        line = _outward(roads, before, (hub, row), int(at[row]), kind)
        if len(line.stops) >= FEWEST_STOPS:
            arms[row] = line
    suburbs = _opposite(settlements, hub, [row for row in arms if kinds[row] == "suburb"])
    through = [_joined(arms[one], arms[other]) for one, other in suburbs]
    return through + [line for line in arms.values() if line.kind in SERVED]


def _nearest(roads: Roads, settlements: pd.DataFrame) -> tuple[Ints, Floats]:
    """Return the road nearest to each settlement's middle, and how far it is."""
    gaps = [
        np.hypot(roads.x - x, roads.y - y)
        for x, y in zip(settlements["x"], settlements["y"], strict=True)
    ]
    at = np.array([gap.argmin() for gap in gaps], np.int64)
    return at, np.array([gap.min() for gap in gaps])


def _outward(
    roads: Roads, before: npt.NDArray[np.int32], ends: tuple[int, int], node: int, kind: str
) -> Line:
    """Follow the way from the middle, and put a stop wherever the last is far enough back."""
    way = [node]
    while before[way[-1]] >= 0:
        way.append(int(before[way[-1]]))
    way.reverse()
    step = np.hypot(np.diff(roads.x[way]), np.diff(roads.y[way]))
    along = np.concatenate(([0.0], np.cumsum(step))).tolist()
    kept = [0]
    for i, metres in enumerate(along):
        if metres - along[kept[-1]] >= BETWEEN_STOPS_M:
            kept.append(i)
    return Line(kind, ends, tuple(way[i] for i in kept), tuple(along[i] for i in kept))


def _opposite(
    settlements: pd.DataFrame, hub: int, rows: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pair suburbs that lie on opposite sides of the middle; an odd one out has a line to it."""
    x, y = settlements["x"].to_numpy(), settlements["y"].to_numpy()
    turned = sorted(rows, key=lambda row: float(np.arctan2(y[row] - y[hub], x[row] - x[hub])))
    half = (len(turned) + 1) // 2
    for i, one in enumerate(turned[:half]):
        yield one, turned[i + half] if i + half < len(turned) else one


def _joined(one: Line, other: Line) -> Line:
    """Join two lines that both lead out of the middle; of a line with itself take one."""
    if one is other:
        return one
    inward = one.back()
    metres = (*inward.metres, *(inward.metres[-1] + each for each in other.metres[1:]))
    return Line("suburb", (one.ends[1], other.ends[1]), inward.stops + other.stops[1:], metres)
