"""What happens to schools while pupils are counted: closures, moves, more places and fewer."""

from typing import Final

import numpy as np

from ingest.sample.people.ground import Ground
from ingest.sample.people.others import CLASS
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import ALWAYS, NEVER, NONE, Provision, made

VILLAGE_CLOSED: Final = 2019
CITY_CLOSED: Final = 2023
CITY_CLOSING: Final = 2026
"""First academic years without a school that closes for good."""
MOVED: Final = 2020
MOVED_WITHIN_M: Final = 2500.0
SPLIT_WITHIN_M: Final = 2000.0

CITY_CHANGES_FROM: Final = 0.3
"""Smallest share of a county whose city has schools to spare for a closure."""

PLACE_CHANGES: Final = ((2013, CLASS), (2016, CLASS), (2024, -CLASS // 2), (2025, -CLASS))
"""In the city, one primary school each: from which academic year how many places more."""
SECONDARY_CHANGE: Final = (2021, CLASS)


def closures(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add schools that closed, and one that will, each at a site of its own."""
    for kind, closes, places, story in (
        ("village", VILLAGE_CLOSED, 8, "closed"),
        ("city", CITY_CLOSED, CLASS, "closed"),
        ("city", CITY_CLOSING, CLASS, "closing"),
    ):
        here = ground.kind == "village" if kind == "village" else ground.part == "city"
        fits = ground.free(found) & here & ~ground.three_tier & (ground.kind != "new")
        is_small = kind == "city" and ground.share < CITY_CHANGES_FROM
        if is_small or not fits.any():
            continue
        site = int(rng.choice(np.flatnonzero(fits)))
        school = made("primary", site, str(ground.part[site]), places)
        found = (*found, school.but(closes=closes, type="Community school", story=story))
    return found


def moves(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Let one primary school have moved, and give one secondary school a second site."""
    for kind, within_m in (("primary", MOVED_WITHIN_M), ("secondary", SPLIT_WITHIN_M)):
        for row in _shuffled(found, kind, rng):
            site = ground.nearest_free(found[row].site, found, within_m=within_m)
            if site == NONE:
                continue
            change = {"old_site": site, "moved": MOVED} if kind == "primary" else {}
            found = _with(found, row, found[row].but(**(change or {"second_site": site})))
            break
    return found


def place_changes(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Let some schools admit more than before, or fewer."""
    rows = _shuffled(found, "primary", rng)
    urban = [row for row in rows if found[row].part == "city" and found[row].places >= 2 * CLASS]
    wanted = PLACE_CHANGES[: max(1, round(len(PLACE_CHANGES) * ground.share))]
    for row, change in zip(urban, wanted, strict=False):
        found = _with(found, row, _changed(found[row], *change))
    for row in _shuffled(found, "secondary", rng)[:1]:
        found = _with(found, row, _changed(found[row], *SECONDARY_CHANGE))
    return found


def _changed(school: Provision, year: int, more: int) -> Provision:
    """Let the places planned be those of the fuller time."""
    before = school.places - max(more, 0)
    return school.but(places=before, changes=((year, before + more),))


def _shuffled(found: Schools, kind: str, rng: np.random.Generator) -> list[int]:
    """Return the rows of the schools of a kind to which nothing has happened, in any order."""
    usual = [row for row, each in enumerate(found) if each.kind == kind and _is_usual(each)]
    return [int(row) for row in rng.permutation(np.array(usual, int))]


def _is_usual(school: Provision) -> bool:
    is_whole = school.old_site == NONE and school.second_site == NONE and not school.changes
    return is_whole and not school.story and (school.opens, school.closes) == (ALWAYS, NEVER)


def _with(found: Schools, row: int, school: Provision) -> Schools:
    return (*found[:row], school, *found[row + 1 :])
