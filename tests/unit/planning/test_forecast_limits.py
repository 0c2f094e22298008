"""Limits, planned homes and agreement between levels: nobody is lost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from planning.forecast.inputs import NONE
from planning.forecast.limits import placed
from planning.forecast.reconcile import reconciled
from planning.forecast.region import forecast_region
from planning.forecast.results import Level
from planning.forecast.tree import Tree
from tests.support.made_region import ALL, SCHOOLS, R, region

SEED = np.random.default_rng(7)


@pytest.fixture(scope="module")
def made():
    return forecast_region(region())


def test_planned_homes_add_their_pupils_at_every_level(made) -> None:
    inputs = region()
    more = np.zeros((SCHOOLS, 7, 15))
    more[1, :, 2] = 4
    found = forecast_region(replace(inputs, moved_in=more))
    for level, row in ((Level.SCHOOL, 1), (Level.PLANNING_AREA, 0), (Level.AUTHORITY, 0)):
        added = found.levels[level].expected[row] - made.levels[level].expected[row]
        assert added[:5, 2] == pytest.approx(4)
        assert added[:5, 3] == pytest.approx(0)
        assert added[:5, ALL] == pytest.approx(4)


def test_whom_a_limit_turns_away_is_found_elsewhere_or_told_of(made) -> None:
    inputs = region()
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[:4, R] = 10, 12, 200, 1
    found = forecast_region(replace(inputs, capped=capped))
    free = made.levels[Level.SCHOOL].expected[:, :5, R]
    held = found.levels[Level.SCHOOL].expected[:, :5, R]
    assert held[0] == pytest.approx(10)
    assert held[1] == pytest.approx(12)
    assert held[3] == pytest.approx(1)
    assert held[2] == pytest.approx(free[2] + free[3] - 1)
    unplaced = found.unplaced
    assert unplaced is not None
    assert unplaced.pupils[0, :5, R] == pytest.approx(free[0] + free[1] - 22)
    assert unplaced.pupils[1, :5, R] == pytest.approx(0)
    whole = found.levels[Level.AUTHORITY].expected[:, :5, R]
    assert whole == pytest.approx(made.levels[Level.AUTHORITY].expected[:, :5, R])
    assert unplaced.displaced[2, :5, R] == pytest.approx(1 - free[3])


def test_who_found_no_place_is_told_of_until_the_phase_ends() -> None:
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[[0, 1], R], capped[4, 7] = 0, 0
    found = forecast_region(replace(region(), capped=capped)).unplaced
    assert found is not None
    first = found.pupils[0, 0]
    assert found.pupils[0, 1, 1] == pytest.approx(first[R])
    assert found.pupils[0, 4, 11] == pytest.approx(first[7])
    assert found.pupils[0, 5, 12] == 0


def test_a_limited_intake_stays_small_as_it_moves_up(made) -> None:
    capped = np.full((SCHOOLS, 15), np.nan)
    capped[0, R] = 10
    found = forecast_region(replace(region(), capped=capped)).levels[Level.SCHOOL].expected[0]
    free = made.levels[Level.SCHOOL].expected[0]
    ratio = 10 / free[0, R]
    assert found[1, 1] == pytest.approx(free[1, 1] * ratio)
    assert found[0, 1] == free[0, 1]


WANTED = arrays(np.float64, (5, 3), elements=st.floats(0, 500))
MOST = arrays(np.float64, 5, elements=st.floats(0, 300) | st.just(np.nan))


@given(wanted=WANTED, most=MOST, seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_nobody_is_lost_whatever_the_limits(wanted, most, seed) -> None:
    rng = np.random.default_rng(seed)
    authority = rng.integers(0, 2, 5)
    area = np.where(rng.random(5) < 0.3, NONE, authority * 2 + rng.integers(0, 2, 5))
    found = placed(wanted, most, area=area, authority=authority, authorities=2)
    assert (found.intake >= 0).all()
    assert (found.unplaced >= -1e-9).all()
    assert (found.intake <= np.where(np.isnan(most), np.inf, most)[:, np.newaxis] + 1e-6).all()
    for row in (0, 1):
        mine = authority == row
        stayed = found.intake[mine].sum(axis=0) + found.unplaced[row]
        assert stayed == pytest.approx(wanted[mine].sum(axis=0), abs=1e-6)


def test_agreement_is_weighted_least_squares() -> None:
    tree = Tree(
        ("A", "B"),
        np.array([0, 0, 0, 1, 1]),
        ("N", "S", "E"),
        np.repeat(np.array([0, 0, 1, 2, NONE])[:, np.newaxis], 15, axis=1),
        np.array([0, 0, 1]),
    )
    sums = np.array(
        [
            *np.eye(5),
            [1, 1, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [1, 1, 1, 0, 0],
            [0, 0, 0, 1, 1],
        ]
    )
    rows = {
        Level.SCHOOL: slice(0, 5),
        Level.PLANNING_AREA: slice(5, 8),
        Level.AUTHORITY: slice(8, 10),
    }
    said, variance = SEED.uniform(200, 300, (10, 2, 15)), SEED.uniform(1, 9, (10, 2, 15))
    found = reconciled(
        {level: said[row] for level, row in rows.items()},
        {level: variance[row] for level, row in rows.items()},
        tree,
    )
    weight = np.diag(1 / variance[:, 1, 3])
    oracle = np.linalg.solve(sums.T @ weight @ sums, sums.T @ weight @ said[:, 1, 3])
    assert found[:, 1, 3] == pytest.approx(oracle)
