"""The middle of many schools' values: median and quartiles, never a rank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

FEWEST: Final = 4
"""Quartiles of fewer schools than this would give single schools away."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of the schools that have a value.

    Attributes:
        low: a quarter of them have less.
        median: half of them have less.
        high: a quarter of them have more.
        schools: how many have one.
    """

    low: float
    median: float
    high: float
    schools: int


def middles(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Middle]:
    """Work out the quartiles by measure and period from the values they lie between.

    Method 7 of Hyndman and Fan (1996), as spreadsheets and NumPy have it.

    Args:
        rows: ``measure``, ``period``, ``n``, ``place`` (from 1, the lowest first) and ``value``,
            at least at the places either side of each quartile.
    """
    ordered = sorted(rows, key=lambda row: (row["measure"], row["period"]))
    found = {}
    for key, group in groupby(ordered, lambda row: (row["measure"], row["period"])):
        values = list(group)
        n = values[0]["n"]
        at = {row["place"]: float(row["value"]) for row in values}
        if n >= FEWEST:
            low, median, high = (_between(at, n, quarters) for quarters in (1, 2, 3))
            found[key] = Middle(low, median, high, n)
    return found


def _between(at: Mapping[int, float], n: int, quarters: int) -> float:
    """Return the value so many quarters of the way up.

    >>> _between({2: 10.0, 3: 20.0}, 4, 2), _between({3: 7.0}, 5, 2)
    (15.0, 7.0)
    """
    whole, rest = divmod((n - 1) * quarters, 4)
    lower = at[whole + 1]
    return lower if rest == 0 else lower + (at[whole + 2] - lower) * rest / 4
