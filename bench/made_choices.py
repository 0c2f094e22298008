"""A made-up city region or county whose children choose by known weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Floats
from planning.choice.criteria import USUAL
from planning.choice.families import Addresses, Habits, Shares
from planning.choice.fit import Counts
from planning.choice.model import Options, Weights, shares, utility
from planning.choice.ordering import Admitting, laid_out
from planning.choice.years import Market

SIDE_M: Final = 40_000.0
NEAREST: Final = 60
SUPPRESSED: Final = 2
"""Counts up to this are not published."""

NAMES: Final = ("km", "log_km", "nearest", "faith", "border")
LIKED: Final = np.array([-0.35, -0.9, 0.4, 0.3, -0.8])
CONSTANT_SD: Final = 0.6
OF_FAITH: Final = 0.2
ONE_SEX: Final = 0.06
"""Share of schools for boys alone, and of those for girls."""

ADDRESSES: Final = 20
"""Homes drawn in each area."""

NAMED: Final = np.array([0.2, 0.15, 0.2, 0.15, 0.1, 0.2])
"""Share of families that name one school, two, and so on up to six."""


@dataclass(frozen=True, slots=True)
class Place:
    """Areas, schools, and what children weigh."""

    x: Floats
    y: Floats
    school_x: Floats
    school_y: Floats
    options: Options
    weights: Weights
    children: Floats


def made_up(areas: int, schools: int, children: int, *, seed: int = 8) -> Place:
    """Strew areas and schools over a square, denser in the middle."""
    rng = np.random.default_rng(seed)
    x, y = SIDE_M * rng.beta(2, 2, (2, areas))
    school_x, school_y = SIDE_M * rng.beta(2, 2, (2, schools))
    km = np.hypot(x[:, np.newaxis] - school_x, y[:, np.newaxis] - school_y) / 1000
    row = np.argsort(km, axis=1)[:, : min(NEAREST, schools)]
    far = np.take_along_axis(km, row, axis=1)
    is_faith = rng.random(schools) < OF_FAITH
    across = (x[:, np.newaxis] > SIDE_M / 2) != (school_x[row] > SIDE_M / 2)
    only = rng.random(schools)
    options = Options(
        school=row,
        is_option=np.ones(row.shape, np.bool_),
        attributes=np.stack(
            [
                far,
                np.log(far + 0.3),
                np.broadcast_to(np.arange(row.shape[1]) == 0, row.shape).astype(np.float64),
                is_faith[row].astype(np.float64),
                across.astype(np.float64),
            ]
        ),
        journey=far,
        admits=np.stack([only > ONE_SEX, only < 1 - ONE_SEX]),
        kind_share=np.array([0.5, 0.5]),
    )
    weights = Weights(LIKED, rng.normal(0, CONSTANT_SD, schools), np.zeros(schools))
    everybody = np.maximum(rng.poisson(children / areas, areas), 1).astype(np.float64)
    return Place(x, y, school_x, school_y, options, weights, everybody)


def counted(place: Place, *, seed: int = 9) -> Counts:
    """Let every child choose, and publish the counts but for the small ones."""
    rng = np.random.default_rng(seed)
    share = shares(place.options, place.weights)
    share /= share.sum(axis=1, keepdims=True)
    chose = rng.multinomial(place.children.astype(np.int64), share).astype(np.float64)
    is_suppressed = chose <= SUPPRESSED
    return Counts(
        np.where(is_suppressed, 0.0, chose), is_suppressed, SUPPRESSED, everybody=place.children
    )


def market(place: Place, *, spare: float = 1.04, seed: int = 10) -> Market:
    """Return the place as a market in which schools have a little more room than children."""
    rng = np.random.default_rng(seed)
    options = place.options
    schools = options.schools
    drawn = rng.lognormal(0, 0.3, schools)
    places = np.ceil(spare * place.children.sum() * drawn / drawn.sum()).astype(np.int64)
    needs, order = laid_out([USUAL] * schools)
    area = np.repeat(np.arange(len(place.x)), ADDRESSES)
    return Market(
        children=place.children,
        homes=Addresses(
            area,
            place.x[area] + rng.uniform(-400, 400, len(area)),
            place.y[area] + rng.uniform(-400, 400, len(area)),
        ),
        options=options,
        liking=utility(options, place.weights),
        journey=options.journey,
        schools=Admitting(place.school_x, place.school_y, places, needs, order, {}, {}),
        habits=Habits(
            Shares(looked_after=0.01, medical=0.01, sibling=0.35, faith=0.2),
            NAMED,
            np.zeros(schools, np.int64),
        ),
    )
