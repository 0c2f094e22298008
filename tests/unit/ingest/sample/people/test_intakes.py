"""How near expected intakes come to those of a made-up county in the next five years."""

from dataclasses import replace

import numpy as np
import pytest

from planning.forecast.inputs import GROUPS
from planning.forecast.intake import Basis, intakes
from planning.forecast.methods import recent_intakes
from tests.support.county_inputs import LAST, came_of, inputs_of

YEAR_7 = GROUPS.index("7")


@pytest.fixture(scope="module")
def inputs(county, county_land):
    return inputs_of(county, county_land)


@pytest.fixture(scope="module")
def by_homes(inputs):
    return intakes(inputs, origin=LAST, years=5)


@pytest.fixture(scope="module")
def by_authority(inputs):
    return intakes(replace(inputs, flows={}), origin=LAST, years=5)


@pytest.fixture(scope="module")
def usual(inputs, by_homes):
    """The last three intakes, weighted 3:2:1."""
    return recent_intakes(inputs.rolls.pupils, 5, np.isfinite(by_homes.expected[:, 0]))


def error_pct(said, came, group):
    """Return the mean absolute error of the sum of five intakes."""
    told = np.isfinite(said[:, :, group]).all(axis=1) & (came[:, :, group] > 0).all(axis=1)
    total, there = said[told][:, :, group].sum(axis=1), came[told][:, :, group].sum(axis=1)
    return 100 * np.mean(np.abs(total - there) / there)


def test_receptions_through_homes_are_a_quarter_nearer_than_the_last_ones(county, by_homes, usual):
    came = came_of(county)
    assert set(by_homes.basis["primary"]) >= {Basis.SMALL_AREA}
    assert error_pct(by_homes.expected, came, 0) <= 0.75 * error_pct(usual, came, 0)


def test_receptions_by_authority_are_a_fifth_nearer_than_the_last_ones(county, by_authority, usual):
    came = came_of(county)
    assert set(by_authority.basis["primary"]) == {Basis.AUTHORITY, ""}
    assert error_pct(by_authority.expected, came, 0) <= 0.8 * error_pct(usual, came, 0)


def test_year_7_of_authorities_is_nearer_than_the_last_ones(county, inputs, by_homes, usual):
    """Of single schools it is not, in this county: thirteen schools, of which most are full."""
    unit = inputs.units.authority
    ours, last = (by_authorities(said[:, :, YEAR_7], unit) for said in (by_homes.expected, usual))
    came = came_of(county)[:, :, YEAR_7]
    there = by_authorities(np.where(np.isfinite(usual[:, :, YEAR_7]), came, 0.0), unit)
    assert np.abs(ours / there - 1).mean() < np.abs(last / there - 1).mean()


def by_authorities(pupils, unit):
    total = np.zeros((unit.max() + 1, pupils.shape[1]))
    np.add.at(total, unit, np.nan_to_num(pupils))
    return total[total.sum(axis=1) > 0]


def test_every_authority_has_as_many_in_reception_as_its_cohorts_bring(by_homes, by_authority):
    everywhere = np.zeros(len(by_homes.expected), np.int64)
    through_homes, by_shares = (
        each.summed(everywhere, 1)[0, :, 0] for each in (by_homes, by_authority)
    )
    assert through_homes == pytest.approx(by_shares)
