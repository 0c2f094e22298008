"""Who gets into which school: rankings, places left, admission, and a place for the others."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.admission import deferred_acceptance
from ingest.sample.people.children import Children
from ingest.sample.people.choice import minutes, possible, ranked
from ingest.sample.people.market import CRITERIA, FAITH, LOT, SCORE, STREET, Market
from ingest.sample.people.needs import Floats, Ints
from ingest.sample.people.provision import NONE
from ingest.sample.people.years import COHORTS, YEAR_12

TIER: Final = 1e6
"""Stands between those admitted first and the others; more than any distance in metres."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What came of the search for places.

    Attributes:
        children: who looked for one.
        wishes: the provisions named, best first; ``NONE`` ends a list.
        rank: of the provision got among them, or ``NONE``.
        school: got in the end, or ``NONE``.
        places: by provision and cohort, what was free.
    """

    children: Children
    wishes: Ints
    rank: Ints
    school: Ints
    places: Ints


def enrol(
    children: Children, present: Ints, year_group: int, market: Market, rng: np.random.Generator
) -> Enrolment:
    """Find a school for children.

    Families rank schools and schools admit by their criteria up to their places. Who gets none of
    the schools named goes to the nearest that has a place; where none in the county has, to the
    nearest, which then has more pupils than places. From year 12 on nobody is sent.

    Args:
        children: of all cohorts, who look for a school.
        present: pupils of the year group by provision (rows) and cohort (columns).
        year_group: which they enter.
        market: schools.
        rng: random numbers.
    """
    places = np.maximum(market.places(year_group) - present, 0)
    serving = market.serves(year_group).any(axis=1) & market.is_chosen
    columns = np.flatnonzero(serving).astype(np.int32)
    if not (len(columns) and len(children)):
        nobody = np.full(len(children), NONE, np.int32)
        return Enrolment(children, nobody[:, None], nobody, nobody, places)
    wishes = ranked(children, columns, year_group, market, rng)
    got = _admit(children, wishes, _priorities(children, wishes, year_group, market), places)
    chosen = np.take_along_axis(wishes, np.maximum(got, 0)[:, None], axis=1)[:, 0]
    school = np.where(got != NONE, chosen, NONE)
    if year_group < YEAR_12:
        rest = places - count(school, children.cohort, len(market))
        unplaced = np.flatnonzero(school == NONE)
        school[unplaced] = _sent(children.take(unplaced), columns, year_group, market, rest)
    return Enrolment(children, wishes, got, school.astype(np.int32), places)


def count(school: Ints, cohort: Ints, provisions: int) -> Ints:
    """Count pupils by provision (rows) and cohort (columns)."""
    there = school != NONE
    cells = school[there] * COHORTS + cohort[there]
    return np.bincount(cells, minlength=provisions * COHORTS).reshape(-1, COHORTS)


def _admit(children: Children, wishes: Ints, priorities: Floats, places: Ints) -> Ints:
    """Let cohorts, which do not compete for places, be admitted together."""
    slots = np.where(wishes != NONE, wishes * COHORTS + children.cohort[:, None], NONE)
    return deferred_acceptance(slots.astype(np.int32), priorities, places.ravel())


def _priorities(children: Children, wishes: Ints, year_group: int, market: Market) -> Floats:
    """Return what schools go by: the lowest is admitted first; luck decides between neighbours."""
    gates = market.gates(wishes, children.cohort[:, None], year_group)
    home = children.postcode[:, None]
    straight = market.ways.crow_m[home, gates].astype(float)
    is_own = market.faith[wishes] == children.faith[:, None]
    by_criterion = {
        STREET: market.ways.street_m[home, gates],
        FAITH: straight + np.where(is_own, 0.0, TIER),
        SCORE: np.broadcast_to((10 - children.score[:, None]) * 1000, wishes.shape),
        LOT: np.broadcast_to(children.luck[:, None] * 1000, wishes.shape),
    }
    criterion = market.criterion[wishes]
    priority = straight
    for name, values in by_criterion.items():
        priority = np.where(criterion == CRITERIA.index(name), values, priority)
    leads_here = market.comes_from[wishes]
    is_linked = (leads_here != NONE) & (leads_here == children.before[:, None])
    return np.asarray(priority + children.luck[:, None] - TIER * is_linked)


def _sent(children: Children, columns: Ints, year_group: int, market: Market, places: Ints) -> Ints:
    """Return the nearest school with a place, else the nearest, for children with none."""
    is_open = ~(market.is_independent | market.is_selective)[columns]
    columns = columns[is_open]
    if not (len(columns) and len(children)):
        return np.full(len(children), NONE, np.int32)
    journey = minutes(children, columns, year_group, market)
    journey[~possible(children, columns, year_group, market)] = np.inf
    order = np.argsort(journey, axis=1, kind="stable")
    sorted_journey = np.take_along_axis(journey, order, axis=1).astype(float)
    wishes = np.where(np.isfinite(sorted_journey), columns[order], NONE).astype(np.int32)
    got = _admit(children, wishes, sorted_journey, np.maximum(places, 0))
    return np.take_along_axis(wishes, np.maximum(got, 0)[:, None], axis=1)[:, 0]
