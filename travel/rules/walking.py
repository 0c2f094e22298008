"""Where people may walk, and how fast: the rules, as tables and plain functions.

Tags are those of OpenStreetMap. ``foot`` speaks about walking and so beats ``access``, which speaks
about everyone; either beats what the class of street says. One-way streets are for vehicles: only
``oneway:foot`` binds people on foot.
"""

from dataclasses import dataclass
from typing import Final

from config.assumptions import assumptions
from travel.streets.reading import Tags

STREETS: Final = frozenset(
    {"trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"}
    | {"tertiary", "tertiary_link", "unclassified", "residential", "living_street"}
    | {"service", "road", "pedestrian", "footway", "path", "steps", "track", "cycleway"}
    | {"bridleway", "corridor", "platform", "elevator", "crossing"}
)
"""Classes of way that people walk along unless a tag says otherwise."""

MOTORWAYS: Final = frozenset({"motorway", "motorway_link"})
"""Closed to people on foot by law, whatever else is tagged."""

NOT_BUILT: Final = frozenset({"construction", "proposed", "planned", "abandoned", "razed", "no"})
"""Classes of way that are not there (yet, or any more)."""

OPEN: Final = frozenset({"yes", "designated", "permissive", "official", "public", "discouraged"})
"""Access values that let anyone walk."""

OPEN_TO_VISITORS: Final = frozenset({"destination", "customers"})
"""Access values meant for those with business there; nobody on foot is turned back in practice."""

CLOSED: Final = frozenset(
    {"no", "private", "permit", "residents", "restricted", "military", "emergency"}
    | {"delivery", "agricultural", "forestry", "construction", "employees", "use_sidepath"}
)
"""Access values that keep the public out; ``use_sidepath``: the path beside it is mapped."""

ON_BUSINESS: Final = frozenset({"private", "permit", "residents", "delivery", "employees"})
"""Of those, values that let in people who live, work or learn there: school gates often stand on
private drives."""

SAYS_NOTHING: Final = frozenset({"", "unknown"})
"""Access values that are as good as no tag."""

SOLID_BARRIERS: Final = frozenset(
    {"wall", "fence", "hedge", "city_wall", "retaining_wall", "ditch", "ticket_barrier"}
)
"""Barriers that stop people on foot unless tagged as open to them. Gates, stiles, bollards pass."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How one kind of way is walked.

    Attributes:
        forward_kmh: pace in the direction the way is drawn; 0 where it may not be walked.
        backward_kmh: pace in the other direction.
        reason: why the way is left out; empty where it is not.
        odd: ``(key, value)`` pairs that mean nothing to these rules and were disregarded.
    """

    forward_kmh: float
    backward_kmh: float
    reason: str = ""
    odd: tuple[tuple[str, str], ...] = ()


def walk_on(tags: Tags) -> Walk:
    """Say how a way with these tags is walked.

    >>> walk_on({"highway": "residential"}).forward_kmh
    4.8
    >>> walk_on({"highway": "service", "access": "private"}).reason
    'access=private'
    >>> walk_on({"highway": "service", "access": "private", "foot": "yes"}).reason
    ''
    """
    odd = tuple((key, tags[key]) for key in ("foot", "access") if not _is_known(tags, key))
    if reason := _closed_because(tags):
        return Walk(0.0, 0.0, reason, odd)
    pace = pace_kmh(tags["highway"])
    one_way = tags.get("oneway:foot")
    return Walk(0.0 if one_way == "-1" else pace, 0.0 if one_way == "yes" else pace, "", odd)


def is_walked_to_doors(tags: Tags) -> bool:
    """Say whether a way that is closed to the public is walked where a journey starts or ends.

    >>> is_walked_to_doors({"highway": "service", "access": "private"})
    True
    >>> is_walked_to_doors({"highway": "service", "access": "private", "foot": "no"})
    False
    """
    if tags.get("highway") not in STREETS or tags.get("motorroad") == "yes":
        return False
    said = next((tags[key] for key in ("foot", "access") if tags.get(key) in CLOSED), "")
    return said in ON_BUSINESS


def pace_kmh(highway: str) -> float:
    """Return the walking pace on this class of way, km/h."""
    return assumptions("walking")["steps_pace" if highway == "steps" else "pace"].value


def is_passable(tags: Tags) -> bool:
    """Say whether a person on foot gets past a barrier with these tags.

    >>> is_passable({"barrier": "gate"}), is_passable({"barrier": "gate", "access": "private"})
    (True, False)
    >>> is_passable({"barrier": "stile", "access": "no", "foot": "yes"})
    True
    """
    for key in ("foot", "access"):
        if tags.get(key) in OPEN | OPEN_TO_VISITORS:
            return True
        if tags.get(key) in CLOSED:
            return False
    return tags.get("locked") != "yes" and tags["barrier"] not in SOLID_BARRIERS


def _closed_because(tags: Tags) -> str:
    highway = tags.get("highway")
    if highway is None:
        return "no street"
    if highway in MOTORWAYS or tags.get("motorroad") == "yes":
        return "motorway or motorroad"
    if highway in NOT_BUILT:
        return f"highway={highway}"
    for key in ("foot", "access"):
        if tags.get(key) in CLOSED:
            return f"{key}={tags[key]}"
        if tags.get(key) in OPEN | OPEN_TO_VISITORS and (key == "foot" or highway in STREETS):
            return ""
    return "" if highway in STREETS else f"highway={highway}"


def _is_known(tags: Tags, key: str) -> bool:
    return tags.get(key, "") in OPEN | OPEN_TO_VISITORS | CLOSED | SAYS_NOTHING
