"""Schools are named first as often as is published, whoever they admit."""

import numpy as np
import pytest

from planning.choice.model import Options
from planning.choice.popularity import first_preferences, wanted_more


def test_girls_schools_and_places_that_are_no_options_are_heeded():
    rng = np.random.default_rng(2)
    admits = np.ones((2, 6), np.bool_)
    admits[1, 0] = admits[0, 3] = False
    options = Options(
        school=np.argsort(rng.random((30, 6)), axis=1)[:, :4],
        is_option=rng.random((30, 4)) < 0.9,
        attributes=np.zeros((0, 30, 4)),
        journey=np.zeros((30, 4)),
        admits=admits,
        kind_share=np.array([0.4, 0.6]),
    )
    liking, children = rng.normal(0, 1, (30, 4)), rng.integers(1, 50, 30).astype(np.float64)
    expected = first_preferences(options, liking, children)
    wanted = np.where(np.arange(6) == 5, np.nan, expected * rng.uniform(0.8, 1.25, 6))
    moved = wanted_more(options, liking, children, wanted, rounds=200)
    found = first_preferences(options, liking + moved[options.school], children)
    share = found[:5] / found[:5].sum()
    assert share == pytest.approx(wanted[:5] / np.nansum(wanted), abs=1e-4)
    assert moved[5] == 0
