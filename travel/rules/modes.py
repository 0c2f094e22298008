"""The ways of travelling, and the rules that each one judges streets by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from travel.network import Mode
from travel.rules.cycling import cycle_direct, cycle_quiet, is_cyclable
from travel.rules.driving import drive_free, drive_school_run, is_drivable
from travel.rules.hills import OnSlope, cycle_on_slope, walk_on_slope
from travel.rules.vehicles import ferry_on_foot
from travel.rules.verdict import FOR_ACCESS, Verdict, left_out
from travel.rules.walking import is_passable, is_walked_to_doors, pace_kmh, walk_on
from travel.rules.wheels import is_wheelable, wheel_on
from travel.streets.reading import Tags


class Judge(Protocol):
    """Says how a way with some tags is travelled."""

    def __call__(self, tags: Tags, *, is_built_up: bool) -> Verdict:
        """Judge a way, given whether houses stand around it."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What a mode makes of tags.

    Attributes:
        judge: of ways.
        is_passable: of barriers.
        people: who travels so, for messages.
        looks_around: whether the verdict depends on houses around.
        turns: whether turning at junctions costs time, or is forbidden in places.
        delay_ratio: name of the assumption that lengthens waits at junctions, if any.
        on_slope: the pace on slopes; ``None`` where hills change nothing.
        hour: name of the assumption about the hour at which restrictions of turns are judged.
    """

    judge: Judge
    is_passable: Callable[[Tags], bool]
    people: str
    looks_around: bool = False
    turns: bool = False
    delay_ratio: str = ""
    hour: str = "free_hour"
    on_slope: OnSlope | None = None


def _walk(tags: Tags, *, is_built_up: bool) -> Verdict:
    del is_built_up
    if "highway" not in tags:
        return ferry_on_foot(tags)
    walk = walk_on(tags)
    says = "this value has no meaning for walking; the way is treated as if it had no such tag"
    odd = tuple((key, value, says) for key, value in walk.odd)
    if walk.reason and is_walked_to_doors(tags):
        pace = pace_kmh(tags["highway"])
        return Verdict(pace, pace, "", odd, traits=FOR_ACCESS)
    return Verdict(walk.forward_kmh, walk.backward_kmh, walk.reason, odd)


def _wheels(tags: Tags, *, is_built_up: bool) -> Verdict:
    del is_built_up
    if "highway" not in tags:
        return left_out("wheelchair=no") if tags.get("wheelchair") == "no" else ferry_on_foot(tags)
    return wheel_on(tags)


CYCLISTS: Final = "people with bicycles"

RULES: Mapping[Mode, Rules] = {
    "walk": Rules(_walk, is_passable, "people on foot", on_slope=walk_on_slope),
    "wheels": Rules(
        _wheels, is_wheelable, "people with prams or in wheelchairs", on_slope=walk_on_slope
    ),
    "cycle": Rules(cycle_direct, is_cyclable, CYCLISTS, looks_around=True, on_slope=cycle_on_slope),
    "cycle_quiet": Rules(
        cycle_quiet, is_cyclable, CYCLISTS, looks_around=True, on_slope=cycle_on_slope
    ),
    "drive": Rules(drive_free, is_drivable, "cars", looks_around=True, turns=True),
    "school_run": Rules(
        drive_school_run,
        is_drivable,
        "cars",
        looks_around=True,
        turns=True,
        delay_ratio="school_run_delay_ratio",
        hour="school_hour",
    ),
}
"""What each mode makes of an extract."""

MODES: Final[tuple[Mode, ...]] = tuple(RULES)
"""Every mode, in reading order."""
