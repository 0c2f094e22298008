"""Milliseconds of our calls, taken as the peers' are (`bench/peers/asked/asking.py`)."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

REPEATS = 9
LEAST_S = 0.05
"""Short calls are repeated for so long: what else a machine does lasts longer than they do."""


def median_ms(call: Callable[[Any], Any], given: Sequence[Any], *, repeats: int = REPEATS) -> float:
    """Call once to warm up; then take the best of a few for each thing given, and their median."""
    call(given[0])
    return statistics.median(_best(call, each, repeats) for each in given)


def _best(call: Callable[[Any], Any], given: object, repeats: int) -> float:
    """Return the milliseconds of the best call: of a few, and of as many as fit in a moment."""
    took: list[float] = []
    while len(took) < repeats or sum(took) < LEAST_S * 1e3:
        took.append(_once(call, given))
    return min(took)


def _once(call: Callable[[Any], Any], given: object) -> float:
    started = time.perf_counter()
    call(given)
    return (time.perf_counter() - started) * 1e3
