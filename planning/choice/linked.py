"""Habit: how many of an area's children are at a school that leads to another one."""

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.fit import LEAST_SHOWN
from planning.choice.regional import Observed


def linked_shares(came: Floats, low: Ints, high: Ints, leads: Bools) -> Floats:
    """Return the share of each home's children whose school leads to each of the later schools.

    Children move on when their school ends. Those about to are told by no count: a school's
    pupils are taken to be spread evenly over the years that it teaches, so that an infant school
    of three years and a primary school of seven are compared by the year: of 30 pupils of the
    one and 70 of the other who live in an area, ten each are in the last infant year, and one
    half of them are at a school that leads to the junior school.

    Args:
        came: pupils of each home at each earlier school, in any unit, shape (homes, earlier).
        low: age from which each earlier school teaches, of the ages counted, shape (earlier,).
        high: age at which it ends, shape (earlier,).
        leads: which earlier schools lead to which later ones, shape (earlier, later).

    Returns:
        0 to 1; nothing where no child of the age lives. Shape (homes, later).
    """
    a_year = came / np.maximum(high - low, 1)
    found = np.zeros((len(came), leads.shape[1]))
    for age in np.unique(high[leads.any(axis=1)]):
        moving = a_year * ((low < age) & (age <= high))
        whole = moving.sum(axis=1, keepdims=True)
        linked = moving @ (leads & (high == age)[:, np.newaxis])
        found += np.divide(linked, whole, out=np.zeros_like(linked), where=whole > 0)
    return np.minimum(found, 1.0)


def completed(seen: Observed, share: Floats) -> Floats:
    """Return pupils by home and school, those not told as a model expects them.

    A suppressed count is what the model expects of it, but between its bounds; where nobody
    counted the children of a home at all, the model's shares stand for them.

    Args:
        seen: what was counted.
        share: of each home's children, by school, as a model has them, shape (homes, schools).
    """
    shown = np.where(seen.is_suppressed, 0.0, share).sum(axis=1)
    guessed = seen.pupils.sum(axis=1) / np.maximum(shown, LEAST_SHOWN)
    everybody = np.where(np.isnan(seen.everybody), guessed, seen.everybody)
    expected = np.minimum(everybody[:, np.newaxis] * share, seen.at_most)
    found = np.where(seen.is_suppressed, np.maximum(expected, seen.at_least), seen.pupils)
    is_told = seen.pupils.sum(axis=1, keepdims=True) > 0
    return np.asarray(np.where(is_told, found, share))
