"""Rows of a matrix: the homes within the limit of some places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.matrix.arrays import Rows, marks
from travel.matrix.kernels import NO_ROOM, QUEUE_FULL, find_rows
from travel.matrix.problem import Problem
from travel.paths.bucket_queue import memory

Longs = npt.NDArray[np.int64]
Wholes = npt.NDArray[np.unsignedinteger]

ROOM = 1 << 20
"""Rows that one run of the inner loop has room for, at first."""


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Homes within the limit of some places.

    Attributes:
        start: ``int64``, places + 1; the homes of place *j* are ``start[j]`` up to
            ``start[j + 1]``.
        home: ``int32``, ascending for each place.
        seconds: whole, from each home to the place.
        metres: whole, on that way.
    """

    start: Longs
    home: npt.NDArray[np.int32]
    seconds: Wholes
    metres: Wholes


class Worker:
    """Memory that one thread uses for one search after another."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        n_vertices = problem.streets.arc_start.size - 1
        self._memory = memory(
            n_vertices, queue_length=2 * n_vertices + 1024, limit_ds=problem.limit_ds
        )
        self._marks = marks(problem.n_homes)
        self._out = _room(ROOM)

    def find(self, first: int, last: int) -> Found:
        """Find the homes within the limit of places ``first`` up to ``last``."""
        problem = self.problem
        start = np.zeros(last - first + 1, np.int64)
        parts: list[tuple[npt.NDArray[np.int32], Wholes, Wholes]] = []
        found, at = 0, first
        while at < last:
            ends = start[at - first + 1 :]
            reached, n, why = find_rows(
                problem.streets,
                problem.roads,
                problem.sources,
                problem.targets,
                at,
                last,
                problem.limit_ds,
                problem.off_street_m_s,
                self._memory,
                self._marks,
                ends,
                self._out,
            )
            ends[: reached - at] += found
            found += n
            home, seconds, metres = (each[:n] for each in self._out)
            parts.append((home.copy(), as_small(seconds), as_small(metres)))
            if why == QUEUE_FULL:
                self._lengthen_queue()
            if why == NO_ROOM and reached == at:
                self._out = _room(2 * self._out.home.size)
            at = reached
        return Found(start, *_joined(parts))

    def _lengthen_queue(self) -> None:
        longer = np.empty(2 * self._memory.queue.size, np.uint64)
        self._memory = self._memory._replace(queue=longer)


def _room(rows: int) -> Rows:
    return Rows(*(np.empty(rows, np.int32) for _ in Rows._fields))


def _joined(
    parts: list[tuple[npt.NDArray[np.int32], Wholes, Wholes]],
) -> tuple[npt.NDArray[np.int32], Wholes, Wholes]:
    if len(parts) == 1:
        return parts[0]
    home, seconds, metres = zip(*parts, strict=True)
    return np.concatenate(home), np.concatenate(seconds), np.concatenate(metres)


def as_small(whole: npt.NDArray[np.int32]) -> Wholes:
    """Return whole numbers, none negative, in as few bytes as they need."""
    largest = int(whole.max(initial=0))
    return whole.astype(np.uint16 if largest <= np.iinfo(np.uint16).max else np.uint32)
