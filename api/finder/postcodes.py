"""Postcodes as people type them, whole or begun."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from config.terms import postcode

_BEGUN: Final = re.compile(r"[A-Z]{1,2}[0-9]([0-9A-Z]?( ?[0-9][A-Z]{0,2})?)?")
_WITHIN: Final = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b")


@dataclass(frozen=True, slots=True)
class PostcodeQuery:
    """What of a postcode was typed.

    Attributes:
        key: letters and digits so far, without a space.
        outward: the part before the space, where a space was typed or the postcode is whole.
        is_whole: nothing is left to type.
    """

    key: str
    outward: str | None
    is_whole: bool


def postcode_query(text: str) -> PostcodeQuery | None:
    """Read a postcode that is begun or whole, alone or inside an address.

    >>> postcode_query("le15 6")
    PostcodeQuery(key='LE156', outward='LE15', is_whole=False)
    >>> postcode_query("le156hp")
    PostcodeQuery(key='LE156HP', outward='LE15', is_whole=True)
    >>> postcode_query("12 High Street, Oakham LE15 6HP").key
    'LE156HP'
    >>> postcode_query("Oakham") is None, postcode_query("LE") is None
    (True, True)
    """
    typed = " ".join(re.sub(r"[^A-Z0-9]+", " ", text.upper()).split())
    if within := _WITHIN.findall(typed):
        typed = within[-1]
    if whole := postcode(typed):
        return PostcodeQuery(whole.replace(" ", ""), whole.split(" ")[0], is_whole=True)
    is_ended = text[-1:].isspace()
    if not _BEGUN.fullmatch(typed):
        return None
    outward, space, _ = typed.partition(" ")
    return PostcodeQuery(
        typed.replace(" ", ""), outward if space or is_ended else None, is_whole=False
    )


def nearest_postcodes(wanted: str, known: Iterable[str], *, most: int) -> list[str]:
    """Return the postcodes spelled most like ``wanted``, nearest first.

    >>> nearest_postcodes("LE15 6HQ", ["LE15 6AA", "LE15 6HP", "LE15 6QH"], most=2)
    ['LE15 6HP', 'LE15 6QH']
    """

    def unlike(other: str) -> tuple[int, float, str]:
        differing = sum(a != b for a, b in zip(wanted, other, strict=False))
        return (
            differing + abs(len(wanted) - len(other)) * 2,
            -difflib.SequenceMatcher(None, wanted, other).ratio(),
            other,
        )

    return sorted(known, key=unlike)[:most]
