"""Where people drive, and how fast, with the road to themselves and on a school morning.

``motorcar`` beats ``motor_vehicle``, which beats ``vehicle``, which beats ``access``. Roads for
those with business there (private drives, where school gates often stand; customers; access only)
may be driven along where a journey starts or ends, never through. Rules of certain times (school
streets, bus gates) are judged at the hours that the assumptions state.
"""

from dataclasses import replace
from typing import Final

from config.assumptions import assumptions
from config.tables import assumption_table
from travel.rules.conditions import at_hour
from travel.rules.tags import MPH_KMH, NAMED_LIMITS_MPH, Odd, speed_limit
from travel.rules.vehicles import (
    ANYONE,
    NOBODY,
    ON_BUSINESS,
    ROUND,
    access_of,
    direction,
    ferry,
    is_there,
    lets_past,
)
from travel.rules.verdict import FOR_ACCESS, ROUNDABOUT, Verdict, left_out
from travel.streets.reading import Tags

KEYS: Final = ("motorcar", "motor_vehicle", "vehicle", "access")
"""Who may drive, from the most particular."""

BUILT_UP_MPH: Final = 30.5
"""Roads limited to 30 mph or less are driven as in a built-up area."""


def drive_free(tags: Tags, *, is_built_up: bool) -> Verdict:
    """Say how a way is driven with the road to oneself.

    >>> round(drive_free({"highway": "residential"}, is_built_up=True).forward_kmh)
    34
    >>> drive_free({"highway": "footway"}, is_built_up=True).reason
    'highway=footway'
    """
    return _drive(tags, is_built_up=is_built_up, hour="free_hour")


def _drive(dated: Tags, *, is_built_up: bool, hour: str) -> Verdict:
    """Judge a way by its tags at an hour of a school day."""
    tags, unread = at_hour(dated, assumptions("driving")[hour].value)
    verdict = _drive_now(tags, is_built_up=is_built_up)
    return replace(verdict, odd=verdict.odd + unread) if unread else verdict


def _drive_now(tags: Tags, *, is_built_up: bool) -> Verdict:
    if "highway" not in tags:
        is_said = bool(access_of(tags, KEYS)[1])
        return ferry(tags, KEYS) if is_said else left_out("ferry not said to take cars")
    forbidden, odd = _may_not_drive(tags)
    if forbidden:
        return left_out(forbidden, odd)
    round_, more = direction(tags)
    if round_ is None:
        return left_out("oneway=reversible", odd)
    forward, backward, wrong = _paces(tags, is_built_up=is_built_up)
    forward *= tags.get("motor_vehicle:forward") not in NOBODY
    backward *= tags.get("motor_vehicle:backward") not in NOBODY
    if not (forward if round_ >= 0 else 0) and not (backward if round_ <= 0 else 0):
        return left_out("motor_vehicle=no in the only direction", odd)
    traits = FOR_ACCESS * _is_for_access(tags) | ROUNDABOUT * (tags.get("junction") in ROUND)
    return Verdict(
        forward if round_ >= 0 else 0.0,
        backward if round_ <= 0 else 0.0,
        "",
        odd + more + wrong,
        traits=traits,
    )


def drive_school_run(tags: Tags, *, is_built_up: bool) -> Verdict:
    """Say how a way is driven between 8 and 9 on a school morning."""
    free = _drive(tags, is_built_up=is_built_up, hour="school_hour")
    if free.reason or free.duration_s:
        return free
    tags, _ = at_hour(tags, assumptions("driving")["school_hour"].value)
    row = assumption_table("school_run").rows[road_class(tags, is_dual=_is_dual(tags))]
    longer = row[_column(limit_mph(tags, is_built_up=is_built_up)[0])]
    return replace(
        free, forward_kmh=free.forward_kmh / longer, backward_kmh=free.backward_kmh / longer
    )


def is_drivable(tags: Tags) -> bool:
    """Say whether a car gets past a barrier.

    >>> is_drivable({"barrier": "gate"}), is_drivable({"barrier": "bollard"})
    (True, False)
    """
    return lets_past(tags, KEYS, "drive")


def road_class(tags: Tags, *, is_dual: bool) -> str:
    """Return the row of the tables of speeds that a way belongs to; links go with their road."""
    highway = tags.get("highway", "").removesuffix("_link")
    return "dual" if is_dual and highway in {"trunk", "primary", "secondary"} else highway


def limit_mph(tags: Tags, *, is_built_up: bool, key: str = "maxspeed") -> tuple[float, Odd]:
    """Return the speed limit: as tagged, else as the law has it for such a road.

    Street lights make a road a restricted one; a pavement, or houses around, suggest them.
    """
    odd: Odd = ()
    for each in dict.fromkeys((key, "maxspeed", "maxspeed:type", "source:maxspeed")):
        tagged = tags.get(each, "")
        if each in {"maxspeed:type", "source:maxspeed"} and tagged.lower() not in NAMED_LIMITS_MPH:
            continue  # these say where a limit comes from, and only sometimes what it is
        limit = speed_limit(tagged)
        if limit.odd:
            odd += ((each, tagged, limit.odd),)
        if limit.mph is not None:
            return limit.mph, odd
        if tagged.lower() in NAMED_LIMITS_MPH:
            return _default(tags, "rural"), odd
    return _default(tags, "built_up" if _is_restricted(tags, is_built_up) else "rural"), odd


def _default(tags: Tags, column: str) -> float:
    rows = assumption_table("speed_limits").rows
    return rows.get(road_class(tags, is_dual=_is_dual(tags)), rows["road"])[column]


def _is_restricted(tags: Tags, is_built_up: bool) -> bool:  # noqa: FBT001
    if tags.get("lit") in {"yes", "24/7", "no"}:
        return tags["lit"] != "no"
    return is_built_up or tags.get("sidewalk") in {"both", "left", "right", "yes"}


def _is_dual(tags: Tags) -> bool:
    return (
        tags.get("oneway") in {"yes", "true", "1", "-1"}
        and tags.get("junction") not in ROUND
        and not tags.get("highway", "").endswith("_link")
    )


def _column(mph: float) -> str:
    return "built_up" if mph < BUILT_UP_MPH else "rural"


def _paces(tags: Tags, *, is_built_up: bool) -> tuple[float, float, Odd]:
    row = assumption_table("driving_speeds").rows[road_class(tags, is_dual=_is_dual(tags))]
    paces: list[float] = []
    wrong: Odd = ()
    for key in ("maxspeed:forward", "maxspeed:backward"):
        limit, odd = limit_mph(tags, is_built_up=is_built_up, key=key)
        wrong += odd
        mph = min(limit, row[_column(limit)])
        if tags.get("junction") in ROUND:
            mph = min(mph, assumptions("driving")["roundabout_speed"].value)
        paces.append(mph * MPH_KMH)
    return paces[0], paces[1], tuple(dict.fromkeys(wrong))


def _may_not_drive(tags: Tags) -> tuple[str, Odd]:
    highway = tags["highway"]
    if not is_there(tags) or tags.get("area") == "yes":
        return f"highway={highway}" if not is_there(tags) else "area=yes", ()
    key, value, odd = access_of(tags, KEYS)
    if value in NOBODY:
        return f"{key}={value}", odd
    if road_class(tags, is_dual=False) not in assumption_table("driving_speeds").rows:
        return f"highway={highway}", odd
    if highway == "service" and tags.get("service") == "emergency_access" and not value:
        return "service=emergency_access", odd
    return "", odd


def _is_for_access(tags: Tags) -> bool:
    _, value, _ = access_of(tags, KEYS)
    return value in ON_BUSINESS or (tags["highway"] == "track" and value not in ANYONE)
