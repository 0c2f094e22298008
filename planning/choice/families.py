"""Families drawn one by one: where they live, what they are, which schools they name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.admission import NOWHERE
from planning.choice.criteria import Need
from planning.choice.model import Options

_TOGETHER: Final = 20_000
"""Children looked at at once; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where families may live, sorted by area.

    Attributes:
        area: row of the areas, ascending, shape (homes,).
        x: eastings, metres, shape (homes,).
        y: northings, metres, shape (homes,).
    """

    area: Ints
    x: Floats
    y: Floats


@dataclass(frozen=True, slots=True)
class Shares:
    """How many families are of which kind, as shares of one.

    Attributes:
        looked_after: children in care, or who were.
        medical: whose doctor or social worker says that only this school will do.
        staff: whose parent works at the school they like best.
        sibling: with an older sibling at the school they like best.
        faith: of families that a faith criterion holds for at the schools of one faith.
        linked: who come from a school that leads to the one they like best.
    """

    looked_after: float = 0.0
    medical: float = 0.0
    staff: float = 0.0
    sibling: float = 0.0
    faith: float = 0.0
    linked: float = 0.0


@dataclass(frozen=True, slots=True)
class Linked:
    """Children whose school leads to another one.

    Attributes:
        area: row of the small area of each row of the options, shape (areas,).
        share: of each small area's children whose school leads to each school, shape (small
            areas, schools).
        weight: what it adds to the utility of the school for them; its mean over an area's
            children is part of what they like already.
    """

    area: Ints
    share: Floats
    weight: float

    def come(self, area: Ints, school: Ints, drawn: Floats) -> Bools:
        """Say whose own school leads to a school.

        A child's school is drawn once: schools led to share out the numbers between 0 and 1, so
        that a child comes from one that leads here or from one that leads there.

        Args:
            area: row of the options of each child, shape (children,).
            school: rows of schools, ``NOWHERE`` where there is none, shape (children, any).
            drawn: a number between 0 and 1 of each child, shape (children,).
        """
        begins = np.cumsum(self.share, axis=1) - self.share
        cell = self.area[area][:, np.newaxis], np.maximum(school, 0)
        within = (drawn[:, np.newaxis] - begins[cell]) % 1.0 < self.share[cell]
        return np.asarray(within & (school != NOWHERE))


@dataclass(frozen=True, slots=True)
class Habits:
    """What families are and do.

    Attributes:
        shares: how many are of which kind.
        named: share of families that name one school, two schools and so on.
        faith: number of each school's faith, zero without one, shape (schools,).
        linked: whose school leads to which, where that is known; those schools go by it and not
            by the share of ``shares``.
    """

    shares: Shares
    named: Floats
    faith: Ints
    linked: Linked | None = None


@dataclass(frozen=True, slots=True)
class Families:
    """Families with a child of one entry cohort.

    Attributes:
        home: row of the homes, shape (children,).
        area: row of the areas, shape (children,).
        kind: row of the kinds of children that schools tell apart, shape (children,).
        preferences: rows of the schools named, the most wanted first, then ``NOWHERE``; shape
            (children, preferences).
        needs: what each child is at each school it named, as ``Need`` flags, shape as
            ``preferences``; without ``AREA`` and ``NEAREST``, which follow from the home.
        luck: 0 to 1, for lots and tests, shape (children,).
    """

    home: Ints
    area: Ints
    kind: Ints
    preferences: Ints
    needs: Ints
    luck: Floats


def draw_families(
    children: Floats,
    homes: Addresses,
    options: Options,
    liking: Floats,
    *,
    habits: Habits,
    rng: np.random.Generator,
) -> Families:
    """Draw the families of one year.

    A family names the schools that it likes best: utility plus a standard Gumbel variable, which
    is the choice model's own chance (McFadden 1974; see ``planning.choice.model``). Older siblings,
    a parent on the staff and a linked school are at the school that it likes best.

    Args:
        children: expected of each area; the number drawn is a Poisson variable, shape (areas,).
        homes: at least one in each area with children.
        options: schools to choose among, by area.
        liking: utility of each option but for chance, shape (areas, options).
        habits: what families are and do.
        rng: random numbers.
    """
    area = np.repeat(np.arange(len(children)), rng.poisson(children))
    kind = rng.choice(len(options.kind_share), len(area), p=options.kind_share)
    named = habits.named
    depth = min(len(named), options.school.shape[1])
    shortest = rng.choice(len(named), len(area), p=named / named.sum())
    parts = [np.zeros((0, depth), np.int64)]
    linked = habits.linked
    drawn = np.zeros(0) if linked is None else rng.random(len(area))
    for some in _pieces(len(area)):
        known = liking[area[some]]
        if linked is not None:
            known = known + _of_habit(linked, area[some], options.school, drawn[some])
        parts.append(_ranked(options, known, area[some], kind[some], depth, rng))
    ranked = np.concatenate(parts)
    preferences = np.where(np.arange(depth) <= shortest[:, None], ranked, NOWHERE)
    return Families(
        home=_homes(area, homes, rng),
        area=area,
        kind=kind,
        preferences=preferences,
        needs=_needs(preferences, habits, rng) | _linked_needs(linked, area, preferences, drawn),
        luck=rng.random(len(area)),
    )


def _pieces(children: int) -> Iterator[slice]:
    for begin in range(0, children, _TOGETHER):
        yield slice(begin, begin + _TOGETHER)


def _of_habit(linked: Linked, area: Ints, options: Ints, drawn: Floats) -> Floats:
    """Return what a child's own school adds to options, beyond what it adds in the mean."""
    school = options[area]
    share = linked.share[linked.area[area][:, np.newaxis], school]
    return linked.weight * (linked.come(area, school, drawn) - share)


def _linked_needs(
    linked: Linked | None, area: Ints, preferences: Ints, drawn: Floats
) -> Ints | int:
    if linked is None:
        return 0
    return np.where(linked.come(area, preferences, drawn), int(Need.LINKED), 0)


def _ranked(
    options: Options, liking: Floats, area: Ints, kind: Ints, depth: int, rng: np.random.Generator
) -> Ints:
    """Return the schools of highest utility, the best first, ``NOWHERE`` beyond those possible.

    Args:
        options: of the areas.
        liking: of each child, but for chance, shape (children, options).
        area: row of the options of each child.
        kind: of each child.
        depth: schools that are named at most.
        rng: random numbers.
    """
    schools = options.school[area]
    can = options.is_option[area] & options.admits[kind[:, None], schools]
    chance = -np.log(rng.standard_exponential(schools.shape))
    utility = np.where(can, liking + chance, -np.inf)
    rows = np.arange(len(area))[:, None]
    top = np.argpartition(-utility, depth - 1, axis=1)[:, :depth]
    top = top[rows, np.argsort(-utility[rows, top], axis=1, kind="stable")]
    return np.where(np.isfinite(utility[rows, top]), schools[rows, top], NOWHERE)


def _homes(area: Ints, homes: Addresses, rng: np.random.Generator) -> Ints:
    """Draw a home in each child's area."""
    begin = np.searchsorted(homes.area, area, "left")
    end = np.searchsorted(homes.area, area, "right")
    return begin + np.floor(rng.random(len(area)) * (end - begin)).astype(np.int64)


def _needs(preferences: Ints, habits: Habits, rng: np.random.Generator) -> Ints:
    """Draw what children are, at each of the schools that they named."""
    shares, faith = habits.shares, habits.faith
    children = len(preferences)
    needs = np.zeros(preferences.shape, np.int64)
    everywhere = ((Need.LOOKED_AFTER, shares.looked_after), (Need.MEDICAL, shares.medical))
    for need, share in everywhere:
        needs |= np.where(rng.random(children) < share, int(need), 0)[:, None]
    at_the_best = (
        (Need.STAFF, shares.staff),
        (Need.SIBLING, shares.sibling),
        (Need.LINKED, shares.linked),
    )
    for need, share in at_the_best:
        is_so = np.asarray(rng.random(children) < share)[:, np.newaxis]
        if need is Need.LINKED and habits.linked is not None:
            is_told = np.asarray(habits.linked.share.any(axis=0))
            is_so = is_so & ~is_told[preferences[:, :1]]
        needs[:, :1] |= np.where(is_so, int(need), 0)
    own = _faiths(children, faith, shares.faith, rng)
    at_school = np.where(preferences == NOWHERE, 0, faith[preferences])
    return needs | np.where((at_school > 0) & (at_school == own[:, None]), int(Need.FAITH), 0)


def _faiths(children: int, faith: Ints, share: float, rng: np.random.Generator) -> Ints:
    """Draw each family's faith: as many of each as the share says; zero for the others."""
    faiths = np.unique(faith[faith > 0])
    if not len(faiths):
        return np.zeros(children, np.int64)
    each = min(share, 1 / len(faiths))
    cell = np.floor(rng.random(children) / each).astype(np.int64) if each else len(faiths)
    return np.append(faiths, 0)[np.minimum(cell, len(faiths))]
