"""Schools admit by their criteria up to their admission number, as coordinated admissions do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

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
    room = np.maximum(np.asarray(places, np.int64), 0)
    first = np.concatenate([[0], np.cumsum(room)]).astype(np.int64)
    at, held, refused = _propose(
        np.ascontiguousarray(preferences, np.int64),
        np.ascontiguousarray(priority, np.float64),
        room,
        first,
    )
    return Allocation(held, np.where(held == NOWHERE, NOWHERE, at), refused)


@njit(cache=True, nogil=True)
def _propose(
    preferences: Ints, priority: Floats, places: Ints, first: Ints
) -> tuple[Ints, Ints, Ints]:
    """Let child after child propose down its list; each school keeps a heap, the last on top.

    Whoever is turned away goes on at once. The order in which children propose changes nothing:
    the outcome that is best for all of them is one.
    """
    children, ranks = preferences.shape
    at = np.zeros(children, np.int64)
    held = np.full(children, NOWHERE, np.int64)
    refused = np.zeros(places.size, np.int64)
    filled = np.zeros(places.size, np.int64)
    heap = np.empty(first[-1], np.int64)
    rank_of = np.empty(first[-1], np.float64)
    for child in range(children):
        asking = child
        while at[asking] < ranks and preferences[asking, at[asking]] != NOWHERE:
            school = preferences[asking, at[asking]]
            number = priority[asking, at[asking]]
            begin, size = first[school], filled[school]
            if size < places[school]:
                held[asking] = school
                filled[school] = size + 1
                _rise(heap, rank_of, begin, size, asking, number)
                break
            refused[school] += 1
            if places[school] > 0 and _is_before(number, asking, rank_of[begin], heap[begin]):
                turned_away = heap[begin]
                held[asking] = school
                held[turned_away] = NOWHERE
                _sink(heap, rank_of, begin, size, asking, number)
                asking = turned_away
            at[asking] += 1
    return at, held, refused


@njit(cache=True, nogil=True)
def _is_before(number: float, child: int, other_number: float, other: int) -> bool:
    return number < other_number or (number == other_number and child < other)


@njit(cache=True, nogil=True)
def _rise(heap: Ints, rank_of: Floats, begin: int, size: int, child: int, number: float) -> None:
    """Add a child to a school's heap."""
    place = size
    while place > 0:
        above = (place - 1) // 2
        if not _is_before(rank_of[begin + above], heap[begin + above], number, child):
            break
        heap[begin + place] = heap[begin + above]
        rank_of[begin + place] = rank_of[begin + above]
        place = above
    heap[begin + place] = child
    rank_of[begin + place] = number


@njit(cache=True, nogil=True)
def _sink(heap: Ints, rank_of: Floats, begin: int, size: int, child: int, number: float) -> None:
    """Put a child in the place of the last of a school's heap."""
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        other = below + 1
        if other < size and _is_before(
            rank_of[begin + below], heap[begin + below], rank_of[begin + other], heap[begin + other]
        ):
            below = other
        if not _is_before(number, child, rank_of[begin + below], heap[begin + below]):
            break
        heap[begin + place] = heap[begin + below]
        rank_of[begin + place] = rank_of[begin + below]
        place = below
    heap[begin + place] = child
    rank_of[begin + place] = number


def place_the_rest(school: Ints, others: Ints, journey: Floats, places: Ints) -> Ints:
    """Send children without a school to the nearest that still has a place.

    Their authority must find them one (Education Act 1996, section 14). Those who live nearest to
    a school go there first; where no school that a child can go to has a place left, it goes to
    the nearest, beyond that school's places: nobody vanishes.

    Args:
        school: of each child, or ``NOWHERE``, shape (children,).
        others: rows of the schools that each child can go to, in any order, shape (children,
            options).
        journey: to each of them; infinite where it cannot go after all, shape as ``others``.
        places: of each school in all, shape (schools,).

    Returns:
        The school of each child; ``NOWHERE`` only where a child can go to none.
    """
    without = np.flatnonzero(school == NOWHERE)
    order = np.argsort(journey[without], axis=1, kind="stable")
    ways = np.take_along_axis(np.asarray(journey[without], np.float64), order, axis=1)
    wishes = np.where(
        np.isfinite(ways), np.take_along_axis(others[without], order, axis=1), NOWHERE
    )
    taken = np.bincount(school[school != NOWHERE], minlength=len(places))
    sent = allocate(wishes, ways, places - taken).school
    found = school.copy()
    found[without] = np.where(sent == NOWHERE, wishes[:, 0], sent)
    return found


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
