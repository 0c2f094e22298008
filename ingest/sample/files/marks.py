"""How the Department writes figures down: shares, decimals, and marks where there is none."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
"""What stands in the cells of a column."""

SUPPRESSED: Final = "SUPP"
NOT_PUBLISHED: Final = "NP"
NOT_AVAILABLE: Final = "NA"
FEWEST: Final = 6
"""Performance tables suppress what is about fewer pupils than these."""


def texts(found: list[str]) -> Texts:
    """Return texts as a column."""
    column = np.empty(len(found), object)
    column[:] = found
    return column


def decimals(values: npt.ArrayLike, digits: int = 1) -> Texts:
    """Write numbers with at most so many digits, and none that say nothing.

    >>> decimals([49.5, 50.0, -0.04, float("nan")]).tolist()
    ['49.5', '50', '0', '']
    """
    rounded = (np.round(np.asarray(values, float), digits) + 0.0).tolist()
    return texts(["" if math.isnan(value) else _short(f"{value:.{digits}f}") for value in rounded])


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def wholes(values: npt.ArrayLike) -> Texts:
    """Write whole numbers; nothing where there is none.

    >>> wholes([3.0, float("nan")]).tolist()
    ['3', '']
    """
    return decimals(values, 0)


def percents(part: npt.ArrayLike, whole: npt.ArrayLike) -> Texts:
    """Write shares as whole percent with their sign.

    >>> percents([1, 2], [3, 2]).tolist()
    ['33%', '100%']
    """
    return np.asarray(wholes(shares(part, whole)) + "%", object)


def shares(part: npt.ArrayLike, whole: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return shares in percent; 0 of nothing."""
    of = np.asarray(whole, float)
    return np.asarray(100 * np.asarray(part, float) / np.where(of > 0, of, 1))


def marked(column: Texts, where: npt.ArrayLike, mark: str = SUPPRESSED) -> Texts:
    """Put a mark in the place of some figures."""
    return np.where(np.asarray(where, bool), mark, column).astype(object)
