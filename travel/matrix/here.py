"""Parts of a matrix found on one machine, in threads that share the streets."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from travel.matrix.parts import Part
from travel.matrix.problem import Problem
from travel.matrix.rows import Found, Worker

WAITING = 2
"""Parts in hand for each thread: one that runs and one that waits, not all of them at once."""


def find_here(
    problem: Problem, parts: Sequence[Part], *, threads: int
) -> Generator[tuple[Part, Found]]:
    """Find parts, in the order in which they are done.

    Whoever stops listening, as Ctrl-C makes them, waits for the parts that run and for no other.
    """
    mine = threading.local()

    def find(part: Part) -> Found:
        if not hasattr(mine, "worker"):
            mine.worker = Worker(problem)
        found: Found = mine.worker.find(part.first, part.last)
        return found

    rest = iter(parts)
    running: dict[Future[Found], Part] = {}
    pool = ThreadPoolExecutor(threads, thread_name_prefix="matrix")
    try:
        while True:
            while len(running) < WAITING * threads and (part := next(rest, None)) is not None:
                running[pool.submit(find, part)] = part
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
