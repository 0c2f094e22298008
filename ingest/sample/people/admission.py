"""Coordinated admission: pupils propose down their lists, schools keep those they rank first."""

import numpy as np

from ingest.sample.people.needs import Floats, Ints
from ingest.sample.people.provision import NONE


def deferred_acceptance(wishes: Ints, priorities: Floats, places: Ints) -> Ints:
    """Give places by the pupils' deferred acceptance of Gale and Shapley.

    Args:
        wishes: the school wished for by each pupil (row) at each rank (column, best first);
            ``NONE`` ends a list.
        priorities: of the pupil at that school: the lowest are admitted first. Equal ones are
            admitted in the order of pupils.
        places: by school.

    Returns:
        The rank of the school that each pupil gets, or ``NONE``. No pupil and school would both
        rather have each other than what they have.
    """
    pupils, depth = wishes.shape
    rank = np.zeros(pupils, np.int32)
    held = np.full(pupils, NONE, np.int32)
    going = np.arange(pupils)
    while True:
        going = going[rank[going] < depth]
        going = going[wishes[going, rank[going]] != NONE]
        if not len(going):
            break
        asked = np.zeros(len(places), bool)
        asked[wishes[going, rank[going]]] = True
        incumbents = np.flatnonzero((held != NONE) & asked[held])
        pool = np.concatenate([incumbents, going])
        kept = _kept(wishes[pool, rank[pool]], priorities[pool, rank[pool]], pool, places)
        held[pool] = np.where(kept, wishes[pool, rank[pool]], NONE)
        going = pool[~kept]
        rank[going] += 1
    return np.where(held != NONE, rank, NONE).astype(np.int32)


def _kept(schools: Ints, priorities: Floats, pupils: Ints, places: Ints) -> np.ndarray:
    """Say which pupils their schools keep: as many as there are places, the first in priority."""
    order = np.lexsort((pupils, priorities, schools))
    sorted_schools = schools[order]
    begins = np.searchsorted(sorted_schools, sorted_schools)
    place = np.arange(len(order)) - begins
    kept = np.empty(len(order), bool)
    kept[order] = place < places[sorted_schools]
    return kept
