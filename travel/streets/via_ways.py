"""Restrictions that run along ways between two junctions: the runs of states that they forbid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby, takewhile
from typing import Protocol

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.streets.extract import Extract
from travel.streets.reading import Restriction

Run = tuple[int, ...]
"""States travelled one after the other."""

LONGEST = 24
"""States that a run may have; a restriction is about one manoeuvre."""


class Names(Protocol):
    """States by the extract's names of the ways they run along."""

    def naming(self, ways: AbstractSet[int]) -> list[int]:
        """List the states along an edge that holds one of some ways."""
        ...

    def ways(self, state: int) -> tuple[int, ...]:
        """List the ways that a state runs along; 0 for any but those of restrictions."""
        ...

    def following(self, state: int) -> list[int]:
        """List the states that leave where one arrives."""
        ...

    def is_back(self, state: int, other: int) -> bool:
        """Say whether one state is the other turned round."""
        ...


def runs_along(restriction: Restriction) -> bool:
    """Say whether ways lie between the road that a restriction leaves and the one it leads to."""
    return any((kind, role) == ("w", "via") for kind, _, role in restriction.members)


def ways_along(
    extract: Extract, network: Network, shape_node: npt.NDArray[np.int32]
) -> Mapping[int, tuple[int, ...]]:
    """Find the edges that hold ways of restrictions with ways between.

    Args:
        extract: with restrictions.
        network: made of it.
        shape_node: the extract's node of each shape point of the network.

    Returns:
        By edge, the ways from its tail to its head; 0 for any that no such restriction names.
    """
    named = {ref for each in extract.restrictions if runs_along(each) for _, ref, _ in each.members}
    pairs: dict[tuple[int, int], int] = {}
    is_near = np.zeros(extract.node_id.size, np.bool_)
    for way in np.flatnonzero(np.isin(extract.way_id, sorted(named))).tolist():
        nodes = extract.way_node[extract.way_start[way] : extract.way_start[way + 1]]
        is_near[nodes] = True
        pairs |= dict.fromkeys(_pairs(nodes), int(extract.way_id[way]))
    is_step = is_near[shape_node[:-1]] & is_near[shape_node[1:]]
    is_step[network.shape_start[1:-1] - 1] = False
    edges = np.unique(network.shape_edge[:-1][is_step]).tolist()
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for edge in edges:
        nodes = shape_node[network.shape_start[edge] : network.shape_start[edge + 1]]
        along = tuple(way for way, _ in groupby(pairs.get(pair, 0) for pair in _pairs(nodes)))
        if any(along):
            found[edge] = along
    return found


def _pairs(nodes: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    ends = np.sort(np.stack((nodes[:-1], nodes[1:])), axis=0).T
    return [(first, last) for first, last in ends.tolist()]


def forbidden_runs(restriction: Restriction, names: Names) -> list[Run]:
    """List the runs of states that a restriction with ways between forbids.

    ``no_*`` forbids to leave by ``from``, follow the ways between and go on to ``to``. ``only_*``
    forbids, after ``from``, everything but that. A stretch between junctions may hold several of
    the ways, where the streets that join there are closed to the mode.

    Returns:
        Runs of two or more states; none where the ways do not follow each other.
    """
    found = set(_manoeuvres(restriction, names))
    if not restriction.says.startswith("only_"):
        return sorted(found)
    wanted = {run[:size] for run in found for size in range(1, len(run) + 1)}
    return sorted(
        (*run[:size], other)
        for run in found
        for size in range(1, len(run))
        for other in names.following(run[size - 1])
        if (*run[:size], other) not in wanted
    )


def _manoeuvres(restriction: Restriction, names: Names) -> Iterator[Run]:
    starts, between, ends = (
        {ref for kind, ref, which in restriction.members if (kind, which) == ("w", role)}
        for role in ("from", "via", "to")
    )
    for state in names.naming(starts):
        behind = names.ways(state)[::-1]
        passed = len(list(takewhile(between.__contains__, behind)))
        if passed < len(behind) and behind[passed] in starts:
            yield from _along((state,), between, ends, names, is_between=passed > 0)


def _along(
    run: Run, between: set[int], ends: set[int], names: Names, *, is_between: bool
) -> Iterator[Run]:
    """Follow the ways between up to the way the restriction leads to."""
    for state in names.following(run[-1]):
        if names.is_back(run[-1], state):
            continue
        ahead = names.ways(state)
        passed = len(list(takewhile(between.__contains__, ahead)))
        if passed == len(ahead) and state not in run and len(run) < LONGEST:
            yield from _along((*run, state), between, ends, names, is_between=True)
        elif passed < len(ahead) and (is_between or passed) and ahead[passed] in ends:
            yield (*run, state)
