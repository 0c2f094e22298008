"""The chance of an offer: how far off the last child lived, in drawn and in published years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from planning.arrays import Floats, Ints
from planning.choice.admission import NOWHERE, Allocation
from planning.choice.criteria import Need, Order
from planning.choice.ordering import FARTHEST_M, ORDERS, Admitting


class Outcome(StrEnum):
    """How far a school's places went in one year, for children without other priority."""

    DISTANCE = "distance"
    """The last child was offered a place by distance."""
    ALL = "all"
    """Every child who asked was offered a place."""
    NONE = "none"
    """All places went to children with a priority."""
    NOT_BY_DISTANCE = "not_by_distance"
    """Places were offered by lot or by a test: no distance says who was offered one."""


OUTCOMES: Final = tuple(Outcome)
SAME_TO: Final = 9
"""Decimals to which Brier scores are compared."""


@dataclass(frozen=True, slots=True)
class LastOffers:
    """How far the places of schools went, in one year or in several.

    Attributes:
        outcome: place in ``OUTCOMES``, shape (schools,) or (years, schools).
        metres: from the school to the last child, ``NaN`` but where the outcome is a distance.
    """

    outcome: Ints
    metres: Floats


def last_ranks(allocation: Allocation, rank: Floats, places: Ints) -> Floats:
    """Return the rank of the last child that each school admits; infinite where there is room.

    Whoever ranks before it would have been admitted instead: a school's cut-off (Azevedo and
    Leshno 2016, A supply and demand framework for two-sided matching markets, Journal of Political
    Economy 124).

    Args:
        allocation: who was offered which school.
        rank: how schools rank the children that named them, as the allocation went by.
        places: of each school, shape (schools,).
    """
    there = np.flatnonzero(allocation.school != NOWHERE)
    school = allocation.school[there]
    last = np.full(len(places), -np.inf)
    np.maximum.at(last, school, rank[there, allocation.preference[there]])
    taken = np.bincount(school, minlength=len(places))
    return np.where(taken >= places, last, np.inf)


def last_offers(last_rank: Floats, schools: Admitting, needs: Need) -> LastOffers:
    """Say how far a school's places went for a child of whom no more is known than ``needs``.

    60 places less 42 siblings less 6 by faith leave 12 by distance: the twelfth nearest is the
    last. Where even the siblings were too many, there is none.

    Args:
        last_rank: of the last child admitted, infinite where there was room, shape (schools,).
        schools: their criteria.
        needs: what the child is: nothing, or living in the school's area.
    """
    asked = schools.needs
    meets = (asked >= 0) & ((int(needs) & asked) == asked)
    own = np.argmax(meets, axis=1)
    order = schools.order[np.arange(len(own)), own]
    is_by_distance = order < ORDERS.index(Order.LOT)
    tier = np.floor(last_rank)
    outcome = np.select(
        [np.isinf(last_rank) & (last_rank > 0), tier > own, tier < own, ~is_by_distance],
        [
            OUTCOMES.index(Outcome.ALL),
            OUTCOMES.index(Outcome.ALL),
            OUTCOMES.index(Outcome.NONE),
            OUTCOMES.index(Outcome.NOT_BY_DISTANCE),
        ],
        OUTCOMES.index(Outcome.DISTANCE),
    )
    with np.errstate(invalid="ignore"):
        metres = (last_rank - tier) / 0.999999 * FARTHEST_M
    return LastOffers(
        outcome, np.where(outcome == OUTCOMES.index(Outcome.DISTANCE), metres, np.nan)
    )


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of an offer.

    Attributes:
        pct: how likely an offer is, in per cent; ``None`` where no year says.
        drawn: drawn years that say so or otherwise.
        drawn_offered: those of them in which an offer would have been made.
        published: likewise, of published years.
        published_offered: likewise.
    """

    pct: float | None
    drawn: int
    drawn_offered: int
    published: int
    published_offered: int


def chance_of_offer(
    metres: float, drawn: LastOffers, published: LastOffers, *, drawn_worth: float
) -> Chance:
    """Say how likely a child who lives so far off is offered a place, without other priority.

    Every published year counts as one; all drawn years together count as a few. That is a beta
    distribution before and after the published years were seen: the share of drawn years is what
    is believed before (Gelman and others 2013, Bayesian Data Analysis, third edition, 2.4). A
    child as far off as the last one counts as offered.

    Args:
        metres: from home to school as the school measures it.
        drawn: of each drawn year, shape (years,).
        published: of each published year, shape (years,).
        drawn_worth: how many published years all the drawn ones count as.
    """
    offered = [_offered(metres, each) for each in (drawn, published)]
    counts = [(int(each.size), int(each.sum())) for each in offered]
    (of_drawn, yes_drawn), (of_published, yes_published) = counts
    return weighed(
        Chance(None, of_drawn, yes_drawn, of_published, yes_published), drawn_worth=drawn_worth
    )


def weighed(chance: Chance, *, drawn_worth: float) -> Chance:
    """Work a chance out from its years, with drawn ones worth more or less than they were.

    Args:
        chance: with drawn and published years, and those with an offer.
        drawn_worth: how many published years all the drawn ones count as.
    """
    worth = drawn_worth if chance.drawn else 0.0
    total = worth + chance.published
    believed = chance.drawn_offered / chance.drawn if chance.drawn else 0.0
    pct = 100 * (worth * believed + chance.published_offered) / total if total else None
    return replace(chance, pct=pct)


def nearest_worth(
    chances: Sequence[Chance], offered: Sequence[bool], worths: Sequence[float]
) -> float | None:
    """Return what drawn years are worth beside published ones, by what came.

    Of the worths that are tried, the one with the lowest Brier score: what is believed before the
    published years were seen weighs as much as it has earned (the prior's sample size, found by
    empirical Bayes: Efron and Morris 1975, Data analysis using Stein's estimator and its
    generalizations, Journal of the American Statistical Association 70; here by a proper score:
    Gneiting and Raftery 2007, Strictly proper scoring rules, prediction, and estimation, in the
    same journal, 102). Where several come as near, published years speak first.

    Args:
        chances: told of children of whom it is known what came; whatever they were worked out with.
        offered: whether each was offered a place.
        worths: published years that all drawn ones might count as.

    Returns:
        ``None`` where no chance has both drawn and published years: nothing tells then.
    """
    both = [
        (chance, came)
        for chance, came in zip(chances, offered, strict=True)
        if chance.drawn and chance.published
    ]
    if not both:
        return None
    came = np.array([came for _, came in both], np.float64)
    scores = {
        worth: brier(
            np.array([weighed(chance, drawn_worth=worth).pct for chance, _ in both], np.float64),
            came,
        )
        for worth in worths
    }
    return min(scores, key=lambda worth: (round(scores[worth], SAME_TO), worth))


def brier(chance_pct: Floats, offered: Floats) -> float:
    """How far chances were from what came: the mean square of their differences, 0 to 1.

    Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather
    Review 78. Who always says one half has 0.25.

    Args:
        chance_pct: as said, in per cent.
        offered: one where an offer was made, zero where not, of the same shape.
    """
    return float(np.mean((chance_pct / 100 - offered) ** 2))


def _offered(metres: float, years: LastOffers) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say in which of the years that go by distance an offer would have been made."""
    outcome = np.asarray(years.outcome)
    counted = outcome != OUTCOMES.index(Outcome.NOT_BY_DISTANCE)
    within = np.asarray(years.metres)[counted] >= metres
    told = outcome[counted]
    is_far_enough = (told == OUTCOMES.index(Outcome.DISTANCE)) & within
    return np.asarray((told == OUTCOMES.index(Outcome.ALL)) | is_far_enough)
