"""Schools as arrays: what families look at and what admission goes by, through the years."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.children import FAITHS
from ingest.sample.people.journeys import Ways
from ingest.sample.people.needs import Bools, Floats, Ints, Singles
from ingest.sample.people.parameters import Parameters
from ingest.sample.people.provision import Provision
from ingest.sample.people.years import (
    COHORTS,
    FIRST_COHORT,
    FIRST_LIFE_YEAR,
    LIFE_YEARS,
    YEAR_7,
    YEAR_12,
)

STRAIGHT_LINE: Final = "straight line"
STREET: Final = "distance along the street"
FAITH: Final = "own faith, then straight line"
SCORE: Final = "score in a test"
LOT: Final = "order of registration"
CRITERIA: Final = (STRAIGHT_LINE, STREET, FAITH, SCORE, LOT)
"""By what a school with more applicants than places admits; pupils of a linked school go first."""

STREET_SHARE: Final = 0.25
"""Share of schools without other criteria that measure along the street."""

ANY_SEX: Final = -1
SEXES: Final = {"Girls": 0, "Boys": 1}


@dataclass(frozen=True, slots=True)
class Market:
    """Every provision, one value each; years are columns from ``FIRST_LIFE_YEAR``.

    Attributes:
        schools: the provisions.
        ways: from homes to them.
        affluence: by small area, standardised.
        parameters: what families weigh.
        popularity: by provision and year, standardised.
        criterion: by provision, its place in ``CRITERIA``.
        first: first year group.
        last: last year group.
        opens: first academic year.
        closes: first academic year without pupils.
        moved: first academic year at the gate of today.
        heir: provision that takes the pupils over, or ``NONE``.
        comes_from: provision whose pupils are linked to it, or ``NONE``.
        faith: number of ``FAITHS``.
        only_sex: the sex admitted, or ``ANY_SEX``.
        is_independent: charges fees.
        is_selective: asks for a test.
        is_college: for sixth-formers only.
        is_chosen: families rank it.
        kind: of school.
    """

    schools: tuple[Provision, ...]
    ways: Ways
    affluence: Floats
    parameters: Parameters
    popularity: Singles
    criterion: Ints
    first: Ints
    last: Ints
    opens: Ints
    closes: Ints
    moved: Ints
    heir: Ints
    comes_from: Ints
    faith: Ints
    only_sex: Ints
    is_independent: Bools
    is_selective: Bools
    is_college: Bools
    is_chosen: Bools
    kind: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.schools)

    def serves(self, year_group: int) -> Bools:
        """Say which provisions (rows) teach a year group of which cohorts (columns)."""
        years = FIRST_COHORT + np.arange(COHORTS) + year_group
        teaches = (self.first <= year_group) & (year_group <= self.last)
        is_open = (self.opens[:, None] <= years) & (years < self.closes[:, None])
        grown = np.array([each.opens if each.grows else -LIFE_YEARS for each in self.schools])
        is_grown = years - grown[:, None] >= (year_group - self.first)[:, None]
        return np.asarray(teaches[:, None] & is_open & is_grown)

    def admits_at(self, year_group: int) -> Bools:
        """Say which provisions usually admit pupils to a year group."""
        through = np.array([each.kind == "all_through" for each in self.schools])
        is_first = self.first == year_group
        if year_group == YEAR_7:
            return np.asarray(is_first | through)
        has_sixth_form = self.last > YEAR_12
        return np.asarray(is_first | has_sixth_form) if year_group == YEAR_12 else is_first

    def places(self, year_group: int) -> Ints:
        """Return the places of provisions (rows) in a year group of cohorts (columns)."""
        rows = []
        for each in self.schools:
            entry = max(each.first, _entry(each, year_group))
            cohorts = range(FIRST_COHORT, FIRST_COHORT + COHORTS)
            rows.append([each.admits(cohort + entry, year_group) for cohort in cohorts])
        return np.array(rows, np.int32)

    def gates(self, provisions: Ints, cohort: Ints, year_group: int) -> Ints:
        """Return the gates that cohorts use, as columns of the ways; shapes are broadcast."""
        year = cohort + (FIRST_COHORT + year_group)
        before = (self.ways.old[provisions] >= 0) & (year < self.moved[provisions])
        return np.where(before, self.ways.old[provisions], self.ways.now[provisions])

    def of_kind(self, kind: str) -> Ints:
        """Return the provisions of a kind."""
        return np.flatnonzero(np.array(self.kind) == kind).astype(np.int32)


def _entry(school: Provision, year_group: int) -> int:
    """Return the year group in which pupils of a year group were admitted, at the latest."""
    if year_group >= YEAR_12:
        return YEAR_12
    return YEAR_7 if school.kind == "all_through" and year_group >= YEAR_7 else school.first


def market_of(
    schools: tuple[Provision, ...],
    found: Ways,
    affluence: Floats,
    parameters: Parameters,
    rng: np.random.Generator,
) -> Market:
    """Lay provisions out as arrays, and draw how popular they are and what they admit by."""
    criteria = _criteria(schools, rng)
    columns = {
        name: np.array([getattr(each, name) for each in schools], np.int32)
        for name in ("first", "last", "opens", "closes", "moved", "heir", "comes_from")
    }
    return Market(
        schools=schools,
        ways=found,
        affluence=affluence,
        parameters=parameters,
        popularity=_popularity(schools, parameters, rng),
        criterion=np.array([CRITERIA.index(each) for each in criteria], np.int32),
        **columns,
        faith=np.array([FAITHS.index(each.faith) for each in schools], np.int32),
        only_sex=np.array([SEXES.get(each.sex, ANY_SEX) for each in schools], np.int32),
        is_independent=np.array([each.is_independent for each in schools]),
        is_selective=np.array([each.is_selective for each in schools]),
        is_college=np.array([each.kind == "sixth_form" for each in schools]),
        is_chosen=np.array([each.is_chosen for each in schools]),
        kind=tuple(each.kind for each in schools),
    )


def _criteria(schools: tuple[Provision, ...], rng: np.random.Generator) -> list[str]:
    by_street = rng.random(len(schools)) < STREET_SHARE
    return [
        _criterion(each, by_street=bool(street))
        for each, street in zip(schools, by_street, strict=True)
    ]


def _criterion(school: Provision, *, by_street: bool) -> str:
    if school.is_independent or school.kind == "sixth_form":
        return LOT
    if school.is_selective:
        return SCORE
    if school.faith == FAITHS[2] or school.type == "Voluntary aided school":
        return FAITH
    return STREET if by_street else STRAIGHT_LINE


def _popularity(
    schools: tuple[Provision, ...], parameters: Parameters, rng: np.random.Generator
) -> Singles:
    """Draw a drift by school, year by year; a school inherits its predecessor's.

    An infant and a junior school that became one had the popularity of the one.
    """
    memory = parameters.popularity_memory
    shocks = rng.standard_normal((len(schools), LIFE_YEARS))
    drift = np.empty_like(shocks)
    drift[:, 0] = shocks[:, 0]
    for year in range(1, LIFE_YEARS):
        drift[:, year] = memory * drift[:, year - 1] + np.sqrt(1 - memory**2) * shocks[:, year]
    source = [each.heir if each.heir >= 0 else row for row, each in enumerate(schools)]
    return drift[source].astype(np.float32)


def year_index(cohort: Ints, year_group: int) -> Ints:
    """Return the column of the academic year in which cohorts are in a year group."""
    return cohort + (FIRST_COHORT - FIRST_LIFE_YEAR + year_group)
