"""What has been read of street extracts so far, whichever reader reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from travel.streets.keys import RESTRICTION_KEYS, WALKED_ACROSS, WAY_KEYS

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

Tags = Mapping[str, str]
"""The tags of one way or node that bear on travelling, by key."""

Pairs = tuple[tuple[str, str], ...]
"""The same, in the order of the keys that are looked at."""

Progress = Callable[[int], None]
"""Called now and then with the number of ways read so far."""

REPORT_EVERY = 10_000

LOOSE = -1
"""In place of a set of tags: a way that is read for the sake of a square that it is part of."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A turn that is forbidden, or the only one allowed.

    Attributes:
        relation_id: in the extract.
        says: such as ``no_right_turn`` or ``only_straight_on``; as tagged, judged nowhere.
        condition: when it applies, if not always.
        exempt: vehicles to which it does not apply.
        members: ``(type, id, role)``, types ``n`` and ``w``.
    """

    relation_id: int
    says: str
    condition: str
    exempt: tuple[str, ...]
    members: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A square that is drawn as a relation.

    Attributes:
        tags: of the square, as if it were one closed way.
        members: ways and their roles: ``inner`` around what is cut out of it.
    """

    tags: Pairs
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True, eq=False, slots=True)
class FileWays:
    """The ways of one file.

    Attributes:
        way_id: ``int64``, one per way.
        way_size: ``int64``, how many nodes each way has.
        way_tags: ``int32``, its set of tags, or ``LOOSE``.
        way_node: ``int32``, positions in ``node_id`` of all ways' nodes, end to end.
        node_id: ``int64``, ascending.
        lon: ``int32``, ten-millionths of a degree.
        lat: likewise.
    """

    way_id: Longs
    way_size: Longs
    way_tags: Ints
    way_node: Ints
    node_id: Longs
    lon: Ints
    lat: Ints


@dataclass(slots=True)
class Reading:
    """What has been read so far, in the order it came."""

    progress: Progress
    dates: list[datetime | None] = field(default_factory=list)
    files: list[FileWays] = field(default_factory=list)
    tag_sets: dict[Pairs, int] = field(default_factory=dict)
    barriers: dict[int, int] = field(default_factory=dict)
    barrier_tag_sets: dict[Pairs, int] = field(default_factory=dict)
    controls: dict[int, int] = field(default_factory=dict)
    control_tag_sets: dict[Pairs, int] = field(default_factory=dict)
    restrictions: dict[int, Restriction] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    ways_cut: int = 0

    @property
    def n_ways(self) -> int:
        """Ways read, pieces of one counted each."""
        return sum(each.way_id.size for each in self.files)

    @property
    def earlier(self) -> Longs:
        """Ways that earlier files held, ascending."""
        return np.unique(
            np.concatenate([np.zeros(0, np.int64), *(each.way_id for each in self.files)])
        )

    @property
    def members_of_areas(self) -> Longs:
        """Ways that squares are made of, ascending."""
        ways = {way for area in self.areas.values() for way, _ in area.members}
        return np.array(sorted(ways), np.int64)

    def tag_set(self, pairs: Pairs) -> int:
        """Number a set of tags of ways."""
        return self.tag_sets.setdefault(pairs, len(self.tag_sets))

    def add_node(self, node: int, barrier: Pairs, control: Pairs) -> None:
        """Keep the tags of a barrier, and those of a signal, crossing or small roundabout."""
        for pairs, found, sets in (
            (barrier, self.barriers, self.barrier_tag_sets),
            (control, self.controls, self.control_tag_sets),
        ):
            if pairs:
                found.setdefault(node, sets.setdefault(pairs, len(sets)))

    def add_ways(self, ways: FileWays, ways_cut: int) -> None:
        """Keep the ways of a file."""
        before = self.n_ways
        self.files.append(ways)
        self.ways_cut += ways_cut
        for done in range(before // REPORT_EVERY + 1, self.n_ways // REPORT_EVERY + 1):
            self.progress(done * REPORT_EVERY)


def add_relation(
    reading: Reading, relation: int, tags: Tags, members: Sequence[tuple[str, int, str]]
) -> None:
    """Keep a restriction of turns, or a square; other relations are passed over."""
    if tags.get("type") == "multipolygon":
        _add_area(reading, relation, tags, members)
        return
    key = next((key for key in RESTRICTION_KEYS if key in tags), None)
    if tags.get("type") != "restriction" or key is None:
        return
    says, _, condition = tags[key].partition("@")  # holds always, if there is no condition
    reading.restrictions.setdefault(
        relation,
        Restriction(
            relation_id=relation,
            says=says.strip(),
            condition=condition.strip(),
            exempt=tuple(each.strip() for each in tags.get("except", "").split(";") if each),
            members=tuple(members),
        ),
    )


def _add_area(
    reading: Reading, relation: int, tags: Tags, members: Sequence[tuple[str, int, str]]
) -> None:
    if tags.get("highway") not in WALKED_ACROSS:
        return
    known = {**tags, "area": "yes"}
    pairs = tuple((key, known[key]) for key in WAY_KEYS if key in known)
    ways = tuple((ref, role) for kind, ref, role in members if kind == "w")
    reading.areas.setdefault(relation, Area(pairs, ways))


def ways_with_nodes(ways: FileWays, is_there: npt.NDArray[np.bool_]) -> tuple[FileWays, int]:
    """Cut ways at the nodes that the file does not hold; pieces of one node are dropped.

    Args:
        ways: with all nodes that they name.
        is_there: whether the file holds each of those.

    Returns:
        The ways and pieces of ways, and how many ways were cut that are not loose.
    """
    size = ways.way_size
    if is_there.all() and (size > 1).all():
        return ways, 0
    way = np.repeat(np.arange(size.size), size)
    is_known = is_there[ways.way_node]
    is_start = np.ones(way.size, np.bool_)
    is_start[1:] = (way[1:] != way[:-1]) | ~is_known[:-1]
    piece = np.cumsum(is_start & is_known) - 1
    per_piece = np.bincount(piece[is_known], minlength=int(piece.max(initial=-1)) + 1)
    is_kept = is_known & (per_piece[piece] > 1)
    cut = np.unique(way[~is_known])
    firsts = np.flatnonzero(is_start & is_kept)
    kept = way[firsts]
    used, way_node = np.unique(ways.way_node[is_kept], return_inverse=True)
    return FileWays(
        way_id=ways.way_id[kept],
        way_size=per_piece[piece[firsts]],
        way_tags=ways.way_tags[kept],
        way_node=way_node.astype(np.int32),
        node_id=ways.node_id[used],
        lon=ways.lon[used],
        lat=ways.lat[used],
    ), int(((size[cut] > 1) & (ways.way_tags[cut] != LOOSE)).sum())
