"""Years of admissions, drawn from what families like and what schools go by."""

from dataclasses import replace

import numpy as np
import pytest

from planning.choice.admission import NOWHERE
from planning.choice.chance import OUTCOMES, Outcome
from planning.choice.criteria import Criterion, Need
from planning.choice.families import Addresses, Habits, Linked, Shares
from planning.choice.model import Options
from planning.choice.ordering import Admitting, laid_out
from planning.choice.years import Market, draw_year, draw_years

BY_DISTANCE = [Criterion(Need.NOTHING)]
LINKED_FIRST = [Criterion(Need.LINKED), Criterion(Need.NOTHING)]


def market(criteria, *, shares=None, places=(10, 60), in_area=None, faith=(0, 0), walk_m=None):
    """Forty homes along a street of 4 km; one school at its beginning, a larger one at its end."""
    x = np.arange(40) * 100.0 + 50.0
    gates = np.array([0.0, 4000.0])
    needs, order = laid_out(criteria)
    km = np.abs(x[:, None] - gates) / 1000
    rows = np.broadcast_to(np.arange(2), (40, 2)).copy()
    return Market(
        children=np.full(40, 1.0),
        homes=Addresses(np.arange(40), x, np.zeros(40)),
        options=Options(
            school=rows,
            is_option=np.ones((40, 2), np.bool_),
            attributes=np.zeros((0, 40, 2)),
            journey=km,
            admits=np.ones((1, 2), np.bool_),
            kind_share=np.array([1.0]),
        ),
        liking=-2.0 * km,
        journey=km,
        schools=Admitting(
            gates, np.zeros(2), np.array(places), needs, order, in_area or {}, walk_m or {}
        ),
        habits=Habits(shares or Shares(), np.array([0.5, 0.5]), np.array(faith)),
    )


def outcomes(drawn, school):
    return {OUTCOMES[each] for each in drawn.outside.outcome[:, school].tolist()}


def test_every_child_has_a_school_and_no_school_more_than_its_places():
    street = market([BY_DISTANCE, BY_DISTANCE], places=(10, 80))
    for seed in range(20):
        year = draw_year(street, np.random.default_rng(seed))
        assert (year.school != NOWHERE).all()
        assert np.bincount(year.school, minlength=2)[0] <= 10


def test_the_same_seed_draws_the_same_years():
    street = market([BY_DISTANCE, BY_DISTANCE])
    one, other = (draw_years(street, 5, seed=3) for _ in range(2))
    assert (one.outside.metres == other.outside.metres)[~np.isnan(one.outside.metres)].all()
    assert (one.pupils == other.pupils).all()
    assert (draw_years(street, 5, seed=4).pupils != one.pupils).any()


def test_a_full_school_ends_at_the_last_child_it_admitted_and_one_with_room_nowhere():
    street = market([BY_DISTANCE, BY_DISTANCE], places=(10, 200))
    drawn = draw_years(street, 30, seed=1)
    assert outcomes(drawn, 1) == {Outcome.ALL}
    year = draw_year(street, np.random.default_rng([1, 0]))
    admitted = street.homes.x[year.families.home[year.allocation.school == 0]]
    assert drawn.outside.metres[0, 0] == pytest.approx(admitted.max(), abs=0.1)


def test_more_places_never_bring_the_last_distance_nearer():
    def middle(places):
        drawn = draw_years(market([BY_DISTANCE] * 2, places=(places, 200)), 20, seed=2)
        return np.nan_to_num(drawn.outside.metres[:, 0], nan=np.inf)

    assert (middle(12) >= middle(8)).all()


def test_siblings_leave_fewer_places_by_distance():
    siblings_first = [Criterion(Need.SIBLING), Criterion(Need.NOTHING)]
    with_siblings = market([siblings_first] * 2, shares=Shares(sibling=0.6), places=(8, 200))
    without = market([siblings_first] * 2, places=(8, 200))
    some = draw_years(with_siblings, 40, seed=5).outside
    none = draw_years(without, 40, seed=5).outside
    assert np.nanmedian(some.metres[:, 0]) < np.nanmedian(none.metres[:, 0])


def test_where_all_are_siblings_none_is_left_by_distance():
    siblings_first = [Criterion(Need.SIBLING), Criterion(Need.NOTHING)]
    full = market([siblings_first] * 2, shares=Shares(sibling=1.0), places=(3, 200))
    assert Outcome.NONE in outcomes(draw_years(full, 20, seed=5), 0)


def test_who_lives_in_the_area_of_priority_goes_before_who_lives_nearer():
    far_end = np.arange(40) >= 20
    area_first = [Criterion(Need.AREA), Criterion(Need.NOTHING)]
    street = market([area_first, BY_DISTANCE], in_area={0: far_end}, places=(3, 200))
    drawn = draw_years(street, 40, seed=6)
    tells = OUTCOMES.index(Outcome.NONE)
    # Years in which those inside fill the school end among them, and leave none to the others.
    filled = drawn.outside.outcome[:, 0] == tells
    assert filled.any()
    assert (drawn.inside.metres[filled, 0] > 2000).all()


def linked_street(first, weight=0.0, criteria=LINKED_FIRST):
    """A street at whose far end the school of some children leads to the small school."""
    street = market([criteria, BY_DISTANCE], places=(10, 200))
    share = np.array([[0.0, 0.0], [first, 0.0]])
    area = (np.arange(40) >= 20).astype(int)
    return replace(street, habits=replace(street.habits, linked=Linked(area, share, weight)))


def test_children_of_a_linked_school_go_before_who_lives_nearer():
    year = draw_year(linked_street(1.0), np.random.default_rng(8))
    named = (year.families.preferences == 0).any(axis=1)
    far = year.families.home >= 20
    assert 0 < (named & far).sum() <= 10
    assert (year.allocation.school[named & far & (year.families.preferences[:, 0] == 0)] == 0).all()
    by_distance = linked_street(1.0, criteria=BY_DISTANCE)
    nearest = draw_year(by_distance, np.random.default_rng(8))
    admitted = nearest.families.home[nearest.allocation.school == 0]
    assert admitted.max() < 20


def test_half_of_an_areas_children_are_linked_where_half_of_them_are_at_the_school():
    linked = Linked(np.zeros(1, int), np.array([[0.5, 0.25, 0.0]]), 0.0)
    drawn = (np.arange(1000) + 0.5) / 1000
    schools = np.tile([0, 1, 2, NOWHERE], (1000, 1))
    come = linked.come(np.zeros(1000, int), schools, drawn)
    assert come.sum(axis=0).tolist() == [500, 250, 0, 0]
    assert not (come[:, 0] & come[:, 1]).any()


def test_children_of_a_linked_school_name_it_oftener():
    def share_named_first(weight):
        families = [
            draw_year(linked_street(0.5, weight), np.random.default_rng(seed)).families
            for seed in range(20)
        ]
        is_linked = np.concatenate([(each.needs & Need.LINKED).any(axis=1) for each in families])
        return is_linked.mean()

    assert share_named_first(4.0) > share_named_first(0.0)


def test_schools_of_a_faith_take_their_own_first():
    own_first = [Criterion(Need.FAITH), Criterion(Need.NOTHING)]
    street = market(
        [own_first, BY_DISTANCE], shares=Shares(faith=0.5), faith=(1, 0), places=(4, 99)
    )
    year = draw_year(street, np.random.default_rng(8))
    named = year.families.preferences == 0
    own = (year.families.needs & int(Need.FAITH)) > 0
    refused_own = named & own & (year.allocation.school != 0)[:, None]
    admitted_other = named & ~own & (year.allocation.school == 0)[:, None]
    # Whoever of the faith was refused asked in vain, or went where they rather wanted to be.
    rather = year.allocation.preference == 0
    assert not admitted_other.any() or not (refused_own.any(axis=1) & ~rather).any()


def test_a_school_measures_the_way_walked_where_it_says_so():
    street = market([BY_DISTANCE, BY_DISTANCE], walk_m={0: np.arange(40)[::-1] * 100.0 + 50.0})
    year = draw_year(street, np.random.default_rng(9))
    walked = 3950.0 - year.families.home * 100.0
    asked = year.families.preferences == 0
    ranks = year.rank[asked]
    child = np.nonzero(asked)[0]
    assert (np.argsort(ranks, kind="stable") == np.argsort(walked[child], kind="stable")).all()


def test_pupils_drawn_by_area_and_school_are_all_children():
    street = market([BY_DISTANCE, BY_DISTANCE], places=(10, 80))
    drawn = draw_years(street, 50, seed=10)
    # Forty children are expected, give or take the chance of fifty Poisson sums.
    assert drawn.pupils.sum() == pytest.approx(40, abs=4 * np.sqrt(40 / 50))
