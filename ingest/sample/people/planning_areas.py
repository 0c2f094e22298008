"""The planning areas in which authorities count places."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.needs import Floats, Land
from ingest.sample.people.places import Whereabouts
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import NEVER, PRIMARY_KINDS, Provision

SCHOOLS_EACH: Final = {"Primary": 6, "Secondary": 4}
"""Primary and secondary schools are planned for apart."""

LARGE_DISTRICT: Final = 4
"""Schools of a phase in a district with more than one planning area."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A school in a planning area.

    Attributes:
        school: the provision.
        area: name of the planning area.
        next_area: of the one whose middle is next; empty if there is no other.
        ratio: how much farther that is.
    """

    school: int
    area: str
    next_area: str
    ratio: float


def planning_areas(schools: Schools, land: Land, where: Whereabouts) -> list[Names]:
    """Group the mainstream schools of each district into planning areas around some of them.

    An all-through school lies in a primary and in a secondary one. One primary school, the one
    that lies most evenly between two areas, is in both.

    Returns:
        The names of the planning areas of each provision: none, one or two.
    """
    district = land.areas["district_code"].to_numpy(str)[land.sites["area"].to_numpy()]
    found: list[Names] = [() for _ in schools]
    for phase in SCHOOLS_EACH:
        rows = [row for row, each in enumerate(schools) if _is_in(each, phase)]
        members = [
            member
            for code in sorted({str(district[schools[row].site]) for row in rows})
            for member in _members(
                [row for row in rows if district[schools[row].site] == code],
                schools,
                land,
                where,
                phase,
            )
        ]
        for member in members:
            found[member.school] = (*found[member.school], member.area)
        if phase == "Primary":
            found = _with_one_in_two(found, members, schools)
    return found


def _is_in(school: Provision, phase: str) -> bool:
    if not school.is_mainstream:
        return False
    is_primary = school.kind in PRIMARY_KINDS
    return school.kind == "all_through" or is_primary == (phase == "Primary")


def _members(
    rows: list[int], schools: Schools, land: Land, where: Whereabouts, phase: str
) -> list[Member]:
    """Cut the schools of a district into areas around schools far from each other."""
    sites = [schools[row].site for row in rows]
    points = land.sites[["x", "y"]].to_numpy(float)[sites]
    places = [where.place[site] for site in sites]
    least = 2 if len(rows) >= LARGE_DISTRICT else 1
    hubs = _hubs(points, places, max(least, round(len(rows) / SCHOOLS_EACH[phase])))
    metres = np.hypot(*(points[:, None] - points[hubs]).transpose(2, 0, 1))
    order = metres.argsort(axis=1, kind="stable")
    found = []
    for row, gaps, near in zip(rows, metres, order, strict=True):
        names = [f"{places[hubs[at]]} {phase}" for at in near[:2]]
        ratio = gaps[near[1]] / max(gaps[near[0]], 1.0) if len(names) > 1 else np.inf
        found.append(Member(row, names[0], names[-1] if len(names) > 1 else "", float(ratio)))
    return found


def _hubs(points: Floats, places: list[str], wanted: int) -> list[int]:
    """Choose schools far from each other, each in another place: areas are called after it."""
    hubs = [int(np.hypot(*(points - points.mean(axis=0)).T).argmin())]
    while len(hubs) < wanted:
        gaps = np.hypot(*(points[:, None] - points[hubs]).transpose(2, 0, 1)).min(axis=1)
        used = [places[hub] for hub in hubs]
        gaps[[place in used for place in places]] = 0
        if not gaps.any():
            break
        hubs.append(int(gaps.argmax()))
    return hubs


def _with_one_in_two(found: list[Names], members: list[Member], schools: Schools) -> list[Names]:
    between = [each for each in members if each.next_area and _stays(schools[each.school])]
    if not between:
        return found
    chosen = min(between, key=lambda each: (each.ratio, each.school))
    return [
        (chosen.area, chosen.next_area) if row == chosen.school else names
        for row, names in enumerate(found)
    ]


def _stays(school: Provision) -> bool:
    return school.kind == "primary" and school.closes == NEVER and not school.story
