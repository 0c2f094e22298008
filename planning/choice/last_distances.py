"""How far places are said to go: by drawn years, by schools around, by a circle of children."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.chance import OUTCOMES, LastOffers, Outcome

AROUND: Final = 5
"""Schools around that stand in for one of which nothing is known."""

HALF: Final = 0.5

WITHIN: Final = 0.8
"""Share of last distances that a range is to hold: four in five."""


def middle_m(years: LastOffers) -> Floats:
    """Return the median last distance of the years that end at one; ``NaN`` where none does.

    Args:
        years: arrays of shape (years, schools).

    Returns:
        Metres, shape (schools,).
    """
    metres = np.full(years.metres.shape[1], np.nan)
    ends = np.isfinite(years.metres).any(axis=0)
    metres[ends] = np.nanmedian(years.metres[:, ends], axis=0)
    return metres


def full_share(years: LastOffers) -> Floats:
    """Return the share of years in which not every child who asked was offered a place.

    Args:
        years: arrays of shape (years, schools).

    Returns:
        Shape (schools,).
    """
    return np.asarray((np.asarray(years.outcome) != OUTCOMES.index(Outcome.ALL)).mean(axis=0))


def around(x: Floats, y: Floats, *, told: Bools, fold: Ints, schools: int = AROUND) -> Ints:
    """Return the nearest schools that lie in other blocks and of which something is told.

    Args:
        x: eastings of the schools, metres, shape (schools,).
        y: northings, shape (schools,).
        told: whether anything is known of each, shape (schools,).
        fold: of its block, shape (schools,).
        schools: how many.

    Returns:
        Rows of schools, the nearest first, -1 where there are no more, shape (schools, around).
    """
    metres = np.hypot(x[:, None] - x, y[:, None] - y)
    metres[(fold[:, None] == fold) | ~told] = np.inf
    row = np.argsort(metres, axis=1, kind="stable")[:, :schools]
    return np.where(np.isfinite(np.take_along_axis(metres, row, axis=1)), row, -1)


def median_around(metres: Floats, near: Ints) -> Floats:
    """Return the median of what is told of the schools around; ``NaN`` where there are none.

    Args:
        metres: last distances, shape (schools,).
        near: rows of schools, as ``around`` has them, shape (schools, around).
    """
    told = np.where(near >= 0, metres[near], np.nan)
    found = np.full(len(told), np.nan)
    has_some = np.isfinite(told).any(axis=1)
    found[has_some] = np.nanmedian(told[has_some], axis=1)
    return found


def circle_m(metres: Floats, children: Floats, places: Ints) -> Floats:
    """Return the radius of the circle around a school in which as many children live as it admits.

    That is how far places would go if every child asked for the nearest school and none had
    another priority. Where fewer children live anywhere, it is the way to the farthest home.

    Args:
        metres: from homes to schools, shape (homes, schools).
        children: who enter, of each home, shape (homes,).
        places: of each school, shape (schools,).

    Returns:
        Metres, shape (schools,).
    """
    order = np.argsort(metres, axis=0, kind="stable")
    within = np.cumsum(children[order], axis=0)
    last = np.minimum((within < places).sum(axis=0), len(metres) - 1)
    return np.asarray(metres[order[last, np.arange(len(last))], np.arange(len(last))])


@dataclass(frozen=True, slots=True)
class Off:
    """How far said last distances are from those that were published.

    Attributes:
        mean_m: mean of the differences, whichever way they go, metres.
        median_m: their median.
        signed_m: their mean with its sign: above zero, places went less far than was said.
        schools: that were compared.
    """

    mean_m: float
    median_m: float
    signed_m: float
    schools: int


def off_by(said: Floats, published: Floats) -> Off:
    """Compare last distances, school by school, where both are known.

    Args:
        said: metres, ``NaN`` where nothing is said, shape (schools,).
        published: metres, ``NaN`` where none was, shape (schools,).

    Raises:
        ValueError: no school has both.
    """
    off = said - published
    off = off[np.isfinite(off)]
    if not len(off):
        raise ValueError("no school has a last distance that is both said and published")
    away = np.abs(off)
    return Off(float(away.mean()), float(np.median(away)), float(off.mean()), len(off))


def factor_within(said: Floats, published: Floats, *, share: float = WITHIN) -> float | None:
    """Return the factor by which a share of published last distances are at most off.

    Distances are compared as ratios: a school whose places go far is further off in metres. The
    factor is the smallest that held for enough of the schools compared to hold for the next one
    too (split conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018,
    Distribution-free predictive inference for regression, Journal of the American Statistical
    Association 113).

    Args:
        said: metres, ``NaN`` where nothing is said, shape (schools,).
        published: metres, ``NaN`` where none was, shape (schools,).
        share: that is to be held, 0 to 1.

    Returns:
        One or more; ``None`` where too few schools have both.
    """
    both = np.isfinite(said) & np.isfinite(published) & (said > 0) & (published > 0)
    off = np.sort(np.abs(np.log(said[both] / published[both])))
    rank = int(np.ceil(share * (len(off) + 1)))
    return float(np.exp(off[rank - 1])) if rank <= len(off) else None
