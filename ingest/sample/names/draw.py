"""Draws words; every draw comes from one stream of random numbers."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")

_BATCH = 4096


class Draw:
    """Draws from a stream, many random numbers at a time because one at a time is slow."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._numbers: list[float] = []

    def one(self, things: Sequence[Thing]) -> Thing:
        """Return one of some things."""
        return things[int(self._next() * len(things))]

    def happens(self, pct: float) -> bool:
        """Say yes in so many of a hundred cases."""
        return 100 * self._next() < pct

    def _next(self) -> float:
        if not self._numbers:
            self._numbers = self._rng.random(_BATCH).tolist()
        return self._numbers.pop()
