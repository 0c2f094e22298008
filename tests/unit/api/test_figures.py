"""Figures put together from values: quartiles, periods, predecessors, places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.figures.middle import middles
from api.figures.series import series_of
from api.figures.tables import place_values
from api.figures.topics import topic_of


def positions(values: list[float]) -> list[dict]:
    """Every value with its place, as the query gives those that are needed."""
    return [
        {"measure": "m", "period": "p", "n": len(values), "place": place, "value": value}
        for place, value in enumerate(sorted(values), start=1)
    ]


@given(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=60))
def test_quartiles_are_those_that_numpy_finds(values: list[float]) -> None:
    middle = middles(positions(values))["m", "p"]
    expected = np.percentile(values, [25, 50, 75])
    assert (middle.low, middle.median, middle.high) == pytest.approx(expected, abs=1e-6)


def test_three_schools_have_no_quartiles_for_they_would_give_them_away() -> None:
    assert middles(positions([1, 2, 3])) == {}


def value(urn: int, period: str, number: float | None) -> dict:
    return {"measure": "m", "urn": urn, "period": period, "value": number}


def told(*rows: dict) -> list[tuple]:
    (series,) = series_of(rows, own=1, key="urn")
    return [(row["urn"], row["period"], row["value"]) for row in series.values]


def test_the_own_value_is_told_and_not_a_predecessors_of_the_same_period() -> None:
    assert told(value(2, "2018/19", 7.0), value(1, "2018/19", 5.0)) == [(1, "2018/19", 5.0)]


def test_a_predecessors_value_is_told_where_the_own_one_is_missing() -> None:
    assert told(value(1, "2018/19", None), value(2, "2018/19", 7.0)) == [(2, "2018/19", 7.0)]


def test_several_predecessors_keep_their_own_values() -> None:
    rows = told(value(2, "2018/19", 7.0), value(3, "2018/19", 9.0))
    assert rows == [(2, "2018/19", 7.0), (3, "2018/19", 9.0)]


def test_three_periods_are_told_the_oldest_first() -> None:
    rows = [value(1, f"201{year}/1{year + 1}", float(year)) for year in (8, 5, 7, 6)]
    assert [period for _, period, _ in told(*rows)] == ["2016/17", "2017/18", "2018/19"]


def places(phase: str, count: float | None, pupils: int | None = None) -> dict:
    return {
        "source_id": "survey",
        "urn": 1,
        "academic_year": "2014/15",
        "phase": phase,
        "places": count,
        "pupils": pupils,
        "unfilled": None,
        "status": "measured",
        "receipt": None,
    }


def test_places_of_a_single_phase_are_not_told_again_as_the_total() -> None:
    rows = place_values([places("all", 210.0), places("primary", 210.0)])
    assert [row["title"] for row in rows] == ["Places"]


def test_a_row_that_only_names_a_planning_area_is_no_value() -> None:
    assert list(place_values([places("primary", None)])) == []


def test_a_destination_is_no_result_though_its_id_begins_like_one() -> None:
    assert topic_of("ks4_destinations_pct", None).id == "destinations"
    assert topic_of("ks4_progress8", None).id == "ks4"
