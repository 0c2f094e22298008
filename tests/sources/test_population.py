"""The real estimates of children, before and after the census of 2021."""

import pandas as pd
import pytest

from ingest.sources import population_lsoa11
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
