"""The yield of new homes recovers how the children of the made-up estate became more."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.moved_in import moved_in
from ingest.planning.sites import average_yields, read_sites
from ingest.sample.people.parameters import Parameters
from planning.forecast.inputs import PRIMARY
from planning.forecast.region import forecast_region
from planning.forecast.results import Level
from planning.housing import NewHomes, Yields, pupils_from_homes
from tests.support.county_inputs import AHEAD, LAST, came_of, inputs_of

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


def listed(county):
    """Return the estate as an authority's list of sites has it, without kinds of homes."""
    built = county.truth["new_estate"]["homes_built"]
    sites = pd.DataFrame({"site_id": list(built), "lsoa21": list(built)}).assign(
        name="East", status="under construction", x=None, y=None,
        planning_area_primary=None, planning_area_secondary=None,
    )  # fmt: skip
    rows = [
        (site, f"{year}/{(int(year) + 1) % 100:02}", *["not_stated"] * 3, homes)
        for site, by_year in built.items()
        for year, homes in by_year.items()
    ]
    names = ["site_id", "academic_year", "home_type", "tenure", "bedrooms", "homes"]
    return sites, pd.DataFrame(rows, columns=names)


@pytest.fixture(scope="session")
def city_error(county, county_land):
    """Say by how many primary pupils too many the city's forecast is, five years ahead."""
    inputs, came = inputs_of(county, county_land), came_of(county)
    sites, homes = listed(county)
    place = list(county_land.areas["area_code"].astype(str)).index(sites["lsoa21"][0])
    city = inputs.homes.authority[place]
    inside = inputs.units.authority == city
    nowhere = pd.DataFrame(columns=["x", "y"])

    def error(planning):
        moved = None
        if planning is not None:
            read = read_sites(
                sites, homes, authority_of=lambda _: None, planning=planning, last_year=LAST,
                issues=IssueLog(),
            )  # fmt: skip
            years = range(LAST + 1, LAST + 1 + AHEAD)
            moved = moved_in(read, inputs, nowhere, years=years).by_school
        made = forecast_region(replace(inputs, moved_in=moved), years=AHEAD)
        said = made.levels[Level.SCHOOL].expected[inside, -1, PRIMARY].sum()
        return said - came[inside, -1, PRIMARY].sum()

    return error


def test_the_guard_against_counting_twice_about_halves_the_error_where_building_slows(city_error):
    """The estate is built at 391 homes a year, then at 223: planned homes alone would mislead."""
    pace = {"id": "housing.recent_pace_pct", "value": 0}
    said = {"set_by": "Planning team", "set_on": "2025-01-01", "why": "To see what it does."}
    unguarded = city_error(Planning(assumptions=[pace | said]))
    without_homes, guarded = city_error(None), city_error(Planning())
    assert abs(guarded) < 0.6 * abs(without_homes)
    assert abs(without_homes) < abs(unguarded)
