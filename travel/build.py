"""From an extract to a network: judge the ways, join the pieces, keep what is connected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj

from config.terms import BRITISH_GRID, WGS84
from travel.assemble import Assembled, Kinds, assemble
from travel.chains import Pieces, trace
from travel.errors import ExtractError
from travel.extract import Extract, Tags
from travel.network import Mode, Network
from travel.walking import Walk, is_passable, walk_on

RULES: Mapping[Mode, Callable[[Tags], Walk]] = {"walk": walk_on}
"""What each mode makes of a way's tags."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Ways left out for one reason.

    Attributes:
        ways: how many.
        metres: how long they are together.
    """

    ways: int
    metres: float


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """What became of an extract.

    Attributes:
        ways_read: ways in the extract.
        ways_kept: ways open to the mode; some may lie in a component left out.
        nodes: of the network.
        edges: of the network.
        metres: length of the network.
        left_out: ways closed to the mode, by reason, most metres first.
        barriers_closed: barriers on ways that stop people; the way ends on either side.
        components: parts of the open streets that are not connected, the kept one included.
        components_metres: length of the parts left out.
        ways_cut: ways of which the extract holds a part only.
        odd: ``(rule, subject, says)`` of tags that mean nothing to the rules.
    """

    ways_read: int
    ways_kept: int
    nodes: int
    edges: int
    metres: float
    left_out: dict[str, LeftOut]
    barriers_closed: int
    components: int
    components_metres: float
    ways_cut: int
    odd: tuple[tuple[str, str, str], ...]


def build_network(extract: Extract, *, mode: Mode) -> tuple[Network, NetworkReport]:
    """Build the network of one mode.

    The same extract always gives the same network, to the byte.

    Raises:
        ExtractError: no way of the extract is open to the mode.
    """
    walks = [RULES[mode](tags) for tags in extract.tag_sets]
    is_open = np.array([not walk.reason for walk in walks], np.bool_)[extract.way_tags]
    x, y = _project(extract.lon, extract.lat)
    blocked = _blocked_nodes(extract)
    point_node, tail, head, way = _pieces(extract, is_open, blocked)
    if not tail.size:
        raise ExtractError(
            f"none of the {extract.way_id.size:,} ways in {', '.join(extract.names)} is open "
            f"to people on foot: {_worst(_left_out(extract, walks, x, y))}"
        )
    kinds, kind_of_set = _kinds(walks)
    kind = kind_of_set[extract.way_tags[way]]
    pieces = Pieces(tail, head, kind, kinds.forward_kmh != kinds.backward_kmh)
    assembled = assemble(
        trace(pieces, point_node.size), x[point_node], y[point_node], kinds, date=extract.date
    )
    return assembled.network, _report(
        extract, assembled, walks, is_open, int(blocked.sum()), _left_out(extract, walks, x, y)
    )


def _project(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    transformer = pyproj.Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True)
    x, y = transformer.transform(lon, lat)
    return np.asarray(x), np.asarray(y)


def _blocked_nodes(extract: Extract) -> npt.NDArray[np.bool_]:
    is_shut = np.array([not is_passable(tags) for tags in extract.barrier_tag_sets], np.bool_)
    blocked = np.zeros(extract.node_id.size, np.bool_)
    if is_shut.size:
        blocked[extract.barrier_node[is_shut[extract.barrier_tags]]] = True
    return blocked


def _pieces(
    extract: Extract, is_open: npt.NDArray[np.bool_], blocked: npt.NDArray[np.bool_]
) -> tuple[
    npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]
]:
    """Cut open ways into pieces between neighbouring points.

    A barrier that stops people becomes a point of its own for every piece that ends there, so
    that nothing passes.

    Returns:
        The node of each point; tail, head and way of each piece.
    """
    size = np.diff(extract.way_start)
    way = np.repeat(np.arange(size.size, dtype=np.int32), size)
    is_piece = is_open[way]
    is_piece[extract.way_start[1:] - 1] = False
    first = np.flatnonzero(is_piece)
    first = first[extract.way_node[first] != extract.way_node[first + 1]]
    ends = np.stack((extract.way_node[first], extract.way_node[first + 1]))
    at_barrier = blocked[ends]
    nodes, points = np.unique(ends, return_inverse=True)
    points = points.reshape(ends.shape)
    points[at_barrier] = nodes.size + np.arange(int(at_barrier.sum()))
    point_node = np.concatenate((nodes, ends[at_barrier]))
    tail, head = points.astype(np.int32)
    return point_node, tail, head, way[first]


def _kinds(walks: list[Walk]) -> tuple[Kinds, npt.NDArray[np.int32]]:
    """Number the distinct paces, and say which one each tag set has."""
    paces = sorted({(walk.forward_kmh, walk.backward_kmh) for walk in walks if not walk.reason})
    number = {pace: i for i, pace in enumerate(paces)}
    of_set = [number.get((walk.forward_kmh, walk.backward_kmh), -1) for walk in walks]
    both = np.array(paces)
    return Kinds(both[:, 0].copy(), both[:, 1].copy()), np.array(of_set, np.int32)


def _left_out(
    extract: Extract,
    walks: list[Walk],
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
) -> dict[str, LeftOut]:
    step = np.hypot(np.diff(x[extract.way_node]), np.diff(y[extract.way_node]))
    step = np.append(step, 0.0)
    step[extract.way_start[1:] - 1] = 0.0
    metres = np.add.reduceat(step, extract.way_start[:-1])
    counted: defaultdict[str, list[float]] = defaultdict(list)
    for tags, walk in enumerate(walks):
        if walk.reason:
            counted[walk.reason].extend(metres[extract.way_tags == tags].tolist())
    found = {reason: LeftOut(len(each), sum(each)) for reason, each in counted.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].metres, item[0])))


def _worst(left_out: dict[str, LeftOut]) -> str:
    return ", ".join(f"{each.ways:,} {reason}" for reason, each in list(left_out.items())[:3])


def _report(
    extract: Extract,
    assembled: Assembled,
    walks: list[Walk],
    is_open: npt.NDArray[np.bool_],
    barriers_closed: int,
    left_out: dict[str, LeftOut],
) -> NetworkReport:
    network = assembled.network
    return NetworkReport(
        ways_read=extract.way_id.size,
        ways_kept=int(is_open.sum()),
        nodes=network.n_nodes,
        edges=network.n_edges,
        metres=float(network.length_m.sum()),
        left_out=left_out,
        barriers_closed=barriers_closed,
        components=assembled.components,
        components_metres=assembled.components_metres,
        ways_cut=extract.ways_cut,
        odd=_odd_tags(extract, walks),
    )


def _odd_tags(extract: Extract, walks: list[Walk]) -> tuple[tuple[str, str, str], ...]:
    says = "this value has no meaning for walking; the way is treated as if it had no such tag"
    return tuple(
        ("odd-tag", f"way {way}: {key}={value}", says)
        for way, tags in zip(extract.way_id.tolist(), extract.way_tags.tolist(), strict=True)
        for key, value in walks[tags].odd
    )
