"""Who goes where, worked by hand."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from planning.choice.censoring import censored, expected_published
from planning.choice.clearing import cleared
from planning.choice.features import Homes, Schools, design, journeys
from planning.choice.fit import Counts, Prior, fit
from planning.choice.judging import share_right, srmse
from planning.choice.linked import linked_shares
from planning.choice.market import Kind, Market
from planning.choice.model import Options, Weights, shares
from planning.choice.rationing import refused

NOTHING = np.zeros((1, 2))


def two_schools(minutes: tuple[float, float]) -> Options:
    return Options(
        school=np.array([[0, 1]]),
        is_option=np.ones((1, 2), bool),
        attributes=np.array([[minutes]]),
        journey=NOTHING,
        admits=np.ones((1, 2), bool),
        kind_share=np.ones(1),
    )


def test_of_two_schools_the_nearer_draws_more() -> None:
    """A minute weighs -0.1: a school 10 minutes off draws e (2.718) times what one 20 off does."""
    weights = Weights(np.array([-0.1]), np.zeros(2), np.zeros(2))
    assert shares(two_schools((10, 20)), weights) == pytest.approx(
        np.array([[exp(1) / (exp(1) + 1), 1 / (exp(1) + 1)]])
    )


def test_a_weight_is_found_from_counts() -> None:
    """Of 100 children 80 take the school ten minutes nearer: a minute weighs log(80/20) / 10."""
    found = fit(
        two_schools((10, 20)),
        Counts(np.array([[80.0, 20.0]]), np.zeros((1, 2), bool)),
        prior=Prior(constant_sd=1e-6, slope_sd=1e-6),
    )
    assert found.weights.attributes[0] == pytest.approx(-log(4) / 10, abs=1e-4)
    # The information is n p (1 - p) times the square of ten minutes.
    assert found.error[0] == pytest.approx((100 * 0.8 * 0.2 * 10**2) ** -0.5, rel=0.01)


def test_areas_that_differ_make_a_weight_less_sure() -> None:
    """Of 100 children in each of two areas, 90 and 70 take the school ten minutes nearer.

    Together that is the same 80 in 100, and the same weight. But each area is ten children off
    what the weight says of it, which pulls by ten times ten minutes: with two areas, the error is
    the root of 2 x (100 squared + 100 squared), over the information of 200 x 0.8 x 0.2 x 10
    squared. It is 0.0625; had they chosen independently, 0.0177.
    """
    twice = replace(
        two_schools((10, 20)),
        school=np.array([[0, 1], [0, 1]]),
        is_option=np.ones((2, 2), bool),
        attributes=np.array([[[10.0, 20], [10, 20]]]),
        journey=np.zeros((2, 2)),
    )
    prior = Prior(constant_sd=1e-6, slope_sd=1e-6)
    hidden = np.zeros((2, 2), bool)
    differ = fit(twice, Counts(np.array([[90.0, 10], [70, 30]]), hidden), prior=prior)
    alike = fit(twice, Counts(np.array([[80.0, 20], [80, 20]]), hidden), prior=prior)
    assert differ.weights.attributes[0] == pytest.approx(-log(4) / 10, abs=1e-4)
    assert differ.error[0] == pytest.approx((2 * 2 * 100**2) ** 0.5 / 3200, rel=0.01)
    assert alike.error[0] == pytest.approx(3200**-0.5, rel=0.01)


def test_half_of_an_areas_children_come_from_the_infant_school_that_leads_to_the_junior() -> None:
    """Of an area, 30 pupils are at an infant school of three years and 70 at a primary of seven.

    That is ten a year at each. So of those who are about to be seven, one half are at the infant
    school, which leads to the junior school; the primary school leads to none. Where all pupils
    are at the primary school, nobody's school leads there
    (`planning.choice.linked.linked_shares`).
    """
    found = linked_shares(
        came=np.array([[30.0, 70], [0, 70]]),
        low=np.array([4, 4]),
        high=np.array([7, 11]),
        leads=np.array([[True], [False]]),
    )
    assert found.tolist() == [[0.5], [0.0]]


def test_habit_weighs_what_makes_linked_children_choose_so_much_oftener() -> None:
    """All children of one area come from a school that leads to the first of two secondary
    schools, and 90 of 100 go there; of another area's children, none of whom do, 50 of 100.

    The odds are nine to one and one to one, so that coming from there weighs log(9), 2.197
    (`planning.choice.fit.fit`).
    """
    linked = linked_shares(
        came=np.array([[40.0, 0], [0, 40]]),
        low=np.array([4, 4]),
        high=np.array([11, 11]),
        leads=np.array([[True, False], [False, False]]),
    )
    options = Options(
        school=np.array([[0, 1], [0, 1]]),
        is_option=np.ones((2, 2), bool),
        attributes=linked[np.newaxis],
        journey=np.zeros((2, 2)),
        admits=np.ones((1, 2), bool),
        kind_share=np.ones(1),
    )
    counts = Counts(np.array([[90.0, 10], [50, 50]]), np.zeros((2, 2), bool))
    found = fit(options, counts, prior=Prior(constant_sd=1e-6, slope_sd=1e-6))
    assert found.weights.attributes[0] == pytest.approx(log(9), abs=1e-2)


def test_children_whom_all_schools_refuse_are_sent_to_the_nearest_with_a_place_left() -> None:
    """One child at each of three homes, 10, 20 and 30 minutes from a school with two places left.

    The two nearest get them, and the third, 40 minutes from another school, goes there.
    """
    market = Market(
        starts=np.array([0, 3]),
        metres=np.zeros((3, 2)),
        cut_off=np.full((1, 2), -1.0),
        left=np.array([[2.0, 5]]),
        minutes=np.array([[10.0, 40], [20, 40], [30, 40]]),
        kinds=[Kind(1.0, np.ones(2, bool), np.zeros(2, bool))],
        named=np.ones(1),
    )
    sent = market.sent_to(np.ones((3, 1, 1)))[:, 0, 0]
    assert sent.tolist() == [[True, False], [True, False], [False, True]]


def test_a_full_school_that_does_not_tell_its_last_distance_is_as_wide_as_its_places() -> None:
    """Ten children at each of three homes, 100, 200 and 300 m off, half of whom would go there.

    Five and five fill its ten places: the last distance is 200 m.
    """
    market = Market(
        starts=np.array([0, 3]),
        metres=np.array([[100.0, 0], [200, 0], [300, 0]]),
        cut_off=np.array([[np.nan, np.inf]]),
        left=np.zeros((1, 2)),
        minutes=np.ones((3, 2)),
        kinds=[Kind(1.0, np.ones(2, bool), np.zeros(2, bool))],
        named=np.ones(1),
        places=np.array([[10.0, np.nan]]),
    )
    found = cleared(market, np.zeros((3, 1, 1, 2)), np.full((3, 1, 1), 10.0)).found
    assert found.tolist() == [[200, np.inf]]


def test_a_suppressed_count_is_neither_nothing_nor_missing() -> None:
    """A count known to be 0, 1 or 2 of which 1 was expected is 0.8: weights 1, 1 and a half.

    Known to be 1 or 2, because the table says that somebody is there, it is 4/3.
    """
    assert censored(np.array([1.0]), 2).expected == pytest.approx([(1 + 2 * 0.5) / 2.5])
    assert censored(np.array([1.0]), 2, at_least=1).expected == pytest.approx([(1 + 1) / 1.5])


def test_of_a_count_that_is_suppressed_when_small_less_is_published() -> None:
    """Of a mean of 1, with counts below 3 left out: 1 - (1 x e^-1 + 2 x e^-1 / 2)."""
    assert expected_published(np.array([1.0]), 2) == pytest.approx([1 - 2 * exp(-1)])


def test_share_right_and_srmse_of_two_areas_and_two_schools() -> None:
    """Said 30, 10 and 20, 40, came 25, 15 and 20, 40: 95 of 100 pupils are right.

    The mean square of 5, 5, 0 and 0 is 12.5; its root over the mean count of 25 is 0.1414.
    """
    said, came = np.array([[30.0, 10], [20, 40]]), np.array([[25.0, 15], [20, 40]])
    assert share_right(said, came) == 0.95
    assert srmse(said, came) == pytest.approx(12.5**0.5 / 25)


def test_whom_all_schools_named_refuse() -> None:
    """Two schools liked alike, one full: of those who name one school half are refused.

    Of those who name two nobody is: the second is the one with places. Half name one, half two:
    a quarter is refused.
    """
    liking, can = np.zeros((1, 2)), np.ones((1, 2), bool)
    is_open = np.array([[True, False]])
    assert refused(liking, is_open, can, np.array([1.0])) == pytest.approx([0.5])
    assert refused(liking, is_open, can, np.array([0.5, 0.5])) == pytest.approx([0.25])


def test_straight_lines_stand_in_for_minutes_that_are_not_known() -> None:
    """Ways of 1, 2 and 3 km take 12, 24 and 36 minutes: one of 4 km is taken for 48.

    Had the school of 4 km been reached from elsewhere, in 60 minutes, it would be at least as
    far as that.
    """
    homes = Homes(np.zeros(1), np.zeros(1), np.zeros(1, np.int64))
    four = np.zeros(4)
    schools = Schools(
        x=np.array([1000.0, 2000, 3000, 4000]),
        y=four,
        authority=np.zeros(4, np.int64),
        is_faith=four > 0,
        is_selective=four > 0,
        admits=np.ones((2, 4), bool),
        places=four + 900,
    )
    ways = journeys(homes, schools, np.array([[12.0, 24, 36, np.nan]]))
    assert ways.far == pytest.approx(np.array([[12, 24, 36, 48]]))
    assert ways.is_straight.tolist() == [[False, False, False, True]]
    assert design(homes, schools, ways).names[0] == "minute"
    assert journeys(homes, schools).unit == "km"
    two = Homes(np.zeros(2), np.zeros(2), np.zeros(2, np.int64))
    known = np.array([[12.0, 24, 36, np.nan], [12, 24, 36, 60]])
    assert journeys(two, schools, known).far[0, 3] == 60
