"""Families rank schools as the stated weights say."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.sample.people import supply
from ingest.sample.people.births import expected_births
from ingest.sample.people.children import newcomers
from ingest.sample.people.choice import minutes, possible, ranked, utility
from ingest.sample.people.homes import homes_of
from ingest.sample.people.parameters import Parameters
from tests.support.logit import fit
from tests.support.sample_land import PlainNames, make_land

NONE = -1
RECEPTION, YEAR_7 = 0, 7


@pytest.fixture(scope="module")
def town():
    """A county of a third, its schools and its families."""
    land = make_land(0.35, seed=5)
    homes = homes_of(land)
    rng = np.random.default_rng(1)
    births = expected_births(homes, rng)
    market = supply(land, homes, births, PlainNames(), Parameters()).market
    children = newcomers(rng.poisson(births[:, 8:20]), homes, market.parameters, rng)
    return market, replace(children, cohort=(children.cohort + 8).astype(np.int32))


def columns_of(market, year_group):
    teaches = market.serves(year_group).any(axis=1) & market.is_chosen
    return np.flatnonzero(teaches & market.admits_at(year_group))


def attributes(market, children, columns, year_group):
    faith = market.faith[columns]
    own = (faith > 0) & (faith == children.faith[:, None])
    other = (faith > 0) & (faith != children.faith[:, None])
    fees = np.broadcast_to(market.is_independent[columns], own.shape)
    years = children.cohort + (year_group + 5)
    parts = [
        minutes(children, columns, year_group, market),
        market.popularity[columns].T[years],
        own,
        other,
        fees,
        fees * market.affluence[children.area][:, None],
    ]
    return np.stack([part.astype(float) for part in parts], axis=2)


@pytest.mark.parametrize("year_group", [RECEPTION, YEAR_7])
def test_a_logit_of_first_preferences_finds_the_weights(town, year_group):
    market, children = town
    columns = columns_of(market, year_group)
    first = ranked(children, columns, year_group, market, np.random.default_rng(2))[:, 0]
    chosen = np.searchsorted(columns, first)
    can = possible(children, columns, year_group, market)
    found, error = fit(attributes(market, children, columns, year_group), chosen, can)
    true = market.parameters.weights(year_group)
    names = ("minute", "popularity", "own_faith", "other_faith", "independent", "affluence")
    truth = np.array([getattr(true, name) for name in names])
    assert error.max() < 0.5
    assert np.abs((found - truth) / error).max() < 3.5


def test_nobody_names_a_school_that_cannot_be_gone_to(town):
    market, children = town
    columns = columns_of(market, YEAR_7)
    wishes = ranked(children, columns, YEAR_7, market, np.random.default_rng(3))
    can = possible(children, columns, YEAR_7, market)
    at = np.searchsorted(columns, np.maximum(wishes, columns[0]))
    named = np.take_along_axis(can, at, axis=1)
    assert named[wishes != NONE].all()


def test_no_school_is_named_twice(town):
    market, children = town
    columns = columns_of(market, RECEPTION)
    wishes = ranked(children, columns, RECEPTION, market, np.random.default_rng(4))
    for one in range(wishes.shape[1]):
        for two in range(one):
            assert not ((wishes[:, one] == wishes[:, two]) & (wishes[:, one] != NONE)).any()


def test_families_name_as_many_schools_as_the_shares_say(town):
    market, children = town
    columns = columns_of(market, RECEPTION)
    wishes = ranked(children, columns, RECEPTION, market, np.random.default_rng(5))
    shares = np.array(market.parameters.primary.preferences)
    counts = np.bincount((wishes != NONE).sum(axis=1), minlength=4)[1:]
    assert counts / counts.sum() == pytest.approx(shares / shares.sum(), abs=0.02)


def test_a_minute_more_weighs_what_is_stated(town):
    market, children = town
    columns = columns_of(market, RECEPTION)
    farther = replace(market, ways=replace(market.ways, minutes=market.ways.minutes + 1))
    can = possible(children, columns, RECEPTION, market)
    before, after = (utility(children, columns, RECEPTION, each)[can] for each in (market, farther))
    assert after - before == pytest.approx(market.parameters.primary.minute, abs=1e-4)


def test_a_school_that_moved_is_as_far_as_it_was_then(town):
    market, children = town
    moved = np.flatnonzero(market.ways.old != NONE)
    assert len(moved) == 1
    year = market.moved[moved[0]]
    before = children.cohort + 2001 < year
    found = minutes(children, moved, RECEPTION, market)[:, 0]
    way = market.ways
    old, now = (way.minutes[children.postcode, gate[moved[0]]] for gate in (way.old, way.now))
    assert before.any()
    assert (~before).any()
    assert (found == np.where(before, old, now)).all()
