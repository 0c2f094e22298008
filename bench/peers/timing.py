"""Milliseconds of our calls, taken as the peers' are (`bench/peers/asked/asking.py`)."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

REPEATS = 9


def median_ms(call: Callable[[Any], Any], given: Sequence[Any], *, repeats: int = REPEATS) -> float:
    """Call once to warm up; then take the best of a few for each thing given, and their median."""
    call(given[0])
    return statistics.median(min(_once(call, each) for _ in range(repeats)) for each in given)


def _once(call: Callable[[Any], Any], given: object) -> float:
    started = time.perf_counter()
    call(given)
    return (time.perf_counter() - started) * 1e3
