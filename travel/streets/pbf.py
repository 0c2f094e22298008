"""Street extracts in OpenStreetMap's binary format (``.osm.pbf``), read block by block.

Blocks of ways and relations come first, those of nodes after, so that only the nodes that ways need
are ever kept. Format: https://wiki.openstreetmap.org/wiki/PBF_Format.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt

from travel.streets.pbf_kernels import fields

Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
Result = TypeVar("Result")

WORKERS = min(4, os.cpu_count() or 1)
"""Threads that unpack blocks; what they do needs no Python."""

MOST_BYTES = 1 << 26
"""No block is larger, nor any header."""

HEADER, DATA = b"OSMHeader", b"OSMData"
STRINGS, GROUP, GRANULARITY, LAT_OFFSET, LON_OFFSET = 1, 2, 17, 19, 20
PLAIN_NODES, DENSE, WAYS, RELATIONS = 1, 2, 3, 4
KNOWN_FEATURES = frozenset({b"OsmSchema-V0.6", b"DenseNodes"})


class NotThisWay(Exception):
    """A file that is packed in a way that this reader does not know."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the contents of a block lie in a file, and how they are packed."""

    at: int
    size: int
    is_packed: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A block, unpacked.

    Attributes:
        data: its bytes.
        strings: fields of its table of strings.
        groups: where its groups begin and end.
        granularity: nanodegrees in one unit.
        offset: nanodegrees to add, latitude and longitude.
    """

    data: Bytes
    strings: Longs
    groups: tuple[tuple[int, int], ...]
    granularity: int
    offset: tuple[int, int]

    def text(self, string: int) -> str:
        """Return one of the strings."""
        _, begin, end = self.strings[string].tolist()
        return self.data[begin:end].tobytes().decode("utf-8", "replace")


class PbfFile:
    """A file open for reading; its places are listed once, without unpacking them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self.date: datetime | None = None
        places: dict[bytes, list[Place]] = {HEADER: [], DATA: []}
        for kind, place in self._blobs():
            places.setdefault(kind, []).append(place)
        if not places[HEADER]:
            raise ValueError("it does not begin with a header")
        for place in places[HEADER]:
            self._read_header(place)
        self._kinds = [(place, self._kind(place)) for place in places[DATA]]

    def each(self, kinds: Iterable[int], work: Callable[[Block], Result]) -> Iterator[Result]:
        """Unpack the blocks of some kinds of things, work on each, and return results in order."""
        wanted = set(kinds)
        places = [place for place, kind in self._kinds if kind in wanted]
        with ThreadPoolExecutor(WORKERS) as pool:
            yield from pool.map(lambda place: work(_block(self._unpacked(place))), places)

    def has(self, kind: int) -> bool:
        """Say whether the file holds blocks of a kind."""
        return any(each == kind for _, each in self._kinds)

    def _blobs(self) -> Iterator[tuple[bytes, Place]]:
        at = 0
        while at < self._size:
            (size,) = struct.unpack(">I", self._bytes(at, 4))
            header = _fields(self._bytes(at + 4, size))
            at += 4 + size
            match header:
                case {1: bytes(kind), 3: int(body)}:
                    pass
                case _:
                    raise ValueError("a block's header makes no sense")
            yield kind, self._place(at, body)
            at += body

    def _place(self, at: int, size: int) -> Place:
        """Find the contents of a blob without reading them."""
        start = self._bytes(at, min(size, 32))
        position = 0
        while position < len(start):
            tag, position = _varint(start, position)
            length, position = _varint(start, position)
            if tag & 7 == 0:
                continue
            if tag >> 3 in {1, 3} and at + position + length <= self._size:
                return Place(at + position, length, is_packed=tag >> 3 == 3)  # noqa: PLR2004
            break
        if tag >> 3 in {1, 3}:
            raise ValueError("its last block is cut off")
        raise NotThisWay

    def _bytes(self, at: int, size: int) -> bytes:
        if size > MOST_BYTES:
            raise ValueError("a block is larger than any may be")
        found = os.pread(self._file.fileno(), size, at)
        if len(found) < size:
            raise ValueError("it ends within a block")
        return found

    def _unpacked(self, place: Place) -> bytes:
        packed = self._bytes(place.at, place.size)
        try:
            return zlib.decompress(packed) if place.is_packed else packed
        except zlib.error as error:
            raise ValueError(f"a block cannot be unpacked: {error}") from error

    def _kind(self, place: Place) -> int:
        """Say what the first group of a block holds, unpacking no more than that takes."""
        packed = self._bytes(place.at, place.size)
        if not place.is_packed:
            return _first_kind(packed)
        unpacker = zlib.decompressobj()
        try:
            start = unpacker.decompress(packed, 16)
            if start[:1] != b"\x0a":
                return _first_kind(zlib.decompress(packed))
            size, position = _varint(start, 1)
            more = unpacker.decompress(unpacker.unconsumed_tail, size + 64)
        except zlib.error as error:
            raise ValueError(f"a block cannot be unpacked: {error}") from error
        return _first_kind((start + more)[position + size :])

    def _read_header(self, place: Place) -> None:
        header = np.frombuffer(self._unpacked(place), np.uint8)
        for number, begin, end in fields(header, 0, header.size).tolist():
            if number == 4 and header[begin:end].tobytes() not in KNOWN_FEATURES:  # noqa: PLR2004
                raise NotThisWay
            if number == 32:  # noqa: PLR2004 - when the data were current
                self.date = datetime.fromtimestamp(begin, UTC)


def _block(data: bytes) -> Block:
    array = np.frombuffer(data, np.uint8)
    strings = np.zeros((0, 3), np.int64)
    groups = []
    numbers = {GRANULARITY: 100, LAT_OFFSET: 0, LON_OFFSET: 0}
    for number, begin, end in fields(array, 0, array.size).tolist():
        if number == STRINGS:
            strings = fields(array, begin, end)
        elif number == GROUP:
            groups.append((begin, end))
        elif number in numbers:
            numbers[number] = begin
    return Block(
        array,
        strings,
        tuple(groups),
        numbers[GRANULARITY],
        (numbers[LAT_OFFSET], numbers[LON_OFFSET]),
    )


def _first_kind(data: bytes) -> int:
    """Say what the first group holds; 0 for a block without groups."""
    position = 0
    while position + 2 <= len(data):
        tag, position = _varint(data, position)
        length, position = _varint(data, position)
        if tag >> 3 == GROUP:
            return _varint(data, position)[0] >> 3 if position < len(data) and length else 0
        if tag & 7 == 2:  # noqa: PLR2004 - something with a length
            position += length
    return 0


def _fields(data: bytes) -> dict[int, bytes | int]:
    array = np.frombuffer(data, np.uint8)
    return {
        number: begin if end < 0 else data[begin:end]
        for number, begin, end in fields(array, 0, array.size).tolist()
    }


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 127) << shift
        shift += 7
        at += 1
        if data[at - 1] < 128:  # noqa: PLR2004 - the last byte
            return value, at
    raise ValueError("a number is cut off")
