"""Edges strung together into streets, each with a name or a road number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ingest.sample.land.classes import PATHS
from ingest.sample.land.noise import Floats
from ingest.sample.land.patterns import Quarter
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.web import Ints, Web
from ingest.sample.names import Names

STRAIGHT_ON: Final = np.cos(np.radians(38))
NUMBERED: Final = {"trunk": "A", "primary": "A", "secondary": "B"}
NUMBERS: Final = {"trunk": (20, 99), "primary": (200, 990), "secondary": (1_000, 9_900)}
NAMELESS: Final = frozenset({*PATHS, "service", "track"})
CLOSE_M: Final = 190.0
LONGEST_M: Final = 850.0


@dataclass(frozen=True, slots=True)
class Street:
    """A street: edges end to end.

    Attributes:
        edges: from one end to the other.
        nodes: junctions along them, one more than edges.
        kind: class as ``highway`` says it.
        name: empty where it has none.
        ref: road number; empty where it has none.
        settlement: number of the settlement it lies in, -1 in open country.
    """

    edges: tuple[int, ...]
    nodes: tuple[int, ...]
    kind: str
    name: str
    ref: str
    settlement: int


def string_together(web: Web) -> list[tuple[list[int], list[int]]]:
    """Join edges of one class that run straight on; return edges and junctions of each chain."""
    following = _followers(web)
    seen = np.zeros(len(web.a), dtype=bool)
    length = web.length_m()
    chains = []
    for edge in range(len(web.a)):
        if seen[edge]:
            continue
        start, reach = _first_of(edge, web, following)
        edges, nodes = [start], [reach, _other(web, start, reach)]
        seen[start] = True
        metres = length[start]
        while (onward := following.get((edges[-1], nodes[-1]))) is not None and not seen[onward]:
            metres += length[onward]
            if metres > LONGEST_M and web.kind[onward] == "residential":
                break
            seen[onward] = True
            edges.append(onward)
            nodes.append(_other(web, onward, nodes[-1]))
        chains.append((edges, nodes))
    return chains


def _other(web: Web, edge: int, node: int) -> int:
    a, b = int(web.a[edge]), int(web.b[edge])
    return b if node == a else a


def _first_of(edge: int, web: Web, following: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Walk back to the first edge of a chain; return it and the junction that it starts at."""
    node, first = int(web.a[edge]), edge
    while (earlier := following.get((edge, node))) is not None and earlier != first:
        edge, node = earlier, _other(web, earlier, node)
    return edge, node


def _followers(web: Web) -> dict[tuple[int, int], int]:
    """Return, for an edge and the junction at its end, the edge that goes on beyond."""
    at: dict[int, list[tuple[int, tuple[float, float]]]] = {}
    for edge, (a, b) in enumerate(zip(web.a.tolist(), web.b.tolist(), strict=True)):
        points = web.points(edge) if edge in web.shape else None
        at.setdefault(a, []).append((edge, _heading(web, a, b, points)))
        at.setdefault(b, []).append(
            (edge, _heading(web, b, a, None if points is None else points[::-1]))
        )
    following = {}
    for node, ends in at.items():
        for one, other in _straightest(web, ends):
            following[one, node] = other
            following[other, node] = one
    return following


def _heading(web: Web, start: int, end: int, points: Floats | None) -> tuple[float, float]:
    if points is not None:
        dx, dy = (points[1] - points[0]).tolist()
    else:
        dx, dy = float(web.x[end] - web.x[start]), float(web.y[end] - web.y[start])
    size = (dx * dx + dy * dy) ** 0.5 or 1.0
    return dx / size, dy / size


def _straightest(web: Web, ends: list[tuple[int, tuple[float, float]]]) -> list[tuple[int, int]]:
    pairs = []
    for i, (one, u) in enumerate(ends):
        for other, v in ends[i + 1 :]:
            if web.kind[one] == web.kind[other]:
                straight = -(u[0] * v[0] + u[1] * v[1])
                if straight > STRAIGHT_ON or len(ends) == 2:
                    pairs.append((straight, one, other))
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for _, one, other in sorted(pairs, reverse=True):
        if not {one, other} & taken:
            taken |= {one, other}
            found.append((one, other))
    return found


def name_streets(
    web: Web,
    all_quarters: Sequence[Quarter],
    settlements: Sequence[Settlement],
    settlement_names: Sequence[str],
    names: Names,
    rng: np.random.Generator,
) -> list[Street]:
    """Name every street that would have a name, and number the main roads."""
    naming = _Naming(web, all_quarters, settlements, settlement_names, names, web.degree(), rng)
    return [naming.street(edges, nodes) for edges, nodes in string_together(web)]


@dataclass(slots=True)
class _Naming:
    web: Web
    quarters: Sequence[Quarter]
    settlements: Sequence[Settlement]
    settlement_names: Sequence[str]
    names: Names
    degree: Ints
    rng: np.random.Generator
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)

    def street(self, edges: list[int], nodes: list[int]) -> Street:
        kind = str(self.web.kind[edges[0]])
        quarter = self._quarter(nodes)
        settlement = self.quarters[quarter].settlement if quarter >= 0 else -1
        to = self._leads_to(nodes, settlement) if kind in NUMBERED else ""
        name = self._name(kind, edges, nodes, to)
        ref = self._number(kind, to) if kind in NUMBERED else ""
        return Street(tuple(edges), tuple(nodes), kind, name, ref, settlement)

    def _quarter(self, nodes: list[int]) -> int:
        return int(self.web.quarter[nodes[len(nodes) // 2]])

    def _number(self, kind: str, to: str) -> str:
        """Return the number of the roads of one class that lead to a settlement."""
        lowest, highest = NUMBERS[kind]
        number = int(self.rng.integers(lowest, highest))
        return self.numbers.setdefault((kind, to), f"{NUMBERED[kind]}{number}")

    def _name(self, kind: str, edges: list[int], nodes: list[int], to: str) -> str:
        if kind in NAMELESS:
            return ""
        quarter = self._quarter(nodes)
        if quarter < 0:
            wanted = kind == "unclassified" and self.rng.uniform() < 0.75
            return self.names.street("lane") if wanted else ""
        place = self.settlement_names[self.quarters[quarter].settlement]
        return self.names.street(self._sort(kind, edges, nodes, quarter), to=to, place=place)

    def _sort(self, kind: str, edges: list[int], nodes: list[int], quarter: int) -> str:
        """Return which sort of name a street has."""
        if kind in {"trunk", "primary", "secondary"}:
            return "main"
        pattern = self.quarters[quarter].pattern
        if pattern == "industrial":
            return "industrial"
        if kind == "tertiary":
            return "high" if pattern in {"centre", "town", "village"} else "main"
        if kind == "unclassified":
            return "lane"
        if kind == "pedestrian":
            return "square"
        length = sum(np.hypot(*(np.diff(self.web.points(e), axis=0).T)).sum() for e in edges)
        return "close" if length < CLOSE_M and self._is_dead_end(nodes) else "residential"

    def _is_dead_end(self, nodes: list[int]) -> bool:
        return bool((self.degree[[nodes[0], nodes[-1]]] == 1).any())

    def _leads_to(self, nodes: list[int], settlement: int) -> str:
        """Name the settlement that a main road points to; in open country, seen from the city."""
        is_apart = settlement >= 0 and self.settlements[settlement].kind != "suburb"
        own = self.settlements[settlement if is_apart else 0]
        end = max(nodes, key=lambda n: np.hypot(self.web.x[n] - own.x, self.web.y[n] - own.y))
        out = np.array([self.web.x[end] - own.x, self.web.y[end] - own.y])
        best, most = "", -np.inf
        for other, name in zip(self.settlements, self.settlement_names, strict=True):
            away = np.array([other.x - own.x, other.y - own.y])
            far = float(np.hypot(*away))
            if other is own or other.kind in {"suburb", "hamlet"} or far < own.radius_m:
                continue
            cos = float(out @ away) / (far * float(np.hypot(*out)) + 1e-9)
            score = cos - far / 25_000 + (0.15 if other.kind == "town" else 0)
            if score > most:
                best, most = name, score
        return best
