"""Reading the objects of a street extract, one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from travel.errors import ExtractError

Tags = Mapping[str, str]
"""The tags of one way or node that bear on travelling, by key."""

Progress = Callable[[int], None]
"""Called now and then with the number of ways read so far."""

FIRST_KEYS = ("highway", "barrier", "route")
"""An object without any of these, or of ``RESTRICTION_KEYS``, is passed over."""

RESTRICTION_KEYS = (
    *("restriction:motorcar", "restriction:motor_vehicle", "restriction"),
    *("restriction:motorcar:conditional", "restriction:conditional"),
)
"""Keys that say what a restriction of turns is; the first that is there counts."""

WAY_KEYS = (
    *("highway", "route", "access", "foot", "oneway:foot", "motorroad", "area"),
    *("vehicle", "motor_vehicle", "motorcar", "bicycle", "wheelchair", "ramp:wheelchair"),
    *("oneway", "oneway:bicycle", "junction", "cycleway", "cycleway:left", "cycleway:right"),
    *("cycleway:both", "cycleway:left:oneway", "cycleway:right:oneway", "service", "surface"),
    *("smoothness", "width", "lit", "sidewalk", "maxspeed", "maxspeed:forward"),
    *("maxspeed:backward", "maxspeed:type", "source:maxspeed", "duration"),
    *("motor_vehicle:forward", "motor_vehicle:backward", "motor_vehicle:forward:conditional"),
    *("motor_vehicle:backward:conditional", "access:conditional", "vehicle:conditional"),
    *("motor_vehicle:conditional", "motorcar:conditional", "maxspeed:conditional"),
    *("oneway:conditional", "bridge", "tunnel"),
)
"""Keys of a way that the rules look at; ways alike in all of them share one tag set."""

NODE_KEYS = (
    *("barrier", "access", "foot", "locked", "vehicle", "motor_vehicle", "motorcar"),
    *("bicycle", "wheelchair", "kerb"),
)
"""Keys of a barrier that the rules look at."""

CONTROL_KEYS = ("highway", "crossing", "traffic_signals:direction")
"""Keys of a signal, crossing or small roundabout that the rules look at."""

CONTROLS = frozenset({"traffic_signals", "crossing", "mini_roundabout"})
"""Nodes where vehicles may have to wait."""

WKB_HEADER = 18
"""Hexadecimal digits before the coordinates of a WKB line."""

REPORT_EVERY = 10_000


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


@dataclass(slots=True)
class Reading:
    """What has been read so far, in the order it came."""

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
    controls: dict[int, int] = field(default_factory=dict)
    control_tag_sets: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    restrictions: dict[int, Restriction] = field(default_factory=dict)
    earlier_files: set[int] = field(default_factory=set)
    ways_cut: int = 0


def read_file(path: Path, reading: Reading) -> None:
    """Read one extract; a way or relation already read from an earlier one is passed over.

    Raises:
        ExtractError: it is missing, empty or broken.
    """
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


def _read_objects(path: Path, reading: Reading) -> None:
    processor = osmium.FileProcessor(
        osmium.io.File(str(path), format_of(path)),
        osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION,
    ).with_locations()
    processor.with_filter(osmium.filter.KeyFilter(*FIRST_KEYS, *RESTRICTION_KEYS))
    reading.dates.append(_date(processor.header))
    lines = osmium.geom.WKBFactory()
    found: list[int] = []
    for thing in processor:
        if isinstance(thing, osmium.osm.Node):
            _add_node(thing, reading)
            continue
        if isinstance(thing, osmium.osm.Relation):
            _add_restriction(thing, reading)
            continue
        tags = thing.tags
        if "highway" not in tags and tags.get("route") != "ferry":
            continue
        if thing.id not in reading.earlier_files:
            found.append(thing.id)
            _add_way(thing, lines, reading)
    reading.earlier_files.update(found)


def format_of(path: Path) -> str:
    """Name the format by the file's ending; files kept by content hash have none and are PBF."""
    return "" if ".osm" in path.name else "pbf"


def _date(header: Any) -> datetime | None:  # noqa: ANN401 - osmium's own class
    text = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _add_node(node: Any, reading: Reading) -> None:  # noqa: ANN401 - osmium's own class
    tags = node.tags
    if "barrier" in tags:
        sets = reading.barrier_tag_sets
        key = _chosen(tags, NODE_KEYS)
        reading.barriers.setdefault(node.id, sets.setdefault(key, len(sets)))
    if tags.get("highway") in CONTROLS:
        sets = reading.control_tag_sets
        key = _chosen(tags, CONTROL_KEYS)
        reading.controls.setdefault(node.id, sets.setdefault(key, len(sets)))


def _add_restriction(relation: Any, reading: Reading) -> None:  # noqa: ANN401 - osmium's own
    tags = relation.tags
    if tags.get("type") != "restriction":
        return
    key = next((key for key in RESTRICTION_KEYS if key in tags), None)
    if key is None:
        return
    says, _, condition = tags[key].partition("@")  # holds always, if there is no condition
    reading.restrictions.setdefault(
        relation.id,
        Restriction(
            relation_id=relation.id,
            says=says.strip(),
            condition=condition.strip(),
            exempt=tuple(each.strip() for each in tags.get("except", "").split(";") if each),
            members=tuple((each.type, each.ref, each.role) for each in relation.members),
        ),
    )


def _add_way(way: Any, lines: Any, reading: Reading) -> None:  # noqa: ANN401 - osmium's own
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


def _add_piece(way: Any, refs: list[int], points: str, reading: Reading) -> None:  # noqa: ANN401
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
    get = tags.get  # faster, even for many keys, than making Python objects of all tags
    return tuple((key, value) for key in keys if (value := get(key)) is not None)
