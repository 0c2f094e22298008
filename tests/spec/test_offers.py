"""Who is offered which school, and how likely an offer is, worked by hand."""

import numpy as np
import pytest

from planning.choice.admission import NOWHERE, allocate, place_the_rest
from planning.choice.chance import (
    OUTCOMES,
    LastOffers,
    Outcome,
    brier,
    chance_of_offer,
    last_offers,
    last_ranks,
    nearest_worth,
)
from planning.choice.criteria import Criterion, Need, Order, read_criteria
from planning.choice.ordering import Admitting, laid_out, rank_of

ASH, ELM, OAK = range(3)


def test_four_children_and_three_schools() -> None:
    """Ash and Elm have one place each, Oak has two; all measure distance. Ann and Ben name Ash
    first, Cem names Elm first, Dot names Ash and then Elm. Ash keeps Ben, who lives nearest. Ann
    and Dot go on to Elm, which keeps Dot and turns Ann and Cem away; both go to Oak. Nobody would
    rather be where somebody lives farther off (``planning.choice.admission.allocate``; Gale and
    Shapley 1962)."""
    preferences = np.array(
        [[ASH, ELM, OAK], [ASH, OAK, NOWHERE], [ELM, OAK, NOWHERE], [ASH, ELM, OAK]]
    )
    metres = np.array(
        [[400.0, 700.0, 900.0], [300.0, 800.0, 0.0], [600.0, 500.0, 0.0], [500.0, 200.0, 100.0]]
    )
    offered = allocate(preferences, metres, np.array([1, 1, 2]))
    assert list(offered.school) == [OAK, ASH, OAK, ELM]
    assert list(offered.preference) == [2, 0, 1, 1]
    assert list(offered.refused) == [2, 2, 0]


def test_whoever_named_no_school_with_a_place_goes_to_the_nearest_that_has_one() -> None:
    """Three children are left without a school. Elm has one place left, Oak one. Two live nearest
    to Elm: the one at 200 m goes there, the one at 300 m to Oak. For the third no place is left
    anywhere: it goes to its nearest school, beyond that school's places
    (``planning.choice.admission.place_the_rest``)."""
    school = np.array([NOWHERE, NOWHERE, NOWHERE, ASH])
    others = np.array([[ELM, OAK]] * 4)
    journey = np.array([[300.0, 600.0], [200.0, 900.0], [800.0, 700.0], [1.0, 1.0]])
    found = place_the_rest(school, others, journey, np.array([1, 1, 1]))
    assert list(found) == [OAK, ELM, OAK, ASH]


def test_an_authoritys_words_become_tiers() -> None:
    """A church school's criteria, as an authority prints them, are read as tiers: looked-after
    children, the church's own children with a sibling, its other children, everybody else by
    distance. Rows about plans and late applications are no criteria. Words that are not known are
    named, and nobody is taken to meet them (``planning.choice.criteria.read_criteria``)."""
    read = read_criteria(
        [
            "Looked after and previously looked after children",
            "Catholic children with a brother or sister at the school",
            "Other Catholic children",
            "Children who play the tuba",
            "Any other children, prioritised according to the distance they live from the school",
            "Children with an Education, Health and Care Plan",
            "Places offered to children of applicants who had applied late",
        ]
    )
    assert read.criteria == (
        Criterion(Need.LOOKED_AFTER),
        Criterion(Need.FAITH | Need.SIBLING),
        Criterion(Need.FAITH),
        Criterion(Need.NOTHING),
    )
    assert read.unknown == ("Children who play the tuba",)


def _school(criteria: list[Criterion], places: int = 2) -> Admitting:
    needs, order = laid_out([criteria])
    nowhere = np.zeros(1)
    return Admitting(nowhere, nowhere, np.array([places]), needs, order, {}, {})


def test_a_sibling_far_off_goes_before_a_neighbour() -> None:
    """With siblings first and then distance, a sibling at 3,000 m ranks before a neighbour at 90 m,
    and the neighbour before a child at 100 m (``planning.choice.ordering.rank_of``)."""
    school = _school([Criterion(Need.SIBLING), Criterion(Need.NOTHING)])
    needs = np.array([int(Need.SIBLING), 0, 0])
    rank = rank_of(
        school, np.zeros(3, np.int64), needs, np.array([3000.0, 90.0, 100.0]), np.zeros(3)
    )
    assert list(np.argsort(rank)) == [0, 1, 2]
    assert list(np.floor(rank)) == [0.0, 1.0, 1.0]


def test_twelve_places_by_distance_end_at_476_metres() -> None:
    """60 places, less 42 siblings, less 6 by faith, leave 12 by distance. The twelfth nearest of
    the others lives 476 m away: that is the last distance, and 513 m is too far
    (``planning.choice.chance.last_offers``)."""
    school = _school(
        [Criterion(Need.SIBLING), Criterion(Need.FAITH), Criterion(Need.NOTHING)], places=60
    )
    near = [100, 130, 160, 190, 220, 250, 280, 310, 340, 370, 400, 476, 513, 800]
    metres = np.array([900.0] * 48 + near)
    needs = np.array([int(Need.SIBLING)] * 42 + [int(Need.FAITH)] * 6 + [0] * 14)
    all_here = np.zeros((62, 1), np.int64)
    rank = rank_of(school, all_here, needs[:, None], metres[:, None], np.zeros((62, 1)))
    offered = allocate(all_here, rank, school.places)
    last = last_offers(last_ranks(offered, rank, school.places), school, Need.NOTHING)
    assert OUTCOMES[last.outcome[0]] is Outcome.DISTANCE
    assert last.metres[0] == pytest.approx(476.0, abs=0.01)


def _years(*told: float | Outcome) -> LastOffers:
    outcome = [Outcome.DISTANCE if isinstance(each, float) else each for each in told]
    metres = [each if isinstance(each, float) else np.nan for each in told]
    return LastOffers(np.array([OUTCOMES.index(each) for each in outcome]), np.array(metres))


NO_YEARS = LastOffers(np.zeros(0, np.int64), np.zeros(0))


def test_the_chance_is_the_share_of_drawn_years() -> None:
    """In five drawn years the last child lived 400, 450, 476 and 600 m away, and in one year all
    places went to siblings. A child 460 m away would have been offered a place in two of the
    five: a chance of 40 per cent (``planning.choice.chance.chance_of_offer``)."""
    drawn = _years(400.0, 450.0, 476.0, 600.0, Outcome.NONE)
    chance = chance_of_offer(460.0, drawn, NO_YEARS, drawn_worth=3)
    assert (chance.drawn, chance.drawn_offered) == (5, 2)
    assert chance.pct == pytest.approx(40.0)


def test_published_years_weigh_more_than_drawn_ones() -> None:
    """Five drawn years together count as three published ones. They say 2 in 5, which is 1.2 of
    three. Of two published years one went as far as 500 m, and in the other every child who asked
    was offered a place: 2 of 2. Together (1.2 + 2) / (3 + 2): a chance of 64 per cent
    (``planning.choice.chance.chance_of_offer``; Gelman and others 2013)."""
    drawn = _years(400.0, 450.0, 476.0, 600.0, Outcome.NONE)
    chance = chance_of_offer(460.0, drawn, _years(500.0, Outcome.ALL), drawn_worth=3)
    assert (chance.published, chance.published_offered) == (2, 2)
    assert chance.pct == pytest.approx(64.0)


def test_drawn_years_are_worth_what_they_have_earned() -> None:
    """For three children every drawn year said an offer, the one published year before said none;
    two of the three were offered a place. Drawn years worth one published year say 50 per cent
    of each child, worth two 67, worth five 83, worth ten 91. The Brier scores are 0.250, 0.222,
    0.250 and 0.281: they are worth two. Had all three been offered a place, they were worth ten;
    had none, one (``planning.choice.chance.nearest_worth``; Efron and Morris 1975)."""
    told = chance_of_offer(460.0, _years(*[600.0] * 5), _years(400.0), drawn_worth=1)
    assert told.pct == 50.0
    tried = (1.0, 2.0, 5.0, 10.0)
    assert nearest_worth([told] * 3, [True, True, False], tried) == 2.0
    assert nearest_worth([told] * 3, [True, True, True], tried) == 10.0
    assert nearest_worth([told] * 3, [False, False, False], tried) == 1.0


def test_where_both_say_the_same_published_years_speak_first() -> None:
    """Drawn years and the published one said the same: every worth comes as near, and the least is
    taken. Without a published year before nothing tells what drawn years are worth
    (``planning.choice.chance.nearest_worth``)."""
    same = chance_of_offer(460.0, _years(600.0, 500.0), _years(700.0), drawn_worth=1)
    assert nearest_worth([same], [True], (1.0, 10.0)) == 1.0
    alone = chance_of_offer(460.0, _years(600.0, 500.0), NO_YEARS, drawn_worth=1)
    assert nearest_worth([alone], [True], (1.0, 10.0)) is None


def test_no_distance_tells_who_is_drawn_by_lot() -> None:
    """Where the last places were drawn by lot, no distance says who was offered one: such years
    say nothing, and without others there is no chance to tell
    (``planning.choice.chance.last_offers``)."""
    school = _school([Criterion(Need.SIBLING), Criterion(Need.NOTHING, Order.LOT)])
    last = last_offers(np.array([1.4]), school, Need.NOTHING)
    assert OUTCOMES[last.outcome[0]] is Outcome.NOT_BY_DISTANCE
    assert chance_of_offer(1.0, last, NO_YEARS, drawn_worth=3).pct is None


def test_chances_are_judged_by_what_came() -> None:
    """Four children were told chances of 90, 80, 30 and 0 per cent. The first two and the last
    were right in tendency, the third was offered a place: the squares of 0.1, 0.2, 0.7 and 0 have
    the mean 0.135. Who says one half of everybody has 0.25
    (``planning.choice.chance.brier``; Brier 1950)."""
    came = np.array([1.0, 1.0, 1.0, 0.0])
    assert brier(np.array([90.0, 80.0, 30.0, 0.0]), came) == pytest.approx(0.135)
    assert brier(np.full(4, 50.0), came) == 0.25
