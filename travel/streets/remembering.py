"""States that remember how one came, where a restriction runs over more than one junction.

A state is copied once for every beginning of a forbidden run that ends in it; whoever has followed
the run so far is on the copy, from which the forbidden state cannot be turned to. This is the
search for several words in a text at once (Aho and Corasick 1975), with states for letters.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from travel.streets.states import States
from travel.streets.via_ways import Run
from travel.turns import MAY_START

Longs = npt.NDArray[np.int64]


def remember(
    states: States, origin: Longs, target: Longs, ds: Longs, runs: Collection[Run]
) -> tuple[States, Longs, Longs, Longs]:
    """Add copies of states so that no forbidden run can be followed to its end.

    Args:
        states: of the network, those for access included.
        origin: the state that each turn leaves.
        target: the state that it leads to.
        ds: deciseconds.
        runs: of three or more states, none of them a copy.

    Returns:
        The states with those added at the end, and the turns between all of them.
    """
    if not runs:
        return states, origin, target, ds
    memory = _Memory(states, origin, target, ds, runs)
    memory.follow()
    added = np.array([each for each, _ in memory.copies], np.int64)
    copied = np.concatenate((np.arange(states.edge.size), added))
    is_new = np.arange(copied.size) >= states.edge.size
    flags = states.flags[copied] & np.where(is_new, 0xFF ^ MAY_START, 0xFF).astype(np.uint8)
    more = np.array(memory.turns, np.int64).reshape(-1, 3)
    with_copies = replace(
        states,
        edge=states.edge[copied],
        is_forward=states.is_forward[copied],
        ds=states.ds[copied],
        tail=states.tail[copied],
        head=states.head[copied],
        copy=np.where(is_new, -1, states.copy[copied]),
        original=states.original[copied],
        flags=flags,
    )
    return (
        with_copies,
        np.concatenate((origin, more[:, 0])),
        np.concatenate((memory.target, more[:, 1])),
        np.concatenate((ds, more[:, 2])),
    )


class _Memory:
    """Follows the runs over the turns, and makes copies as it meets them."""

    def __init__(
        self, states: States, origin: Longs, target: Longs, ds: Longs, runs: Collection[Run]
    ) -> None:
        self.target = target.copy()
        self.turns: list[tuple[int, int, int]] = []
        self.copies: list[tuple[int, Run]] = []
        self._ds = ds
        self._before = target
        self._original = states.original
        self._forbidden = frozenset(runs)
        self._begun = frozenset(run[:size] for run in runs for size in range(2, len(run)))
        self._order = np.argsort(origin, kind="stable")
        self._origin = origin[self._order]
        self._number: dict[tuple[int, Run], int] = {}
        self._waiting: deque[int] = deque()

    def follow(self) -> None:
        """Lead those who begin a run onto copies, and those on copies on or off again."""
        firsts = sorted({run[0] for run in self._begun})
        for state in np.flatnonzero(np.isin(self._original, firsts)).tolist():
            for turn in self._turns_of(state):
                to = int(self._before[turn])
                pair: Run = (int(self._original[state]), int(self._original[to]))
                if pair in self._begun:
                    self.target[turn] = self._copy(to, pair)
        while self._waiting:
            copy = self._waiting.popleft()
            state, begun = self.copies[copy]
            for turn in self._turns_of(state):
                to = int(self._before[turn])
                run = (*begun, int(self._original[to]))
                tails = [run[skip:] for skip in range(len(run) - 1)]
                if self._forbidden.intersection(tails):
                    continue
                on = next((tail for tail in tails if tail in self._begun), None)
                led = to if on is None else self._copy(to, on)
                self.turns.append((self._original.size + copy, led, int(self._ds[turn])))

    def _copy(self, state: int, begun: Run) -> int:
        if (state, begun) not in self._number:
            self._number[state, begun] = len(self.copies)
            self._waiting.append(len(self.copies))
            self.copies.append((state, begun))
        return self._original.size + self._number[state, begun]

    def _turns_of(self, state: int) -> list[int]:
        first, last = np.searchsorted(self._origin, [state, state + 1])
        return [int(turn) for turn in self._order[first:last]]
