"""The messages of a street extract (.osm.pbf), made a column at a time.

The library that reads extracts can write them too, but one object at a time, and it ends the
whole process when the disk fills. Blocks made here stand one after another in any file, so that
every county's can be made on their own.
"""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from ingest.sample.files.osm.varints import Int64s, steps, varint, varints, zigzag
from ingest.sample.land.canvas import Drawing, Tags

A_BLOCK: Final = 8000
"""Objects in a block; readers expect no more."""

UNITS_A_DEGREE: Final = 10_000_000
"""A centimetre; the format's usual granularity."""

_MEMBER_KIND: Final = {"n": 0, "w": 1, "r": 2}
_FEATURES: Final = ("OsmSchema-V0.6", "DenseNodes")
_SORTED: Final = "Sort.Type_then_ID"


class Strings:
    """The strings of a block, each once; the first is empty."""

    def __init__(self) -> None:
        self._number = {"": 0}

    def number(self, text: str) -> int:
        """Return a string's number."""
        return self._number.setdefault(text, len(self._number))

    def message(self) -> bytes:
        """Write them all."""
        return b"".join(_field(1, text.encode()) for text in self._number)

    def tags(self, tags: Tags) -> bytes:
        """Write the keys and values of a way or relation."""
        keys = b"".join(varint(self.number(key)) for key in tags)
        values = b"".join(varint(self.number(value)) for value in tags.values())
        return _field(2, keys) + _field(3, values) if tags else b""


def header(generator: str, timestamp: int) -> bytes:
    """Write the block that begins an extract.

    Args:
        generator: what made it.
        timestamp: seconds since 1970; the state of the data.
    """
    features = b"".join(_field(4, feature.encode()) for feature in _FEATURES)
    features += _field(5, _SORTED.encode()) + _field(16, generator.encode())
    return _blob("OSMHeader", features + varint(32 << 3) + varint(timestamp))


def node_blocks(drawing: Drawing) -> Iterator[bytes]:
    """Write the nodes."""
    tags = dict(drawing.node_tags)
    lat, lon = (
        np.rint(degrees * UNITS_A_DEGREE).astype(np.int64) for degrees in (drawing.lat, drawing.lon)
    )
    for first, last in _cuts(len(drawing.node_id)):
        strings = Strings()
        here = slice(first, last)
        columns = ((1, drawing.node_id[here]), (8, lat[here]), (9, lon[here]))
        dense = b"".join(_field(number, _packed_steps(values)) for number, values in columns)
        found = [tags.get(position, {}) for position in range(first, last)]
        if any(found):
            dense += _field(10, b"".join(_keys_and_values(each, strings) for each in found))
        yield _block(strings, _field(2, dense))


def way_blocks(drawing: Drawing) -> Iterator[bytes]:
    """Write the ways."""
    for first, last in _cuts(len(drawing.way_id)):
        strings = Strings()
        start = drawing.way_start[first : last + 1]
        references, starts = _references(drawing.way_ref[start[0] : start[-1]], start - start[0])
        sets = drawing.way_tags[first:last].tolist()
        tags = {each: strings.tags(drawing.tag_sets[each]) for each in dict.fromkeys(sets)}
        ids = drawing.way_id[first:last].tolist()
        group = b"".join(
            _field(3, b"\x08" + varint(number) + tags[which] + _field(8, references[begin:end]))
            for number, which, (begin, end) in zip(ids, sets, pairwise(starts), strict=True)
        )
        yield _block(strings, group)


def relation_blocks(drawing: Drawing) -> Iterator[bytes]:
    """Write the relations."""
    for first, last in _cuts(len(drawing.relations)):
        strings = Strings()
        group = b"".join(
            _field(4, _relation(number, members, tags, strings))
            for number, members, tags in drawing.relations[first:last]
        )
        yield _block(strings, group)


def _relation(
    number: int, members: Sequence[tuple[str, int, str]], tags: Tags, strings: Strings
) -> bytes:
    roles = b"".join(varint(strings.number(role)) for _, _, role in members)
    ids = _packed_steps(np.array([member for _, member, _ in members], np.int64))
    kinds = bytes(_MEMBER_KIND[kind] for kind, _, _ in members)
    head = b"\x08" + varint(number) + strings.tags(tags)
    return head + _field(8, roles) + _field(9, ids) + _field(10, kinds)


def _references(nodes: Int64s, start: Int64s) -> tuple[bytes, list[int]]:
    """Write the nodes of ways; return the bytes, and where each way's begin."""
    change = steps(nodes)
    begins = start[:-1][start[:-1] < start[1:]]
    change[begins] = nodes[begins]
    found, place = varints(zigzag(change))
    return found.tobytes(), place[start].tolist()


def _keys_and_values(tags: Tags, strings: Strings) -> bytes:
    """Write the tags of one of many nodes, which end in a zero."""
    pairs = (strings.number(text) for pair in tags.items() for text in pair)
    return b"".join(map(varint, pairs)) + b"\x00"


def _packed_steps(values: Int64s) -> bytes:
    return varints(zigzag(steps(values)))[0].tobytes()


def _cuts(count: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + A_BLOCK, count)) for first in range(0, count, A_BLOCK))


def _block(strings: Strings, group: bytes) -> bytes:
    return _blob("OSMData", _field(1, strings.message()) + _field(2, group))


def _blob(kind: Literal["OSMHeader", "OSMData"], message: bytes) -> bytes:
    """Write a block as it stands in a file: how long its head is, its head, itself."""
    packed = zlib.compress(message)
    body = b"\x10" + varint(len(message)) + _field(3, packed)
    head = _field(1, kind.encode()) + b"\x18" + varint(len(body))
    return len(head).to_bytes(4, "big") + head + body


def _field(number: int, content: bytes) -> bytes:
    """Write a member of a message that is text, bytes or another message."""
    return varint(number << 3 | 2) + varint(len(content)) + content
