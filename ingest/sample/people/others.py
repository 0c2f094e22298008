"""Schools that stand beside the usual ones: special, independent, colleges, pairs of schools."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.ground import Ground
from ingest.sample.people.needs import Floats
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import NONE, Provision, made

CLASS: Final = 30
NURSERY_SIZES: Final = (26, 39, 52)

PAIRS_OF_A_COUNTY: Final = 4
SMALL_SHARE: Final = 0.3
"""Below it a county has few schools of two classes a year, and smaller ones make a pair."""
PAIR_WITHIN_M: Final = 900.0
COMMUNITY: Final = "Community school"
AMALGAMATED: Final = 2018
"""Academic year with which an infant and a junior school became one."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A kind of school that stands where there is a site left.

    Attributes:
        kind: in the words that names are given by.
        a_county: how many of them.
        from_share: the smallest share of a county that has one.
        likes: what it looks for: the rich, the poor, anywhere.
        places: share of a year's children that all of the kind can take in a year.
    """

    kind: str
    a_county: float
    from_share: float
    likes: str
    places: float = 0.0


EXTRAS: Final = (
    Extra("special", 3, 0.0, "anywhere"),
    Extra("sixth_form", 1, 0.3, "poor", 0.16),
    Extra("independent", 1, 0.2, "rich", 0.05),
    Extra("independent_prep", 2, 0.0, "rich", 0.035),
    Extra("ap", 1, 0.4, "poor"),
    Extra("nursery", 1, 0.0, "poor"),
)


def extras(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add special and independent schools, a college, a nursery school, alternative provision."""
    for extra in EXTRAS:
        count = round(extra.a_county * ground.share)
        count = max(1, count) if ground.share >= extra.from_share else 0
        places = extra.places * float(ground.children.sum()) / max(count, 1)
        for _ in range(count):
            site = _site(ground, found, extra, rng)
            if site == NONE:
                break
            part = str(ground.part[site])
            found = (*found, made(extra.kind, site, part, max(8, 2 * round(places / 2))))
    return tuple(_sized(each) for each in found)


def _site(ground: Ground, found: Schools, extra: Extra, rng: np.random.Generator) -> int:
    """Choose a site by chance and liking, away from schools of the same kind."""
    fits = ground.free(found) & (ground.kind != "new") & (ground.part != "fringe")
    if extra.kind != "special":
        fits &= ground.part == "city"
    if not fits.any():
        return NONE
    liking = {"rich": 1.5, "poor": -1.5, "anywhere": 0.0}[extra.likes] * ground.affluence
    liking += rng.gumbel(size=len(liking)) * 0.5
    for each in found:
        if each.kind == extra.kind:
            liking += np.minimum(ground.metres(each.site) / 1000, 6.0)
    return int(np.where(fits, liking, -np.inf).argmax())


def _sized(school: Provision) -> Provision:
    """Give schools whose size is not one of admissions their places."""
    if school.kind == "sixth_form":
        return school.but(sixth_places=school.places, places=0)
    if school.kind == "nursery":
        return school.but(nursery_places=NURSERY_SIZES[-1], places=0)
    return school.but(places=0) if school.kind in ("special", "ap") else school


def pairs(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Make some primary schools an infant and a junior school; one pair became one since."""
    wanted = max(1, round(PAIRS_OF_A_COUNTY * ground.share))
    smallest = 2 * CLASS if ground.share >= SMALL_SHARE else CLASS + CLASS // 2
    large = [row for row, each in enumerate(found) if _can_be_a_pair(each, smallest)]
    for row in rng.permutation(np.array(large, int)).tolist():
        site = ground.nearest_free(found[row].site, found, within_m=PAIR_WITHIN_M)
        if site == NONE or wanted < 0:
            continue
        is_last = wanted == 0
        found = _amalgamated(found, row, site) if is_last else _paired(found, row, site)
        wanted -= 1
    return found


def _can_be_a_pair(school: Provision, smallest: int) -> bool:
    return school.kind == "primary" and school.places >= smallest and not school.story


def _paired(found: Schools, row: int, site: int) -> Schools:
    """Turn a primary school into an infant school, with a junior school at a site close by."""
    old = found[row]
    infant = made("infant", old.site, old.part, old.places)
    junior = made("junior", site, old.part, old.places).but(comes_from=row)
    return (*found[:row], infant, *found[row + 1 :], junior)


def _amalgamated(found: Schools, row: int, site: int) -> Schools:
    """Let a primary school have been two schools until they were joined."""
    old = found[row]
    infant = made("infant", site, old.part, old.places).but(closes=AMALGAMATED, heir=row)
    junior = made("junior", old.site, old.part, old.places).but(closes=AMALGAMATED, heir=row)
    return (
        *found[:row],
        old.but(opens=AMALGAMATED, type=COMMUNITY, story="amalgamated"),
        *found[row + 1 :],
        infant.but(type=COMMUNITY, story="amalgamated"),
        junior.but(type=COMMUNITY, comes_from=len(found), story="amalgamated"),
    )


def nurseries(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Give some schools a nursery class, oftener where families have little."""
    poor: Floats = 1 / (1 + np.exp(ground.affluence + 0.4))
    draws = rng.random(len(found))
    sizes = rng.choice(NURSERY_SIZES[:2], len(found)).tolist()
    return tuple(
        each.but(nursery_places=size)
        if _can_have_a_nursery(each) and draw < poor[each.site]
        else each
        for each, draw, size in zip(found, draws, sizes, strict=True)
    )


def _can_have_a_nursery(school: Provision) -> bool:
    young = school.kind in ("infant", "primary", "first")
    return young and school.places >= CLASS // 2
