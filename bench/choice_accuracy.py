"""How near the choice of schools comes on the real counts of London, on land it has not seen.

Squares of five kilometres are left out of the fit as a whole. Counts under three are not
published: so what each method expects to be published is held against what was, and beside it its
shares as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.regions import MIRROR
from bench.rows import Row, row
from planning.arrays import Floats, Ints
from planning.choice.blocks import (
    fitted_gravity,
    folds_of,
    gravity_shares,
    judged,
    left_out_shares,
    nearest_shares,
)
from planning.choice.features import journeys, straight_km
from tests.support.london_choice import FILE, London, london, told_as_none

LEAST_RIGHT_PCT = 62
REDRAWN = 20
"""Times that the published counts are drawn anew, to see what small counts leave."""


def run() -> list[Row]:
    """Judge the fit beside what is simpler; nothing where the counts are not there."""
    if not (MIRROR / "flows" / FILE).is_file():
        return []
    return list(_rows(london(MIRROR)))


def _rows(counted: London) -> Iterator[Row]:
    homes, schools, seen = counted.homes, counted.schools, counted.seen
    fold, km = folds_of(homes), straight_km(homes, schools)
    note = (
        f"{seen.pupils.sum():,.0f} pupils, {len(homes.x):,} small areas, {len(schools.x)} schools; "
        "what is expected to be published of the counts"
    )
    ways = journeys(homes, schools)
    fitted = left_out_shares(homes, schools, ways, seen, fold=fold)
    as_printed = left_out_shares(homes, schools, ways, told_as_none(seen), fold=fold)
    title = "pupils put in the right school, areas left out of the fit"
    for name, share in (
        (title, fitted),
        ("  fitted to what is printed: counts under three taken for none", as_printed),
        (
            "  exponential gravity on straight lines, fitted likewise",
            _gravity(km, seen.pupils, fold),
        ),
        ("  the nearest school", nearest_shares(km)),
    ):
        found = judged(name, share, seen)
        bound = LEAST_RIGHT_PCT if share is fitted else None
        yield row(name, found.share_right_pct, "%", note, at_least=bound)
        plain = f"SRMSE {found.srmse:.1f}"
        least = LEAST_RIGHT_PCT if share is as_printed else None
        yield row(f"{name}: shares as they are", found.plain_right_pct, "%", plain, at_least=least)
        note = ""
    yield row(
        "  the published counts, drawn anew", _ceiling(seen.pupils), "%", "no method beats it"
    )


def _gravity(km: Floats, pupils: Floats, fold: Ints) -> Floats:
    """Fit one decay on the other blocks; a school is as strong as the pupils it has there."""
    said = np.zeros(km.shape)
    for each in np.unique(fold):
        rest = pupils[fold != each]
        decay = fitted_gravity(km[fold != each], rest)
        said[fold == each] = gravity_shares(km[fold == each], rest.sum(axis=0), decay)
    return said


def _ceiling(pupils: Floats) -> float:
    """Draw each area's pupils anew by the shares that were counted; the mean of what agrees."""
    rng = np.random.default_rng(0)
    total = pupils.sum(axis=1)
    there = total > 0
    share = pupils[there] / total[there, np.newaxis]
    number = total[there].astype(np.int64)
    agree = [
        np.minimum(rng.multinomial(number, share), pupils[there]).sum() for _ in range(REDRAWN)
    ]
    return float(100 * np.mean(agree) / pupils.sum())
