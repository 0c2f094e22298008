"""The children's lives, from birth to year 13, all cohorts side by side."""

from dataclasses import dataclass

import numpy as np

from ingest.sample.people.ages import Residents
from ingest.sample.people.children import NOWHERE, Children, newcomers
from ingest.sample.people.enrolment import Enrolment, count, enrol
from ingest.sample.people.homes import Homes
from ingest.sample.people.market import Market
from ingest.sample.people.needs import Floats, Ints
from ingest.sample.people.nursery import in_nursery
from ingest.sample.people.progression import (
    at_schools_open,
    migrate,
    ratios,
    sent_elsewhere,
    stay_on,
)
from ingest.sample.people.rolls import Rolls, counted, joined
from ingest.sample.people.years import (
    FIRST_COHORT,
    FIRST_STAGE,
    FIRST_YEAR,
    LAST_STAGE,
    LAST_YEAR,
    NURSERY,
    RECEPTION,
    YEAR_12,
)

ENTRY_STAGES = (RECEPTION, 3, 5, 7, 9, YEAR_12)
"""Year groups that some schools begin with."""


@dataclass(frozen=True, slots=True)
class Lives:
    """What was counted along the way.

    Attributes:
        born: all children at birth.
        residents: children by area, age, sex and mid-year.
        rolls: pupils by provision (in place of a school) of all years, to the last to come.
        enrolments: the search for places, by year group that some schools begin with.
        ratios: drawn ratios of residents by part, stage and year.
    """

    born: Children
    residents: Residents
    rolls: Rolls
    enrolments: dict[int, Enrolment]
    ratios: Floats


def live(homes: Homes, births: Floats, market: Market, rng: np.random.Generator) -> Lives:
    """Let all cohorts be born, move, choose schools and leave them.

    Cohorts do not compete for places, so that each stage of life is gone through by all of them
    together.

    Args:
        homes: where they live.
        births: expected, by small area and cohort.
        market: the schools.
        rng: random numbers.
    """
    drawn = ratios(market.parameters, rng)
    born = newcomers(rng.poisson(births), homes, market.parameters, rng)
    children, residents = born, Residents.nobody(homes.areas)
    rolls, enrolments = list[Rolls](), dict[int, Enrolment]()
    for stage in range(FIRST_STAGE, LAST_STAGE + 1):
        if stage > FIRST_STAGE:
            children = children.take(children.cohort + FIRST_COHORT + stage <= LAST_YEAR)
            children = migrate(children, stage, homes, drawn, market.parameters, rng)
            children = children.take(children.cohort + FIRST_COHORT + stage <= LAST_YEAR)
        residents = residents.counting(children, stage)
        if stage == NURSERY:
            rolls.append(_counted(children, in_nursery(children, market, rng), stage))
        if stage >= RECEPTION:
            children, found = _in_school(children, stage, market, rng)
            rolls.append(_counted(children, children.school, stage))
            if stage in ENTRY_STAGES:
                enrolments[stage] = found
    return Lives(born, residents, joined(rolls), enrolments, drawn)


def _in_school(
    children: Children, year_group: int, market: Market, rng: np.random.Generator
) -> tuple[Children, Enrolment]:
    """Bring children to the schools where the census finds them."""
    children = at_schools_open(children, year_group, market)
    if year_group >= YEAR_12:
        children, looks = stay_on(children, year_group, market, rng)
    else:
        children = sent_elsewhere(children, year_group, market, rng)
        looks = (children.school == NOWHERE) & ~children.at_home
    seekers = np.flatnonzero(looks)
    present = count(children.school, children.cohort, len(market))
    found = enrol(children.take(seekers), present, year_group, market, rng)
    school = children.school.copy()
    school[seekers] = found.school
    return children.at(school), found


def _counted(children: Children, school: Ints, stage: int) -> Rolls:
    year = children.cohort + (FIRST_COHORT + stage)
    there = (school != NOWHERE) & (year >= FIRST_YEAR)
    return counted(school[there], year[there], stage, children.sex[there], children.area[there])
