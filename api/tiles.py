"""Vector tiles out of a PMTiles file, read in place.

The whole file is read once, when it is opened, for the hash that its addresses carry.
"""

import gzip
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from pmtiles.tile import (
    Compression,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from api.errors import BrokenBuild

HEADER_BYTES = 127
DEEPEST = 4
"""Levels of directories that the format allows."""


class TileSet:
    """One PMTiles file: header and directories are read once, tiles by position.

    Safe to share between threads: every read names its own position.

    Attributes:
        path: the file.
        hash: sixteen hexadecimal digits that change with the content.
        zooms: lowest and highest zoom it holds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDONLY)
        try:
            self._header = deserialize_header(self._bytes(0, HEADER_BYTES))
            self._root = self._directory(self._header["root_offset"], self._header["root_length"])
        except Exception as error:
            os.close(self._file)
            raise BrokenBuild(
                f"{path.name} is no PMTiles file: {error}", hint="build the region again."
            ) from error
        self._leaf = lru_cache(maxsize=256)(self._directory)
        self.hash = _content_hash(path)

    @property
    def zooms(self) -> tuple[int, int]:
        """Lowest and highest zoom that the file holds."""
        return self._header["min_zoom"], self._header["max_zoom"]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return one tile, gzipped, or ``None`` where there is nothing to draw."""
        if not (0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        tile_id = zxy_to_tileid(z, x, y)
        directory = self._root
        for _ in range(DEEPEST):
            entry = find_tile(directory, tile_id)
            if entry is None:
                return None
            if entry.run_length:
                return self._tile(entry.offset, entry.length)
            start = self._header["leaf_directory_offset"] + entry.offset
            directory = self._leaf(start, entry.length)
        return None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _tile(self, offset: int, length: int) -> bytes:
        data = self._bytes(self._header["tile_data_offset"] + offset, length)
        if self._header["tile_compression"] == Compression.GZIP:
            return data
        return gzip.compress(data, mtime=0)

    def _directory(self, offset: int, length: int) -> Any:  # noqa: ANN401 # pmtiles has no types
        return deserialize_directory(self._bytes(offset, length))

    def _bytes(self, offset: int, length: int) -> bytes:
        return os.pread(self._file, length, offset)


def _content_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
