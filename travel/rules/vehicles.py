"""What driving and cycling have in common: who may, which way round, past which barriers."""

from collections.abc import Iterable
from typing import Final

from config.tables import assumption_table
from travel.rules.tags import Odd, duration_s, one_way
from travel.rules.verdict import Verdict, left_out
from travel.rules.walking import CLOSED, NOT_BUILT, OPEN, OPEN_TO_VISITORS, SAYS_NOTHING
from travel.streets.reading import Tags

ANYONE: Final = frozenset({"yes", "designated", "permissive", "official", "public", "discouraged"})
"""Access values that let every vehicle through."""

ON_BUSINESS: Final = frozenset(
    {"destination", "customers", "private", "permit", "residents", "delivery", "employees"}
)
"""Access values of roads that nobody drives through, but some start or end along."""

NOBODY: Final = frozenset(
    {"no", "restricted", "military", "emergency", "agricultural", "forestry", "construction"}
    | {"use_sidepath", "dismount", "bus", "psv", "agricultural;forestry"}
)
"""Access values that keep the public's vehicles out."""

ROUND: Final = frozenset({"roundabout", "circular"})
"""Junctions that are driven round one way."""


def access_of(tags: Tags, keys: Iterable[str]) -> tuple[str, str, Odd]:
    """Find the first key, from the most particular, whose value says something.

    Returns:
        Key and value, both empty where no tag says anything, and the odd tags on the way there.
    """
    odd: list[tuple[str, str, str]] = []
    for key in keys:
        value = tags.get(key, "")
        if value in SAYS_NOTHING:
            continue
        if value in ANYONE | ON_BUSINESS | NOBODY:
            return key, value, tuple(odd)
        odd.append((key, value, "this value has no meaning here; it is passed over"))
    return "", "", tuple(odd)


def is_there(tags: Tags) -> bool:
    """Say whether the way has been built."""
    return tags.get("highway") not in NOT_BUILT


def direction(tags: Tags) -> tuple[int | None, Odd]:
    """Say which way round motor vehicles go, roundabouts and motorways included.

    >>> direction({"highway": "motorway"})[0], direction({"junction": "roundabout"})[0]
    (1, 1)
    >>> direction({"highway": "residential", "oneway": "sometimes"})
    (0, (('oneway', 'sometimes', 'no direction can be read from this; taken as open both ways'),))
    """
    tagged = tags.get("oneway")
    if tagged is None:
        is_implied = tags.get("junction") in ROUND or tags.get("highway", "") in {
            "motorway",
            "motorway_link",
        }
        return int(is_implied), ()
    if tagged == "reversible":
        return None, ()
    found = one_way(tagged)
    if found is None:
        says = "no direction can be read from this; taken as open both ways"
        return 0, (("oneway", tagged, says),)
    return found, ()


def lets_past(tags: Tags, keys: Iterable[str], column: str) -> bool:
    """Say whether a barrier lets a mode past: its access tags first, then its kind.

    Args:
        tags: of the barrier.
        keys: of access, from the most particular.
        column: of the table of barriers.
    """
    _, value, _ = access_of(tags, keys)
    if value:
        return value in ANYONE or value in {"destination", "customers"}
    if tags.get("locked") == "yes":
        return False
    row = assumption_table("barriers").rows.get(tags["barrier"])
    return column != "drive" if row is None else bool(row[column])


def ferry(tags: Tags, keys: tuple[str, ...]) -> Verdict:
    """Say how long a ferry takes, if its duration is mapped; waiting for it is not counted."""
    key, value, odd = access_of(tags, keys)
    if value in NOBODY:
        return left_out(f"{key}={value}", odd)
    seconds = duration_s(tags.get("duration", ""))
    if not seconds:
        if tagged := tags.get("duration"):
            odd += (("duration", tagged, "no time can be read from this; the ferry is left out"),)
        return left_out("ferry without a duration", odd)
    return Verdict(1.0, 1.0, "", odd, duration_s=seconds)


def ferry_on_foot(tags: Tags) -> Verdict:
    """Say how long a ferry takes those on foot; ferries take them unless a tag says otherwise.

    >>> ferry_on_foot({"route": "ferry", "duration": "00:10"}).duration_s
    600.0
    >>> ferry_on_foot({"route": "ferry", "duration": "00:10", "foot": "no"}).reason
    'foot=no'
    """
    for key in ("foot", "access"):
        if tags.get(key) in OPEN | OPEN_TO_VISITORS:
            break
        if tags.get(key) in CLOSED:
            return left_out(f"{key}={tags[key]}")
    return ferry(tags, ("foot",) if tags.get("foot") in ANYONE else ("foot", "access"))
