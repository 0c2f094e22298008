"""Tells by its contents which column of a table says where, and how."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from config.imports import PlaceKind
from config.terms import postcode
from config.words import search_key

ENOUGH: Final = 0.8
"""A column is of a kind where at least this share of its cells is."""

_GSS: Final = re.compile(r"E\d{8}")
_URN: Final = re.compile(r"[1-9]\d{4,6}")
_DFE: Final = re.compile(r"[2-9]\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A column that says where.

    Attributes:
        heading: of the column.
        kind: what stands in it; small areas are of 2021 until their codes are looked up.
        share: share of its cells that are of the kind.
    """

    heading: str
    kind: PlaceKind
    share: float


def small_area(text: str) -> str | None:
    """Read the code of a small area."""
    return _coded(text, "E01")


def ward(text: str) -> str | None:
    """Read the code of a ward."""
    return _coded(text, "E05")


def authority(text: str) -> str | None:
    """Read the code of an education authority: GSS, or the Department's three digits."""
    code = text.strip().upper()
    is_gss = _GSS.fullmatch(code) and code[:3] in ("E06", "E08", "E09", "E10")
    return code if is_gss or _DFE.fullmatch(code) else None


def urn(text: str) -> str | None:
    """Read a school's number."""
    code = text.strip()
    return code if _URN.fullmatch(code) else None


def _coded(text: str, start: str) -> str | None:
    code = text.strip().upper()
    return code if _GSS.fullmatch(code) and code.startswith(start) else None


READERS: Final[Mapping[PlaceKind, Callable[[str], str | None]]] = {
    "postcode": postcode,
    "lsoa21": small_area,
    "lsoa11": small_area,
    "ward25": ward,
    "authority": authority,
    "urn": urn,
}
"""By kind, the most certain first: any number of six digits could be a school's."""

NAMED: Final[Mapping[PlaceKind, tuple[str, ...]]] = {
    "urn": ("urn", "unique reference"),
    "authority": ("la", "authority", "lea"),
}
"""Words, of which some must be in the heading of a column of mere digits."""


def place_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Found]:
    """Find the columns that say where, the narrowest kind first.

    A school's number and an authority's three digits are looked for only where the heading says
    so: any figure could be one.
    """
    found = []
    for kind in READERS:
        if kind == "lsoa11":
            continue  # spelt as those of 2021: told apart by what is known of each code
        for place, heading in enumerate(header):
            cells = [row[place] for row in rows if row[place].strip()]
            if not cells or not _may_be(kind, heading, cells):
                continue
            share = sum(READERS[kind](cell) is not None for cell in cells) / len(cells)
            if share >= ENOUGH:
                found.append(Found(heading, kind, share))
    first = ("urn", "postcode", "lsoa21", "ward25", "authority")
    return sorted(found, key=lambda each: first.index(each.kind))


def _may_be(kind: PlaceKind, heading: str, cells: Sequence[str]) -> bool:
    if kind not in NAMED or any(not cell.strip().isdigit() for cell in cells):
        return True
    words = f" {search_key(heading)} "
    return any(f" {name} " in words for name in NAMED[kind])
