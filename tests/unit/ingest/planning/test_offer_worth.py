"""Drawn years weigh in the chance of an offer by how near they came to the newest offers."""

from dataclasses import replace

import numpy as np
import pytest

from config.assumptions import assumptions
from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_left_out import LEFT_OUT, LeftOut
from planning.choice.chance import LastOffers
from planning.choice.years import draw_years
from tests.support.choice_tables import ELM, YEAR, entry

BEFORE, NEWEST = 600.0, 1_900.0
"""Between them places went farther than the year before: at 750, 1,000 and 1,500 m."""

WRONG = 200.0
MOST = assumptions("admissions")["drawn_worth"].value


def _offer(year, metres):
    return {
        "source_id": "admissions",
        "urn": ELM,
        "academic_year": year,
        "year_group": "R",
        "metres": metres,
        "method": "straight_line",
        "status": "measured",
    }


def _always(metres):
    """Five years in which the last child lived so far off, at both schools."""
    return LastOffers(np.zeros((5, 2), np.int64), np.full((5, 2), metres))


def _judged(metres, *, left_out=None, earlier=True):
    before = [_offer("2023/24", BEFORE)] if earlier else []
    fitted, read, _ = entry(offer_distance=[*before, _offer(YEAR, NEWEST)])
    drawn = replace(draw_years(read.market, 1, seed=1), outside=_always(metres))
    unknowing = left_out and LeftOut(np.array([0, 1]), {LEFT_OUT: _always(left_out)})
    told = offer_accuracy(fitted, read, drawn, unknowing)
    return {(method, by): value for method, by, value in told}


def _worth(judged):
    return judged.get(("drawn_and_published", "offer_drawn_worth"))


def test_a_model_that_is_right_weighs_most_and_one_that_is_wrong_least():
    assert _worth(_judged(NEWEST)) == MOST
    assert _worth(_judged(WRONG)) == 1.0


def test_what_the_model_says_without_knowing_decides():
    assert _worth(_judged(NEWEST, left_out=WRONG)) == 1.0
    assert _worth(_judged(WRONG, left_out=NEWEST)) == MOST


def test_chances_from_both_are_judged_with_the_worth_that_was_found():
    judged = _judged(NEWEST, left_out=WRONG)
    # Of eight distances the years before are wrong at three, where half of all says otherwise: the
    # drawn ones count as one, like the one published.
    assert judged["published", "offer_brier"] == pytest.approx(3 / 8)
    assert judged["drawn_and_published", "offer_brier"] == pytest.approx(3 * 0.5**2 / 8)
    # Without knowing: wrong at these three, and unsure at 250 and 500 m.
    assert judged["left_out_and_published", "offer_brier"] == pytest.approx((3 + 2 * 0.5**2) / 8)


def test_without_earlier_published_years_nothing_says_what_drawn_ones_are_worth():
    judged = _judged(NEWEST, earlier=False)
    assert judged["default", "cut_off_error_m"] == 0.0
    assert _worth(judged) is None
