"""Schools admit by their criteria up to their admission number, as coordinated admissions do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints

NOWHERE = -1
"""In place of a school: none of those that the family named."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who was offered which school.

    Attributes:
        school: of each child, a row of the schools, or ``NOWHERE``; shape (children,).
        preference: which of its preferences that was, 0 the first, or ``NOWHERE``.
        refused: children that a school turned away, shape (schools,).
    """

    school: Ints
    preference: Ints
    refused: Ints


def allocate(preferences: Ints, priority: Floats, places: Ints) -> Allocation:
    """Offer every child the highest of its preferences that can admit it.

    Deferred acceptance, children proposing (Gale and Shapley 1962, College admissions and the
    stability of marriage, American Mathematical Monthly 69): the equal-preference scheme that the
    School Admissions Code asks for. Nobody would rather be at a school that admitted somebody
    behind them.

    Args:
        preferences: rows of the schools that each child named, the most wanted first, then
            ``NOWHERE``; shape (children, preferences).
        priority: how each school ranks each child that named it, in the order of
            ``preferences``; lower goes first, ties by the child's row. Shape as ``preferences``.
        places: admission number of each school, shape (schools,).
    """
    children, ranks = preferences.shape
    at = np.zeros(children, np.int64)
    held = np.full(children, NOWHERE, np.int64)
    refused = np.zeros(len(places), np.int64)
    asking = np.arange(children)
    while len(asking):
        asking = asking[at[asking] < ranks]
        asking = asking[preferences[asking, at[asking]] != NOWHERE]
        if not len(asking):
            break
        wanted = np.unique(preferences[asking, at[asking]])
        held[asking] = preferences[asking, at[asking]]
        turned_away = [_beyond(school, held, at, priority, places[school]) for school in wanted]
        refused[wanted] += [len(each) for each in turned_away]
        asking = np.concatenate(turned_away)
        held[asking] = NOWHERE
        at[asking] += 1
    return Allocation(held, np.where(held == NOWHERE, NOWHERE, at), refused)


def _beyond(school: int, held: Ints, at: Ints, priority: Floats, places: int) -> Ints:
    """Return the children that a school has no place for."""
    here = np.flatnonzero(held == school)
    if len(here) <= places:
        return here[:0]
    order = np.lexsort((here, priority[here, at[here]]))
    return here[order[places:]]


@dataclass(frozen=True, slots=True)
class Tier:
    """One criterion of a school: who meets it, and who of them goes first.

    Attributes:
        meets: whether each child does, shape (children,).
        first: orders those who do, lower first, such as metres from home; shape (children,).
    """

    meets: Sequence[bool]
    first: Sequence[float]


def priorities(tiers: Sequence[Tier]) -> Floats:
    """Turn a school's criteria, in their order, into one number a child; lower goes first.

    Whoever meets none of them comes last, and equal.
    """
    children = len(tiers[0].meets)
    best = np.full(children, float(len(tiers)))
    for rank, tier in reversed(list(enumerate(tiers))):
        first = np.asarray(tier.first, np.float64)
        within = (first - first.min()) / (2 * max(float(np.ptp(first)), 1.0))
        best = np.where(np.asarray(tier.meets, np.bool_), rank + within, best)
    return best


def cut_off(distance_m: Floats, by_distance: Ints, places: int) -> float:
    """How far the last child lives that is offered a place by distance.

    Args:
        distance_m: of every child from the school, shape (children,).
        by_distance: rows of the children who are left once all other criteria were served.
        places: that are left then.

    Returns:
        Metres; infinite where there is a place for all of them, ``NaN`` where there is none.
    """
    if len(by_distance) <= places:
        return np.inf
    if places == 0:
        return np.nan
    return float(np.sort(distance_m[by_distance])[places - 1])
