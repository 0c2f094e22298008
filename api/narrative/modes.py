"""What is said of each way of travelling: its journeys, and how their times are come by."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import travel
from api.mode_names import TRANSIT, JourneyMode
from api.narrative.reach import WALK, Trip
from config.assumptions import Assumption, assumptions
from config.tables import assumption_table
from travel.transit import When

TRIPS: Final[Mapping[JourneyMode, Trip]] = {
    "walk": WALK,
    "wheels": Trip("walk", " with a pram or wheelchair"),
    "cycle": Trip("cycle ride"),
    "cycle_quiet": Trip("cycle ride", " along quiet streets"),
    "drive": Trip("drive", " on clear roads"),
    "school_run": Trip("drive", " on a school morning"),
    TRANSIT: Trip("bus journey"),
}
"""What a journey by each mode is called in sentences."""

DOOR_TO_STREET: Final = "from the place straight to the nearest street, then the quickest way along"
TO_SCHOOL: Final = "The times are those of the way to the school."
LEVEL: Final = "Hills, crossings and lighting are not counted."
HILLY: Final = (
    "Steep ground is slower uphill, by the heights this atlas was given. Crossings and lighting "
    "are not counted."
)
PARKING: Final = "Parking and the walk from the car are not counted."


def method(mode: travel.Mode, *, is_goal: bool = False, has_heights: bool = False) -> str:
    """Say how the times of a mode are come by.

    >>> method("walk")
    'Walking time on the street network: from the place straight to the nearest street, then the \
quickest way along streets and paths open to the public, at 4.8 km/h. Hills, crossings and \
lighting are not counted.'
    >>> method("cycle", has_heights=True).partition("footpaths. ")[2]
    'Steep ground is slower uphill, by the heights this atlas was given. Crossings and lighting \
are not counted.'

    Args:
        mode: the way of travelling.
        is_goal: the journeys go to the place that is asked about.
        has_heights: hills count on foot and by bicycle.
    """
    said = METHODS[mode]()
    if mode in UNDER_OWN_STEAM:
        said = f"{said} {HILLY if has_heights else LEVEL}"
    return f"{said} {TO_SCHOOL}" if is_goal else said


def transit_method(day: date, when: When) -> str:
    """Say how the times of public transport are come by.

    >>> transit_method(date(2025, 9, 9), When(31200))[:86]
    'Time by bus and on foot, by the timetable of Tuesday 9 September 2025: how long before'

    Args:
        day: whose timetable is read.
        when: the time that journeys keep to.
    """
    clock = f"{when.at_s // 3600:02d}:{when.at_s // 60 % 60:02d}"
    counted = (
        f"how long before {clock} one must leave to be there by then"
        if when.is_arrival
        else f"how long after {clock}, when one leaves, one is there"
    )
    return (
        f"Time by bus and on foot, by the timetable of {day:%A} {day.day} {day:%B %Y}: {counted}, "
        "waiting included. One walks along streets and paths open to the public, at "
        f"{_said('walking', 'pace')}: up to {_said('transit', 'stop_walk')} to the first stop and "
        f"up to {_said('transit', 'change_walk')} between two buses, with "
        f"{_said('transit', 'change')} to spare for each change; or all the way. Buses run as "
        "planned; delays and fares are not counted."
    )


def assumptions_of(mode: JourneyMode) -> list[Assumption]:
    """Return the numbers that the times of a mode rest on, in reading order."""
    return [assumptions(topic)[name] for topic, name in RESTS_ON[mode]]


def straight_line_kmh(mode: JourneyMode) -> float:
    """Return how fast one gets ahead in a straight line at best."""
    topic, name = STRAIGHT[mode]
    return assumptions(topic)[name].value


def _walk() -> str:
    return (
        f"Walking time on the street network: {DOOR_TO_STREET} streets and paths open to the "
        f"public, at {_said('walking', 'pace')}."
    )


def _wheels() -> str:
    return (
        f"Time with a pram or in a wheelchair on the street network: {DOOR_TO_STREET} streets and "
        "paths without steps, stiles, raised kerbs or narrow gates, as far as they are mapped, at "
        f"{_said('walking', 'pace')}."
    )


def _cycle() -> str:
    return (
        f"Cycling time on the street network: {DOOR_TO_STREET} wherever cycling is allowed, at "
        f"{_said('cycling', 'pace')}, or {_said('cycling', 'rough_pace')} on loose ground; the "
        "bicycle is pushed at walking pace along footpaths."
    )


def _cycle_quiet() -> str:
    return (
        f"Cycling time on quiet streets: {DOOR_TO_STREET} cycle tracks, paths and streets with "
        "little or slow traffic (traffic stress of level "
        f"{assumptions('cycling')['quiet_stress'].value:g} or less), at "
        f"{_said('cycling', 'pace')}; the bicycle is pushed at walking pace along busier streets "
        "and footpaths."
    )


def _drive() -> str:
    return (
        f"Driving time with the roads clear: {DOOR_TO_STREET} roads, at the usual speed of each "
        "class of road and never above its limit. Turn restrictions are kept to; turning right "
        f"costs {_said('driving', 'right_turn_delay')}, left "
        f"{_said('driving', 'left_turn_delay')}, traffic signals "
        f"{_said('driving', 'signal_delay')} on average. {PARKING}"
    )


def _school_run() -> str:
    rows = assumption_table("school_run").rows.values()
    longest = max(ratio for row in rows for ratio in row.values())
    return (
        f"Driving time between 8 and 9 on a school morning: {DOOR_TO_STREET} roads. Each takes up "
        f"to {longest:g} times as long as when clear, by class of road, and waits at junctions "
        f"{assumptions('driving')['school_run_delay_ratio'].value:g} times as long: an "
        f"assumption of this atlas, not a measurement. Turn restrictions are kept to. {PARKING}"
    )


def _said(topic: str, name: str) -> str:
    entry = assumptions(topic)[name]
    unit = "seconds" if entry.unit == "s" else entry.unit
    return f"{entry.value:g} {unit}"


UNDER_OWN_STEAM: Final = frozenset({"walk", "wheels", "cycle", "cycle_quiet"})
"""Modes that hills slow down."""

METHODS: Final = {
    "walk": _walk,
    "wheels": _wheels,
    "cycle": _cycle,
    "cycle_quiet": _cycle_quiet,
    "drive": _drive,
    "school_run": _school_run,
}
"""The sentences of each mode."""

AFOOT: Final = (("walking", "pace"), ("walking", "steps_pace"), ("walking", "off_street_m"))
AWHEEL: Final = (("walking", "pace"), ("wheels", "width"), ("walking", "off_street_m"))
ON_A_CYCLE: Final = (("cycling", "pace"), ("cycling", "rough_pace"), ("walking", "pace"))
BY_CAR: Final = tuple(
    ("driving", name)
    for name in (
        "right_turn_delay",
        "left_turn_delay",
        "roundabout_delay",
        "signal_delay",
        "crossing_delay",
    )
)

RESTS_ON: Final[Mapping[JourneyMode, tuple[tuple[str, str], ...]]] = {
    "walk": AFOOT,
    "wheels": AWHEEL,
    "cycle": ON_A_CYCLE,
    "cycle_quiet": (*ON_A_CYCLE, ("cycling", "quiet_stress")),
    "drive": BY_CAR,
    "school_run": (*BY_CAR, ("driving", "school_run_delay_ratio")),
    TRANSIT: (
        ("walking", "pace"),
        ("transit", "stop_walk"),
        ("transit", "change_walk"),
        ("transit", "change"),
        ("transit", "arrive_by"),
    ),
}
"""Topic and name of the assumptions that the times of each mode rest on."""

STRAIGHT: Final[Mapping[JourneyMode, tuple[str, str]]] = {
    "walk": ("walking", "pace"),
    "wheels": ("walking", "pace"),
    "cycle": ("cycling", "pace"),
    "cycle_quiet": ("cycling", "pace"),
    "drive": ("driving", "straight_line_pace"),
    "school_run": ("driving", "straight_line_pace"),
    TRANSIT: ("driving", "straight_line_pace"),
}
"""Topic and name of the pace in a straight line."""
