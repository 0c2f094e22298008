"""A build moves counts of the small areas of 2011 to those of 2021, also without the look-up."""

import pandas as pd
import pytest

from tests.support.tiny_mirror import DISTRICT, LSOAS, TO_DEGREES, X0, Y0

OLD = {
    "E01000801": (500, 500),
    "E01000803": (300, 1500),
    "E01000804": (700, 1500),
    "E01000805": (1500, 1500),
}
"""Centres in metres east and north of the corner: one area, which was split in two; two that were
merged; one that has a new code."""

ONE, TWO, THREE, FOUR = LSOAS


@pytest.fixture
def with_estimates(place):
    """The tiny place with estimates of its children by small area of 2011."""
    rows = [
        {"lsoa11_code": code, "year": year, **{f"age_{age}": 10 for age in range(20)}}
        for code in OLD
        for year in (2017, 2020)
    ]
    path = place.mirror / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet"
    pd.DataFrame(rows).to_parquet(path)
    return place


def write_centres(place):
    lines = ["LSOACD,latitude,longitude"]
    for code, (east, north) in OLD.items():
        lon, lat = TO_DEGREES.transform(X0 + east, Y0 + north)
        lines.append(f"{code},{lat},{lon}")
    (place.mirror / "ons" / "lsoa_centres.csv").write_text("\n".join(lines))


def write_lookup(place):
    pairs = [
        ("E01000801", ONE, "S"),
        ("E01000801", TWO, "S"),
        ("E01000803", THREE, "M"),
        ("E01000804", THREE, "M"),
        ("E01000805", FOUR, "X"),
    ]
    lines = ["lsoa11_code,lsoa21_code,change_code,ltla22_code"]
    lines += [f"{old},{new},{change},{DISTRICT}" for old, new, change in pairs]
    (place.mirror / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv").write_text("\n".join(lines))


@pytest.mark.parametrize("given", [write_lookup, write_centres])
def test_counts_are_moved_by_look_up_or_by_centres(with_estimates, given):
    given(with_estimates)
    with_estimates.build()
    changes = with_estimates.query(
        "select lsoa11, lsoa21, change from small_area_change order by 1, 2"
    )
    assert changes == [
        ("E01000801", ONE, "split"),
        ("E01000801", TWO, "split"),
        ("E01000803", THREE, "merged"),
        ("E01000804", THREE, "merged"),
        ("E01000805", FOUR, "irregular"),
    ]
    people = with_estimates.query(
        "select area_code, sum(people) from population where year = 2020 and basis = 'converted' "
        "group by area_code order by area_code"
    )
    told = dict(people)
    assert told[ONE] + told[TWO] == pytest.approx(200)
    assert (told[THREE], told[FOUR]) == (400, 200)
    [(census,)] = with_estimates.query(
        "select sum(value) from area_value where measure = 'children_0_15'"
    )
    [(rebased,)] = with_estimates.query(
        "select sum(people) from population where year = 2020 and basis = 'rebased'"
    )
    assert rebased == pytest.approx(census)
    [(ratio,)] = with_estimates.query(
        "select value from authority_value where measure = 'population_census_ratio'"
    )
    assert ratio == pytest.approx(census / (4 * 16 * 10))
    noted = with_estimates.query(
        "select count(*) from issue where rule = 'small areas of 2011 have their look-up'"
    )
    assert noted == [(1 if given is write_centres else 0,)]


def test_without_either_nothing_is_moved_and_the_log_says_so(with_estimates):
    with_estimates.build()
    assert with_estimates.query("select count(*) from small_area_change") == [(0,)]
    assert with_estimates.query("select count(*) from population") == [(0,)]
    told = with_estimates.query("select says from issue where step = 'population_lsoa11'")
    assert [says for (says,) in told] == [
        "nothing tells which small areas of 2021 they became; no count of it is kept"
    ]
