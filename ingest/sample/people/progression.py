"""What happens to children from one census to the next, before anybody looks for a school."""

from typing import Final

import numpy as np

from ingest.sample.people.children import NOWHERE, Children, newcomers
from ingest.sample.people.homes import Homes
from ingest.sample.people.market import Market, year_index
from ingest.sample.people.needs import Bools, Floats, Ints
from ingest.sample.people.parameters import PARTS, Parameters
from ingest.sample.people.years import (
    COHORTS,
    FIRST_COHORT,
    FIRST_STAGE,
    FIRST_YEAR,
    LAST_STAGE,
    LIFE_YEARS,
    YEAR_7,
    YEAR_12,
)

STAGES: Final = LAST_STAGE - FIRST_STAGE + 1
FROM_YEAR_8: Final = 8


def ratios(parameters: Parameters, rng: np.random.Generator) -> Floats:
    """Draw the ratios of residents by part, stage moved into (from 1) and academic year."""
    expected = np.array([parameters.survival[part] for part in PARTS])[:, :, None]
    noise = rng.normal(0, parameters.survival_sd, (len(PARTS), STAGES - 1, LIFE_YEARS))
    return np.asarray(expected + noise)


def migrate(
    children: Children,
    stage: int,
    homes: Homes,
    drawn: Floats,
    parameters: Parameters,
    rng: np.random.Generator,
) -> Children:
    """Let some children of every cohort move away, and others come, before a stage."""
    stock = np.bincount(children.area * COHORTS + children.cohort, minlength=homes.areas * COHORTS)
    leaves = np.array([parameters.leaves[part] for part in PARTS])[homes.part]
    year = year_index(np.arange(COHORTS), stage).clip(max=LIFE_YEARS - 1)
    ratio = drawn[homes.part, stage - FIRST_STAGE - 1][:, year]
    expected = stock.reshape(-1, COHORTS) * (ratio - (1 - leaves[:, None]))
    new = parameters.children_per_new_home[stage - FIRST_STAGE]
    expected += homes.built()[:, year] * new
    come = newcomers(rng.poisson(expected.clip(min=0)), homes, parameters, rng)
    stay = rng.random(len(children)) >= leaves[children.area]
    return children.take(stay).joined_by(come)


def at_schools_open(children: Children, year_group: int, market: Market) -> Children:
    """Take pupils of closed schools to the heirs, and out of schools that end before."""
    year = children.cohort + (FIRST_COHORT + year_group)
    school = children.school
    is_closed = (school != NOWHERE) & (market.closes[school] <= year)
    school = np.where(is_closed, market.heir[school], school)
    ends = (school != NOWHERE) & (market.last[school] < year_group)
    return children.at(np.where(ends, NOWHERE, school).astype(np.int32))


def sent_elsewhere(
    children: Children, year_group: int, market: Market, rng: np.random.Generator
) -> Children:
    """Take some pupils to special schools and alternative provision; let some look around."""
    parameters = market.parameters
    goes_to_school = ~children.at_home
    usual = goes_to_school & ~_of_kind(children, market, ("special", "ap"))
    growth = (1 + parameters.special_growth) ** (
        children.cohort + (FIRST_COHORT + year_group - FIRST_YEAR)
    )
    special = usual & (rng.random(len(children)) < parameters.special[year_group] * growth)
    school = _named(children, special, "special", year_group, market, rng)
    if FROM_YEAR_8 <= year_group < YEAR_12:
        alternative = usual & ~special & (rng.random(len(children)) < parameters.alternative)
        at = children.at(school)
        school = _named(at, alternative, "ap", year_group, market, rng)
    can_switch = usual & ~special & _is_between(year_group)
    looks = can_switch & (rng.random(len(children)) < parameters.switches)
    return children.at(np.where(looks, NOWHERE, school).astype(np.int32))


def _is_between(year_group: int) -> bool:
    """Say whether most pupils stay where they are in a year group."""
    return 0 < year_group < YEAR_12 and year_group != YEAR_7


def _of_kind(children: Children, market: Market, kinds: tuple[str, ...]) -> Bools:
    is_of_kind = np.array([*(kind in kinds for kind in market.kind), False])
    return np.asarray(is_of_kind[children.school])


def _named(
    children: Children,
    which: Bools,
    kind: str,
    year_group: int,
    market: Market,
    rng: np.random.Generator,
) -> Ints:
    """Return everybody's school when a school of a kind has been named for some."""
    schools = market.of_kind(kind)
    schools = schools[market.serves(year_group)[schools].all(axis=1)]
    rows = np.flatnonzero(which)
    school = children.school.copy()
    if len(schools) and len(rows):
        journey = market.ways.minutes[children.postcode[rows][:, None], market.ways.now[schools]]
        liking = market.parameters.special_minute * journey + rng.gumbel(size=journey.shape)
        school[rows] = schools[liking.argmax(axis=1)]
    return school


def stay_on(
    children: Children, year_group: int, market: Market, rng: np.random.Generator
) -> tuple[Children, Bools]:
    """Let pupils go on to years 12 and 13, or leave.

    Returns:
        The children, and who of them looks for a sixth form.
    """
    parameters = market.parameters
    has_school = children.school != NOWHERE
    if year_group > YEAR_12:
        stays = has_school & (rng.random(len(children)) < parameters.year_13)
        return _kept_at_school(children, stays), np.zeros(len(children), bool)
    special = _of_kind(children, market, ("special",))
    independent = _of_kind(children, market, ("independent",))
    share = parameters.stays_on + parameters.stays_on_slope * market.affluence[children.area]
    share = np.where(independent, parameters.stays_on_independent, share)
    share = np.where(special, parameters.stays_on_special, share)
    goes_on = (rng.random(len(children)) < share) & ~children.at_home
    is_content = rng.random(len(children)) < parameters.stays_put
    stays = goes_on & has_school & (special | independent | is_content)
    return _kept_at_school(children, stays), goes_on & ~stays & ~special


def _kept_at_school(children: Children, stay: Bools) -> Children:
    return children.at(np.where(stay, children.school, NOWHERE).astype(np.int32))
