"""Cohort survival: how a year group becomes the next one, a year later.

Rolls are arrays whose last two axes are academic years, ascending without gaps, and year groups in
the order in which pupils pass them; axes before them are schools, areas or whatever is forecast
together. ``NaN`` is a roll that is not known.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from planning.arrays import Bools, Floats

USUAL_ENTRIES = (7, 9)
"""Places of the groups in which secondary and upper schools begin."""

ENTRY_PUPILS = 5
"""Fewer pupils than this may come and go by chance."""

Averaging = Literal["ratio_of_sums", "mean_of_ratios"]


def survival_ratios(
    rolls: Floats,
    *,
    weights: Sequence[float] = (3, 2, 1),
    averaging: Averaging = "ratio_of_sums",
) -> Floats:
    """How many pupils of one year group are found in the next, a year later.

    The cohort-survival method, which the Department's guidance on forecasts for the school
    capacity survey calls cohort migration.

    Args:
        rolls: headcounts, shape (…, years, groups).
        weights: of the newest transition, the one before it, and so on; older ones count nothing.
            Of a shorter history the weights of the newest are used.
        averaging: ``ratio_of_sums`` lets every year count by its pupils, so that small cohorts do
            not dominate; ``mean_of_ratios`` lets every year count alike.

    Returns:
        A ratio per year group moved *into*, shape (…, groups); the first has none, and ``NaN``
        stands wherever nobody was there to move up.
    """
    stayed, before, weight = _transitions(rolls, weights)
    if averaging == "mean_of_ratios":
        ratio = np.divide(stayed, before, out=np.zeros_like(stayed), where=before > 0)
        stayed, before = ratio, (before > 0).astype(np.float64)
    above = np.einsum("...yg,y->...g", stayed, weight)
    below = np.einsum("...yg,y->...g", before, weight)
    ratios = np.full((*rolls.shape[:-2], rolls.shape[-1]), np.nan)
    np.divide(above, below, out=ratios[..., 1:], where=below > 0)
    return ratios


def damped(
    ratios: Floats, *, years: int, damping: float, lasting: Bools | None = None, steady: int = 1
) -> Floats:
    """Let what a ratio differs from one fade in the years ahead.

    A trend of moving in or away does not last for ever (Gardner and McKenzie 1985, Forecasting
    trends in time series, Management Science 31).

    Args:
        ratios: shape (…, groups).
        years: how many years ahead.
        damping: what is left of the difference a year later: 1 keeps the ratio, 0 forgets it.
        lasting: ratios that do not fade, shape (…, groups) or (groups,): staying on into a sixth
            form, or leaving a school that ends, is no trend of moving in or away.
        steady: years ahead before it begins to fade; the first never does.

    Returns:
        Shape (…, years, groups): the ratio of the first year ahead first.
    """
    gone = np.maximum(np.arange(years) - (max(steady, 1) - 1), 0)
    left = (damping**gone)[:, np.newaxis]
    if lasting is not None:
        left = np.where(lasting[..., np.newaxis, :], 1.0, left)
    faded: Floats = 1 + (ratios[..., np.newaxis, :] - 1) * left
    return faded


def project(last: Floats, ratios: Floats, intakes: Floats) -> Floats:
    """Move every year group up, year by year; those who enter are given.

    Args:
        last: the roll of the last year counted, shape (…, groups).
        ratios: into each group in each year ahead, shape (…, years, groups).
        intakes: pupils of a group whose number does not follow from the group below, shape
            (…, years, groups); ``NaN`` where it does.

    Returns:
        Rolls ahead, shape (…, years, groups). A group that nobody enters and nobody moves up
        into is empty.
    """
    ahead: Floats = np.zeros(np.broadcast_shapes(ratios.shape, intakes.shape))
    now = np.nan_to_num(last)
    for year in range(ahead.shape[-2]):
        moved = np.zeros_like(ahead[..., year, :])
        moved[..., 1:] = now[..., :-1] * np.nan_to_num(ratios[..., year, 1:])
        given = intakes[..., year, :]
        now = np.where(np.isnan(given), moved, given)
        ahead[..., year, :] = now
    return ahead


def entry_groups(rolls: Floats) -> Bools:
    """Which year groups a school takes its pupils into from elsewhere, shape (…, groups).

    A group with pupils whose group below had none a year earlier, in the last transition that
    both are known for; year 12 among them only where a school has no year 11.
    """
    latest, earlier = rolls[..., -1, :], rolls[..., -2, :]
    below = np.concatenate([np.zeros((*earlier.shape[:-1], 1)), earlier[..., :-1]], axis=-1)
    entered: Bools = (np.nan_to_num(latest) > 0) & (np.nan_to_num(below) == 0)
    return entered


def fresh_entries(rolls: Floats, *, ratio: float) -> Bools:
    """Say which year groups are filled from elsewhere, even above groups of the same school.

    As ``entry_groups``, and also a year 7 or 9 with far more pupils than could have moved up,
    as all-through schools have. A school that opened in the last year took pupils into every
    group, and will go on to do so into its first alone.

    Args:
        rolls: shape (…, years, groups), groups from reception on.
        ratio: of pupils to those who could have moved up, over the last three transitions,
            above which the group is filled from elsewhere.
    """
    entered = entry_groups(rolls)
    latest, earlier = np.nan_to_num(rolls[..., -1, :]), np.nan_to_num(rolls[..., -2, :])
    has_just_opened = (earlier.sum(axis=-1) == 0)[..., np.newaxis]
    is_first = (latest > 0) & (np.cumsum(latest, axis=-1) == latest)
    entered = np.where(has_just_opened, is_first, entered)
    used = min(3, rolls.shape[-2] - 1)
    here = np.nan_to_num(rolls[..., -used:, 1:]).sum(axis=-2)
    below = np.nan_to_num(rolls[..., -used - 1 : -1, :-1]).sum(axis=-2)
    many = np.zeros(entered.shape, bool)
    many[..., 1:] = (here > ratio * below) & (here - below > ENTRY_PUPILS * used)
    usual = np.isin(np.arange(rolls.shape[-1]), USUAL_ENTRIES)
    return np.asarray(entered | (many & usual & (latest > 0)))


def leavers(rolls: Floats) -> Bools:
    """Say into which year groups nobody of a unit moves up, for it ends below.

    Where the last transition that is known left nobody, and so did the ones before or the group
    below was no tiny one; shape (…, groups).
    """
    used = min(3, rolls.shape[-2] - 1)
    stayed, before, _ = _transitions(rolls, (1,) * used)
    last_left = (before[..., -1, :] > 0) & (stayed[..., -1, :] == 0)
    is_sure = (before[..., -1, :] >= ENTRY_PUPILS) | (stayed.sum(axis=-2) == 0)
    ends = np.zeros((*rolls.shape[:-2], rolls.shape[-1]), bool)
    ends[..., 1:] = last_left & is_sure
    return ends


def _transitions(rolls: Floats, weights: Sequence[float]) -> tuple[Floats, Floats, Floats]:
    """Return who moved up, who could have, and the weight of each year, oldest first.

    A transition of which one end is not known counts for neither.
    """
    if rolls.ndim < 2:  # noqa: PLR2004 - years and groups
        raise ValueError("rolls need an axis of years and one of year groups")
    used = min(len(weights), rolls.shape[-2] - 1)
    if used < 1:
        raise ValueError("survival needs the rolls of two years at least")
    stayed, before = rolls[..., -used:, 1:], rolls[..., -used - 1 : -1, :-1]
    known = np.isfinite(stayed) & np.isfinite(before)
    return (
        np.where(known, stayed, 0.0),
        np.where(known, before, 0.0),
        np.array(weights[:used][::-1], np.float64),
    )
