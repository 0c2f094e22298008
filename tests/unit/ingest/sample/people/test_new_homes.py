"""The yield of new homes recovers how the children of the made-up estate became more."""

import numpy as np
import pytest

from config.planning import Planning
from ingest.planning.sites import average_yields
from ingest.sample.people.parameters import Parameters
from planning.housing import NewHomes, Yields, pupils_from_homes

YEARS = tuple(range(2017, 2024))
"""From the first homes to the school year in the middle of which people were last counted."""

AGES = list(range(5, 16))
"""Reached from reception to year 10."""


@pytest.fixture(scope="session")
def estate(county, county_land):
    """Homes of the estate, and by how many its children of school age became more."""
    built = county.truth["new_estate"]["homes_built"]
    rows = [(area, int(year), homes) for area in built for year, homes in built[area].items()]
    codes = {code: place for place, code in enumerate(county_land.areas["area_code"])}
    ages = county.ages[county.ages["area"].isin([codes[area] for area in built])]
    by_year = ages.groupby("year")[AGES].sum()
    every = np.ones(len(rows))
    homes = NewHomes(
        area=np.array([list(built).index(area) for area, _, _ in rows]),
        year=np.array([year for _, year, _ in rows]),
        homes=np.array([homes for _, _, homes in rows]),
        relative=every,
        likelihood=every,
        local=0 * every,
    )
    return homes, (by_year.loc[2024] - by_year.loc[2017]).to_numpy(float)


def expected(homes, yields):
    pupils = pupils_from_homes(homes, yields, areas=homes.area.max() + 1, years=YEARS)
    return pupils[:, -1, : len(AGES)].sum(axis=0)


def test_the_true_yield_recovers_the_growth_of_the_estate_within_a_tenth(estate):
    homes, growth = estate
    true = Yields(np.array(Parameters().children_per_new_home), average_yields(Planning()).born)
    said = expected(homes, true)
    assert growth.sum() > 1000
    assert said.sum() == pytest.approx(growth.sum(), rel=0.1)
    # Year group by year group: children counted are few, and families move on.
    assert said == pytest.approx(growth, rel=0.25)


def test_the_default_yield_is_of_the_right_size(estate):
    homes, growth = estate
    said = expected(homes, average_yields(Planning()))
    assert said.sum() == pytest.approx(growth.sum(), rel=0.2)
