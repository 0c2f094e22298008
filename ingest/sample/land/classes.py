"""What each street is: collector, residential street, lane, track, path or cul-de-sac."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra, minimum_spanning_tree

from ingest.sample.land.patterns import Quarter
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.shapes import Bools
from ingest.sample.land.web import Web

MAIN: Final = ("trunk", "primary", "secondary", "tertiary", "unclassified")
PATHS: Final = ("footway", "path", "bridleway", "steps", "cycleway")
RURAL: Final = (("unclassified", 0.40), ("track", 0.18), ("footway", 0.27), ("bridleway", 0.15))
OUTWARD: Final = (("unclassified", 0.28), ("track", 0.22), ("footway", 0.5))
"""Classes of ways in open country, and of those that lead out of a built-up place."""

CLOSES: Final = {"estate": 0.75, "new": 0.6, "suburb": 0.32, "village": 0.5, "town": 0.25}
"""Of the streets a neighbourhood could do without, how many were never joined up."""

GINNELS: Final = 0.45
"""Of those, how many are joined by a footpath."""


def classify(
    web: Web,
    all_quarters: Sequence[Quarter],
    settlements: Sequence[Settlement],
    rng: np.random.Generator,
) -> None:
    """Give every edge its class, and open up the loops that estates do not have."""
    undecided = web.kind == ""
    urban = (web.quarter[web.a] >= 0) & (web.quarter[web.b] >= 0)
    rural = (web.quarter[web.a] < 0) & (web.quarter[web.b] < 0)
    web.kind[undecided & urban] = "residential"
    for where, choice in ((rural, RURAL), (~urban & ~rural, OUTWARD)):
        edges = undecided & where
        names, shares = zip(*choice, strict=True)
        web.kind[edges] = rng.choice(names, size=int(edges.sum()), p=shares)
    _lead_collectors(web, all_quarters)
    _open_loops(web, all_quarters, rng)
    _join_lanes(web)
    _calm_centres(web, settlements, rng)


def _graph(web: Web, weight: npt.NDArray[np.float64]) -> csr_array:
    size = len(web.x)
    return coo_array((weight, (web.a, web.b)), shape=(size, size)).tocsr()


def _lead_collectors(web: Web, all_quarters: Sequence[Quarter]) -> None:
    """Make the shortest way from each neighbourhood's middle to a main road a collector."""
    drivable = ~np.isin(web.kind, PATHS)
    length = np.where(drivable, web.length_m(), 1e6)
    main = np.isin(web.kind, MAIN[:4])
    starts = np.unique(np.concatenate([web.a[main], web.b[main]]))
    _, before, _ = dijkstra(
        _graph(web, length), directed=False, indices=starts, return_predecessors=True, min_only=True
    )
    edge_of = {
        pair: edge
        for edge, (a, b) in enumerate(zip(web.a.tolist(), web.b.tolist(), strict=True))
        for pair in ((a, b), (b, a))
    }
    for number, quarter in enumerate(all_quarters):
        own = np.flatnonzero(web.quarter == number)
        if quarter.pattern in {"village", "hamlet"} or not len(own):
            continue
        gap = np.hypot(web.x[own] - quarter.x, web.y[own] - quarter.y)
        at = int(own[np.argmin(gap)])
        while before[at] >= 0:
            edge = edge_of[at, int(before[at])]
            if web.kind[edge] == "residential":
                web.kind[edge] = "tertiary"
            at = int(before[at])


def _open_loops(web: Web, all_quarters: Sequence[Quarter], rng: np.random.Generator) -> None:
    """Turn streets that others make needless into closes, some with a footpath at the end."""
    weight = rng.uniform(1, 2, len(web.a))
    weight[web.kind != "residential"] *= 0.01
    size = len(web.x)
    tree = minimum_spanning_tree(_graph(web, weight)).tocoo()
    needed = np.isin(
        web.a.astype(np.int64) * size + web.b, tree.row.astype(np.int64) * size + tree.col
    )
    share = np.array([CLOSES.get(q.pattern, 0.0) for q in all_quarters] + [0.0])
    likely = np.minimum(share[web.quarter[web.a]], share[web.quarter[web.b]])
    opened = ~needed & (web.kind == "residential") & (rng.uniform(size=len(web.a)) < likely)
    joined = opened & (rng.uniform(size=len(web.a)) < GINNELS)
    web.kind[joined] = "footway"
    web.keep(~opened | joined)


def _join_lanes(web: Web) -> None:
    """Make tracks of lanes that no other road leads to."""
    roads = ~np.isin(web.kind, (*PATHS, "track"))
    graph = _graph(web, roads.astype(float))
    graph.eliminate_zeros()
    part = connected_components(graph, directed=False)[1]
    main = np.bincount(part[web.a[roads]]).argmax()
    lost: Bools = roads & (part[web.a] != main)
    web.kind[lost] = "track"


def _calm_centres(web: Web, settlements: Sequence[Settlement], rng: np.random.Generator) -> None:
    """Close a few streets in the very middle to cars, and make some others one-way."""
    draw = rng.uniform(size=len(web.a))
    x, y = (web.x[web.a] + web.x[web.b]) / 2, (web.y[web.a] + web.y[web.b]) / 2
    for settlement in settlements:
        if settlement.kind not in {"city", "town"}:
            continue
        out = settlement.reach(x, y)
        minor = web.kind == "residential"
        web.kind[minor & (out < 0.07) & (draw < 0.7)] = "pedestrian"
        web.kind[minor & (out < 0.14) & (draw > 0.8)] = "living_street"
        one_way = minor & (out < 0.45) & (draw > 0.74) & (draw < 0.8)
        one_way &= web.kind == "residential"
        for edge in np.flatnonzero(one_way).tolist():
            web.extra[edge] = {"oneway": "yes"}
