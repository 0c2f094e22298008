"""Reading street extracts: binary ones by our own reader, any other with libosmium."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from travel.errors import ExtractError
from travel.streets.keys import (
    CONTROL_KEYS,
    CONTROLS,
    FIRST_KEYS,
    NODE_KEYS,
    WAY_KEYS,
)
from travel.streets.pbf import NotThisWay
from travel.streets.pbf_streets import read_pbf
from travel.streets.reading import (
    LOOSE,
    FileWays,
    Pairs,
    Progress,
    Reading,
    Restriction,
    Tags,
    add_relation,
    ways_with_nodes,
)

__all__ = ["Progress", "Reading", "Restriction", "Tags", "format_of", "read_file"]

DEGREE = 10_000_000
"""Places are kept in ten-millionths of a degree, as OpenStreetMap keeps them."""


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
        _read(path, reading)
    except (RuntimeError, OSError, ValueError) as error:
        raise ExtractError(
            f"{path} ({path.stat().st_size:,} bytes) cannot be read as a street extract: {error}",
            hint="it may have been cut off while downloading, or be another kind of file; fetch "
            "the .osm.pbf again.",
        ) from error


def format_of(path: Path) -> str:
    """Name the format by the file's ending; files kept by content hash have none and are PBF."""
    return "" if ".osm" in path.name else "pbf"


def _read(path: Path, reading: Reading) -> None:
    if path.suffix == ".pbf" or ".osm" not in path.name:
        try:
            read_pbf(path, reading)
        except NotThisWay:
            pass
        else:
            return
    read_with_libosmium(path, reading)


def read_with_libosmium(path: Path, reading: Reading) -> None:
    """Read an extract in any format that libosmium knows, one object after the other.

    Raises:
        RuntimeError: it is broken.
    """
    file = osmium.io.File(str(path), format_of(path))
    relations = osmium.FileProcessor(file, osmium.osm.RELATION)
    relation: Any
    for relation in relations.with_filter(osmium.filter.KeyFilter("type")):
        members = [(each.type, each.ref, each.role) for each in relation.members]
        add_relation(reading, relation.id, {tag.k: tag.v for tag in relation.tags}, members)
    of_areas = set(reading.members_of_areas.tolist())
    processor = osmium.FileProcessor(file, osmium.osm.NODE | osmium.osm.WAY).with_locations()
    if not of_areas:  # their ways have no tags to choose them by
        processor.with_filter(osmium.filter.KeyFilter(*FIRST_KEYS))
    reading.dates.append(_date(processor.header))
    earlier = set(reading.earlier.tolist())
    ways = _Ways()
    for thing in processor:
        if isinstance(thing, osmium.osm.Node):
            _add_node(thing, reading)
        elif thing.id not in earlier:
            is_street = "highway" in thing.tags or thing.tags.get("route") == "ferry"
            if is_street or thing.id in of_areas:
                ways.add(thing, reading, is_loose=not is_street)
    reading.add_ways(*ways.done())


def _date(header: Any) -> datetime | None:  # noqa: ANN401 - osmium's own class
    text = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _add_node(node: Any, reading: Reading) -> None:  # noqa: ANN401 - osmium's own class
    tags = node.tags
    reading.add_node(
        node.id,
        _chosen(tags, NODE_KEYS) if "barrier" in tags else (),
        _chosen(tags, CONTROL_KEYS) if tags.get("highway") in CONTROLS else (),
    )


class _Ways:
    """Ways as they come."""

    def __init__(self) -> None:
        self._id, self._size, self._refs = array("q"), array("q"), array("q")
        self._tags, self._lon, self._lat = array("i"), array("i"), array("i")
        self._is_there = array("b")

    def add(
        self,
        way: Any,  # noqa: ANN401 - osmium's own class
        reading: Reading,
        *,
        is_loose: bool,
    ) -> None:
        """Keep a way."""
        self._id.append(way.id)
        self._size.append(len(way.nodes))
        self._tags.append(LOOSE if is_loose else reading.tag_set(_chosen(way.tags, WAY_KEYS)))
        for node in way.nodes:
            is_there = node.location.valid()
            self._refs.append(node.ref)
            self._is_there.append(is_there)
            self._lon.append(round(node.location.lon * DEGREE) if is_there else 0)
            self._lat.append(round(node.location.lat * DEGREE) if is_there else 0)

    def done(self) -> tuple[FileWays, int]:
        """Return the ways of the file, and how many were cut."""
        refs = np.array(self._refs, np.int64)
        node_id, first, way_node = np.unique(refs, return_index=True, return_inverse=True)
        return ways_with_nodes(
            FileWays(
                way_id=np.array(self._id, np.int64),
                way_size=np.array(self._size, np.int64),
                way_tags=np.array(self._tags, np.int32),
                way_node=way_node.astype(np.int32),
                node_id=node_id,
                lon=np.array(self._lon, np.int32)[first],
                lat=np.array(self._lat, np.int32)[first],
            ),
            np.array(self._is_there, np.bool_)[first],
        )


def _chosen(tags: Any, keys: Iterable[str]) -> Pairs:  # noqa: ANN401 - osmium's own class
    get = tags.get  # faster, even for many keys, than making Python objects of all tags
    return tuple((key, value) for key in keys if (value := get(key)) is not None)
