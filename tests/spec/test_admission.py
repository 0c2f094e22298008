"""Coordinated admissions, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.choice.admission import NOWHERE, Tier, allocate, cut_off, priorities


def test_siblings_and_faith_go_before_distance() -> None:
    """Criteria go in their order; the last place by distance says how far the school reached."""
    # 60 places, less 42 siblings, less 6 by faith, leave 12 by distance.
    children = 42 + 6 + 14
    is_sibling = np.arange(children) < 42
    is_faith = (np.arange(children) >= 42) & (np.arange(children) < 48)
    distance_m = np.full(children, 900.0)
    distance_m[48:] = [100, 130, 160, 190, 220, 250, 280, 310, 340, 370, 400, 476, 513, 800]
    order = priorities(
        [Tier(is_sibling, distance_m), Tier(is_faith, distance_m), Tier([True] * 62, distance_m)]
    )
    offered = allocate(np.zeros((children, 1), np.int64), order[:, None], np.array([60]))
    assert (offered.school[:48] == 0).all()
    assert list(distance_m[offered.school == NOWHERE]) == [513.0, 800.0]
    assert cut_off(distance_m, np.arange(48, 62), 12) == 476.0


def test_whoever_is_refused_gets_the_next_preference() -> None:
    """Being refused by one school costs nothing at the next: preferences are equal."""
    # Both want school 0, which has one place and prefers the second child.
    offered = allocate(
        np.array([[0, 1], [0, 1]]), np.array([[2.0, 1.0], [1.0, 1.0]]), np.array([1, 1])
    )
    assert list(offered.school) == [1, 0]
    assert list(offered.preference) == [1, 0]
    assert list(offered.refused) == [1, 0]


def test_a_later_child_can_take_a_place_that_was_held() -> None:
    """No place is final until everybody has been heard."""
    # Child 2 is refused by school 1 and then takes the place at 0 from child 0, who is left out.
    preferences = np.array([[0, NOWHERE], [1, NOWHERE], [1, 0]])
    priority = np.array([[5.0, 9.0], [1.0, 9.0], [2.0, 1.0]])
    assert list(allocate(preferences, priority, np.array([1, 1])).school) == [NOWHERE, 1, 0]


def test_with_room_for_all_there_is_no_cut_off() -> None:
    """A school with places for all admits from any distance; one without a place, from none."""
    assert cut_off(np.array([5.0, 7.0]), np.array([0, 1]), 2) == np.inf
    assert np.isnan(cut_off(np.array([5.0]), np.array([0]), 0))


@given(st.integers(0, 10_000))
def test_nobody_would_rather_be_where_somebody_behind_them_is(seed: int) -> None:
    """Among 30 children and four schools, drawn at random, nobody loses a place to a lower rank."""
    rng = np.random.default_rng(seed)
    children, schools = 30, 4
    preferences = np.argsort(rng.random((children, schools)), axis=1)
    priority = rng.random((children, schools))
    places = rng.integers(0, 10, schools)
    offered = allocate(preferences, priority, places)
    assert (np.bincount(offered.school[offered.school >= 0], minlength=schools) <= places).all()
    for child in range(children):
        got = offered.preference[child]
        better = range(schools if got == NOWHERE else got)
        for rank in better:
            school = preferences[child, rank]
            there = np.flatnonzero(offered.school == school)
            assert len(there) == places[school]
            assert all(priority[c, offered.preference[c]] < priority[child, rank] for c in there)


def test_priorities_keep_the_order_of_the_criteria() -> None:
    """A sibling who lives far away goes before a neighbour who is none."""
    order = priorities([Tier([False, True], [1.0, 900.0]), Tier([True, True], [1.0, 900.0])])
    assert order == pytest.approx([1.0, 0.5])
