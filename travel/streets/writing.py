"""Streets that come in other forms, written as extracts for `read_extract`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import osmium
from osmium.osm.mutable import Node, Way

from travel.errors import ExtractError

Tags = Mapping[str, str]


class Spot(NamedTuple):
    """A node of an extract: its id, longitude and latitude (EPSG:4326), and its tags."""

    id: int
    lon: float
    lat: float
    tags: Tags


class Line(NamedTuple):
    """A way of an extract: its id, the ids of its nodes in order, and its tags."""

    id: int
    nodes: Sequence[int]
    tags: Tags


def write_extract(
    path: Path, spots: Iterable[Spot], lines: Iterable[Line], *, date: str = ""
) -> None:
    """Write nodes and ways as an extract.

    Args:
        path: file to write, ``.osm.pbf``; one that is there is replaced.
        spots: each node once, in any order.
        lines: each way once, in any order.
        date: when they were current, ISO 8601; blank where that is not known.
    """
    header = osmium.io.Header()
    if date:
        header.set("osmosis_replication_timestamp", date)
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for spot in sorted(spots, key=lambda each: each.id):
            writer.add_node(Node(id=spot.id, location=(spot.lon, spot.lat), tags=dict(spot.tags)))
        for line in sorted(lines, key=lambda each: each.id):
            writer.add_way(Way(id=line.id, nodes=list(line.nodes), tags=dict(line.tags)))


def write_overpass(source: Path, path: Path) -> None:
    """Write what the Overpass API answered, as JSON, as an extract.

    Relations are passed over: an answer asked for by OSMnx holds none, and so no turn restriction.

    Args:
        source: the answer.
        path: file to write, ``.osm.pbf``.

    Raises:
        ExtractError: the file is no such answer.
    """
    try:
        answer = json.loads(source.read_bytes())
        elements = answer["elements"]
        spots = {one["id"]: _spot(one) for one in elements if one["type"] == "node"}
        lines = {one["id"]: _line(one) for one in elements if one["type"] == "way"}
        date = str(answer.get("osm3s", {}).get("timestamp_osm_base", ""))
    except FileNotFoundError as error:
        raise ExtractError(f"{source} is not there") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExtractError(
            f"{source.name} is no answer of the Overpass API: {error!r}",
            hint="ask for it again; the answer may have been broken off.",
        ) from error
    write_extract(path, spots.values(), lines.values(), date=date)


@contextmanager
def as_extracts(paths: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Give extracts as they are, and the Overpass API's answers (``.json``) written as such.

    What was written is removed at the end.

    Raises:
        ExtractError: a ``.json`` file is no answer of the Overpass API, or is not there.
    """
    with tempfile.TemporaryDirectory() as folder:
        readable = []
        for number, path in enumerate(paths):
            if path.suffix == ".json":
                written = Path(folder) / f"{number}-{path.stem}.osm.pbf"
                write_overpass(path, written)
                readable.append(written)
            else:
                readable.append(path)
        yield tuple(readable)


def _spot(element: Mapping[str, Any]) -> Spot:
    tags = element.get("tags", {})
    return Spot(int(element["id"]), float(element["lon"]), float(element["lat"]), tags)


def _line(element: Mapping[str, Any]) -> Line:
    nodes = [int(node) for node in element["nodes"]]
    return Line(int(element["id"]), nodes, element.get("tags", {}))
