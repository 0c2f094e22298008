"""How far off the last distances are that are said of schools left out, worked by hand."""

import numpy as np
import pytest

from planning.choice.admission import NOWHERE, allocate
from planning.choice.blocks import folds_of_schools
from planning.choice.chance import OUTCOMES, LastOffers, Outcome, last_offers, last_ranks
from planning.choice.criteria import BY_DISTANCE, Need
from planning.choice.features import Homes, Schools
from planning.choice.last_distances import (
    around,
    circle_m,
    factor_within,
    full_share,
    median_around,
    middle_m,
    off_by,
)
from planning.choice.ordering import Admitting, laid_out, rank_of

ELM, OAK = 0, 1


def test_two_schools_six_homes_and_how_far_off_the_last_distance_was() -> None:
    """Six families live 100, 200, 300, 450, 600 and 800 m from Elm, which has three places; Oak,
    a kilometre along the street, has six. Elm's block is left out: by what was learnt elsewhere
    the family at 200 m names Oak alone and all others name Elm first. So Elm's places go to 100,
    300 and 450 m. Published is a last distance of 380 m: what was said is 70 m too far. Oak takes
    everybody who asks, in the model and in what is published: rightly said not to be full
    (``planning.choice.last_distances.off_by``)."""
    from_elm = np.array([100.0, 200.0, 300.0, 450.0, 600.0, 800.0])
    metres = np.stack([from_elm, 1000.0 - from_elm], axis=1)
    needs, order = laid_out([[BY_DISTANCE], [BY_DISTANCE]])
    schools = Admitting(
        np.array([0.0, 1000.0]), np.zeros(2), np.array([3, 6]), needs, order, {}, {}
    )
    named = np.full((6, 2), [ELM, OAK])
    named[1] = [OAK, NOWHERE]
    rank = rank_of(
        schools, named, np.zeros((6, 2), np.int64), np.take_along_axis(metres, named, 1), 0 * metres
    )
    offered = allocate(named, rank, schools.places)
    assert list(offered.school) == [ELM, OAK, ELM, ELM, OAK, OAK]
    year = last_offers(last_ranks(offered, rank, schools.places), schools, Need.NOTHING)
    years = LastOffers(year.outcome[None], year.metres[None])
    said = middle_m(years)
    assert said[ELM] == pytest.approx(450.0)
    off = off_by(said, np.array([380.0, np.nan]))
    assert (off.mean_m, off.median_m, off.signed_m) == pytest.approx((70.0, 70.0, 70.0))
    assert off.schools == 1
    assert list(full_share(years)) == [1.0, 0.0]


def test_of_several_drawn_years_the_middle_one_is_said() -> None:
    """In five drawn years the last child lived 400, 450 and 600 m away, and twice every child who
    asked was offered a place. The years that end at a distance say 450 m; the school was full in
    three of five (``planning.choice.last_distances.middle_m``)."""
    told = [Outcome.DISTANCE, Outcome.DISTANCE, Outcome.DISTANCE, Outcome.ALL, Outcome.ALL]
    outcome = np.array([[OUTCOMES.index(each)] for each in told])
    years = LastOffers(outcome, np.array([[400.0], [600.0], [450.0], [np.nan], [np.nan]]))
    assert list(middle_m(years)) == [450.0]
    assert list(full_share(years)) == [0.6]


def test_errors_too_far_and_not_far_enough_are_told_apart() -> None:
    """Said are 450, 300 and 900 m, published 380, 360 and 1,000 m: 70 m too far, 60 and 100 m not
    far enough. The mean is 76.7 m and the median 70 m whichever way they go; with their sign they
    are 30 m not far enough on average. A fourth school, of which nothing is said, is not counted
    (``planning.choice.last_distances.off_by``)."""
    off = off_by(np.array([450.0, 300.0, 900.0, np.nan]), np.array([380.0, 360.0, 1000.0, 500.0]))
    assert off.mean_m == pytest.approx(76.667, abs=0.001)
    assert off.median_m == pytest.approx(70.0)
    assert off.signed_m == pytest.approx(-30.0)
    assert off.schools == 3


def test_a_circle_with_as_many_children_as_places() -> None:
    """One child each lives 100, 200, 300 and 450 m away. Three places reach to 300 m, if every
    child asks for the nearest school and none goes first for another reason
    (``planning.choice.last_distances.circle_m``)."""
    metres = np.array([[300.0], [100.0], [450.0], [200.0]])
    assert list(circle_m(metres, np.ones(4), np.array([3]))) == [300.0]
    # With nine places all children have one: the farthest home is the end of what is known.
    assert list(circle_m(metres, np.ones(4), np.array([9]))) == [450.0]


def test_schools_of_other_blocks_stand_in_for_a_school_left_out() -> None:
    """Elm's neighbours are Ash, in the same block, which does not count, and Oak, Yew and Fir in
    others, of which Fir publishes nothing. Oak's last distance was 500 m, Yew's 900 m: for Elm
    700 m stand in (``planning.choice.last_distances.median_around``)."""
    x = np.array([0.0, 100.0, 5_000.0, -5_000.0, 5_100.0])  # Elm, Ash, Oak, Yew, Fir
    metres = np.array([380.0, 420.0, 500.0, 900.0, np.nan])
    near = around(x, 0 * x, told=np.isfinite(metres), fold=np.array([0, 0, 1, 2, 1]))
    assert sorted(near[0])[-2:] == [2, 3]
    assert median_around(metres, near)[0] == 700.0


def test_a_school_is_left_out_with_the_square_that_it_stands_in() -> None:
    """Homes at 1, 1.5 and 6 km, in squares of five kilometres: the first two are left out together.
    A school at 4.9 km stands in their square although the third home is nearer; one at 12 km, where
    nobody lives, goes with the nearest home (``planning.choice.blocks.folds_of_schools``)."""
    homes = Homes(np.array([1000.0, 1500.0, 6000.0]), np.zeros(3), np.zeros(3, np.int64))
    x = np.array([4900.0, 12_000.0])
    no = np.zeros(2, np.bool_)
    schools = Schools(x, 0 * x, np.zeros(2, np.int64), no, no, np.ones((2, 2), np.bool_), 0 * x)
    assert list(folds_of_schools(homes, np.array([0, 0, 1]), schools)) == [0, 1]


def test_a_range_is_as_wide_as_four_in_five_errors_were() -> None:
    """Said are 400, 500, 800 and 1,000 m, published 200, 600, 1,000 and 1,500 m: off by the
    factors 2, 1.2, 1.25 and 1.5, whichever way. So that the next school lies within four times in
    five, all four must: the factor is 2, and where 300 m are said the last child is likely to live
    anywhere from 150 to 600 m away. Of three schools no such factor can be told
    (``planning.choice.last_distances.factor_within``; Lei and others 2018)."""
    said = np.array([400.0, 500.0, 800.0, 1000.0, np.nan])
    published = np.array([200.0, 600.0, 1000.0, 1500.0, 700.0])
    assert factor_within(said, published) == pytest.approx(2.0)
    assert factor_within(said[:3], published[:3]) is None
