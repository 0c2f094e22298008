"""Empirical Bayes: small schools lean on what is known of larger groups."""

import numpy as np

from planning.arrays import Floats


def leaning(ratio: Floats, behind: Floats, towards: Floats, lent: Floats) -> Floats:
    """Draw the ratio of each unit towards that of its group, the more so the fewer its pupils.

    Args:
        ratio: of each unit, ``NaN`` where it has none; shape (units, groups).
        behind: pupils that each rests on, same shape.
        towards: ratio of the group that each unit is in, same shape.
        lent: how many pupils' worth of evidence the group lends, shape (groups,); infinite where
            units do not differ by more than chance.

    Returns:
        ``towards`` where a unit has no ratio of its own, and the other way round.
    """
    own = np.where(np.isfinite(ratio) & np.isfinite(behind), behind, 0.0)
    with np.errstate(invalid="ignore"):
        weight = np.where(np.isinf(lent), 0.0, own / np.where(own + lent > 0, own + lent, 1.0))
    mixed = weight * np.nan_to_num(ratio) + (1 - weight) * np.nan_to_num(towards)
    return np.where(np.isnan(towards), ratio, mixed)


def pupils_lent(stayed: Floats, before: Floats) -> Floats:
    """Estimate how many pupils' worth of evidence a group of units lends each of them.

    The ratio of a unit in one year varies by chance, in inverse proportion to its pupils; what
    units differ by beyond that is their own (DerSimonian and Laird 1986, Meta-analysis in clinical
    trials, Controlled Clinical Trials 7; the variance within units from year to year stands in
    for theirs).

    Args:
        stayed: pupils who moved up, shape (units, years, groups); zero where not known.
        before: pupils who could have, same shape.

    Returns:
        Chance over difference: the number of pupils at which a unit's own ratio and its group's
        weigh alike; infinite where units do not differ by more than chance. Shape (groups,).
    """
    ratio = np.divide(stayed, before, out=np.zeros_like(stayed), where=before > 0)
    pupils = before.sum(axis=1)
    mean = np.divide(stayed.sum(axis=1), pupils, out=np.zeros_like(pupils), where=pupils > 0)
    chance = _chance(ratio, before, mean)
    everybody = pupils.sum(axis=0)
    total = np.divide(
        stayed.sum(axis=(0, 1)), everybody, out=np.zeros_like(everybody), where=everybody > 0
    )
    units = (pupils > 0).sum(axis=0)
    spread = (pupils * (mean - total) ** 2).sum(axis=0) - (units - 1) * chance
    scale = everybody - np.divide(
        (pupils**2).sum(axis=0), everybody, out=np.zeros_like(everybody), where=everybody > 0
    )
    own = np.divide(spread, scale, out=np.zeros_like(spread), where=scale > 0)
    lent: Floats = np.divide(chance, own, out=np.full_like(chance, np.inf), where=own > 0)
    return lent


def _chance(ratio: Floats, before: Floats, mean: Floats) -> Floats:
    """Return the variance of one pupil's moving up, from how units differ between years."""
    squares = (before * (ratio - mean[:, np.newaxis, :]) ** 2).sum(axis=(0, 1))
    freedom = np.maximum((before > 0).sum(axis=1) - 1, 0).sum(axis=0).astype(np.float64)
    chance: Floats = np.divide(squares, freedom, out=np.zeros_like(squares), where=freedom > 0)
    return chance
