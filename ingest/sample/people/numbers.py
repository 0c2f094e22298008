"""Establishment numbers: four digits that tell the type, unique in an authority."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

RANGES: Final = (
    ("Local authority nursery", 1000, 1000),
    ("Pupil referral unit", 1100, 1100),
    ("Free schools", 2000, 4000),
    ("Academy special", 7000, 7000),
    ("Academy", 2000, 4000),
    ("Community special", 7000, 7000),
    ("Community", 2000, 4000),
    ("Voluntary", 3000, 4600),
    ("Foundation special", 7000, 7000),
    ("Foundation", 5200, 5400),
    ("Other independent", 6000, 6000),
    ("Further education", 8600, 8600),
)
"""How a type begins, and where the numbers of its primary and of its other schools begin."""

ELSEWHERE: Final = {1000: 50, 1100: 25, 4600: 60, 5200: 60, 5400: 60, 8600: 30}
"""By how much numbers begin later in land of a neighbouring authority: two counties number the
schools of one authority, and neither knows of the other's."""
FAR: Final = 400
"""That, where a range is long."""


def establishment_numbers(
    schools: Iterable[tuple[str, bool, int, bool]],
) -> list[int]:
    """Number establishments.

    Args:
        schools: by establishment, its type, whether it is a primary school, its authority, and
            whether it lies in the fringe.
    """
    given: Counter[tuple[int, int]] = Counter()
    found = list[int]()
    for type_name, is_primary, authority, is_fringe in schools:
        base = _first_number(type_name, is_primary=is_primary)
        base += ELSEWHERE.get(base, FAR) if is_fringe else 0
        given[authority, base] += 1
        found.append(base + given[authority, base])
    return found


def _first_number(type_name: str, *, is_primary: bool) -> int:
    """Return where the range of a type begins.

    >>> _first_number("Academy converter", is_primary=False)
    4000
    """
    found = (
        primary if is_primary else other
        for start, primary, other in RANGES
        if type_name.startswith(start)
    )
    return next(found)
