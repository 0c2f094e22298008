"""Street extracts (``.osm.pbf``) to flat arrays of ways, nodes and the tags that matter."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import osmium

from travel.errors import ExtractError

Tags = Mapping[str, str]
"""The tags of one way or node that bear on travelling, by key."""

Progress = Callable[[int], None]
"""Called now and then with the number of ways read so far."""

WAY_KEYS = (
    "highway",
    "route",
    "access",
    "foot",
    "oneway:foot",
    "motorroad",
    "area",
)
"""Keys of a way that the rules look at; ways alike in all of them share one tag set."""

NODE_KEYS = ("barrier", "access", "foot", "locked")
"""Keys of a barrier that the rules look at."""

WKB_HEADER = 18
"""Hexadecimal digits before the coordinates of a WKB line."""

REPORT_EVERY = 10_000


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
        ways_cut: ways of which some nodes were missing.
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
    ways_cut: int


def read_extract(*paths: Path, progress: Progress | None = None) -> Extract:
    """Read every way that people or vehicles could travel along.

    A way found in several extracts (neighbouring counties share those that cross the border)
    is taken once, from the first.

    Args:
        paths: one or several ``.osm.pbf`` files (plain ``.osm`` works too).
        progress: called with the number of ways so far, every ten thousand and at the end.

    Raises:
        ExtractError: a file is missing, broken or empty, or none holds a street.
    """
    if not paths:
        raise ExtractError("no street extract was named")
    reading = _Reading(progress or (lambda _: None))
    for path in paths:
        _read_file(path, reading)
    if not reading.way_id:
        raise ExtractError(
            f"{_listed(paths)}: found {_contents(paths)}, none of them tagged `highway`",
            hint="use an extract that holds streets, such as a county's from download.geofabrik.de",
        )
    reading.progress(len(reading.way_id))
    return _extract(paths, reading)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    progress: Progress
    dates: list[datetime | None] = field(default_factory=list)
    way_id: array[int] = field(default_factory=lambda: array("q"))
    way_size: array[int] = field(default_factory=lambda: array("q"))
    way_tags: array[int] = field(default_factory=lambda: array("i"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    points: list[str] = field(default_factory=list)
    tag_sets: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    barriers: dict[int, int] = field(default_factory=dict)
    barrier_tag_sets: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    earlier_files: set[int] = field(default_factory=set)
    ways_cut: int = 0


def _read_file(path: Path, reading: _Reading) -> None:
    if not path.is_file():
        raise ExtractError(
            f"there is no street extract at {path}", hint="download it, or correct the path."
        )
    if not path.stat().st_size:
        raise ExtractError(f"{path} is empty", hint="fetch it again.")
    try:
        _read_objects(path, reading)
    except (RuntimeError, OSError, ValueError) as error:
        raise ExtractError(
            f"{path} ({path.stat().st_size:,} bytes) cannot be read as a street extract: {error}",
            hint="it may have been cut off while downloading, or be another kind of file; fetch "
            "the .osm.pbf again.",
        ) from error


def _read_objects(path: Path, reading: _Reading) -> None:
    processor = osmium.FileProcessor(
        osmium.io.File(str(path), _format(path)), osmium.osm.NODE | osmium.osm.WAY
    ).with_locations()
    processor.with_filter(osmium.filter.KeyFilter("highway", "barrier", "route"))
    reading.dates.append(_date(processor.header))
    lines = osmium.geom.WKBFactory()
    found: list[int] = []
    for thing in processor:
        if isinstance(thing, osmium.osm.Node):
            _add_barrier(thing, reading)
            continue
        tags = thing.tags
        if "highway" not in tags and tags.get("route") != "ferry":
            continue
        if thing.id not in reading.earlier_files:
            found.append(thing.id)
            _add_way(thing, lines, reading)
    reading.earlier_files.update(found)


def _format(path: Path) -> str:
    """Name the format by the file's ending; files kept by content hash have none and are PBF."""
    return "" if ".osm" in path.name else "pbf"


def _date(header: Any) -> datetime | None:  # noqa: ANN401 - osmium's own class
    text = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _add_barrier(node: Any, reading: _Reading) -> None:  # noqa: ANN401 - osmium's own class
    if "barrier" in node.tags:
        key = _chosen(node.tags, NODE_KEYS)
        sets = reading.barrier_tag_sets
        reading.barriers.setdefault(node.id, sets.setdefault(key, len(sets)))


def _add_way(way: Any, lines: Any, reading: _Reading) -> None:  # noqa: ANN401 - osmium's own
    refs = [node.ref for node in way.nodes]
    try:
        text = lines.create_linestring(way, osmium.geom.use_nodes.ALL)
    except (RuntimeError, osmium.InvalidLocationError):
        reading.ways_cut += len(refs) > 1
        pieces = _pieces(way)
    else:
        pieces = [(refs, text[WKB_HEADER:])]
    for piece, points in pieces:
        _add_piece(way, piece, points, reading)


def _add_piece(way: Any, refs: list[int], points: str, reading: _Reading) -> None:  # noqa: ANN401
    key = _chosen(way.tags, WAY_KEYS)
    reading.way_id.append(way.id)
    reading.way_size.append(len(refs))
    reading.way_tags.append(reading.tag_sets.setdefault(key, len(reading.tag_sets)))
    reading.refs.extend(refs)
    reading.points.append(points)
    if len(reading.way_id) % REPORT_EVERY == 0:
        reading.progress(len(reading.way_id))


def _pieces(way: Any) -> list[tuple[list[int], str]]:  # noqa: ANN401 - osmium's own class
    """Split a way at the nodes that the file does not hold."""
    runs: list[list[tuple[int, float, float]]] = [[]]
    for node in way.nodes:
        if not node.location.valid():
            runs.append([])
            continue
        runs[-1].append((node.ref, node.location.lon, node.location.lat))
    return [
        ([ref for ref, _, _ in run], np.array([point[1:] for point in run]).tobytes().hex())
        for run in runs
        if len(run) > 1
    ]


def _chosen(tags: Any, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    return tuple((key, value) for key in keys if (value := tags.get(key)) is not None)


def _extract(paths: Iterable[Path], reading: _Reading) -> Extract:
    refs = np.frombuffer(reading.refs, np.int64)
    points = np.frombuffer(bytes.fromhex("".join(reading.points)), "<f8").reshape(-1, 2)
    order = np.argsort(refs, kind="stable")
    is_first = np.concatenate(([True], np.diff(refs[order]) != 0))
    way_node = np.empty(refs.size, np.int32)
    way_node[order] = np.cumsum(is_first) - 1
    firsts = order[is_first]
    node_id = refs[firsts]
    barriers = np.array(sorted(reading.barriers), np.int64)
    at = np.minimum(np.searchsorted(node_id, barriers), node_id.size - 1)
    is_on_way = node_id[at] == barriers
    dates = [date for date in reading.dates if date is not None]
    return Extract(
        names=tuple(path.name for path in paths),
        date=min(dates) if len(dates) == len(reading.dates) else None,
        way_id=np.array(reading.way_id, np.int64),
        way_start=np.concatenate(([0], np.cumsum(np.array(reading.way_size, np.int64)))),
        way_node=way_node,
        way_tags=np.array(reading.way_tags, np.int32),
        tag_sets=tuple(map(dict, reading.tag_sets)),
        node_id=node_id,
        lon=points[firsts, 0].copy(),
        lat=points[firsts, 1].copy(),
        barrier_node=at[is_on_way].astype(np.int32),
        barrier_tags=np.array(
            [reading.barriers[node] for node in barriers[is_on_way].tolist()], np.int32
        ),
        barrier_tag_sets=tuple(map(dict, reading.barrier_tag_sets)),
        ways_cut=reading.ways_cut,
    )


def _contents(paths: Iterable[Path]) -> str:
    counts = Counter(
        thing.type_str()
        for path in paths
        for thing in osmium.FileProcessor(osmium.io.File(str(path), _format(path)))
    )
    return f"{counts['n']:,} nodes, {counts['w']:,} ways and {counts['r']:,} relations"


def _listed(paths: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in paths)
