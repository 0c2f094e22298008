"""Everything that is decided about the schools of a county, one thing after another."""

from typing import Final

import numpy as np

from ingest.sample.people.character import faiths, roles, sixth_forms, types
from ingest.sample.people.ground import Ground
from ingest.sample.people.history import closures, moves, place_changes
from ingest.sample.people.others import extras, nurseries, pairs
from ingest.sample.people.plan import (
    Schools,
    Step,
    estate,
    primaries,
    secondaries,
    three_tier,
)

STEPS: Final[tuple[Step, ...]] = (
    estate,
    secondaries,
    three_tier,
    roles,
    sixth_forms,
    primaries,
    closures,
    pairs,
    extras,
    faiths,
    types,
    nurseries,
    moves,
    place_changes,
)
"""What is decided about the schools of a county, one thing after another."""


def planned(ground: Ground, rng: np.random.Generator) -> Schools:
    """Decide which schools a county has, and what happens to them."""
    found: Schools = ()
    for step in STEPS:
        found = step(ground, found, rng)
    return found
