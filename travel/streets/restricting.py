"""Turn restrictions of an extract to forbidden pairs of states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.streets.osm import Restriction
from travel.streets.report import Named
from travel.streets.states import Junctions, States

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
        odd: ``(rule, subject, says)`` of restrictions that were not applied.
    """

    pairs: Longs
    is_bound: npt.NDArray[np.bool_]
    odd: Named


def bans_of(restrictions: Sequence[Restriction], junctions: Junctions, states: States) -> Bans:
    """Find the turns that restrictions forbid.

    ``no_*`` forbids the turn from one way to another; ``only_*`` forbids all the others.
    """
    n_base = int(states.original.max()) + 1
    found: set[int] = set()
    odd: list[tuple[str, str, str]] = []
    finder = _Finder(junctions, states, n_base)
    for restriction in restrictions:
        if EXEMPT.intersection(restriction.exempt):
            continue
        if trouble := _trouble(restriction):
            subject = f"relation {restriction.relation_id}: {restriction.says}"
            odd.append(("turn restriction", subject, f"{trouble}; it is not applied"))
            continue
        found.update(a * n_base + b for a, b in finder.pairs(restriction))
    pairs = np.array(sorted(found), np.int64)
    is_bound = np.zeros(n_base, np.bool_)
    is_bound[pairs // n_base] = True
    return Bans(pairs, is_bound, tuple(odd))


def _trouble(restriction: Restriction) -> str:
    roles = [(kind, role) for kind, _, role in restriction.members]
    if restriction.condition:
        return f"it holds at certain times only ({restriction.condition})"
    if not restriction.says.startswith(("no_", "only_")):
        return "it says neither what is forbidden nor what is allowed"
    if ("w", "via") in roles:
        return "it runs along a way between two junctions"
    if roles.count(("n", "via")) != 1 or ("w", "from") not in roles or ("w", "to") not in roles:
        return "it lacks the road it leaves, the junction, or the road it leads to"
    return ""


class _Finder:
    """Finds states by the extract's names of nodes and ways."""

    def __init__(self, junctions: Junctions, states: States, n_base: int) -> None:
        is_forward = states.is_forward[:n_base]
        edge = states.edge[:n_base]
        first, last = junctions.way_at_tail[edge], junctions.way_at_head[edge]
        self._edge = edge
        self._leaves = np.where(is_forward, first, last)
        self._arrives = np.where(is_forward, last, first)
        self._into = _By(states.head[:n_base])
        self._out = _By(states.tail[:n_base])
        self._nodes = _By(junctions.node_id)

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
