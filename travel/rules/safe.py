"""Walking along ways that count as safe for a child: paths, quiet roads, those with a pavement.

What counts is a table of assumptions. Few roads have their pavement mapped, so how much of a
network rests on mapped pavements is stated beside it; see `travel.streets.report.WalkCoverage`.
"""

from typing import Final, Literal

from config.tables import assumption_table
from travel.rules.driving import BUILT_UP_MPH, limit_mph, road_class
from travel.rules.vehicles import ferry_on_foot
from travel.rules.verdict import Verdict, left_out
from travel.rules.walking import walk_on
from travel.streets.reading import Tags

SIDES: Final = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
"""Keys that say on which sides of a road there is a pavement."""

THERE: Final = frozenset({"both", "left", "right", "yes", "separate"})
NOT_THERE: Final = frozenset({"no", "none"})

Pavement = Literal["pavement", "none", "unmapped"]


def pavement(tags: Tags) -> Pavement:
    """Say whether a road has a pavement on any side, has none, or nobody has mapped it.

    >>> pavement({"sidewalk": "left"}), pavement({"sidewalk": "no"}), pavement({})
    ('pavement', 'none', 'unmapped')
    >>> pavement({"sidewalk:left": "no", "sidewalk:right": "separate"})
    'pavement'
    """
    said = {tags[key] for key in SIDES if key in tags}
    if said & THERE:
        return "pavement"
    return "none" if said & NOT_THERE else "unmapped"


def walk_safely(tags: Tags, *, is_built_up: bool) -> Verdict:
    """Say how a way is walked by those who keep to what counts as safe.

    >>> walk_safely({"highway": "primary"}, is_built_up=False).reason
    'road without a mapped pavement'
    >>> walk_safely({"highway": "primary", "sidewalk": "both"}, is_built_up=False).forward_kmh
    4.8
    """
    if "highway" not in tags:
        return ferry_on_foot(tags)
    walk = walk_on(tags)
    if walk.reason:
        return left_out(walk.reason)
    row = assumption_table("safe_walking").rows.get(road_class(tags, is_dual=False))
    if row is None:
        return Verdict(walk.forward_kmh, walk.backward_kmh)
    found = pavement(tags)
    mph, _ = limit_mph(tags, is_built_up=is_built_up)
    speed = "slow" if mph < BUILT_UP_MPH else "fast"
    if row[found if found == "pavement" else f"{found}_{speed}"]:
        return Verdict(walk.forward_kmh, walk.backward_kmh)
    is_none = found == "none"
    return left_out("road without a pavement" if is_none else "road without a mapped pavement")
