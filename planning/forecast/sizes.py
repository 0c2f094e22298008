"""How far off a forecast is to be expected, by its pupils and by how many years it looks ahead."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import nnls

from planning.arrays import Floats, Ints

_LEAST_VARIANCE: Final = 1e-9
_POWERS: Final = (0, 1, 2)
"""Of the years ahead: what is off once and for all, what adds up by chance, and a wrong trend."""

_BY_CHANCE: Final = (1,)
"""What is taken where errors of one number of years ahead alone cannot say how they grow."""

_ROUNDS: Final = 5
_NEARLY: Final = 1e-9
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Size:
    """The variance of errors, as a sum of parts that none is below zero.

    Attributes:
        parts: in proportion to the pupils and to their square (columns), each times a power of
            the years ahead (rows: 0, 1 and 2), shape (3, 2).
    """

    parts: Floats

    def expected(self, said: Floats) -> Floats:
        """Size of the error to expect of a forecast, shape (…, years ahead)."""
        return self.of_years(said, np.arange(1, said.shape[-1] + 1))

    def of_years(self, said: Floats, ahead: Ints) -> Floats:
        """Size of the error to expect of what is said so many years ahead; same shape."""
        most = int(ahead.max(initial=0))
        per_year = self.parts.T @ _growth(np.arange(most + 1), _POWERS)
        per_pupil, per_square = per_year[:, ahead]
        variance = (per_pupil + per_square * said) * said
        return np.asarray(np.sqrt(np.maximum(variance, _LEAST_VARIANCE)))


def size_of(said: Floats, error: Floats, ahead: Ints) -> Size:
    """Fit the size of errors to those of all years ahead together.

    The more years ahead, the fewer errors there are to learn from: with ten years of rolls six
    forecasts of one year can be compared with what came, and one of six. So errors of each number
    of years ahead are not taken for themselves; their variance is a sum of what does not grow with
    the years, of what adds up by chance (a random walk, whose variance grows with the years) and
    of a trend that was wrong (with their square). Least squares on squared errors, none of the
    parts below zero (Lawson and Hanson 1974, Solving least squares problems), reweighted by the
    variance found (Davidian and Carroll 1987, Variance function estimation, Journal of the
    American Statistical Association 82).

    Args:
        said: pupils expected, above zero, shape (errors,).
        error: how many more came, same shape.
        ahead: years ahead of each, from 1, same shape.
    """
    told = np.flatnonzero(np.bincount(ahead))
    powers = _POWERS if len(told) >= _FEWEST else _BY_CHANCE
    growth, weight = _growth(told, powers), 1 / np.maximum(said, 1.0)
    place = np.searchsorted(told, ahead)
    found = Size(np.zeros((len(_POWERS), 2)))
    for _ in range(_ROUNDS if len(told) else 0):
        found.parts[list(powers)] = _fitted(said, error * weight, weight, place, growth)
        weight = 1 / found.of_years(said, ahead) ** 2
    return found


def _fitted(said: Floats, off: Floats, weight: Floats, place: Ints, growth: Floats) -> Floats:
    """Fit the parts by weighted least squares, from sums by years ahead: shape (powers, 2).

    Args:
        said: pupils expected, shape (errors,).
        off: errors times the weight, same shape.
        weight: one over the variance, same shape.
        place: column of ``growth`` of each, same shape.
        growth: powers of the years ahead, shape (powers, years).
    """
    years, one = growth.shape[1], said * weight
    two = said * one
    moment = np.array(
        [np.bincount(place, by, years) for by in (one * one, one * two, two * two)],
    )[[[0, 1], [1, 2]]]
    square = off * off
    goal = np.array([np.bincount(place, square * by, years) for by in (said, said * said)])
    gram = np.einsum("iy,jy,aby->iajb", growth, growth, moment)
    count = 2 * len(growth)
    gram, wanted = gram.reshape(count, count), (growth @ goal.T).reshape(count)
    scale = np.sqrt(np.diag(gram))
    scale[scale == 0] = 1.0
    lower = np.linalg.cholesky(gram / np.outer(scale, scale) + _NEARLY * np.eye(count))
    found, _ = nnls(lower.T, np.linalg.solve(lower, wanted / scale))
    return np.asarray(found / scale).reshape(len(growth), 2)


def _growth(ahead: Ints, powers: tuple[int, ...]) -> Floats:
    """Return the powers of the years ahead, shape (powers, years)."""
    return np.array([ahead.astype(np.float64) ** power for power in powers])
