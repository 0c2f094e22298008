"""OpenStreetMap's place: the streets, buildings, woods and waters of the made-up country."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ingest.sample.files.osm.pbf import header, node_blocks, relation_blocks, way_blocks
from ingest.sample.files.pieces import append
from ingest.sample.files.series import Country, County, Series

KINDS: Final = ("nodes", "ways", "relations")
GENERATOR: Final = "atlas sample (made-up data)"
TIMESTAMP: Final = datetime(2025, 5, 24, tzinfo=UTC)
"""The day of the register; the time at which it was written would make every file differ."""


def _part(county: County, folder: Path) -> None:
    for kind, blocks in zip(KINDS, (node_blocks, way_blocks, relation_blocks), strict=True):
        with (folder / kind).open("wb") as file:
            file.writelines(blocks(county.drawing))


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    """Write all nodes, then all ways, then all relations, as readers expect them."""
    with out.open("wb") as file:
        file.write(header(GENERATOR, int(TIMESTAMP.timestamp())))
        for kind in KINDS:
            append(file, (part / kind for part in parts))


SERIES: Final = Series(source="streets", file="osm/sample-latest.osm.pbf", part=_part, join=_join)
