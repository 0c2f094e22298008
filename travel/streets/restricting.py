"""Turn restrictions of an extract to forbidden pairs of states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.rules.conditions import holds
from travel.streets.reading import Restriction
from travel.streets.report import Named
from travel.streets.states import Junctions, States
from travel.streets.via_ways import Run, forbidden_runs, runs_along

Longs = npt.NDArray[np.int64]

EXEMPT = frozenset({"motorcar", "motor_vehicle"})
"""A restriction with one of these exempt does not bind cars."""


@dataclass(frozen=True, slots=True)
class Bans:
    """Turns that are forbidden.

    Attributes:
        pairs: ascending; the state left, times the number of states that are no copies, plus the
            state turned to.
        is_bound: whether each state that is no copy has such a turn.
        runs: three or more states, none of them a copy, that are not travelled one after the
            other.
        odd: ``(rule, subject, says)`` of restrictions that were not applied.
    """

    pairs: Longs
    is_bound: npt.NDArray[np.bool_]
    runs: frozenset[Run]
    odd: Named


def bans_of(
    restrictions: Sequence[Restriction], junctions: Junctions, states: States, hour: float
) -> Bans:
    """Find the turns that restrictions forbid.

    ``no_*`` forbids the turn from one way to another; ``only_*`` forbids all the others.

    Args:
        restrictions: of the extract.
        junctions: what the nodes and edges of the network are called there.
        states: of the network.
        hour: of a school day, at which restrictions of certain times are judged.
    """
    n_base = int(states.original.max()) + 1
    found: set[Run] = set()
    odd: list[tuple[str, str, str]] = []
    finder = _Finder(junctions, states, n_base)
    for restriction in restrictions:
        if EXEMPT.intersection(restriction.exempt):
            continue
        is_held = not restriction.condition or holds(restriction.condition, hour)
        trouble = _trouble(restriction, is_held=is_held)
        if not trouble and is_held:
            runs = _runs(restriction, finder)
            found.update(runs)
            if not runs and runs_along(restriction):
                trouble = "its ways do not follow each other on roads open to cars"
        if trouble:
            subject = f"relation {restriction.relation_id}: {restriction.says}"
            odd.append(("turn restriction", subject, f"{trouble}; it is not applied"))
    pairs = np.array(sorted(run[0] * n_base + run[1] for run in found if len(run) == 2), np.int64)  # noqa: PLR2004
    is_bound = np.zeros(n_base, np.bool_)
    is_bound[pairs // n_base] = True
    longer = frozenset(run for run in found if len(run) > 2)  # noqa: PLR2004 - a pair is a turn
    return Bans(pairs, is_bound, longer, tuple(odd))


def _runs(restriction: Restriction, finder: _Finder) -> list[Run]:
    if runs_along(restriction):
        return forbidden_runs(restriction, finder)
    return list(finder.pairs(restriction))


def _trouble(restriction: Restriction, *, is_held: bool | None) -> str:
    roles = [(kind, role) for kind, _, role in restriction.members]
    if is_held is None:
        return f"when it holds cannot be judged ({restriction.condition})"
    if not restriction.says.startswith(("no_", "only_")):
        return "it says neither what is forbidden nor what is allowed"
    nodes = roles.count(("n", "via"))
    if nodes != (0 if runs_along(restriction) else 1) or not {("w", "from"), ("w", "to")} <= {
        *roles
    }:
        return "it lacks the road it leaves, the junction, or the road it leads to"
    return ""


class _Finder:
    """Finds states by the extract's names of nodes and ways."""

    def __init__(self, junctions: Junctions, states: States, n_base: int) -> None:
        is_forward = states.is_forward[:n_base]
        edge = states.edge[:n_base]
        first, last = junctions.way_at_tail[edge], junctions.way_at_head[edge]
        self._edge = edge
        self._head = states.head[:n_base]
        self._leaves = np.where(is_forward, first, last)
        self._arrives = np.where(is_forward, last, first)
        self._into = _By(self._head)
        self._out = _By(states.tail[:n_base])
        self._nodes = _By(junctions.node_id)
        self._is_forward = is_forward
        self._along = junctions.ways_along
        self._states = _By(edge)

    def naming(self, ways: AbstractSet[int]) -> list[int]:
        """List the states along an edge that holds one of some ways."""
        edges = [each for each, along in sorted(self._along.items()) if ways & {*along}]
        return [state for each in edges for state in self._states.at(each)]

    def ways(self, state: int) -> tuple[int, ...]:
        """List the ways that a state runs along; 0 for any but those of restrictions."""
        along = self._along.get(int(self._edge[state]), (0,))
        return along if self._is_forward[state] else along[::-1]

    def following(self, state: int) -> list[int]:
        """List the states that leave where one arrives."""
        return self._out.at(int(self._head[state]))

    def is_back(self, state: int, other: int) -> bool:
        """Say whether one state is the other turned round."""
        return state != other and bool(self._edge[state] == self._edge[other])

    def pairs(self, restriction: Restriction) -> Iterator[tuple[int, int]]:
        """List the pairs of states that a restriction forbids."""
        members = restriction.members
        from_ways = {ref for kind, ref, role in members if (kind, role) == ("w", "from")}
        to_ways = {ref for kind, ref, role in members if (kind, role) == ("w", "to")}
        is_only = restriction.says.startswith("only_")
        via = next(ref for kind, ref, role in members if (kind, role) == ("n", "via"))
        for node in self._nodes.at(via):
            out = self._out.at(node)
            if is_only and not any(self._leaves[b] in to_ways for b in out):
                continue  # the only way on is closed to cars, or not in the extract
            for a in self._into.at(node):
                if self._arrives[a] not in from_ways:
                    continue
                yield from ((a, b) for b in out if self._is_banned(a, b, to_ways, is_only=is_only))

    def _is_banned(self, a: int, b: int, to_ways: Iterable[int], *, is_only: bool) -> bool:
        """Say whether a turn is forbidden.

        Where a way runs through the junction, a turn back into it is one back along the same edge.
        """
        is_to = self._leaves[b] in to_ways
        if is_only:
            return not is_to
        is_same_way = self._leaves[b] == self._arrives[a]
        return is_to and (not is_same_way or self._edge[a] == self._edge[b])


class _By:
    """Positions of numbers in an array."""

    def __init__(self, numbers: npt.NDArray[np.integer]) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = numbers[self._order]

    def at(self, number: int) -> list[int]:
        """List where a number stands, ascending."""
        first, last = np.searchsorted(self._sorted, [number, number + 1])
        return [int(each) for each in self._order[first:last]]
