"""Estimates from before a census, made to meet it."""

import pandas as pd
import pytest

from ingest.rebasing import census_ratios, rebased, rebased_rows


def test_the_ratio_is_counted_over_estimated():
    ratios = census_ratios(
        pd.Series({"oxford": 1000, "leeds": 500, "nobody": 0}),
        pd.Series({"oxford": 930, "leeds": 505, "elsewhere": 7}),
    )
    assert ratios.to_dict() == {"oxford": 0.93, "leeds": 1.01}


def test_the_gap_grows_evenly_from_one_census_to_the_next():
    """A tenth too many in 2020: nothing off in 2011, two thirds of it six ninths of the way."""
    years = pd.Series([2011, 2017, 2020])
    people = rebased(pd.Series([100.0, 100.0, 100.0]), years, pd.Series([0.91] * 3))
    assert people.tolist() == pytest.approx([100, 94, 91])


def test_only_children_of_areas_with_a_ratio_are_rebased():
    rows = pd.DataFrame(
        {
            "area_code": ["a", "a", "b"],
            "year": 2020,
            "age": [15, 16, 3],
            "people": [10.0, 20.0, 30.0],
            "basis": "published",
            "status": "measured",
        }
    )
    told = rebased_rows(rows, pd.Series({"a": 0.9}))
    assert told[["age", "people", "basis", "status"]].to_numpy().tolist() == [
        [15, 9.0, "rebased", "estimated"]
    ]
    assert rows["basis"].tolist() == ["published"] * 3
