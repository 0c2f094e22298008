"""The network of one mode: judge the ways, join the pieces, keep what is connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from travel.errors import ExtractError
from travel.network import Mode, Network
from travel.numbering import renumbered
from travel.rules.classes import road_class_bits
from travel.rules.modes import Rules
from travel.rules.verdict import Verdict
from travel.streets.assemble import Assembled, Kinds, assemble
from travel.streets.chains import Pieces, trace
from travel.streets.extract import Extract
from travel.streets.groundwork import Ground
from travel.streets.relief import Relief
from travel.streets.report import (
    LeftOut,
    Named,
    NetworkReport,
    name_traps,
    odd_tags,
    open_squares,
    ways_left_out,
    worst,
)
from travel.streets.safety import walk_coverage
from travel.streets.states import Junctions
from travel.streets.turning import turns_of, waits_between, with_turns
from travel.streets.via_ways import ways_along
from travel.streets.waits import Waits

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]

TOO_MUCH_STEEP = 0.1
"""Share of streets steeper than one in five that speaks of heights in feet or gone wrong."""


def build_mode(ground: Ground, mode: Mode, rules: Rules) -> tuple[Network, NetworkReport]:
    """Build the network of one mode.

    Raises:
        ExtractError: no way of the extract is open to it.
    """
    extract = ground.extract
    verdicts, judged_as = _judge(ground, rules)
    is_open = np.array([not verdict.reason for verdict in verdicts], np.bool_)[judged_as]
    blocked = _blocked_nodes(extract, rules)
    point_node, tail, head, way = _pieces(extract, is_open, blocked)
    mapped = judged_as[: ground.n_mapped]
    left_out = ways_left_out(verdicts, mapped, ground.way_m[: ground.n_mapped])
    if not tail.size:
        raise ExtractError(
            f"none of the {extract.way_id.size:,} ways in {', '.join(extract.names)} is open "
            f"to {rules.people}: {worst(left_out)}"
        )
    kinds, kind_of_way = _kinds(verdicts, judged_as, ground)
    pieces = Pieces(tail, head, kind_of_way[way], kinds.forward_kmh != kinds.backward_kmh)
    assembled = assemble(
        trace(pieces, point_node.size),
        ground.x[point_node],
        ground.y[point_node],
        replace(kinds, relief=_relief(ground, rules, point_node), passes_private=rules.turns),
        mode=mode,
        waits=_waits(extract, rules, point_node, pieces),
        date=extract.date,
    )
    report = _report(extract, assembled, verdicts, mapped, left_out)
    report = replace(
        report,
        barriers_closed=int(blocked.sum()),
        odd=(
            *report.odd,
            *_without_length(extract, assembled, way),
            *_too_steep(ground, assembled),
            *(open_squares(extract) if mode == "walk" else ()),
        ),
        traps=_traps(extract, assembled, way),
        walk=walk_coverage(ground) if mode == "walk" else None,
    )
    if not rules.turns:
        return assembled.network, report
    return _turning(extract, rules, assembled, report, point_node, way)


def _judge(ground: Ground, rules: Rules) -> tuple[list[Verdict], Ints]:
    """Judge each distinct set of tags once, and where it matters once more among houses."""
    sets, way_tags = ground.extract.tag_sets, ground.extract.way_tags
    open_country = [rules.judge(tags, is_built_up=False) for tags in sets]
    if not rules.looks_around:
        return open_country, way_tags
    built_up = [rules.judge(tags, is_built_up=True) for tags in sets]
    return open_country + built_up, (way_tags + len(sets) * ground.is_built_up).astype(np.int32)


def _blocked_nodes(extract: Extract, rules: Rules) -> Flags:
    is_shut = np.array([not rules.is_passable(tags) for tags in extract.barrier_tag_sets], np.bool_)
    blocked = np.zeros(extract.node_id.size, np.bool_)
    if is_shut.size:
        blocked[extract.barrier_node[is_shut[extract.barrier_tags]]] = True
    return blocked


def _pieces(extract: Extract, is_open: Flags, blocked: Flags) -> tuple[Ints, Ints, Ints, Ints]:
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
    nodes, points = renumbered(ends, extract.node_id.size)
    points[at_barrier] = nodes.size + np.arange(int(at_barrier.sum()))
    point_node = np.concatenate((nodes, ends[at_barrier])).astype(np.int32)
    return point_node, points[0], points[1], way[first]


def _kinds(verdicts: Sequence[Verdict], judged_as: Ints, ground: Ground) -> tuple[Kinds, Ints]:
    """Number the distinct paces, and say which one each way has."""
    sets = ground.extract.tag_sets
    of_verdict = np.full(len(verdicts), -1, np.int32)
    kinds = {
        i: (v.forward_kmh, v.backward_kmh, v.traits | road_class_bits(sets[i % len(sets)]))
        for i in np.flatnonzero(np.bincount(judged_as)).tolist()
        if not (v := verdicts[i]).reason
    }
    found = {kind: number for number, kind in enumerate(sorted(set(kinds.values())))}
    of_verdict[list(kinds)] = [found[kind] for kind in kinds.values()]
    untimed = len(found)
    of_way = of_verdict[judged_as]
    timed = np.array([v.duration_s > 0 and not v.reason for v in verdicts], np.bool_)[judged_as]
    for way in np.flatnonzero(timed).tolist():
        kmh = max(ground.way_m[way], 1.0) / verdicts[judged_as[way]].duration_s * 3.6
        of_way[way] = found.setdefault((kmh, kmh, 0), len(found))
    table = np.array(list(found))
    forward_kmh, backward_kmh, traits = table.T.copy()
    is_timed = np.arange(len(found)) >= untimed
    return Kinds(forward_kmh, backward_kmh, traits.astype(np.uint8), is_timed), of_way


def _relief(ground: Ground, rules: Rules, point_node: Ints) -> Relief | None:
    if ground.heights is None:
        return None
    is_raised, is_between_ends = ground.raised
    height = np.where(is_between_ends, np.nan, ground.heights.node_m)
    return Relief(height[point_node], is_raised[point_node], ground.heights.between, rules.on_slope)


def _without_length(extract: Extract, assembled: Assembled, way: Ints) -> Named:
    """Name ways that join two points at one place."""
    which = np.flatnonzero(assembled.network.length_m == 0)
    ways = np.unique(extract.way_id[way[assembled.edge_first[which]]]).tolist()
    says = "joins points at one place; it takes a tenth of a second"
    return tuple(("streets have a length", f"way {each}", says) for each in ways)


def _too_steep(ground: Ground, assembled: Assembled) -> Named:
    """Doubt heights by which more street is steep than in any place in England."""
    metres = float(assembled.network.length_m.sum())
    share = assembled.steep_m / max(metres, 1.0)
    if ground.heights is None or share < TOO_MUCH_STEEP:
        return ()
    says = f"{share:.0%} of them are steeper than one in five; are the heights in feet?"
    return (("heights are plausible", f"{metres / 1000:,.0f} km of streets", says),)


def _waits(extract: Extract, rules: Rules, point_node: Ints, pieces: Pieces) -> Waits | None:
    return (
        waits_between(extract, rules, point_node, pieces.tail, pieces.head) if rules.turns else None
    )


def _traps(extract: Extract, assembled: Assembled, way: Ints) -> Named:
    traps, ways = assembled.traps, extract.way_id
    return (
        *name_traps(ways[way[traps.no_way_out]], traps.no_way_out_m, "nothing leads out of it"),
        *name_traps(ways[way[traps.no_way_in]], traps.no_way_in_m, "nothing leads into it"),
    )


def _turning(
    extract: Extract,
    rules: Rules,
    assembled: Assembled,
    report: NetworkReport,
    point_node: Ints,
    way: Ints,
) -> tuple[Network, NetworkReport]:
    """Add what turning costs, and name the restrictions that could not be applied."""
    node = point_node[assembled.node_point]
    junctions = Junctions(
        extract.node_id[node],
        extract.way_id[way[assembled.edge_first]],
        extract.way_id[way[assembled.edge_last]],
        ways_along(extract, assembled.network, point_node[assembled.shape_point]),
    )
    turns, forbidden, odd = turns_of(extract, rules, assembled.network, junctions, node)
    return with_turns(assembled.network, turns), replace(
        report, odd=report.odd + odd, turns_forbidden=forbidden
    )


def _report(
    extract: Extract,
    assembled: Assembled,
    verdicts: Sequence[Verdict],
    judged_as: Ints,
    left_out: dict[str, LeftOut],
) -> NetworkReport:
    network = assembled.network
    is_open = np.array([not verdict.reason for verdict in verdicts], np.bool_)[judged_as]
    return NetworkReport(
        ways_read=judged_as.size,
        ways_kept=int(is_open.sum()),
        nodes=network.n_nodes,
        edges=network.n_edges,
        metres=float(network.length_m.sum()),
        left_out=left_out,
        barriers_closed=0,
        components=assembled.components,
        components_metres=assembled.components_metres,
        ways_cut=extract.ways_cut,
        odd=odd_tags(extract, verdicts, judged_as),
    )
