"""What families of a made-up county weigh is found again from what they do."""

from dataclasses import replace

import numpy as np
import pytest

from planning.choice.fit import Prior, fit
from planning.choice.rationing import fit_rationed
from tests.support.county_choice import County, published

ALIKE = Prior(constant_sd=1e-3, slope_sd=1e-3)
"""The popularity of schools is among the attributes here, so that no constant is needed."""


@pytest.fixture(scope="module")
def county():
    return County(seed=6)


@pytest.fixture(scope="module")
def first_preferences(county):
    """Deviations of the weights of four entries in standard errors, by year group and name."""
    found = {}
    for year_group, children in ((0, 2000), (3, 2000), (7, 5000), (9, 5000)):
        names, options, counts = county.first_preferences(year_group, children=children)
        fitted = fit(options, counts, prior=ALIKE)
        off = (fitted.weights.attributes - county.truth(year_group, names)) / fitted.error
        found |= {(year_group, name): each for name, each in zip(names, off, strict=True)}
    return found


def test_first_preferences_tell_what_families_weigh_within_two_standard_errors(first_preferences):
    """Thirty weights: one in twenty may lie outside by chance, and none lies far outside."""
    off = np.abs(list(first_preferences.values()))
    assert len(off) >= 28
    assert (off < 2).mean() >= 0.9
    assert off.max() < 3.3


def test_every_kind_of_weight_is_among_them(first_preferences):
    assert {name for _, name in first_preferences} >= {
        *("minute", "popularity", "own_faith", "other_faith", "linked"),
        *("independent", "affluence", "selective", "single_sex", "midway"),
    }


@pytest.fixture(scope="module")
def from_counts(county):
    """Weights from published counts of where children are, and what they are in truth."""
    told = published(county)
    names = tuple(told.attributes)
    truth = dict(zip(names, county.truth(7, names), strict=True))
    as_if_free = replace(told.market, cut_off=np.full(told.market.cut_off.shape, np.inf))
    free = fit_rationed(as_if_free, told.attributes, told.counts, prior=ALIKE, rounds=0)
    found = fit_rationed(told.market, told.attributes, told.counts, prior=ALIKE, rounds=2)
    return (
        truth,
        dict(zip(names, free.weights.attributes, strict=True)),
        dict(zip(names, found.weights.attributes, strict=True)),
        dict(zip(names, found.error, strict=True)),
    )


def test_counts_alone_would_say_that_families_shun_the_journey_more_than_they_do(from_counts):
    """Full schools admit by distance.

    Fitted as if all had room, a minute weighs a quarter more, and popularity far too little.
    """
    truth, free, found, _ = from_counts
    assert free["minute"] < 1.2 * truth["minute"]
    assert free["popularity"] < 0.6 * truth["popularity"]
    assert abs(found["minute"] - truth["minute"]) < 0.1 * abs(truth["minute"])
    assert abs(found["popularity"] - truth["popularity"]) < 0.1 * truth["popularity"]


def test_counts_and_last_distances_tell_popularity_faith_and_selection(from_counts):
    """Within two standard errors; single sex is not, and a minute only just."""
    truth, _, found, error = from_counts
    for name in ("popularity", "own_faith", "other_faith", "selective"):
        assert abs(found[name] - truth[name]) < 2 * error[name], name
    assert abs(found["minute"] - truth["minute"]) < 3 * error["minute"]
