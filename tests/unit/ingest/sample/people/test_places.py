"""Where people live, how well off they are, and where schools are put."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from ingest.sample.people.deprivation import _transformed, deprivation_of
from ingest.sample.people.homes import homes_of
from ingest.sample.people.placing import cover


def ages_of(county, areas, kind, low, high):
    then = county.ages[county.ages["year"] == 2021].groupby("area").sum()
    here = then[(areas["kind"] == kind).to_numpy()]
    return (
        here[list(range(low, high + 1))].to_numpy().sum() / here[list(range(91))].to_numpy().sum()
    )


def test_students_live_in_the_centre_and_old_people_on_the_coast(county, county_land):
    areas = county_land.areas
    kinds = ("centre", "terraces", "suburb", "estate", "new", "town", "coast", "village")
    students = {kind: ages_of(county, areas, kind, 19, 22) for kind in kinds}
    old = {kind: ages_of(county, areas, kind, 65, 90) for kind in kinds}
    children = {kind: ages_of(county, areas, kind, 0, 10) for kind in kinds}
    assert max(students, key=students.get) == "centre"
    assert max(old, key=old.get) == "coast"
    assert max(children, key=children.get) == "new"
    assert children["estate"] > children["coast"]


def test_every_year_age_area_and_sex_is_in_the_table_once(county, county_land):
    ages = county.ages
    assert len(ages) == 11 * len(county_land.areas) * 2
    assert not ages.duplicated(["year", "area", "sex"]).any()
    assert (ages[list(range(91))] >= 0).all(axis=None)


def test_a_generation_grows_older_from_year_to_year(county):
    """Areas with more people of 40 than is usual have more of 41 the year after."""
    both = county.ages.groupby(["year", "area"]).sum()
    share = both[[40, 41]].div(both[list(range(30, 50))].sum(axis=1), axis=0)
    this, next_year = share[40].loc[2021], share[41].loc[2022]
    assert np.corrcoef(this, next_year)[0, 1] > 0.7


def test_postcodes_are_drawn_in_the_area_asked_for(county_land):
    homes = homes_of(county_land)
    areas = np.repeat(np.arange(homes.areas), 20)
    drawn = homes.postcodes(areas, np.random.default_rng(1))
    assert (county_land.postcodes["area"].to_numpy()[drawn] == areas).all()


def test_the_index_is_weighted_as_the_indices_are():
    rng = np.random.default_rng(1)
    kinds = ("suburb",) * 4000
    found = deprivation_of(rng.standard_normal(4000), kinds, rng)
    assert found["imd"].mean() == pytest.approx(21.7, abs=2)
    assert found["imd"].between(0, 100).all()
    assert found["education"].mean() == pytest.approx(21.7, abs=2)
    assert found["income"].median() == pytest.approx(0.184, abs=0.02)
    assert found["health"].mean() == pytest.approx(0, abs=0.1)


def test_ranks_are_transformed_as_in_the_technical_report():
    """X = -23 ln(1 - R (1 - exp(-100/23))): the most deprived tenth has scores from 50.4 on."""
    assert _transformed(ndtri(np.array([1e-9, 0.5, 0.9, 1 - 1e-12]))) == pytest.approx(
        [0, 15.65, 50.43, 100], abs=0.01
    )


def test_poor_areas_are_poor_in_most_ways(county):
    found = county.deprivation
    for domain in ("income", "employment", "education", "children", "health", "imd"):
        assert found[domain].corr(found["affluence"], method="spearman") < -0.6


def test_schools_of_poor_areas_have_more_free_meals(county):
    schools = county.schools.dropna(subset=["fsm_pct"])
    affluence = county.deprivation["affluence"].to_numpy()[schools["area"]]
    assert schools["fsm_pct"].astype(float).between(0, 100).all()
    assert pd.Series(affluence).corr(schools["fsm_pct"].reset_index(drop=True)) < -0.5


def test_sites_are_chosen_where_children_are_and_take_usual_sizes():
    """Two places with 30 and 60 children, 5 km apart, and an empty site between them."""
    homes = np.r_[np.zeros(30), np.full(60, 5000.0)]
    sites = np.array([0.0, 2500.0, 5000.0])
    gaps = np.abs(sites[:, None] - homes).astype(np.float32)
    found = cover(
        gaps,
        np.ones(90),
        usable=np.ones(3, bool),
        reach_m=np.full(3, 800.0),
        sizes=(30, 45, 60, 90),
        limits=np.full(3, 90),
        most=9,
    )
    assert dict(zip(found.sites.tolist(), found.places.tolist(), strict=True)) == {0: 30, 2: 60}


def test_a_small_plot_leaves_children_for_another():
    homes = np.zeros(60)
    gaps = np.abs(np.array([0.0, 300.0])[:, None] - homes).astype(np.float32)
    found = cover(
        gaps,
        np.ones(60),
        usable=np.ones(2, bool),
        reach_m=np.full(2, 800.0),
        sizes=(30, 60),
        limits=np.array([30, 60]),
        most=9,
    )
    assert sorted(found.sites.tolist()) == [0, 1]


def test_no_more_schools_are_placed_than_asked_for():
    gaps = np.zeros((4, 100), np.float32)
    found = cover(
        gaps,
        np.ones(100),
        usable=np.ones(4, bool),
        reach_m=np.full(4, 800.0),
        sizes=(30,),
        limits=np.full(4, 30),
        most=2,
    )
    assert len(found.sites) == 2
