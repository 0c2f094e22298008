"""Squares that are drawn as relations: rings of ways around holes, often without tags of their own.

Their outer rings become ways with the relation's tags, so that everything after the reading takes
them as it takes squares drawn as one closed way (`travel.streets.squares`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.streets.reading import LOOSE, Area, FileWays, Reading

Rings = tuple[tuple[int, ...], ...]
"""Positions of nodes, ring by ring; the first of each is its last as well."""


@dataclass(frozen=True, slots=True)
class WithAreas:
    """Ways, the rings of squares added to them.

    Attributes:
        ways: none of them loose.
        holes: by position of a ring among the ways, what is cut out of the square.
        open: relations whose rings do not close; no square is made of them.
    """

    ways: FileWays
    holes: dict[int, Rings]
    open: tuple[int, ...]


def with_areas(ways: FileWays, reading: Reading) -> WithAreas:
    """Add the rings of squares to the ways of all files, and drop loose ways.

    Args:
        ways: loose ones among them.
        reading: what was read; tags of squares are added to its sets.
    """
    if not reading.areas:
        return WithAreas(ways, {}, ())
    lines = _lines(ways, reading.members_of_areas)
    first = int((ways.way_tags != LOOSE).sum())
    rings: list[tuple[int, int, list[int]]] = []
    holes: dict[int, Rings] = {}
    unclosed = []
    for relation, area in reading.areas.items():
        outer, inner = (_of_role(area, lines, is_inner=is_inner) for is_inner in (False, True))
        if not outer:
            continue  # it lies elsewhere
        closed, cut_out = joined([line for _, line in outer]), joined([line for _, line in inner])
        if closed is None or cut_out is None:
            unclosed.append(relation)
            continue
        tags = reading.tag_set(area.tags)
        for ring in closed:
            if cut_out:
                holes[first + len(rings)] = tuple(map(tuple, cut_out))
            rings.append((outer[0][0], tags, ring))
    return _together(ways, rings, holes, tuple(unclosed))


def joined(lines: Iterable[Sequence[int]]) -> list[list[int]] | None:
    """Join lines end to end into closed rings; ``None`` where some cannot be closed."""
    waiting = [list(line) for line in lines]
    rings = []
    while waiting:
        ring = waiting.pop(0)
        while ring[0] != ring[-1]:
            at = next((i for i, line in enumerate(waiting) if _goes_on(ring, line)), None)
            if at is None:
                return None
            line = waiting.pop(at)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        rings.append(ring)
    return rings


def _goes_on(ring: Sequence[int], line: Sequence[int]) -> bool:
    return line[0] != line[-1] and ring[-1] in {line[0], line[-1]}


def _of_role(
    area: Area, lines: dict[int, list[list[int]]], *, is_inner: bool
) -> list[tuple[int, list[int]]]:
    """List the lines of a square's outer or inner ways, each with the number of its way."""
    return [
        (member, line)
        for member, role in area.members
        if (role == "inner") == is_inner
        for line in lines.get(member, [])
    ]


def _lines(ways: FileWays, members: npt.NDArray[np.int64]) -> dict[int, list[list[int]]]:
    """Return the nodes of some ways by number; of a way that is cut, of each piece."""
    start = np.concatenate(([0], np.cumsum(ways.way_size)))
    found: dict[int, list[list[int]]] = {}
    for way in np.flatnonzero(np.isin(ways.way_id, members)).tolist():
        line = ways.way_node[start[way] : start[way + 1]].tolist()
        found.setdefault(int(ways.way_id[way]), []).append(line)
    return found


def _together(
    ways: FileWays,
    rings: Sequence[tuple[int, int, list[int]]],
    holes: dict[int, Rings],
    unclosed: tuple[int, ...],
) -> WithAreas:
    """Put rings after the ways, drop loose ways, and the nodes that nothing is made of then."""
    is_kept = ways.way_tags != LOOSE
    nodes = [node for _, _, ring in rings for node in ring]
    cut_out = [node for each in holes.values() for hole in each for node in hole]
    way_node = np.concatenate(
        (ways.way_node[np.repeat(is_kept, ways.way_size)], np.array(nodes, np.int32))
    )
    used, position = np.unique(
        np.concatenate((way_node, np.array(cut_out, np.int32))), return_inverse=True
    )
    at = dict(zip(cut_out, position[way_node.size :].tolist(), strict=True))
    made = FileWays(
        way_id=np.concatenate((ways.way_id[is_kept], np.array([r[0] for r in rings], np.int64))),
        way_size=np.concatenate(
            (ways.way_size[is_kept], np.array([len(r[2]) for r in rings], np.int64))
        ),
        way_tags=np.concatenate(
            (ways.way_tags[is_kept], np.array([r[1] for r in rings], np.int32))
        ),
        way_node=position[: way_node.size].astype(np.int32),
        node_id=ways.node_id[used],
        lon=ways.lon[used],
        lat=ways.lat[used],
    )
    renumbered = {
        way: tuple(tuple(at[node] for node in hole) for hole in each) for way, each in holes.items()
    }
    return WithAreas(made, renumbered, unclosed)
