"""Codes of the made-up country: of the form that publishers use, and none that anybody has."""

from typing import Final, Literal

AuthorityKind = Literal["city", "shire", "fringe"]

CODES_DFE: Final = tuple(
    str(code)
    for codes in (
        range(421, 660),
        range(709, 800),
        range(101, 200),
        range(395, 420),
        range(214, 300),
        range(682, 700),
        range(321, 330),
        range(360, 370),
        range(374, 380),
        range(385, 390),
    )
    for code in codes
)
"""Free numbers of authorities, in the order in which they are given.

The Department numbers inner London from 201, outer London from 301, the metropolitan districts
from 330, counties and unitary authorities from 800; Wales has 660 to 681, and 701 to 708 are other
territories. Nobody has these.
"""

POSTCODE_AREAS: Final = (
    *("AD", "AR", "AW", "BC", "BG", "BK", "CD", "CG", "CL", "DF", "DK", "DR", "EB", "EK", "EL"),
    *("FA", "FE", "FL", "GB", "GE", "GR", "HB", "HC", "HL", "KE", "KR", "LF", "LK", "LR", "MB"),
    *("MD", "MR", "NB", "ND", "NH", "OA", "OD", "PB"),
)
"""Areas that Royal Mail has not given, by the rule that it gives them: the first letter is not
Q, V or X, the second not I, J or Z."""

AREAS_EACH: Final = 8
"""Counties that share a postcode area, with twelve district numbers each."""

_DISTRICTS_EACH: Final = 12
_FIRST: Final = 900_001
"""Publishers' running numbers are nowhere near."""


def la_code_dfe(authority: int) -> str:
    """Return the Department's three digits for an authority.

    >>> la_code_dfe(0)
    '421'
    """
    return CODES_DFE[authority]


def la_code(kind: AuthorityKind, authority: int) -> str:
    """Return the GSS code of an authority: a city is unitary, the others are counties.

    >>> la_code("city", 0), la_code("shire", 1)
    ('E06900001', 'E10900002')
    """
    return f"{'E06' if kind == 'city' else 'E10'}{_FIRST + authority}"


def district_code(kind: AuthorityKind, authority: int, district: int) -> str:
    """Return the GSS code of an authority's district; a unitary authority is its own.

    >>> district_code("city", 0, 0), district_code("shire", 1, 1)
    ('E06900001', 'E07900005')
    """
    if kind == "city":
        return la_code(kind, authority)
    return f"E07{_FIRST + 3 * authority + district}"


def ward_code(tile: int, ward: int) -> str:
    """Return the GSS code of a ward, the ``ward``-th of its county (fewer than 64)."""
    return f"E05{_FIRST + 64 * tile + ward}"


def lsoa_code(tile: int, area: int) -> str:
    """Return the GSS code of a small area, the ``area``-th of its county (fewer than 256)."""
    return f"E01{_FIRST + 256 * tile + area}"


def urn(tile: int, school: int) -> int:
    """Return the URN of an establishment, the ``school``-th of its county (fewer than 200)."""
    return _FIRST + 200 * tile + school


def postcode_area(tile: int) -> tuple[str, int]:
    """Return a county's postcode area and the first of its twelve district numbers.

    >>> postcode_area(1)
    ('AD', 13)
    """
    area, place = divmod(tile, AREAS_EACH)
    return POSTCODE_AREAS[area], 1 + _DISTRICTS_EACH * place


def district_of(code: str, authority: int) -> int:
    """Return which of an authority's districts has a code.

    >>> district_of("E07900005", 1), district_of("E06900001", 0)
    (1, 0)
    """
    return 0 if code.startswith("E06") else int(code[3:]) - _FIRST - 3 * authority
