"""Where people go with a pram or in a wheelchair: as on foot, but no steps, stiles or raised kerbs.

The pace is the walking pace: no national figure says otherwise. ``wheelchair`` beats every rule
below but the law; a way or gate without tags counts as passable.
"""

from typing import Final

from config.assumptions import assumptions
from travel.rules.tags import width_m
from travel.rules.vehicles import lets_past
from travel.rules.verdict import FOR_ACCESS, Verdict, left_out
from travel.rules.walking import (
    CLOSED,
    OPEN,
    OPEN_TO_VISITORS,
    is_passable,
    is_walked_to_doors,
    walk_on,
)
from travel.streets.reading import Tags

TOO_ROUGH: Final = frozenset({"horrible", "very_horrible", "impassable"})
"""Smoothness on which wheels of a pram do not roll."""

HIGH_KERBS: Final = frozenset({"raised", "yes", "regular"})
"""Kerbs that nobody wheels over; lowered, flush and rolled ones, and those not described, pass."""

ODD_ACCESS: Final = "this value has no meaning here; it is passed over"


def wheel_on(tags: Tags) -> Verdict:
    """Say how a way with these tags is gone along on wheels.

    >>> wheel_on({"highway": "steps"}).reason
    'steps'
    >>> wheel_on({"highway": "footway"}).forward_kmh
    4.8
    """
    walk = walk_on(tags)
    odd = tuple((key, value, ODD_ACCESS) for key, value in walk.odd)
    if "width" in tags and width_m(tags["width"]) is None:
        odd += (("width", tags["width"], "no width can be read from this; taken as wide enough"),)
    is_private = bool(walk.reason) and is_walked_to_doors(tags)
    if reason := ("" if is_private else walk.reason) or _stopped_by(tags):
        return left_out(reason, odd)
    pace = assumptions("walking")["pace"].value
    if is_private:
        return Verdict(pace, pace, "", odd, traits=FOR_ACCESS)
    return Verdict(pace if walk.forward_kmh else 0.0, pace if walk.backward_kmh else 0.0, "", odd)


def is_wheelable(tags: Tags) -> bool:
    """Say whether one gets past a barrier on wheels.

    >>> is_wheelable({"barrier": "gate"}), is_wheelable({"barrier": "kissing_gate"})
    (True, False)
    >>> is_wheelable({"barrier": "kissing_gate", "wheelchair": "yes"})
    True
    """
    if not is_passable(tags):
        return False
    if tags.get("wheelchair") in {"yes", "designated"}:
        return True
    if tags.get("wheelchair") == "no" or tags.get("kerb") in HIGH_KERBS:
        return False
    # Who is let past says nothing about how narrow it is, so only the kind is looked at here.
    said = {tags.get("foot", ""), tags.get("access", "")} & (OPEN | OPEN_TO_VISITORS | CLOSED)
    known = {"barrier": tags["barrier"]} if said else tags
    return lets_past(known, (), "wheels")


def _stopped_by(tags: Tags) -> str:
    if tags.get("wheelchair") in {"yes", "designated"}:
        return ""
    if tags.get("wheelchair") == "no":
        return "wheelchair=no"
    if tags["highway"] == "steps" and tags.get("ramp:wheelchair") != "yes":
        return "steps"
    if tags.get("smoothness") in TOO_ROUGH:
        return f"smoothness={tags['smoothness']}"
    width = width_m(tags.get("width", ""))
    narrowest = assumptions("wheels")["width"].value
    return "" if width is None or width >= narrowest else f"narrower than {narrowest:g} m"
