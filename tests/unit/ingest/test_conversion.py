"""Counts of the small areas of 2011 come out in those of 2021, and none is lost."""

import pandas as pd
import pytest

from ingest.conversion import converted, with_shares

LOOKUP = pd.DataFrame(
    [
        ("same", "same", "unchanged"),
        ("big", "half", "split"),
        ("big", "rest", "split"),
        ("small", "joined", "merged"),
        ("smaller", "joined", "merged"),
        ("odd", "half", "irregular"),
        ("odd", "far", "irregular"),
    ],
    columns=["lsoa11", "lsoa21", "change"],
)
CHILDREN = pd.Series({"same": 50, "half": 30, "rest": 90, "joined": 10})
COUNTS = pd.DataFrame(
    {
        "lsoa11": ["same", "big", "small", "smaller"],
        "year": 2020,
        "pupils": [7, 40, 5, 6],
    }
)


def changes():
    return with_shares(LOOKUP, CHILDREN)


def move(rows):
    moved = converted(rows, changes(), counts=["pupils"], by=["year"])
    return moved.set_index("lsoa21")


def test_a_split_area_is_shared_out_by_the_children_of_the_census():
    shares = changes().set_index(["lsoa11", "lsoa21"])["share"]
    assert shares["big", "half"] == 0.25
    assert shares["big", "rest"] == 0.75


def test_an_area_with_a_part_nobody_counted_is_shared_out_evenly():
    shares = changes().set_index(["lsoa11", "lsoa21"])["share"]
    assert shares["odd", "half"] == shares["odd", "far"] == 0.5


def test_shares_of_every_area_of_2011_add_up_to_one():
    assert changes().groupby("lsoa11")["share"].sum().tolist() == pytest.approx([1] * 5)


def test_whole_areas_are_measured_and_shared_out_ones_estimated():
    moved = move(COUNTS)
    assert moved["pupils"].to_dict() == {"same": 7, "half": 10, "rest": 30, "joined": 11}
    assert moved["status"].to_dict() == {
        "same": "measured",
        "half": "estimated",
        "rest": "estimated",
        "joined": "measured",
    }


def test_a_sum_of_which_a_part_is_missing_is_missing():
    moved = move(COUNTS.assign(pupils=[7, 40, None, 6]))
    assert pd.isna(moved["pupils"]["joined"])
    assert moved["pupils"]["same"] == 7


def test_years_are_kept_apart():
    both = pd.concat([COUNTS, COUNTS.assign(year=2021, pupils=1)])
    moved = converted(both, changes(), counts=["pupils"], by=["year"])
    assert len(moved) == 8
    assert moved.groupby("year")["pupils"].sum().to_dict() == {2020: 58, 2021: 4}
