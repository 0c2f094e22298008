"""Deferred acceptance, by hand and by what it promises."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest.sample.people.admission import deferred_acceptance

NONE = -1


def admit(wishes, priorities, places):
    """Return the school that each pupil gets."""
    wishes = np.array(wishes, np.int32)
    by_wish = np.array(priorities, float)[np.arange(len(wishes))[:, None], wishes]
    rank = deferred_acceptance(wishes, by_wish, np.array(places, np.int32))
    got = [
        int(row[at]) if at != NONE else NONE for row, at in zip(wishes, rank.tolist(), strict=True)
    ]
    return got, rank


def test_six_children_and_three_schools_come_out_as_worked_by_hand():
    """Two places each. Metres from each child (row) to the schools A, B, C (columns).

    Round 1: A is asked by 0, 1, 2 and keeps the nearest, 1 and 2; B is asked by 3, 4, C by 5.
    Round 2: 0 asks B, which has 3 (50 m), 4 (60 m) and now 0 (10 m): it keeps 0 and 3.
    Round 3: 4 asks A (5 m), which keeps 4 and 1 (20 m) and lets 2 (30 m) go.
    Round 4: 2 asks C, which has room beside 5.
    """
    metres = [
        [40, 10, 90],
        [20, 80, 70],
        [30, 85, 75],
        [95, 50, 65],
        [5, 60, 70],
        [99, 98, 15],
    ]
    wishes = [[0, 1, 2], [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 0, 2], [2, 0, 1]]
    got, rank = admit(wishes, metres, [2, 2, 2])
    assert got == [1, 0, 2, 1, 0, 2]
    assert rank.tolist() == [1, 0, 1, 0, 1, 0]


def test_a_child_with_a_short_list_may_get_nothing():
    got, _ = admit([[0, NONE], [0, 1]], [[2, 9], [1, 9]], [1, 1])
    assert got == [NONE, 0]


def test_a_school_without_places_takes_nobody():
    got, _ = admit([[0, 1]], [[1, 1]], [0, 1])
    assert got == [1]


def test_of_equals_the_first_is_admitted():
    got, _ = admit([[0, NONE], [0, NONE]], [[5, 5], [5, 5]], [1, 1])
    assert got == [0, NONE]


@st.composite
def markets(draw):
    pupils, schools = draw(st.integers(1, 14)), draw(st.integers(1, 4))
    lists = st.permutations(range(schools)).map(list)
    length = st.integers(0, schools)
    wishes = [draw(lists)[: draw(length)] + [NONE] * schools for _ in range(pupils)]
    metres = st.lists(st.integers(0, 20), min_size=schools, max_size=schools)
    return (
        [row[:schools] for row in wishes],
        [draw(metres) for _ in range(pupils)],
        [draw(st.integers(0, 4)) for _ in range(schools)],
    )


@given(markets())
def test_no_pupil_and_school_would_rather_have_each_other(market):
    wishes, metres, places = market
    got, _ = admit(wishes, metres, places)
    for school, room in enumerate(places):
        inside = [(metres[pupil][school], pupil) for pupil, at in enumerate(got) if at == school]
        assert len(inside) <= room
        for pupil, row in enumerate(wishes):
            better = row[: row.index(got[pupil])] if got[pupil] != NONE else row
            if school in better:
                assert len(inside) == room
                assert all(each <= (metres[pupil][school], pupil) for each in inside)


@given(markets())
def test_nobody_gets_a_school_that_was_not_named(market):
    wishes, metres, places = market
    got, _ = admit(wishes, metres, places)
    assert all(school == NONE or school in row for school, row in zip(got, wishes, strict=True))
