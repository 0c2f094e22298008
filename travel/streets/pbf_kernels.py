"""Loops over the bytes of an OpenStreetMap block (protocol buffers), compiled.

Every function raises `ValueError` where the bytes end too early or mean nothing.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

VARINT, FIXED64, DELIMITED, FIXED32 = 0, 1, 2, 5
"""Kinds of field."""


@njit(cache=True, nogil=True)
def varint(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """Read a number; return it and where the next thing starts."""
    value = np.uint64(0)
    shift = np.uint64(0)
    while True:
        if at >= end or shift > np.uint64(63):
            raise ValueError("a number is cut off")
        byte = np.uint64(data[at])
        at += 1
        value |= (byte & np.uint64(127)) << shift
        if byte < np.uint64(128):
            return int(np.int64(value)), at
        shift += np.uint64(7)


@njit(cache=True, nogil=True)
def signed(value: int) -> int:
    """Undo the zigzag that keeps small negative numbers short."""
    return int(np.int64(np.uint64(value) >> np.uint64(1))) ^ -(value & 1)


@njit(cache=True, nogil=True)
def fields(data: Bytes, begin: int, end: int) -> Longs:
    """List the fields of a message.

    Returns:
        A row per field: its number; where its contents begin and end, or for a plain number the
        number and -1.
    """
    found = np.empty((16, 3), np.int64)
    count = 0
    at = begin
    while at < end:
        tag, at = varint(data, at, end)
        kind = tag & 7
        if count == found.shape[0]:
            more = np.empty((2 * count, 3), np.int64)
            more[:count] = found
            found = more
        found[count, 0] = tag >> 3
        if kind == VARINT:
            found[count, 1], at = varint(data, at, end)
            found[count, 2] = -1
        elif kind in (FIXED64, FIXED32):
            found[count, 1] = at
            at += 8 if kind == FIXED64 else 4
            found[count, 2] = at
        elif kind == DELIMITED:
            size, at = varint(data, at, end)
            if size < 0:
                raise ValueError("a length is negative")
            found[count, 1] = at
            at += size
            found[count, 2] = at
        else:
            raise ValueError("a field is of no known kind")
        if at > end:
            raise ValueError("a field is cut off")
        count += 1
    return found[:count]


@njit(cache=True, nogil=True)
def words_of(data: Bytes, strings: Longs, words: Bytes, word_start: Longs) -> Ints:
    """Say which of some words each string of a block is; -1 for any other."""
    found = np.full(strings.shape[0], -1, np.int32)
    for s in range(strings.shape[0]):
        begin = strings[s, 1]
        size = strings[s, 2] - begin
        for w in range(word_start.size - 1):
            if word_start[w + 1] - word_start[w] != size:
                continue
            i = 0
            while i < size and data[begin + i] == words[word_start[w] + i]:
                i += 1
            if i == size:
                found[s] = w
                break
    return found


@njit(cache=True, nogil=True)
def plain_numbers(data: Bytes, begin: int, end: int) -> Longs:
    """Read packed numbers."""
    count = 0
    for at in range(begin, end):
        count += data[at] < 128  # noqa: PLR2004 - the last byte of a number
    found = np.empty(count, np.int64)
    at = begin
    for i in range(count):
        found[i], at = varint(data, at, end)
    if at != end:
        raise ValueError("a number is cut off")
    return found


@njit(cache=True, nogil=True)
def numbers(data: Bytes, begin: int, end: int) -> Longs:
    """Read packed differences, and add them up."""
    found = plain_numbers(data, begin, end)
    total = 0
    for i in range(found.size):
        total += signed(found[i])
        found[i] = total
    return found


@njit(cache=True, nogil=True)
def _tag(
    data: Bytes, key_at: int, key_end: int, value_at: int, value_end: int
) -> tuple[int, int, int, int]:
    key, key_at = varint(data, key_at, key_end)
    value, value_at = varint(data, value_at, value_end)
    return key, value, key_at, value_at


@njit(cache=True, nogil=True)
def _is_among(ascending: Longs, number: int) -> bool:
    at = np.searchsorted(ascending, number)
    return bool(at < ascending.size and ascending[at] == number)


@njit(cache=True, nogil=True)
def ways(  # noqa: C901, PLR0915 - one loop over ways, and its loops; compiled
    data: Bytes,
    group: Longs,
    word: Ints,
    n_words: int,
    wanted: tuple[int, int, int],
    also: Longs,
) -> tuple[Longs, Longs, Ints, Longs]:
    """Read the ways of a group that have a key, another with a certain value, or a certain number.

    Args:
        data: of the block.
        group: fields of the group.
        word: which word each string of the block is.
        n_words: how many words there are.
        wanted: the key; the other key and its value.
        also: numbers of ways that are read whatever their tags, ascending.

    Returns:
        Numbers of the ways, how many nodes each has, the strings that are its values by word
        (-1 where it has none), and all their nodes.
    """
    n, size = group.shape[0], 0
    for w in range(n):
        size += group[w, 2] - group[w, 1]
    way_id = np.empty(n, np.int64)
    way_size = np.empty(n, np.int64)
    values = np.full((n, n_words), -1, np.int32)
    refs = np.empty(size, np.int64)
    found = 0
    n_refs = 0
    for w in range(n):
        parts = fields(data, group[w, 1], group[w, 2])
        number = key_at = key_end = value_at = value_end = ref_at = ref_end = 0
        for i in range(parts.shape[0]):
            if parts[i, 0] == 1:
                number = parts[i, 1]
            elif parts[i, 0] == 2:  # noqa: PLR2004 - numbers of fields, here and below
                key_at, key_end = parts[i, 1], parts[i, 2]
            elif parts[i, 0] == 3:  # noqa: PLR2004
                value_at, value_end = parts[i, 1], parts[i, 2]
            elif parts[i, 0] == 8:  # noqa: PLR2004
                ref_at, ref_end = parts[i, 1], parts[i, 2]
        is_wanted = False
        row = values[found]
        row[:] = -1
        while key_at < key_end:
            key, value, key_at, value_at = _tag(data, key_at, key_end, value_at, value_end)
            if not (0 <= key < word.size and 0 <= value < word.size):
                raise ValueError("a tag names no string")
            if word[key] >= 0:
                row[word[key]] = value
                is_wanted |= word[key] == wanted[0]
                is_wanted |= word[key] == wanted[1] and word[value] == wanted[2]
        if not is_wanted and not _is_among(also, number):
            continue
        nodes = numbers(data, ref_at, ref_end)
        refs[n_refs : n_refs + nodes.size] = nodes
        n_refs += nodes.size
        way_id[found] = number
        way_size[found] = nodes.size
        found += 1
    return way_id[:found], way_size[:found], values[:found], refs[:n_refs].copy()


@njit(cache=True, nogil=True)
def tagged_nodes(
    data: Bytes, begin: int, end: int, word: Ints, n_words: int, wanted: int
) -> tuple[Longs, Ints]:
    """Find the nodes of a dense group that have one of the first few words as a key.

    Args:
        data: of the block.
        begin: where keys and values begin.
        end: where they end.
        word: which word each string of the block is.
        n_words: how many words there are.
        wanted: how many words are keys that make a node worth keeping.

    Returns:
        Their positions in the group, and the strings that are their values by word.
    """
    positions = np.empty(16, np.int64)
    values = np.full((16, n_words), -1, np.int32)
    found = 0
    node = 0
    at = begin
    is_wanted = False
    while at < end:
        key, at = varint(data, at, end)
        if key == 0:
            if is_wanted:
                positions[found] = node
                found += 1
                if found == positions.size:
                    positions = np.concatenate((positions, positions))
                    values = np.concatenate((values, values))
            is_wanted = False
            values[found] = -1
            node += 1
            continue
        value, at = varint(data, at, end)
        if not (0 <= key < word.size and 0 <= value < word.size):
            raise ValueError("a tag names no string")
        if word[key] >= 0:
            values[found, word[key]] = value
            is_wanted |= word[key] < wanted
    return positions[:found], values[:found]
