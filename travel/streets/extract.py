"""Street extracts (``.osm.pbf``) to flat arrays of ways, nodes and the tags that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import osmium

from travel.errors import ExtractError
from travel.streets.areas import Rings, with_areas
from travel.streets.osm import DEGREE, format_of, read_file
from travel.streets.reading import FileWays, Progress, Reading, Restriction, Tags
from travel.streets.writing import as_extracts

__all__ = ["Extract", "Progress", "Restriction", "Tags", "read_extract"]


@dataclass(frozen=True, slots=True)
class Extract:
    """The streets of one or several extracts, nothing judged yet.

    A way that the extract cuts (some of its nodes are not in the file) is kept in the pieces
    that are there; each piece is a way here.

    Attributes:
        names: file names read.
        date: when the data were current, if the file's header says; the oldest of several.
        way_id: ``int64``, one per way.
        way_start: ``int64``, ways + 1; the nodes of way *i* are
            ``way_node[way_start[i] : way_start[i + 1]]``.
        way_node: ``int32`` positions in ``node_id``.
        way_tags: ``int32`` positions in ``tag_sets``.
        tag_sets: distinct tags of ways, restricted to ``WAY_KEYS``.
        node_id: ``int64``, ascending.
        lon: degrees, one per node.
        lat: degrees, one per node.
        barrier_node: ``int32`` positions in ``node_id`` of nodes tagged as a barrier.
        barrier_tags: ``int32`` positions in ``barrier_tag_sets``.
        barrier_tag_sets: distinct tags of barriers, restricted to ``NODE_KEYS``.
        control_node: ``int32`` positions in ``node_id`` of signals and other ``CONTROLS``.
        control_tags: ``int32`` positions in ``control_tag_sets``.
        control_tag_sets: distinct tags of controls, restricted to ``CONTROL_KEYS``.
        restrictions: of turns, each relation once.
        ways_cut: ways of which some nodes were missing.
        holes: by position of a way that is the outer ring of a square drawn as a relation,
            positions in ``node_id`` of the rings cut out of it. Such ways come last; they have
            the relation's tags and the number of its first outer way.
        squares_open: relations drawn as squares whose rings do not close; left out.
    """

    names: tuple[str, ...]
    date: datetime | None
    way_id: npt.NDArray[np.int64]
    way_start: npt.NDArray[np.int64]
    way_node: npt.NDArray[np.int32]
    way_tags: npt.NDArray[np.int32]
    tag_sets: tuple[Tags, ...]
    node_id: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    barrier_node: npt.NDArray[np.int32]
    barrier_tags: npt.NDArray[np.int32]
    barrier_tag_sets: tuple[Tags, ...]
    control_node: npt.NDArray[np.int32]
    control_tags: npt.NDArray[np.int32]
    control_tag_sets: tuple[Tags, ...]
    restrictions: tuple[Restriction, ...]
    ways_cut: int
    holes: Mapping[int, Rings] = field(default_factory=dict)
    squares_open: tuple[int, ...] = ()


def read_extract(*paths: Path, progress: Progress | None = None) -> Extract:
    """Read every way that people or vehicles could travel along.

    A way found in several extracts (neighbouring counties share those that cross the border)
    is taken once, from the first.

    Args:
        paths: one or several ``.osm.pbf`` files (plain ``.osm`` works too, and the Overpass API's
            ``.json``).
        progress: called with the number of ways so far, every ten thousand and at the end.

    Raises:
        ExtractError: a file is missing, broken or empty, or none holds a street.
    """
    if not paths:
        raise ExtractError("no street extract was named")
    reading = Reading(progress or (lambda _: None))
    with as_extracts(paths) as readable:
        for path in readable:
            read_file(path, reading)
        if not reading.n_ways:
            raise ExtractError(
                f"{_listed(paths)}: found {_contents(readable)}, none of them tagged `highway`",
                hint="use an extract that holds streets, such as a county's from "
                "download.geofabrik.de",
            )
    reading.progress(reading.n_ways)
    return _extract(paths, reading)


def _extract(paths: Iterable[Path], reading: Reading) -> Extract:
    made = with_areas(_together(reading.files), reading)
    ways = made.ways
    node_id = ways.node_id
    barrier_node, barrier_tags = _on_ways(node_id, reading.barriers)
    control_node, control_tags = _on_ways(node_id, reading.controls)
    dates = [date for date in reading.dates if date is not None]
    return Extract(
        names=tuple(path.name for path in paths),
        date=min(dates) if len(dates) == len(reading.dates) else None,
        way_id=ways.way_id,
        way_start=np.concatenate(([0], np.cumsum(ways.way_size))),
        way_node=ways.way_node,
        way_tags=ways.way_tags,
        tag_sets=tuple(map(dict, reading.tag_sets)),
        node_id=node_id,
        lon=ways.lon / DEGREE,
        lat=ways.lat / DEGREE,
        barrier_node=barrier_node,
        barrier_tags=barrier_tags,
        barrier_tag_sets=tuple(map(dict, reading.barrier_tag_sets)),
        control_node=control_node,
        control_tags=control_tags,
        control_tag_sets=tuple(map(dict, reading.control_tag_sets)),
        restrictions=tuple(reading.restrictions.values()),
        ways_cut=reading.ways_cut,
        holes=made.holes,
        squares_open=made.open,
    )


def _together(files: Sequence[FileWays]) -> FileWays:
    """Join the ways of several files; a node is where the first file that holds it has it."""
    if len(files) == 1:
        return files[0]
    joined = {
        each.name: np.concatenate([getattr(file, each.name) for file in files])
        for each in fields(FileWays)
    }
    node_id, first, position = np.unique(joined["node_id"], return_index=True, return_inverse=True)
    before = np.cumsum([0, *(file.node_id.size for file in files[:-1])])
    shift = np.repeat(before, [file.way_node.size for file in files])
    joined["way_node"] = position[joined["way_node"] + shift].astype(np.int32)
    joined["node_id"] = node_id
    return FileWays(**joined | {name: joined[name][first] for name in ("lon", "lat")})


def _on_ways(
    node_id: npt.NDArray[np.int64], found: Mapping[int, int]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Find tagged nodes among those of ways: their positions, and their tag sets."""
    nodes = np.array(sorted(found), np.int64)
    at = np.minimum(np.searchsorted(node_id, nodes), node_id.size - 1)
    is_on_way = node_id[at] == nodes
    tags = [found[node] for node in nodes[is_on_way].tolist()]
    return at[is_on_way].astype(np.int32), np.array(tags, np.int32)


def _contents(paths: Iterable[Path]) -> str:
    counts = Counter(
        thing.type_str()
        for path in paths
        for thing in osmium.FileProcessor(osmium.io.File(str(path), format_of(path)))
    )
    return f"{counts['n']:,} nodes, {counts['w']:,} ways and {counts['r']:,} relations"


def _listed(paths: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in paths)
