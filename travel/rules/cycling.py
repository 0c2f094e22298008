"""Where people cycle, how fast, and how much motor traffic worries them.

Every stretch has a level of traffic stress from 1 (a child rides alone) to 4. A direct route rides
wherever cycling is lawful; a quiet one rides up to the level that most people put up with and
pushes the bicycle, at walking pace, along the rest. So do both along footways and against
one-way streets: wherever people may walk, a bicycle may be pushed.
"""

from typing import Final

from config.assumptions import assumptions
from config.tables import assumption_table
from travel.rules.driving import limit_mph, road_class
from travel.rules.tags import Odd, one_way
from travel.rules.vehicles import ANYONE, NOBODY, access_of, direction, ferry, is_there, lets_past
from travel.rules.verdict import Verdict, left_out
from travel.rules.walking import STREETS, walk_on
from travel.streets.reading import Tags

RIDDEN: Final = frozenset({"cycleway", "path", "bridleway", "track", "crossing"})
"""Ways away from motor traffic that may be cycled along unless a tag says otherwise."""

TRACKS: Final = frozenset({"track", "opposite_track", "separate", "sidepath"})
"""Cycleways apart from the traffic."""

LANES: Final = frozenset({"lane", "opposite_lane", "shared_lane", "share_busway"})
"""Cycleways marked on the road."""

LOOSE: Final = frozenset(
    {"unpaved", "gravel", "pebblestone", "ground", "dirt", "earth", "grass", "mud", "sand"}
    | {"woodchips", "rock", "grass_paver"}
)
"""Surfaces that slow a bicycle down. Tracks and bridleways are loose unless tagged as paved."""

PAVED: Final = frozenset({"asphalt", "paved", "concrete", "paving_stones", "compacted", "sett"})
"""Surfaces that do not."""

KEYS: Final = ("bicycle", "vehicle", "access")
"""Who may ride, from the most particular."""

SIDES: Final = ("cycleway", "cycleway:both", "cycleway:left", "cycleway:right")
"""Keys that say what cyclists are given along a road."""


def cycle_direct(tags: Tags, *, is_built_up: bool) -> Verdict:
    """Say how a way is cycled by those who take the quickest lawful way.

    >>> cycle_direct({"highway": "primary"}, is_built_up=True).forward_kmh
    16.0
    """
    return _cycle(tags, is_built_up=is_built_up, up_to=4)


def cycle_quiet(tags: Tags, *, is_built_up: bool) -> Verdict:
    """Say how a way is cycled by those who push along busy streets.

    >>> cycle_quiet({"highway": "primary"}, is_built_up=True).forward_kmh
    4.8
    """
    return _cycle(tags, is_built_up=is_built_up, up_to=assumptions("cycling")["quiet_stress"].value)


def is_cyclable(tags: Tags) -> bool:
    """Say whether one gets past a barrier with a bicycle, if need be pushing it.

    >>> is_cyclable({"barrier": "bollard"}), is_cyclable({"barrier": "stile"})
    (True, False)
    """
    return lets_past(tags, (*KEYS[:1], "foot", *KEYS[1:]), "cycle")


def stress(tags: Tags, *, is_built_up: bool) -> int:
    """Return the level of traffic stress, 1 to 4.

    >>> stress({"highway": "residential"}, is_built_up=True)
    2
    >>> stress({"highway": "primary", "cycleway": "track"}, is_built_up=True)
    1
    """
    rows = assumption_table("cycle_stress").rows
    row = rows.get(road_class(tags, is_dual=False)) or rows["path"]
    mph, _ = limit_mph(tags, is_built_up=is_built_up)
    if given := {tags[key] for key in SIDES if key in tags}:
        if given & TRACKS:
            return 1
        if given & LANES:
            level = row[_column(mph)] - 1
            return int(max(level, 1 if mph <= 20 else 2))  # noqa: PLR2004 - as the table says
    return int(row[_column(mph)])


def _column(mph: float) -> str:
    for limit in (20, 30, 40):
        if mph <= limit + 0.5:
            return f"to_{limit}"
    return "over_40"


def _cycle(tags: Tags, *, is_built_up: bool, up_to: float) -> Verdict:
    if "highway" not in tags:
        return ferry(tags, KEYS)
    if not is_there(tags):
        return left_out(f"highway={tags['highway']}")
    level = stress(tags, is_built_up=is_built_up)
    reason, odd = _may_not_ride(tags)
    pushed = _pushing_kmh(tags)
    ridden = 0.0 if reason or level > up_to else _pace_kmh(tags)
    along, against, more = _ways_round(tags)
    forward = ridden if ridden and along else pushed
    backward = ridden if ridden and against else pushed
    if not (forward or backward):
        return left_out(reason or "nobody may walk, and it is too busy to ride", odd + more)
    return Verdict(forward, backward, "", odd + more, traits=level)


def _may_not_ride(tags: Tags) -> tuple[str, Odd]:
    highway = tags["highway"]
    if highway in {"motorway", "motorway_link"} or tags.get("motorroad") == "yes":
        return "motorway or motorroad", ()
    key, value, odd = access_of(tags, KEYS)
    if value in NOBODY or value in {"private", "permit", "residents", "employees", "delivery"}:
        return f"{key}={value}", odd
    if highway in {"steps", "elevator", "corridor", "platform"}:
        return f"highway={highway}", odd
    if highway in {"footway", "pedestrian"} or highway not in STREETS:
        return ("" if key == "bicycle" and value in ANYONE else f"highway={highway}"), odd
    return "", odd


def _pushing_kmh(tags: Tags) -> float:
    """Return the pace of pushing a bicycle, which nobody does up steps; 0 where nobody walks."""
    if tags["highway"] in {"steps", "elevator"}:
        return 0.0
    walk = walk_on(tags)
    return max(walk.forward_kmh, walk.backward_kmh)


def _pace_kmh(tags: Tags) -> float:
    surface = tags.get("surface", "").partition(":")[0]
    is_loose = surface in LOOSE or (
        tags["highway"] in {"track", "bridleway"} and surface not in PAVED
    )
    return assumptions("cycling")["rough_pace" if is_loose else "pace"].value


def _ways_round(tags: Tags) -> tuple[bool, bool, Odd]:
    """Say whether cyclists ride along the way as drawn, and against."""
    motor, odd = direction(tags)
    tagged = tags.get("oneway:bicycle")
    if tagged is not None:
        own = one_way(tagged)
        if own is not None:
            return own >= 0, own <= 0, odd
        says = "no direction can be read from this; the way's own direction is taken"
        odd += (("oneway:bicycle", tagged, says),)
    if motor is None or motor == 0 or _is_given_a_contraflow(tags):
        return True, True, odd
    return motor > 0, motor < 0, odd


def _is_given_a_contraflow(tags: Tags) -> bool:
    if any(tags.get(key, "").startswith("opposite") for key in SIDES):
        return True
    return any(tags.get(f"cycleway:{side}:oneway") in {"no", "-1"} for side in ("left", "right"))
