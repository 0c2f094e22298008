"""Rolls, births and homes of made-up schools, of any number: what a forecast is measured on.

Schools grow and shrink as areas do; nothing else is true of them. Where a forecast is judged,
rather than timed, the made-up county with its own lives is used (`bench.planning_accuracy`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.arrays import Floats, Ints
from planning.forecast.inputs import (
    GROUPS,
    PHASES,
    PRIMARY,
    SIXTH_FORM,
    Births,
    Flows,
    Homes,
    Inputs,
    Rolls,
    Units,
)

FIRST_YEAR: Final = 2015
YEARS: Final = 10
AN_AREA: Final = 12
"""Schools of a phase in a planning area."""

AN_AUTHORITY: Final = 160
HOMES_A_SCHOOL: Final = 1.4
"""Small areas: England has some 33,800 and 24,000 schools."""

SENT_TO: Final = 8
"""Schools of a phase that the pupils of a small area go to."""

SHARE_PRIMARY: Final = 0.8
STAYS_ON: Final = 0.6
INTAKE: Final = {"primary": 42.0, "secondary": 165.0}


def made_up(schools: int, *, seed: int = 6) -> Inputs:
    """Make the inputs of a region with so many schools; the same for the same seed."""
    rng = np.random.default_rng(seed)
    is_primary = np.arange(schools) % 5 < round(5 * SHARE_PRIMARY)
    authority = np.arange(schools) // AN_AUTHORITY
    area = np.arange(schools) // AN_AREA
    pupils = _rolls(rng, is_primary, area)
    girls = rng.binomial(pupils.astype(np.int64), 0.49).astype(np.float64)
    homes = round(schools * HOMES_A_SCHOOL)
    home_area = np.arange(homes) * (area.max() + 1) // homes
    of_phase = {"primary": is_primary, "secondary": ~is_primary}
    codes = tuple(f"A{number}" for number in range(area.max() + 1))
    unit_of = {phase: np.where(is_in, area, -1) for phase, is_in in of_phase.items()}
    unit_of["sixth_form"] = unit_of["secondary"]
    authorities = tuple(f"E{number:08}" for number in range(authority.max() + 1))
    authority_of_area = np.zeros(len(codes), np.int64)
    authority_of_area[area] = authority
    return Inputs(
        rolls=Rolls(
            urns=100_000 + np.arange(schools),
            years=tuple(range(FIRST_YEAR, FIRST_YEAR + YEARS)),
            pupils=pupils,
            by_sex={"F": girls, "M": pupils - girls},
        ),
        units=Units(authorities, authority, dict.fromkeys(PHASES, codes), unit_of),
        homes=Homes(
            tuple(f"L{number}" for number in range(homes)),
            authority_of_area[home_area],
            dict.fromkeys(PHASES, home_area),
        ),
        births=_births(rng, homes, pupils[is_primary, :, 0].sum(axis=0)),
        flows={
            phase: (_flows(rng, homes, np.flatnonzero(is_in), pupils),)
            for phase, is_in in of_phase.items()
        },
    )


def _rolls(rng: np.random.Generator, is_primary: np.ndarray, area: Ints) -> Floats:
    """Let cohorts move up from the years before the first one that is told."""
    before = 14
    size = (len(area), YEARS + before)
    wave = 1 + 0.15 * np.sin(np.arange(size[1]) / 4 + area[:, np.newaxis] / 3)
    mean = np.where(is_primary, INTAKE["primary"], INTAKE["secondary"])
    intake = mean * rng.lognormal(0, 0.35, len(area))
    entered = rng.poisson(intake[:, np.newaxis] * wave).astype(np.float64)
    rolls = np.zeros((*size, len(GROUPS)))
    first = np.where(is_primary, 0, PRIMARY.stop)
    leaves = np.where(is_primary, PRIMARY.stop, np.where(np.arange(len(area)) % 2, 14, 12))
    rolls[np.arange(len(area)), :, first] = entered
    stays = rng.normal(1.0, 0.01, len(area))[:, np.newaxis]
    for group in range(1, len(GROUPS)):
        ratio = (STAYS_ON if group == SIXTH_FORM.start else stays) * rng.normal(
            1, 0.03, (len(area), size[1] - 1)
        )
        moved = np.round(rolls[:, :-1, group - 1] * ratio)
        is_there = ((group > first) & (group < leaves))[:, np.newaxis]
        rolls[:, 1:, group] = np.where(is_there, moved, rolls[:, 1:, group])
    return rolls[:, before:]


def _births(rng: np.random.Generator, homes: int, receptions: Floats) -> Births:
    """Tell births from five years before the first roll to those who enter in five years."""
    years = YEARS + 5
    all_born = np.append(receptions, np.full(5, receptions[-1])) * 1.05
    born = rng.poisson(np.repeat(all_born[np.newaxis] / homes, homes, axis=0))
    codes = tuple(f"L{number}" for number in range(homes))
    first = FIRST_YEAR - 5
    return Births(codes, tuple(range(first, first + years)), born.astype(np.float64))


def _flows(rng: np.random.Generator, homes: int, schools: Ints, pupils: Floats) -> Flows:
    """Share the pupils of each school out among the small areas around it."""
    middle = np.arange(homes) * len(schools) // homes
    near = middle[:, np.newaxis] + np.arange(SENT_TO) - SENT_TO // 2
    near = np.clip(near, 0, len(schools) - 1)
    home = np.repeat(np.arange(homes), SENT_TO)
    last = pupils[schools, -1].sum(axis=1)
    sends = np.bincount(near.ravel(), minlength=len(schools))
    count = rng.poisson((last / sends)[near.ravel()]).astype(np.float64)
    pair, place = np.unique(home * len(schools) + near.ravel(), return_inverse=True)
    count = np.bincount(place.ravel(), count)
    year = FIRST_YEAR + YEARS - 1
    return Flows(
        year, pair // len(schools), schools[pair % len(schools)], count, np.zeros(len(count))
    )
