"""Which schools a county has: of what kind, where, how large."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ingest.sample.people.ground import Ground
from ingest.sample.people.needs import Bools, Floats
from ingest.sample.people.placing import Cover, cover
from ingest.sample.people.provision import NONE, Provision, made

Schools = tuple[Provision, ...]
Step = Callable[[Ground, Schools, np.random.Generator], Schools]

URBAN_SIZES: Final = (30, 45, 60, 90)
VILLAGE_SIZES: Final = (8, 10, 12, 15, 20, 30)
FIRST_SIZES: Final = (10, 15, 20, 30, 45, 60)
PRIMARY_LIMITS: Final = (30, 30, 30, 45, 60, 60, 90)
SECONDARY_SIZES: Final = (90, 120, 150, 180, 210, 240, 270, 300)
SECONDARY_LIMITS: Final = (150, 180, 180, 210, 240, 300)
"""What a plot has room for; the oftener in the list, the likelier."""
MIDDLE_SIZES: Final = (60, 90, 120, 150, 180)
UPPER_SIZES: Final = (180, 210, 240, 270, 300, 330, 360)

PRIMARY_REACH_M: Final = {"centre": 650.0, "terraces": 650.0, "village": 1500.0, "town": 1000.0}
REACH_M: Final = 850.0
SECONDARY_REACH: Final = 3.0
"""How much farther children of a secondary school come."""

SECONDARY_SHARE: Final = 0.94
"""Children of a year who are at neither special nor independent schools, nor at home."""

SPARE: Final = 1.09
"""Places over the children of the fullest year, taking all schools of a phase together."""
VILLAGE_SPARE: Final = 0.95
"""In villages, from where some go to town."""

PRIMARIES_OF_A_COUNTY: Final = 62
SECONDARIES_OF_A_COUNTY: Final = 12
PLAYING_FIELD_HA: Final = 2.0
MIDDLE_SCHOOL_HA: Final = 1.0

ESTATE_OPENS: Final = 2019
ESTATE_OPENS_AGAIN: Final = 2026


def secondaries(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add secondary schools where there are no middle schools."""
    children = np.where(ground.home_three_tier, 0.0, SECONDARY_SHARE * ground.children)
    largest = max(120.0, children.sum() / 2)
    chosen = cover(
        ground.gaps,
        children,
        usable=_large(ground) & ~ground.three_tier,
        reach_m=SECONDARY_REACH * _reach(ground),
        sizes=tuple(size for size in SECONDARY_SIZES if size <= largest),
        limits=rng.choice(SECONDARY_LIMITS, len(ground.x)),
        most=max(2, round(SECONDARIES_OF_A_COUNTY * ground.share)),
    )
    return found + _made_at(ground, "secondary", chosen.with_room(SPARE, SECONDARY_SIZES))


def three_tier(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add upper and middle schools in the district that has them."""
    children = np.where(ground.home_three_tier, ground.children, 0.0)
    if not children.any():
        return found
    for kind, sizes, reach, most, large in (
        ("high", UPPER_SIZES, 8000.0, 2, _large(ground)),
        ("middle", MIDDLE_SIZES, 4000.0, 5, ground.hectares >= MIDDLE_SCHOOL_HA),
    ):
        chosen = cover(
            ground.gaps,
            children,
            usable=large & ground.three_tier & ground.free(found),
            reach_m=np.full(len(ground.x), reach),
            sizes=sizes,
            limits=rng.choice(sizes, len(ground.x)),
            most=most,
        )
        found += _made_at(ground, kind, chosen.with_room(SPARE, (*sizes, 420, 480)))
    return found


def estate(ground: Ground, found: Schools, _: np.random.Generator) -> Schools:
    """Add the free school of the new estate, and the one proposed there."""
    for opens, size in ((ESTATE_OPENS, 60), (ESTATE_OPENS_AGAIN, 30)):
        at = _estate_site(ground, found)
        if at == NONE:
            return found
        school = _made(ground, "primary", at, size if ground.share > 0.3 else 30)  # noqa: PLR2004
        story = "proposed" if opens > ESTATE_OPENS else "free school"
        found = (*found, school.but(opens=opens, grows=True, type="Free schools", story=story))
    return found


def primaries(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add primary schools, and first schools where there are middle schools."""
    village = ground.home_kind == "village"
    two_tier, new = ~ground.home_three_tier, ground.home_kind == "new"
    for kind, homes, sites, sizes, oftener in (
        ("primary", two_tier & ~village & ~new, ground.kind != "village", URBAN_SIZES, 0.9),
        ("primary", two_tier & village, ground.kind == "village", VILLAGE_SIZES, 2.6),
        ("first", ~two_tier, ground.kind != "new", FIRST_SIZES, 1.1),
    ):
        children = np.where(homes, ground.children, 0.0)
        if not children.any():
            continue
        share = float(children.sum() / ground.children.sum())
        tier = ground.three_tier if kind == "first" else ~ground.three_tier
        chosen = cover(
            ground.gaps,
            children,
            usable=sites & tier & ground.free(found),
            reach_m=_reach(ground),
            sizes=sizes,
            limits=rng.choice(PRIMARY_LIMITS, len(ground.x)),
            most=max(2, round(PRIMARIES_OF_A_COUNTY * ground.share * oftener * share)),
        )
        spare = VILLAGE_SPARE if sizes == VILLAGE_SIZES else SPARE
        found += _made_at(ground, kind, chosen.with_room(spare, sizes))
    return found


def _made(ground: Ground, kind: str, site: int, places: int) -> Provision:
    return made(kind, site, str(ground.part[site]), places)


def _made_at(ground: Ground, kind: str, chosen: Cover) -> Schools:
    pairs = zip(chosen.sites.tolist(), chosen.places.tolist(), strict=True)
    return tuple(_made(ground, kind, site, places) for site, places in pairs)


def _reach(ground: Ground) -> Floats:
    return np.array([PRIMARY_REACH_M.get(kind, REACH_M) for kind in ground.kind])


def _large(ground: Ground) -> Bools:
    """Say which sites have room for playing fields and lie where many live.

    A part of the county that has none gives its other sites.
    """
    where = (ground.kind != "village") & (ground.kind != "new")
    fits = where & (ground.hectares >= PLAYING_FIELD_HA)
    for part in np.unique(ground.part):
        here = ground.part == part
        if not (fits & here).any():
            fits |= here & where if (here & where).any() else here
    return np.asarray(fits)


def _estate_site(ground: Ground, found: Schools) -> int:
    """Return the free site nearest to the homes of the new estate, or ``NONE``."""
    new = ground.home_kind == "new"
    free = ground.free(found) & (ground.part == "city")
    if not (new.any() and free.any()):
        return NONE
    metres = np.where(free, ground.gaps[:, new].mean(axis=1), np.inf)
    return int(metres.argmin())
