"""Admits children with the package `matching`, as hospitals take residents."""

import sys
import threading
from time import perf_counter
from typing import Any

import numpy as np
from asking import answer
from matching.games import HospitalResident

Told = dict[str, Any]


STACK = 1 << 29
"""Bytes: the package copies its players, who know each other, one inside the other."""


def main() -> None:
    """Answer the question list, with room for deep calls."""
    sys.setrecursionlimit(10**7)
    threading.stack_size(STACK)
    asked = threading.Thread(target=answer, args=({"admit": admit},))
    asked.start()
    asked.join()


def admit(told: Told) -> Told:
    """Return who goes where, and the milliseconds of setting up and of solving."""
    given = np.load(told["path"])
    preferences, rank, places = (given[name] for name in ("preferences", "rank", "places"))
    wants, ranked = {}, {school: [] for school in range(len(places))}
    for child, (named, behind) in enumerate(zip(preferences.tolist(), rank.tolist(), strict=True)):
        wants[child] = [school for school in named if school >= 0]
        for school, at in zip(named, behind, strict=True):
            if school >= 0:
                ranked[school].append((at, child))
    order = {school: [child for _, child in sorted(all_)] for school, all_ in ranked.items()}
    asked = {school: of_it for school, of_it in order.items() if of_it}
    room = {school: max(int(places[school]), 1) for school in asked}
    begun = perf_counter()
    game = HospitalResident.create_from_dictionaries(wants, asked, room)
    set_up = perf_counter()
    matched = game.solve(optimal="resident")
    done = perf_counter()
    school = [-1] * len(preferences)
    for hospital, residents in matched.items():
        for resident in residents:
            school[resident.name] = hospital.name
    return {
        "school": school,
        "setting_up_ms": (set_up - begun) * 1e3,
        "solving_ms": (done - set_up) * 1e3,
    }


if __name__ == "__main__":
    main()
