"""The real estimates of children, before and after the census of 2021."""

import pandas as pd
import pytest

from ingest.sources import births, population_lsoa11, trafford_population, ward_population
from tests.support.authority_reading import reading_of, rows_of
from tests.support.small_areas import small_areas_of

RUTLAND, LEEDS, OXFORD = "E06000017", "E08000035", "E07000178"


@pytest.fixture(scope="module")
def told(publishers):
    reading = reading_of(
        "857", "383", "931", before=small_areas_of(publishers, RUTLAND, LEEDS, OXFORD)
    )
    path = publishers / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet"
    return rows_of(population_lsoa11.SOURCE, path, reading), reading


def test_estimates_of_2020_are_near_the_census_in_rutland_and_leeds_and_far_off_in_oxford(told):
    rows, reading = told
    """Measured: 1.010, 0.994 and 0.938 children counted for each estimated."""
    ratios = rows["authority_value"].set_index("area_code")["value"]
    assert ratios[RUTLAND] == pytest.approx(1, abs=0.011)
    assert ratios[LEEDS] == pytest.approx(1, abs=0.011)
    assert ratios[OXFORD] == pytest.approx(1 / 1.07, abs=0.005)
    assert [issue.subject for issue in reading.issues.issues] == [RUTLAND, OXFORD, LEEDS]


def test_a_field_that_changed_hands_makes_no_district_of_ours(publishers):
    """One small area of Oxford is shown, the rest is a neighbour's: no ratio of Oxford is told."""
    before = dict(small_areas_of(publishers, RUTLAND, OXFORD))
    areas = before["area"].copy()
    in_oxford = areas.index[areas["parent_code"] == OXFORD]
    areas.loc[in_oxford[1:], "is_outside"] = True
    areas.loc[in_oxford[0], "parent_code"] = RUTLAND
    before["area"] = areas
    reading = reading_of("857", before=before)
    path = publishers / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet"
    rows = rows_of(population_lsoa11.SOURCE, path, reading)
    assert set(rows["authority_value"]["area_code"]) == {RUTLAND}
    people = rows["population"]
    rebased = set(people.loc[people["basis"] == "rebased", "area_code"])
    assert areas.loc[in_oxford[0], "area_code"] in rebased


def test_rebased_children_of_2020_are_those_of_the_census(told, publishers):
    rows, _ = told
    people = rows["population"]
    rebased = people[(people["basis"] == "rebased") & (people["year"] == 2020)]
    census = small_areas_of(publishers, RUTLAND, LEEDS, OXFORD)["area_value"]
    counted = census.loc[census["measure"] == "children_0_15", "value"].sum()
    assert rebased["people"].sum() == pytest.approx(counted)
    assert set(rebased["status"]) == {"estimated"}


def test_no_child_is_lost_on_the_way_to_the_small_areas_of_2021(told, publishers):
    rows, _ = told
    people = rows["population"]
    kept = people[people["basis"] != "rebased"].groupby("year")["people"].sum()
    raw = pd.read_parquet(publishers / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet")
    old = small_areas_of(publishers, RUTLAND, LEEDS, OXFORD)["small_area_change"]["lsoa11"]
    ages = [f"age_{age}" for age in range(20)]
    published = raw[raw["lsoa11_code"].isin(old)].groupby("year")[ages].sum().sum(axis="columns")
    assert kept.to_dict() == pytest.approx(published.to_dict())


def test_only_changed_areas_are_converted(told):
    rows, _ = told
    people = rows["population"]
    kinds = people[people["basis"] != "rebased"].groupby(["basis", "status"]).size()
    assert set(kinds.index) == {
        ("published", "measured"),
        ("converted", "measured"),
        ("converted", "estimated"),
    }


TRAFFORD = "E08000009"


def read(source, path, *codes, districts=(), before):
    reading = reading_of(*codes, districts=districts, before=before)
    return rows_of(source, path, reading), reading


def test_traffords_children_of_2024_are_read(publishers):
    path = publishers / "authority" / "trafford" / "mid-year_2024_population_estimates_lsoa.csv"
    before = small_areas_of(publishers, TRAFFORD)
    tables, reading = read(trafford_population.SOURCE, path, "358", before=before)
    people = tables["population"]
    assert reading.issues.issues == []
    assert people["area_code"].nunique() == 139
    one = people[people["area_code"] == "E01006074"].set_index("age")["people"]
    assert one.sort_index().tolist()[:4] == [6, 14, 8, 12]
    assert set(people["year"]) == {2024}


def test_wards_of_2015_are_those_of_the_districts_shown(publishers):
    path = publishers / "ons" / "ward_ages_mid_2015.csv"
    before = small_areas_of(publishers, RUTLAND, OXFORD)
    people = read(ward_population.SOURCE, path, "857", "931", before=before)[0]["population"]
    wards = set(people["area_code"])
    assert "E05001806" in wards, "Braunston and Belton in Rutland"
    assert len(wards) == 16 + 24
    rutland = people[people["area_code"] == "E05001806"].set_index("age")["people"]
    assert rutland[[0, 1]].tolist() == [12, 6]


def test_births_of_2002_to_2014_are_read_by_district(publishers):
    path = publishers / "ons" / "births_by_district_2002_2014.csv"
    before = small_areas_of(publishers, RUTLAND)
    tables, reading = read(births.SOURCE, path, "857", districts=[RUTLAND], before=before)
    rows = tables["births"]
    assert reading.issues.issues == []
    assert rows["period"].tolist() == [f"{year}-06" for year in range(2002, 2015)]
    raw = pd.read_csv(path)
    mine = raw[(raw["GSS.Code"] == RUTLAND) & (raw["Year"] == 2014)]["Births"].sum()
    assert rows.set_index("period")["births"]["2014-06"] == mine


def test_districts_that_were_given_new_codes_keep_their_births(publishers):
    path = publishers / "ons" / "births_by_district_2002_2014.csv"
    before = small_areas_of(publishers, "E06000057")
    tables, _ = read(births.SOURCE, path, "929", districts=["E06000057"], before=before)
    assert set(tables["births"]["area_code"]) == {"E06000057"}
    assert len(tables["births"]) == 13
