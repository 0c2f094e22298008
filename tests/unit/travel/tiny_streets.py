"""Small street networks, as arrays or as extracts, for tests to write down in sight."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pyproj

from travel.network import Network
from travel.streets.assemble import Assembled, Kinds, assemble
from travel.streets.chains import Pieces, trace

MIRROR = Path(__file__).parents[4] / "shared" / "data" / "publishers"

MINUTE_M = 80.0
"""What one walks in a minute at 4.8 km/h."""

X0, Y0 = 430_000.0, 430_000.0
"""A corner of the British grid that the small networks lie at."""

Point = tuple[float, float]
Relation = tuple[Mapping[str, str], Sequence[tuple[str, int, str]]]


def assembled(
    points: Sequence[Point],
    streets: Sequence[Sequence[int]],
    *,
    kmh: Sequence[tuple[float, float]] | None = None,
) -> Assembled:
    """Assemble streets that run through numbered points; each may have its pace both ways."""
    paces = kmh or [(4.8, 4.8)] * len(streets)
    kinds = sorted(set(paces))
    pairs = [
        (a, b, kinds.index(pace))
        for street, pace in zip(streets, paces, strict=True)
        for a, b in pairwise(street)
    ]
    tail, head, kind = np.array(pairs, np.int32).T.copy()
    both = np.array(kinds)
    xy = np.array(points, float)
    pieces = Pieces(tail, head, kind, both[:, 0] != both[:, 1])
    return assemble(
        trace(pieces, len(points)),
        xy[:, 0].copy(),
        xy[:, 1].copy(),
        Kinds(both[:, 0].copy(), both[:, 1].copy()),
    )


def network_of(
    points: Sequence[Point],
    streets: Sequence[Sequence[int]],
    *,
    kmh: Sequence[tuple[float, float]] | None = None,
) -> Network:
    return assembled(points, streets, kmh=kmh).network


def grid(columns: int, rows: int, *, block_m: float = MINUTE_M) -> Network:
    """A grid of streets, ``columns`` by ``rows`` junctions, whose corner is ``X0, Y0``.

    Every street runs on for half a block at either end, so that every crossing is a junction.
    """
    xs = [-0.5, *range(columns), columns - 0.5]
    ys = [-0.5, *range(rows), rows - 0.5]
    points = [(X0 + x * block_m, Y0 + y * block_m) for y in ys for x in xs]
    wide = columns + 2
    across = [[r * wide + c for c in range(wide)] for r in range(1, rows + 1)]
    along = [[r * wide + c for r in range(rows + 2)] for c in range(1, columns + 1)]
    return network_of(points, across + along)


def node_at(network: Network, x: float, y: float) -> int:
    away = np.hypot(network.x - x, network.y - y)
    assert away.min() < 0.5
    return int(away.argmin())


def write_extract(
    path: Path,
    points: Mapping[int, Point],
    ways: Mapping[int, tuple[Sequence[int], Mapping[str, str]]],
    *,
    node_tags: Mapping[int, Mapping[str, str]] | None = None,
    restrictions: Sequence[Relation] = (),
    date: str | None = None,
) -> Path:
    """Write an extract of nodes (metres of the British grid) and ways (node ids, tags).

    Restrictions, and other relations whose tags say what type they are, are tags and members
    ``(type, id, role)``; their ids count up from 900.
    """
    to_degrees = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
    header = osmium.io.Header()
    if date:
        header.set("osmosis_replication_timestamp", date)
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for node, (x, y) in sorted(points.items()):
            tags = dict((node_tags or {}).get(node, {}))
            place = to_degrees.transform(x, y)
            writer.add_node(osmium.osm.mutable.Node(id=node, location=place, tags=tags))
        for way, (nodes, tags) in sorted(ways.items()):
            writer.add_way(osmium.osm.mutable.Way(id=way, nodes=list(nodes), tags=dict(tags)))
        for number, (tags, members) in enumerate(restrictions):
            writer.add_relation(
                osmium.osm.mutable.Relation(
                    id=900 + number, members=list(members), tags={"type": "restriction", **tags}
                )
            )
    return path


def cross(arm_m: float = MINUTE_M) -> dict[int, Point]:
    """Five points: 1 in the middle, 2 east, 3 north, 4 west, 5 south."""
    return {
        1: (X0, Y0),
        2: (X0 + arm_m, Y0),
        3: (X0, Y0 + arm_m),
        4: (X0 - arm_m, Y0),
        5: (X0, Y0 - arm_m),
    }
