"""The streets of a binary extract: ways, the nodes they need, barriers, signals, restrictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from travel.streets.keys import (
    CONTROL_KEYS,
    CONTROLS,
    NODE_KEYS,
    RESTRICTION_KEYS,
    WAY_KEYS,
)
from travel.streets.pbf import DENSE, PLAIN_NODES, RELATIONS, WAYS, Block, NotThisWay, PbfFile
from travel.streets.pbf_kernels import fields, numbers, plain_numbers, tagged_nodes, ways, words_of
from travel.streets.reading import LOOSE, FileWays, Pairs, Reading, add_relation, ways_with_nodes

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

_KEYS = ("barrier", "highway", *WAY_KEYS, *NODE_KEYS, *CONTROL_KEYS, *RESTRICTION_KEYS)
WORDS = tuple(dict.fromkeys((*_KEYS, "ferry", "type", "restriction", "multipolygon")))
"""Keys and values that are looked for; those that make a node worth keeping come first."""

NODE_WORDS = 2
NUMBER = {word: i for i, word in enumerate(WORDS)}
WORD_BYTES = np.frombuffer("".join(WORDS).encode(), np.uint8)
WORD_START = np.concatenate(([0], np.cumsum([len(word.encode()) for word in WORDS])))
WANTED = (NUMBER["highway"], NUMBER["route"], NUMBER["ferry"])

MEMBER_TYPES = "nwr"

Relation = tuple[int, dict[str, str], list[tuple[str, int, str]]]
"""Its number, tags, and members ``(type, id, role)``."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """What a block of ways or relations holds; sets of tags are numbered within the block."""

    way_id: Longs
    way_size: Longs
    refs: Longs
    tags: Ints
    tag_sets: list[Pairs]
    relations: list[Relation]


@dataclass(frozen=True, slots=True)
class _Nodes:
    """What a block of nodes holds of those that ways need."""

    at: Longs
    lon: Ints
    lat: Ints
    tagged: list[tuple[int, Pairs, Pairs]]


def read_pbf(path: Path, reading: Reading) -> None:
    """Read an extract; a way or relation already read from an earlier one is passed over.

    Raises:
        NotThisWay: it is packed in a way that this reader does not know.
        ValueError: it is broken.
        OSError: likewise.
    """
    with path.open("rb") as opened:
        file = PbfFile(opened)
        if file.has(PLAIN_NODES):
            raise NotThisWay
        nothing = np.zeros(0, np.int64)
        known = partial(_ways_of, earlier=reading.earlier)
        last = list(file.each((RELATIONS,), partial(known, of_areas=nothing)))
        _add_relations(reading, last)
        n_areas, of_areas = len(reading.areas), reading.members_of_areas
        found = [*file.each((0, WAYS), partial(known, of_areas=of_areas)), *last]
        _add_relations(reading, found)
        if len(reading.areas) > n_areas:
            raise NotThisWay  # a square came after its ways had been passed over
        refs = np.concatenate([np.zeros(0, np.int64), *(each.refs for each in found)])
        order = np.argsort(refs, kind="stable")
        is_first = np.diff(refs[order], prepend=-1 - 2**62) != 0
        needed = refs[order[is_first]]
        way_node = np.empty(refs.size, np.int32)
        way_node[order] = np.cumsum(is_first) - 1
        del refs, order, is_first
        lon, lat = np.zeros((2, needed.size), np.int32)
        is_there = np.zeros(needed.size, np.bool_)
        tagged: list[tuple[int, Pairs, Pairs]] = []
        for nodes in file.each((DENSE,), partial(_nodes_of, needed=needed)):
            is_there[nodes.at], lon[nodes.at], lat[nodes.at] = True, nodes.lon, nodes.lat
            tagged += nodes.tagged
        reading.dates.append(file.date)
    for node, barrier, control in tagged:
        reading.add_node(node, barrier, control)
    tags: list[Ints] = []
    for each in found:
        numbered = [*(reading.tag_set(pairs) for pairs in each.tag_sets), LOOSE]
        tags.append(np.array(numbered, np.int32)[each.tags])
    reading.add_ways(
        *ways_with_nodes(
            FileWays(
                way_id=np.concatenate([np.zeros(0, np.int64), *(each.way_id for each in found)]),
                way_size=np.concatenate(
                    [np.zeros(0, np.int64), *(each.way_size for each in found)]
                ),
                way_tags=np.concatenate([np.zeros(0, np.int32), *tags]),
                way_node=way_node,
                node_id=needed,
                lon=lon,
                lat=lat,
            ),
            is_there,
        )
    )


def _add_relations(reading: Reading, found: Sequence[_Ways]) -> None:
    for each in found:
        for relation, said, members in each.relations:
            add_relation(reading, relation, said, members)


def _ways_of(block: Block, earlier: Longs, of_areas: Longs) -> _Ways:
    word = words_of(block.data, block.strings, WORD_BYTES, WORD_START)
    parts = []
    relations: list[Relation] = []
    for begin, end in block.groups:
        group = fields(block.data, begin, end)
        kinds = set(group[:, 0].tolist())
        if not kinds <= {WAYS, RELATIONS}:
            raise NotThisWay
        if WAYS in kinds:
            mine = group[group[:, 0] == WAYS]
            part = ways(block.data, mine, word, len(WORDS), WANTED, of_areas)
            parts.append(part)
        if RELATIONS in kinds:
            relations += _relations(block, group[group[:, 0] == RELATIONS], word)
    way_id = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    size = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    values = np.concatenate([np.zeros((0, len(WORDS)), np.int32), *(part[2] for part in parts)])
    refs = np.concatenate([np.zeros(0, np.int64), *(part[3] for part in parts)])
    if earlier.size:
        is_new = ~np.isin(way_id, earlier)
        refs = refs[np.repeat(is_new, size)]
        way_id, size, values = way_id[is_new], size[is_new], values[is_new]
    is_street = _is_street(values, word)
    sets, tags = _distinct(block, values[is_street], WAY_KEYS)
    all_tags = np.full(way_id.size, LOOSE, np.int32)
    all_tags[is_street] = tags
    return _Ways(way_id, size, refs, all_tags, sets, relations)


def _is_street(values: Ints, word: Ints) -> npt.NDArray[np.bool_]:
    """Tell streets and ferries from ways that are read as parts of squares."""
    is_street = values[:, NUMBER["highway"]] >= 0
    route = values[:, NUMBER["route"]]
    has_route = np.flatnonzero(route >= 0)
    is_street[has_route] |= word[route[has_route]] == NUMBER["ferry"]
    return is_street


def _nodes_of(block: Block, needed: Longs) -> _Nodes:
    word = words_of(block.data, block.strings, WORD_BYTES, WORD_START)
    nothing = np.zeros(0, np.int64)
    found = _Nodes(nothing, nothing.astype(np.int32), nothing.astype(np.int32), [])
    for begin, end in block.groups:
        for number, inner, last in fields(block.data, begin, end).tolist():
            if number != DENSE:
                raise NotThisWay
            part = _dense(block, fields(block.data, inner, last), word, needed)
            found = _Nodes(
                np.concatenate((found.at, part.at)),
                np.concatenate((found.lon, part.lon)),
                np.concatenate((found.lat, part.lat)),
                found.tagged + part.tagged,
            )
    return found


def _dense(block: Block, parts: Longs, word: Ints, needed: Longs) -> _Nodes:
    at = {number: (begin, end) for number, begin, end in parts.tolist()}
    node_id, lat, lon = (numbers(block.data, *at.get(number, (0, 0))) for number in (1, 8, 9))
    if not node_id.size == lat.size == lon.size:
        raise ValueError("nodes lack places")
    tagged = _tagged(block, node_id, at.get(10, (0, 0)), word)
    if np.any(np.diff(node_id) <= 0):
        order = np.argsort(node_id, kind="stable")
        node_id, lat, lon = node_id[order], lat[order], lon[order]
    first, last = np.searchsorted(needed, (node_id[0], node_id[-1] + 1)) if node_id.size else (0, 0)
    position = np.searchsorted(node_id, needed[first:last])
    is_here = node_id[np.minimum(position, max(node_id.size - 1, 0))] == needed[first:last]
    position = position[is_here]
    x, y = (
        ((offset + block.granularity * each[position]) // 100).astype(np.int32)
        for offset, each in zip(block.offset[::-1], (lon, lat), strict=True)
    )
    return _Nodes(first + np.flatnonzero(is_here), x, y, tagged)


def _tagged(
    block: Block, node_id: Longs, at: tuple[int, int], word: Ints
) -> list[tuple[int, Pairs, Pairs]]:
    positions, values = tagged_nodes(block.data, *at, word, len(WORDS), NODE_WORDS)
    barriers, barrier = _distinct(block, values, NODE_KEYS)
    controls, control = _distinct(block, values, CONTROL_KEYS)
    found = []
    for node, b, c in zip(node_id[positions].tolist(), barrier, control, strict=True):
        is_barrier, is_control = "barrier" in dict(barriers[b]), _is_control(controls[c])
        if is_barrier or is_control:
            found.append(
                (node, barriers[b] if is_barrier else (), controls[c] if is_control else ())
            )
    return found


def _is_control(pairs: Pairs) -> bool:
    return dict(pairs).get("highway") in CONTROLS


def _distinct(block: Block, values: Ints, keys: Sequence[str]) -> tuple[list[Pairs], Ints]:
    """Number the distinct sets of tags, as they come, and say which each row has."""
    chosen = np.ascontiguousarray(values[:, [NUMBER[key] for key in keys]])
    if not len(chosen):
        return [], np.zeros(0, np.int32)
    known: dict[bytes, int] = {}
    size, whole = chosen.itemsize * chosen.shape[1], chosen.tobytes()
    rows = (whole[at : at + size] for at in range(0, len(whole), size))
    which = np.array([known.setdefault(row, len(known)) for row in rows], np.int32)
    sets: list[Pairs] = []
    for row in known:
        strings = np.frombuffer(row, np.int32).tolist()
        sets.append(
            tuple(
                (key, block.text(string))
                for key, string in zip(keys, strings, strict=True)
                if string >= 0
            )
        )
    return sets, which


def _relations(block: Block, group: Longs, word: Ints) -> list[Relation]:
    """Read restrictions of turns, and whatever is drawn as an area and tagged as a street."""
    found = []
    for _, begin, end in group.tolist():
        at = {
            number: (first, last) for number, first, last in fields(block.data, begin, end).tolist()
        }
        keys, values = (_plain(block, at, number) for number in (2, 3))
        said = {int(word[key]): int(word[value]) for key, value in zip(keys, values, strict=True)}
        is_area = said.get(NUMBER["type"]) == NUMBER["multipolygon"] and NUMBER["highway"] in said
        if said.get(NUMBER["type"]) != NUMBER["restriction"] and not is_area:
            continue
        roles = _plain(block, at, 8)
        tags = {block.text(key): block.text(value) for key, value in zip(keys, values, strict=True)}
        members = [
            (MEMBER_TYPES[kind], ref, block.text(role))
            for kind, ref, role in zip(
                _plain(block, at, 10),
                numbers(block.data, *at.get(9, (0, 0))).tolist(),
                roles,
                strict=True,
            )
        ]
        found.append((at[1][0], tags, members))
    return found


def _plain(block: Block, at: dict[int, tuple[int, int]], number: int) -> list[int]:
    """Read packed numbers that are no differences."""
    found: list[int] = plain_numbers(block.data, *at.get(number, (0, 0))).tolist()
    return found
