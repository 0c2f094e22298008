"""What the scripts share: read the question list, time every call, write the answers."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPEATS = 9
LEAST_S = 0.05
"""Short calls are repeated for so long: what else a machine does lasts longer than they do."""


def answer(questions: dict[str, Callable[[dict[str, Any]], Any]]) -> None:
    """Answer every question of the list, `{"questions": [{"kind": …}, …]}`, in its order."""
    asked, answered = map(Path, sys.argv[1:])
    told = json.loads(asked.read_text(encoding="utf-8"))
    found = [questions[each["kind"]](told | each) for each in told["questions"]]
    answered.write_text(json.dumps(found), encoding="utf-8")


def timed(call: Callable[[Any], Any], given: list[Any], *, repeats: int = REPEATS) -> list[float]:
    """Return the milliseconds of a call for each thing given, the best of a few, once warm."""
    call(given[0])
    return [_best(call, each, repeats) for each in given]


def _best(call: Callable[[Any], Any], given: object, repeats: int) -> float:
    """Return the milliseconds of the best call: of a few, and of as many as fit in a moment."""
    least_ms = LEAST_S * 1e3 if repeats == REPEATS else 0.0
    took: list[float] = []
    while len(took) < repeats or sum(took) < least_ms:
        took.append(_once(call, given))
    return min(took)


def _once(call: Callable[[Any], Any], given: object) -> float:
    started = time.perf_counter()
    call(given)
    return (time.perf_counter() - started) * 1e3
