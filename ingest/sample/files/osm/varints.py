"""Whole numbers in as few bytes as they need, as the messages of a street extract hold them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Int64s = NDArray[np.int64]

_BITS: Final = 7
_LONGEST: Final = 10


def varint(value: int) -> bytes:
    """Write one number that is not negative.

    >>> varint(300).hex()
    'ac02'
    """
    found = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte; the eighth says that more follow
        found.append(value & 0x7F | 0x80)
        value >>= _BITS
    found.append(value)
    return bytes(found)


def varints(values: Int64s) -> tuple[Bytes, Int64s]:
    """Write many numbers, none of them negative.

    Returns:
        The bytes of all, and where each number's begin, with one more for the end.
    """
    size = np.ones(len(values), np.int64)
    for more in range(1, _LONGEST - 1):
        size += values >= 1 << _BITS * more
    start = np.concatenate([[0], np.cumsum(size)])
    found = np.empty(start[-1], np.uint8)
    for place in range(int(size.max(initial=0))):
        reaching = size > place
        seven = (values[reaching] >> _BITS * place) & 0x7F
        follows = (size[reaching] > place + 1).astype(np.int64) << _BITS
        found[start[:-1][reaching] + place] = seven | follows
    return found, start


def zigzag(values: Int64s) -> Int64s:
    """Turn numbers with a sign into ones without, small ones staying small.

    >>> zigzag(np.array([0, -1, 1, -2])).tolist()
    [0, 1, 2, 3]
    """
    return (values << 1) ^ (values >> 63)


def steps(values: Int64s) -> Int64s:
    """Return each number less the one before it; the first as it is.

    >>> steps(np.array([5, 7, 6])).tolist()
    [5, 2, -1]
    """
    return np.diff(values, prepend=np.int64(0))
