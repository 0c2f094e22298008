"""A slow search that knows no states, and random streets to try it on.

A journey is a sequence of edges driven, with where it is between private start, public roads and
private end. Turns are looked up in the extract, not in the network.
"""

import heapq
import math
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import reject
from hypothesis import strategies as st

from config.assumptions import assumptions
from tests.unit.travel.junctions import (
    LEFT,
    RIGHT,
    ROAD,
    ROUND,
    SIGNAL,
    U_TURN,
    built,
    restriction,
)
from tests.unit.travel.tiny_streets import X0, Y0
from travel import (
    Network,
)
from travel.errors import ExtractError
from travel.rules.verdict import FOR_ACCESS, ROUNDABOUT

CLASSES = (
    ROAD,
    ROAD | {"oneway": "yes"},
    ROAD | {"access": "private"},
    {"highway": "residential", "junction": "roundabout"},
    {"highway": "residential"},
)
KINDS = ("no_left_turn", "no_straight_on", "no_u_turn", "only_right_turn", "only_straight_on")


def assumed(
    extract: tuple[dict, dict, dict, list],
) -> Network:
    """Build a random extract; one whose one-way streets lead nowhere is no network."""
    points, ways, controls, restrictions = extract
    with TemporaryDirectory() as folder:
        try:
            return built(Path(folder), points, ways, node_tags=controls, restrictions=restrictions)[
                0
            ]
        except ExtractError:
            return reject()


@st.composite
def extracts(draw: st.DrawFn) -> tuple[dict, dict, dict, list]:
    """Streets on a small grid, some private, one-way or round; signals; restrictions."""
    side = draw(st.integers(2, 4))
    points = {
        r * side + c + 1: (X0 + 60.0 * c + 7.0 * r, Y0 + 50.0 * r - 5.0 * c)
        for r in range(side)
        for c in range(side)
    }
    pairs = [
        (n, n + step)
        for n in points
        for step, fits in ((1, n % side > 0), (side, n + side in points))
        if fits
    ]
    ways = {}
    for i, (a, b) in enumerate(pairs):
        if draw(st.integers(0, 9)) == 0:
            continue
        ends = [a, b] if draw(st.booleans()) else [b, a]
        ways[100 + i] = (ends, CLASSES[draw(st.sampled_from((0, 0, 0, 1, 2, 3, 4)))])
    if not ways:
        ways[100] = ([1, 2], ROAD)
    signals = {
        n: {"highway": draw(st.sampled_from(("traffic_signals", "mini_roundabout")))}
        for n in points
        if draw(st.integers(0, 5)) == 0
    }
    restrictions = []
    for _ in range(draw(st.integers(0, 4))):
        via = draw(st.sampled_from(sorted(points)))
        touching = [way for way, (nodes, _) in ways.items() if via in nodes]
        if touching:
            start, end = (draw(st.sampled_from(touching)) for _ in range(2))
            restrictions.append(restriction(draw(st.sampled_from(KINDS)), start, end, via))
    for _ in range(draw(st.integers(0, 3))):
        restrictions += draw(along_ways(ways))
    return points, ways, signals, restrictions


@st.composite
def along_ways(draw: st.DrawFn, ways: dict) -> list[tuple[dict, list]]:
    """A restriction from one street along another into a third, if there are such."""
    between = draw(st.sampled_from(sorted(ways)))
    near, far = (
        [way for way, (nodes, _) in ways.items() if end in nodes and way != between]
        for end in ways[between][0]
    )
    if not (near and far):
        return []
    start, end = draw(st.sampled_from(near)), draw(st.sampled_from(far))
    says = {"restriction": draw(st.sampled_from(KINDS))}
    roles = ("from", "via", "to")
    members = list(zip("www", (start, between, end), roles, strict=True))
    return [(says, members)] if start != end else []


class Slow:
    """Looks every turn up by hand."""

    def __init__(
        self, network: Network, points: dict, ways: dict, controls: dict, restrictions: list
    ) -> None:
        self.network = network
        self.controls = controls
        self.restrictions = [each for each in restrictions if each[1][1][0] == "n"]
        self.led = [
            (tags["restriction"], tuple(ref for _, ref, _ in members))
            for tags, members in restrictions
            if members[1][0] == "w"
        ]
        self.way_of = {
            frozenset(pair): way for way, (nodes, _) in ways.items() for pair in [tuple(nodes)]
        }
        places = {node: np.array(place) for node, place in points.items()}
        self.edges = []
        for e in range(network.n_edges):
            shape = slice(network.shape_start[e], network.shape_start[e + 1])
            xy = np.c_[network.shape_x[shape], network.shape_y[shape]]
            self.edges.append(
                [min(places, key=lambda n, at=at: float(np.hypot(*(places[n] - at)))) for at in xy]
            )
        self.places = places
        self.arms: dict[int, int] = {}
        for nodes in self.edges:
            for end in (nodes[0], nodes[-1]):
                self.arms[end] = self.arms.get(end, 0) + 1

    def driven(self) -> list[tuple[int, bool]]:
        network = self.network
        return [
            (e, forward)
            for e in range(network.n_edges)
            for forward in (True, False)
            if (network.forward_ds if forward else network.backward_ds)[e] >= 0
        ]

    def nodes(self, a: tuple[int, bool]) -> list[int]:
        return self.edges[a[0]] if a[1] else self.edges[a[0]][::-1]

    def ds(self, a: tuple[int, bool]) -> int:
        return int((self.network.forward_ds if a[1] else self.network.backward_ds)[a[0]])

    def has(self, a: tuple[int, bool], trait: int) -> bool:
        return bool(self.network.traits[a[0]] & trait)

    def is_banned(self, a: tuple[int, bool], b: tuple[int, bool]) -> bool:
        via = self.nodes(a)[-1]
        start = self.way_of[frozenset(self.nodes(a)[-2:])]
        end = self.way_of[frozenset(self.nodes(b)[:2])]
        for tags, members in self.restrictions:
            says = tags["restriction"]
            (_, from_way, _), (_, node, _), (_, to_way, _) = members
            if (from_way, node) != (start, via):
                continue
            can_go = any(
                self.way_of[frozenset(self.nodes(c)[:2])] == to_way
                for c in self.driven()
                if self.nodes(c)[0] == via
            )
            if says.startswith("only") and can_go and end != to_way:
                return True
            if says.startswith("no_") and end == to_way and (start != end or a[0] == b[0]):
                return True
        return False

    def steps(self, a: tuple[int, bool]) -> list[tuple[int, int]]:
        return list(pairwise(self.nodes(a)))

    def ways(self, steps: list[tuple[int, int]]) -> tuple[int, ...]:
        return tuple(self.way_of[frozenset(step)] for step in steps)

    def leads_along(self, step: tuple[int, int], between: int, end: int) -> bool:
        """Say whether from the end of a step one can drive on along a way and into another."""
        driven = {each for a in self.driven() for each in self.steps(a)}
        return any(
            self.ways([second, third]) == (between, end)
            for second in driven
            for third in driven
            if (second[0], third[0]) == (step[1], second[1])
        )

    def is_led_elsewhere(self, trail: list[tuple[int, int]], b: tuple[int, bool]) -> bool:
        """Say whether a restriction with a way between forbids to drive on like this."""
        steps = trail + self.steps(b)
        first = self.ways(self.steps(b))[0]
        for says, (start, between, end) in self.led:
            if says.startswith("no_"):
                if any(
                    self.ways(steps[i : i + 3]) == (start, between, end) and i + 2 >= len(trail)
                    for i in range(len(trail))
                ):
                    return True
                continue
            if self.ways(trail[-1:]) == (start,) and self.leads_along(trail[-1], between, end):
                if first != between:
                    return True
            elif (
                self.ways(trail[-2:]) == (start, between)
                and first != end
                and self.leads_along(trail[-2], between, end)
            ):
                return True
        return False

    def on(
        self, a: tuple[int, bool], zone: str, trail: list[tuple[int, int]]
    ) -> list[tuple[tuple[int, bool], str, int]]:
        """List where one can go from the end of an edge: edge, zone, deciseconds of the turn."""
        return [each for each in self.turns(a, zone) if not self.is_led_elsewhere(trail, each[0])]

    def turns(self, a: tuple[int, bool], zone: str) -> list[tuple[tuple[int, bool], str, int]]:
        via = self.nodes(a)[-1]
        found, back = [], []
        for b in self.driven():
            if self.nodes(b)[0] != via or self.is_banned(a, b):
                continue
            if self.is_led_elsewhere(self.steps(a), b):
                continue
            next_zone = "public"
            if self.has(b, FOR_ACCESS):
                next_zone = "start" if zone == "start" else "end"
            elif zone == "end":
                continue
            if b[0] == a[0] and b != a:
                back.append((b, next_zone, round((self.wait(via) + U_TURN) * 10)))
            else:
                found.append((b, next_zone, round(self.turn(a, b) * 10)))
        stays = [each for each in found if zone != "public" or each[1] == "public"]
        return found + ([] if stays else back)

    def wait(self, via: int) -> float:
        return SIGNAL if self.controls.get(via, {}).get("highway") == "traffic_signals" else 0.0

    def turn(self, a: tuple[int, bool], b: tuple[int, bool]) -> float:
        via = self.nodes(a)[-1]
        lost = self.wait(via)
        is_mini = self.controls.get(via, {}).get("highway") == "mini_roundabout"
        if is_mini or (self.has(b, ROUNDABOUT) and not self.has(a, ROUNDABOUT)):
            return lost + ROUND
        if self.arms[via] <= 2 or self.has(a, ROUNDABOUT):
            return lost
        before, after = self.nodes(a)[-2], self.nodes(b)[1]
        came = self.places[via] - self.places[before]
        goes = self.places[after] - self.places[via]
        bend = math.degrees(math.atan2(came[0] * goes[1] - came[1] * goes[0], came @ goes))
        limit = assumptions("driving")["turn_angle"].value
        return lost + (LEFT if bend > limit else RIGHT if bend < -limit else 0.0)

    def entered(self, edge: int, fraction: float) -> dict[tuple[int, bool], int]:
        """Drive on from a point: when each edge is first entered, deciseconds."""
        queue = []
        for a in ((edge, True), (edge, False)):
            if a in self.driven():
                rest = round((1 - fraction if a[1] else fraction) * self.ds(a))
                zone = "start" if self.has(a, FOR_ACCESS) else "public"
                trail = self.steps(a)[-2:]
                queue += [(rest + turn, b, to, trail) for b, to, turn in self.on(a, zone, trail)]
        heapq.heapify(queue)
        best: dict[tuple[tuple[int, bool], str, tuple[tuple[int, int], ...]], int] = {}
        while queue:
            ds, a, zone, before = heapq.heappop(queue)
            trail = (before + self.steps(a))[-2:]
            if (a, zone, tuple(trail)) in best:
                continue
            best[a, zone, tuple(trail)] = ds
            for b, to, turn in self.on(a, zone, trail):
                heapq.heappush(queue, (ds + self.ds(a) + turn, b, to, trail))
        first: dict[tuple[int, bool], int] = {}
        for (a, _, _), ds in best.items():
            first[a] = min(ds, first.get(a, ds))
        return first
