"""The fast allocation of a county is the textbook's, and is fast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.choice.admission import NOWHERE, allocate, place_the_rest


def textbook(preferences, priority, places):
    """Deferred acceptance as Gale and Shapley tell it, a round at a time, in plain Python."""
    children = range(len(preferences))
    crossed_out = [0] * len(preferences)
    while True:
        asking = {school: [] for school in range(len(places))}
        for child in children:
            if crossed_out[child] < len(preferences[child]):
                school = preferences[child][crossed_out[child]]
                if school != NOWHERE:
                    asking[school].append((priority[child][crossed_out[child]], child))
        turned_away = [
            child for school, here in asking.items() for _, child in sorted(here)[places[school] :]
        ]
        if not turned_away:
            return {child: school for school, here in asking.items() for _, child in here}
        for child in turned_away:
            crossed_out[child] += 1


def draw(seed):
    """Draw children, schools, preferences of several lengths, and ties."""
    rng = np.random.default_rng(seed)
    children, schools = int(rng.integers(1, 40)), int(rng.integers(1, 7))
    preferences = np.argsort(rng.random((children, schools)), axis=1)
    named = rng.integers(0, schools + 1, children)
    preferences[np.arange(schools) >= named[:, None]] = NOWHERE
    priority = rng.integers(0, 6, (children, schools)).astype(float)
    return preferences, priority, rng.integers(0, 8, schools)


@given(st.integers(0, 100_000))
def test_it_is_what_the_textbook_says(seed):
    preferences, priority, places = draw(seed)
    expected = textbook(preferences.tolist(), priority.tolist(), places.tolist())
    found = allocate(preferences, priority, places).school
    assert {c: s for c, s in enumerate(found.tolist()) if s != NOWHERE} == expected


@given(st.integers(0, 100_000))
def test_nobody_is_refused_with_room_left_nor_for_somebody_behind_them(seed):
    preferences, priority, places = draw(seed)
    offered = allocate(preferences, priority, places)
    taken = np.bincount(offered.school[offered.school != NOWHERE], minlength=len(places))
    assert (taken <= places).all()
    refused = np.zeros(len(places), np.int64)
    for child, got in enumerate(offered.preference.tolist()):
        better = preferences[child] if got == NOWHERE else preferences[child, :got]
        for rank, school in enumerate(better.tolist()):
            if school == NOWHERE:
                break
            refused[school] += 1
            assert taken[school] == places[school]
            there = np.flatnonzero(offered.school == school)
            own = (priority[child, rank], child)
            assert all((priority[c, offered.preference[c]], c) < own for c in there)
    assert (offered.refused == refused).all()


@given(st.integers(0, 100_000))
def test_no_child_vanishes_and_no_place_is_left_while_children_go_beyond(seed):
    preferences, priority, places = draw(seed)
    offered = allocate(preferences, priority, places).school
    rng = np.random.default_rng(seed)
    journey = rng.random((len(offered), len(places)))
    others = np.broadcast_to(np.arange(len(places)), journey.shape)
    found = place_the_rest(offered, others, journey, places)
    assert (found != NOWHERE).all()
    assert (found[offered != NOWHERE] == offered[offered != NOWHERE]).all()
    taken = np.bincount(found, minlength=len(places))
    if (taken > places).any():
        assert (taken >= places).all()


def test_a_child_that_can_go_nowhere_stays_without_a_school():
    found = place_the_rest(
        np.array([NOWHERE]), np.array([[0]]), np.array([[np.inf]]), np.array([1])
    )
    assert list(found) == [NOWHERE]


@pytest.mark.parametrize("places", [0, 300])
def test_a_city_of_children_is_allocated_whole(places):
    rng = np.random.default_rng(7)
    preferences = np.argsort(rng.random((25_000, 100)), axis=1)[:, :6]
    priority = rng.random(preferences.shape)
    offered = allocate(preferences, priority, np.full(100, places))
    taken = np.bincount(offered.school[offered.school != NOWHERE], minlength=100)
    assert (taken <= places).all()
    assert offered.refused.sum() == np.where(offered.preference < 0, 6, offered.preference).sum()
