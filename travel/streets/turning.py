"""From tags and restrictions to what turning at each junction costs."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from config.assumptions import assumptions
from travel.network import DECISECONDS, Network
from travel.rules.modes import Rules
from travel.streets.extract import Extract, Tags
from travel.streets.remembering import remember
from travel.streets.report import Named
from travel.streets.restricting import bans_of
from travel.streets.states import Delays, Junctions, States, list_turns, states_of
from travel.streets.waits import Waits
from travel.turns import Turns, turn_arrays

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

SIGNAL_CROSSINGS = frozenset({"traffic_signals", "pelican", "puffin", "toucan", "pegasus"})
"""Crossings where cars wait at a red light; at others they rarely wait long."""


def delays(rules: Rules) -> Delays:
    """Read what turning costs a mode."""
    driving = assumptions("driving")
    longer = driving[rules.delay_ratio].value if rules.delay_ratio else 1.0
    return Delays(
        **{
            each.name: round(driving[f"{each.name}{suffix}"].value * longer * DECISECONDS)
            for each in fields(Delays)
            for suffix in ("_turn_delay", "_delay")
            if f"{each.name}{suffix}" in driving
        }
    )


def waits_between(
    extract: Extract, rules: Rules, point_node: Ints, tail: Ints, head: Ints
) -> Waits:
    """Find the signals and crossings on the points of ways.

    Args:
        extract: the streets.
        rules: of the mode.
        point_node: the extract's node of each point.
        tail: point where each piece of street starts, as drawn.
        head: point where it ends.
    """
    along, against = _waits_at(extract, delays(rules))
    point = np.flatnonzero((along + against)[point_node] > 0)
    order = np.argsort(tail, kind="stable")
    at = np.minimum(np.searchsorted(tail[order], point), tail.size - 1)
    piece = order[at]
    return Waits(
        point=point.astype(np.int32),
        ahead=np.where(tail[piece] == point, head[piece], -1).astype(np.int32),
        along_ds=along[point_node[point]],
        against_ds=against[point_node[point]],
    )


def turns_of(
    extract: Extract, rules: Rules, network: Network, junctions: Junctions, node: Ints
) -> tuple[Turns, int, Named]:
    """Work out the turns of a network.

    Args:
        extract: with signals and restrictions.
        rules: of the mode.
        network: without turns.
        junctions: what its nodes and edges are called in the extract.
        node: the extract's node of each node of the network.

    Returns:
        The turns, how many pairs and longer runs of edges restrictions forbid, and the
        restrictions that could not be applied.
    """
    cost = delays(rules)
    states = states_of(network)
    hour = assumptions("driving")[rules.hour].value
    bans = bans_of(extract.restrictions, junctions, states, hour)
    along, against = _waits_at(extract, cost)
    is_small_roundabout = _is_mini(extract)[node]
    wait = np.maximum(along, against)[node]
    origin, target, ds = list_turns(network, states, bans, wait, is_small_roundabout, cost)
    states, origin, target, ds = remember(states, origin, target, ds, bans.runs)
    turns = numbered(network, states, origin, target, ds)
    return turns, bans.pairs.size + len(bans.runs), bans.odd


def with_turns(network: Network, turns: Turns) -> Network:
    """Return the network with its turns, under an identity that covers both."""
    digest = hashlib.sha256(network.network_id.encode())
    for each in fields(Turns):
        array = np.ascontiguousarray(getattr(turns, each.name))
        array.flags.writeable = False
        digest.update(array.data)
    return replace(network, turns=turns, network_id=digest.hexdigest()[:16])


def _waits_at(extract: Extract, cost: Delays) -> tuple[Ints, Ints]:
    """List the deciseconds lost at each node, along the way as drawn and against."""
    along, against = np.zeros((2, extract.node_id.size), np.int32)
    for node, tags in zip(
        extract.control_node.tolist(), extract.control_tags.tolist(), strict=True
    ):
        said = extract.control_tag_sets[tags]
        wait = _wait(said, cost)
        along[node] = wait if said.get("traffic_signals:direction") != "backward" else 0
        against[node] = wait if said.get("traffic_signals:direction") != "forward" else 0
    return along, against


def _wait(tags: Tags, cost: Delays) -> int:
    if tags.get("highway") == "traffic_signals":
        return cost.signal
    return cost.crossing if tags.get("crossing") in SIGNAL_CROSSINGS else 0


def _is_mini(extract: Extract) -> npt.NDArray[np.bool_]:
    found = np.zeros(extract.node_id.size, np.bool_)
    is_mini = [tags.get("highway") == "mini_roundabout" for tags in extract.control_tag_sets]
    found[extract.control_node[np.array(is_mini, np.bool_)[extract.control_tags]]] = True
    return found


def numbered(network: Network, states: States, origin: Longs, target: Longs, ds: Longs) -> Turns:
    """Number the states by edge."""
    order = np.argsort(states.edge, kind="stable")
    number = np.empty(order.size, np.int64)
    number[order] = np.arange(order.size)
    edge = states.edge[order]
    start, packed = turn_arrays(number[origin], number[target], ds, order.size)
    per_edge = np.bincount(edge, minlength=network.n_edges)
    return Turns(
        state_start=np.concatenate(([0], np.cumsum(per_edge))).astype(np.uint32),
        state_edge=edge,
        state_flags=states.flags[order],
        state_ds=states.ds[order],
        turn_start=start,
        turns=packed,
    )
