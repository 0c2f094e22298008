"""What the scripts share: read the question list, time every call, write the answers."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPEATS = 9


def answer(questions: dict[str, Callable[[dict[str, Any]], Any]]) -> None:
    """Answer every question of the list, `{"questions": [{"kind": …}, …]}`, in its order."""
    asked, answered = map(Path, sys.argv[1:])
    told = json.loads(asked.read_text(encoding="utf-8"))
    found = [questions[each["kind"]](told | each) for each in told["questions"]]
    answered.write_text(json.dumps(found), encoding="utf-8")


def timed(call: Callable[[Any], Any], given: list[Any], *, repeats: int = REPEATS) -> list[float]:
    """Return the milliseconds of a call for each thing given, the best of a few, once warm."""
    call(given[0])
    return [min(_once(call, each) for _ in range(repeats)) for each in given]


def _once(call: Callable[[Any], Any], given: object) -> float:
    started = time.perf_counter()
    call(given)
    return (time.perf_counter() - started) * 1e3
