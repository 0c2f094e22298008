"""Checks of data quality, each against rows worked by hand."""

from datetime import date

import pytest

from api.quality.authorities import schools_and_authority
from api.quality.counts import Count, counts_differ, newest, totals, whole_and_parts
from api.quality.schools import far_from_roll
from api.quality.series import of_series
from api.quality.successions import of_successions


def school(pupils: int | None, capacity: int | None) -> dict:
    return {"urn": 1, "name": "Hill School", "pupils": pupils, "capacity_pupils": capacity}


@pytest.mark.parametrize(
    ("pupils", "capacity", "found"),
    [(230, 210, 0), (232, 210, 1), (105, 210, 0), (104, 210, 1), (50, 20, 0), (None, 210, 0)],
)
def test_pupils_and_places_are_doubted_above_110_per_cent_and_below_half(
    pupils: int | None, capacity: int, found: int
) -> None:
    assert len(far_from_roll([school(pupils, capacity)]).cases) == found


def test_schools_merged_into_one_are_counted_together_and_older_years_are_not() -> None:
    counts = [
        Count(1, "census", "2017/18", 500),
        Count(1, "census", "2018/19", 100),
        Count(1, "census", "2018/19", 80),
    ]
    assert [(one.period, one.pupils) for one in newest(counts)] == [("2018/19", 180)]


def test_counts_a_fifth_apart_are_compared_and_nearer_ones_are_not() -> None:
    names = {1: "Hill School", 2: "Dale School"}
    counts = [
        Count(1, "register", "2025", 200),
        Count(1, "census", "2018/19", 160),
        Count(2, "register", "2025", 200),
        Count(2, "census", "2018/19", 159),
    ]
    found = counts_differ(counts, names)
    assert found.looked_at == 2
    assert [case.urn for case in found.cases] == [2]


def test_totals_of_sources_stand_side_by_side_by_phase() -> None:
    counts = [Count(1, "register", "2025", 200), Count(2, "register", "2025", 50)]
    found = totals(counts, {1: "primary", 2: "primary"})
    assert [(one.phase, one.schools, one.pupils) for one in found] == [("primary", 2, 250)]


def test_phases_of_a_return_are_added_up_only_where_the_whole_is_not_given() -> None:
    rows = [
        {"source_id": "s", "urn": urn, "period": "p", "phase": phase, "pupils": pupils}
        for urn, phase, pupils in (
            (1, "all", 90),
            (1, "primary", 40),
            (1, "secondary", 50),
            (2, "primary", 40),
            (2, "secondary", 50),
        )
    ]
    assert [row["pupils"] for row in whole_and_parts(rows)] == [90, 90]


def number(urn: int, name: str | None, after: list[str]) -> dict:
    return {
        "urn": urn,
        "name": name,
        "is_in_use": False,
        "values": 3,
        "periods": "2018/19",
        "successors": after,
    }


def test_old_numbers_are_told_apart_by_what_came_after() -> None:
    rows = [
        number(1, "Old School", ["New School"]),
        number(2, "Split School", ["East School", "West School"]),
        number(3, "Gone School", []),
        number(4, None, []),
    ]
    found = {one.check.id: [case.urn for case in one.cases] for one in of_successions(rows)}
    assert found == {
        "old_numbers": [1],
        "split_schools": [2],
        "figures_shown_nowhere": [3],
        "unknown_numbers": [4],
    }


def test_a_series_is_old_where_its_next_release_was_due_before_the_build() -> None:
    rows = [
        {"title": title, "is_held": True, "why": None, "release": "2023/24", "next_due": due}
        for title, due in (("Early", date(2025, 6, 1)), ("Late", date(2025, 7, 1)), ("Once", None))
    ]
    _, old = of_series(rows, date(2025, 6, 15))
    assert [case.subject for case in old.cases] == ["Early"]


def test_an_authority_that_differs_from_its_schools_is_found() -> None:
    pair = {"name": "Rutland", "what": "primary pupils", "period": "2023/24", "published": 100.0}
    found = schools_and_authority([{**pair, "summed": 100.2}, {**pair, "summed": 98.0}])
    assert [case.says for case in found.cases] == ["100 published, 98 by its schools (2023/24)"]
