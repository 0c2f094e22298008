"""Survival ratios that small units borrow from planning area, authority and all.

What a ratio carries is everything that happens between two counts: moving in and away, changing
schools and staying on. In-year migration is in it and is never added a second time.
"""

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.forecast.progression import ENTRY_PUPILS, leavers
from planning.forecast.shrinkage import leaning, pupils_lent

SIXTH_FORM = 12
"""Place of year 12 among the groups: those before it are of compulsory school age."""


def pooled_ratios(
    rolls: Floats, enters: Bools, *, authority: Ints, area: Ints, window: int
) -> Floats:
    """Estimate every unit's survival ratios by empirical Bayes, level by level.

    The ratio of an authority leans on that of all, that of a planning area on its authority's. A
    unit differs from its planning area in all compulsory year groups alike, as far as its pupils
    show (a school that gains pupils mid-year gains them at every age), and in each year group for
    itself. How much each level lends follows from how far its units differ beyond chance.

    Args:
        rolls: headcounts, shape (units, years, groups).
        enters: groups filled from elsewhere, shape (units, groups): they have no ratio.
        authority: row of each unit's authority from 0, shape (units,).
        area: row of each unit's planning area from 0 or below zero, by group, shape
            (units, groups).
        window: transitions that count.

    Returns:
        Shape (units, groups): ``NaN`` in groups filled from elsewhere and below a unit's first;
        zero where a unit ends; where nobody could have moved up yet, what is usual, times the
        share of pupils in the authority whose school has the group above.
    """
    stayed, before = _moves(rolls, enters, window)
    ends = leavers(rolls)
    goes_on = _going_on(stayed, before) & ~ends[:, np.newaxis, :]
    kept, could = np.where(goes_on, stayed, 0.0), np.where(goes_on, before, 0.0)
    usual = _usual(kept, could, authority, area)
    own = _own(kept, could, usual)
    going_on = _ratio(_summed(could, authority).sum(axis=1), _summed(before, authority).sum(axis=1))
    ratios = np.where(could.sum(axis=1) > 0, own, own * going_on[authority])
    ratios = np.where(ends, 0.0, ratios)
    begun = np.cumsum(enters, axis=1) - enters > 0
    return np.where(begun & ~enters, ratios, np.nan)


def _moves(rolls: Floats, enters: Bools, window: int) -> tuple[Floats, Floats]:
    """Return who moved up and who could have, shape (units, transitions, groups)."""
    used = min(window, rolls.shape[1] - 1)
    after, below = rolls[:, -used:], np.zeros_like(rolls[:, -used:])
    below[..., 1:] = rolls[:, -used - 1 : -1, :-1]
    begun = np.cumsum(enters, axis=1) - enters > 0
    counts = np.isfinite(after) & np.isfinite(below) & (begun & ~enters)[:, np.newaxis, :]
    return np.where(counts, after, 0.0), np.where(counts, below, 0.0)


def _going_on(stayed: Floats, before: Floats) -> Bools:
    """Say in which transitions a unit had both groups: none where all left at once."""
    return np.asarray((before > 0) & ((stayed > 0) | (before < ENTRY_PUPILS)))


def _usual(stayed: Floats, before: Floats, authority: Ints, area: Ints) -> Floats:
    """Return what is usual in each unit's planning area, or else authority: (units, groups)."""
    by_authority = _summed(stayed, authority), _summed(before, authority)
    everywhere = _ratio(by_authority[0].sum(axis=(0, 1)), by_authority[1].sum(axis=(0, 1)))
    towards = np.broadcast_to(everywhere, by_authority[0][:, 0].shape)
    of_authority = _lean(*by_authority, towards)[authority]
    within = area >= 0
    if not within.any():
        return of_authority
    by_area = _summed_by_group(stayed, area), _summed_by_group(before, area)
    home = np.zeros((by_area[0].shape[0], stayed.shape[-1]))
    group = np.broadcast_to(np.arange(area.shape[1]), area.shape)
    home[area[within], group[within]] = of_authority[within]
    of_area = _lean(*by_area, home)
    return np.where(within, of_area[np.maximum(area, 0), group], of_authority)


def _own(stayed: Floats, before: Floats, usual: Floats) -> Floats:
    """Return each unit's own ratio: what is usual, times its own tendency, times each group's."""
    expected = before * np.nan_to_num(usual)[:, np.newaxis, :]
    school_age = np.arange(stayed.shape[-1]) < SIXTH_FORM
    whole = (
        np.where(school_age, stayed, 0.0).sum(axis=-1, keepdims=True),
        np.where(school_age, expected, 0.0).sum(axis=-1, keepdims=True),
    )
    tendency = _lean(*whole, np.ones((len(stayed), 1)))
    tendency = np.where(school_age, tendency, 1.0)
    each = expected * tendency[:, np.newaxis, :]
    group = _lean(stayed, each, np.ones(usual.shape))
    return usual * tendency * group


def _lean(stayed: Floats, before: Floats, towards: Floats) -> Floats:
    """Draw the ratios of units towards what is given, as far as they do not differ."""
    pupils = before.sum(axis=1)
    own = _ratio(stayed.sum(axis=1), pupils)
    return leaning(own, pupils, towards, pupils_lent(stayed, before))


def _summed(values: Floats, unit: Ints) -> Floats:
    total = np.zeros((int(unit.max(initial=-1)) + 1, *values.shape[1:]))
    np.add.at(total, unit, values)
    return total


def _summed_by_group(values: Floats, area: Ints) -> Floats:
    """Add up by planning area, where a unit may be in another one in each group."""
    years, groups = values.shape[1:]
    total = np.zeros((int(area.max(initial=-1)) + 1, years, groups))
    row, group = np.nonzero(area >= 0)
    year = np.arange(years)[:, np.newaxis]
    np.add.at(total, (area[row, group], year, group), values[row, :, group].T)
    return total


def _ratio(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
    return ratio
