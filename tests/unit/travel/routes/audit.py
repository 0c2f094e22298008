"""Adding a way up again from the network's own lists, in the slowest and most obvious manner."""

import math
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely

from travel import Network, Route, snap
from travel.routes.course import Leg
from travel.turns import FORWARD, MAY_END, MAY_START


def ends(network: Network, leg: Leg) -> tuple[int, int]:
    """The nodes that a leg comes from and goes to, as far as it touches them."""
    tail, head = int(network.tail[leg.edge]), int(network.head[leg.edge])
    return (tail, head) if leg.is_forward else (head, tail)


def leg_ds(network: Network, leg: Leg) -> float:
    weight = (network.forward_ds if leg.is_forward else network.backward_ds)[leg.edge]
    assert weight >= 0, f"{leg} goes against a one-way street"
    return abs(leg.end - leg.begin) * int(weight)


def check(network: Network, route: Route, a: tuple[float, float], b: tuple[float, float]) -> None:
    """Assert that a way exists, hangs together, and takes what it says."""
    here, there = snap(network, *a), snap(network, *b)
    assert (route.x[0], route.y[0]) == a
    assert (route.x[-1], route.y[-1]) == b
    assert shapely.length(route.line) == pytest.approx(route.metres, rel=1e-6, abs=0.01)
    off_m = float(here.distance_m[0] + there.distance_m[0])
    if not route.legs and route.metres < off_m - 1e-6:
        assert route.metres == pytest.approx(math.dist(a, b))
        return
    for leg, on in pairwise(route.legs):
        assert ends(network, leg)[1] == ends(network, on)[0]
        assert {leg.end, on.begin} <= {0.0, 1.0}
    on_street = sum(abs(leg.end - leg.begin) * network.length_m[leg.edge] for leg in route.legs)
    assert route.metres == pytest.approx(on_street + off_m)
    assert sum(each.metres for each in route.stretches) == pytest.approx(on_street)
    walked = off_m / network.off_street_m_s
    if network.turns is None:
        spent = sum(leg_ds(network, leg) for leg in route.legs)
    else:
        spent = turned_ds(network, route.legs)
        if {float(here.fraction[0]), float(there.fraction[0])} & {0.0, 1.0}:
            # A turn at a door that stands right at a junction counts, though no way follows it.
            assert route.seconds >= walked + spent / 10 - 0.11
            return
    assert route.seconds == pytest.approx(walked + spent / 10, abs=0.11)


def turned_ds(network: Network, legs: tuple[Leg, ...]) -> float:
    """Drive along legs in the cheapest states that allow them, every turn looked up."""
    turns = network.turns
    assert turns is not None

    def states(leg: Leg) -> list[int]:
        found = range(turns.state_start[leg.edge], turns.state_start[leg.edge + 1])
        return [s for s in found if bool(turns.state_flags[s] & FORWARD) == leg.is_forward]

    if not legs:
        return 0.0
    if len(legs) == 1:
        return leg_ds(network, legs[0])
    first = legs[0]
    cost = {
        s: -(1 - abs(first.end - first.begin)) * turns.state_ds[s]
        for s in states(first)
        if turns.state_flags[s] & MAY_START
    }
    for on in legs[1:]:
        reached: dict[int, float] = {}
        for s, so_far in cost.items():
            for turn in turns.turns[turns.turn_start[s] : turns.turn_start[s + 1]].tolist():
                to, ds = turn & 0xFFFFFFFF, turn >> 32
                if to in states(on):
                    reached[to] = min(reached.get(to, np.inf), so_far + ds)
        assert reached, f"no turn leads on to {on}"
        cost = reached
    return min(
        ds + leg_ds(network, legs[-1]) for s, ds in cost.items() if turns.state_flags[s] & MAY_END
    )


def quickest_ds(network: Network, a: tuple[float, float], b: tuple[float, float]) -> float:
    """What networkx says of the streets alone, with both points as nodes of their own."""
    here, there = snap(network, *a), snap(network, *b)
    graph = nx.MultiDiGraph()
    for edge in range(network.n_edges):
        cuts = {0.0: int(network.tail[edge]), 1.0: int(network.head[edge])}
        marks = [(0.0, cuts[0.0]), (1.0, cuts[1.0])]
        marks += [
            (float(p.fraction[0]), name)
            for p, name in ((here, "a"), (there, "b"))
            if p.edge[0] == edge
        ]
        for one, other in pairwise(sorted(marks, key=lambda mark: mark[0])):
            part = other[0] - one[0]
            if network.forward_ds[edge] >= 0 or part == 0:
                graph.add_edge(one[1], other[1], w=part * max(network.forward_ds[edge], 0))
            if network.backward_ds[edge] >= 0 or part == 0:
                graph.add_edge(other[1], one[1], w=part * max(network.backward_ds[edge], 0))
    return float(nx.dijkstra_path_length(graph, "a", "b", weight="w"))
