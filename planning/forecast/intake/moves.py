"""Which year groups a school takes in, keeps and lets go, and how many go on there."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.forecast.shrinkage import leaning, pupils_lent

_MOSTLY = 0.75
"""Share of the last years in which a small group must have had pupils to be the school's own."""

_ENDS = (6, 11, 14)
"""Places of the last year group of a school that still grows, one of which it will reach."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a school does with each year group; all of shape (schools, groups).

    Attributes:
        takes_in: pupils come from elsewhere, and all or most of the group are such.
        goes_on: the school's own pupils move up into it, and most of the group are such.
        lets_go: pupils of the group leave the school at its end, or mix with those who join.
    """

    takes_in: Bools
    goes_on: Bools
    lets_go: Bools


def moves(rolls: Floats, *, joining: float, few: float) -> Moves:
    """Find out what every school does with its year groups.

    A group that had pupils while the group below had none a year earlier is taken in; so is one
    in which far more pupils were found than in the group below a year before, as in year 7 of an
    all-through school. A school whose oldest year group was new in the last year grows on, to
    year 6, 11 or 14. A group of a small school that happened to be empty is none the less its own.

    Args:
        rolls: headcounts, shape (schools, years, groups), two years at least.
        joining: pupils for each one in the group below from which on most have joined.
        few: pupils of a group, on average, below which it may be empty by chance.
    """
    known = np.nan_to_num(rolls)
    now, before = known[:, -1] > 0, known[:, -2] > 0
    is_new = ~before.any(axis=1, keepdims=True)
    small = _small(known, few)
    now = now | small
    below_before = _moved(np.where(is_new, now, before | small))
    enters: Bools = now & ~below_before
    joins = now & ~enters & (_found_for_each(known) >= joining)
    keeps = now | _grows_into(now, before)
    goes_on = keeps & _moved(keeps) & ~enters & ~joins
    stays_next = np.concatenate([goes_on[:, 1:], np.zeros((len(now), 1), bool)], axis=1)
    return Moves(takes_in=enters | joins, goes_on=goes_on, lets_go=now & ~stays_next)


def ratios_within(rolls: Floats, goes_on: Bools, parent: Ints, *, window: int) -> Floats:
    """Say how many of a year group are found in the next at the same school, a year later.

    Ratio of sums over some years, small schools leaning on their authority.

    Args:
        rolls: shape (schools, years, groups).
        goes_on: groups that a school's own pupils move up into, shape (schools, groups).
        parent: authority of each school, shape (schools,).
        window: transitions that count, each alike.

    Returns:
        Shape (schools, groups); zero where nobody moves up.
    """
    used = min(window, rolls.shape[1] - 1)
    stayed, before = rolls[:, -used:, 1:], rolls[:, -used - 1 : -1, :-1]
    there = (stayed > 0) & (before > 0) & goes_on[:, np.newaxis, 1:]
    stayed, before = np.where(there, stayed, 0.0), np.where(there, before, 0.0)
    kept = np.zeros(goes_on.shape)
    kept[:, 1:] = leaning(
        _over(stayed.sum(axis=1), before.sum(axis=1)),
        before.sum(axis=1),
        _of_parent(stayed.sum(axis=1), before.sum(axis=1), parent),
        pupils_lent(stayed, before),
    )
    return np.where(goes_on, kept, 0.0)


def let_go(rolls: Floats, group: int, joined: Bools) -> Floats:
    """Say how many of a school's pupils looked for another school in each of the last years.

    Args:
        rolls: shape (schools, years, groups).
        group: place of the group that they went on to.
        joined: schools whose own pupils of the group below mix with those who join, shape
            (schools,).

    Returns:
        Shape (schools, years - 1): pupils of the group below a year before, where the school had
        no such group, or many join in it.
    """
    known = np.nan_to_num(rolls)
    has = (known[:, 1:, group] > 0) | (known[:, :-1, group] > 0)
    return np.where(has & ~joined[:, np.newaxis], 0.0, known[:, :-1, group - 1])


def _small(known: Floats, few: float, years: int = 3) -> Bools:
    """Say which groups are so small that nobody may be in them in a year by chance."""
    last = known[:, -years - 1 :]
    is_open = (known[:, -1] > 0).any(axis=1, keepdims=True)
    small: Bools = ((last > 0).mean(axis=1) >= _MOSTLY) & (last.mean(axis=1) < few) & is_open
    return small


def _moved(of_groups: Bools) -> Bools:
    """Say of every group what is true of the one below."""
    return np.concatenate([np.zeros((len(of_groups), 1), bool), of_groups[:, :-1]], axis=1)


def _found_for_each(known: Floats, years: int = 3) -> Floats:
    """Return pupils of the last years for each one in the group below a year before."""
    used = min(years, known.shape[1] - 1)
    there = (known[:, -used:, 1:] > 0) & (known[:, -used - 1 : -1, :-1] > 0)
    up = np.where(there, known[:, -used:, 1:], 0.0).sum(axis=1)
    below = np.where(there, known[:, -used - 1 : -1, :-1], 0.0).sum(axis=1)
    found = np.zeros(known[:, -1].shape)
    found[:, 1:] = np.nan_to_num(_over(up, below))
    return found


def _grows_into(now: Bools, before: Bools) -> Bools:
    """Say which groups a school that has just got a new oldest group will have."""
    top, was = _top(now), _top(before)
    end = np.array(_ENDS)[np.searchsorted(_ENDS, np.maximum(top, 0))]
    places = np.arange(now.shape[1])
    grows = ((was >= 0) & (top > was))[:, np.newaxis]
    return np.asarray(grows & (places > top[:, np.newaxis]) & (places <= end[:, np.newaxis]))


def _top(has: Bools) -> Ints:
    """Return the place of the oldest year group, -1 where a school has none."""
    last = has.shape[1] - 1 - np.argmax(has[:, ::-1], axis=1)
    return np.where(has.any(axis=1), last, -1)


def _of_parent(up: Floats, below: Floats, parent: Ints) -> Floats:
    sums = np.zeros((parent.max(initial=0) + 1, 2, up.shape[1]))
    np.add.at(sums, parent, np.stack([up, below], axis=1))
    everywhere = np.nan_to_num(_over(up.sum(axis=0), below.sum(axis=0)), nan=1.0)
    of_group = _over(sums[:, 0], sums[:, 1])
    return np.where(np.isnan(of_group), everywhere, of_group)[parent]


def _over(above: Floats, below: Floats) -> Floats:
    """Divide; ``NaN`` where there is nothing to divide by."""
    ratio: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return ratio
