"""How far places went in Waverley, Surrey, beside what the default choice says without knowing.

Nobody counted pupils by home there, no preferences are at hand, and the children are those of
2020: all of Waverley is left out of the fit, which was made of pupils elsewhere.
"""

import pytest

from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_left_out import LEFT_OUT, draw_left_out
from planning.choice.years import draw_years
from tests.support.surrey_offers import waverley

YEARS = 4


@pytest.fixture(scope="module")
def judged(publishers):
    if not (publishers / "authority" / "surrey").is_dir():
        pytest.skip("the published offers of Waverley are not there (authority/surrey)")
    fitted, entry = waverley(publishers)
    drawn = draw_years(entry.market, YEARS, seed=1)
    left_out = draw_left_out(fitted, entry, years=YEARS, seed=1)
    told = offer_accuracy(fitted, entry, drawn, left_out)
    return {(method, by): value for method, by, value in told}


def test_all_methods_are_held_to_the_same_schools_of_waverley(judged):
    methods = (LEFT_OUT, "last_year", "neighbours", "circle")
    (compared,) = {judged[method, "cut_offs"] for method in methods}
    # Seventeen schools publish a distance for 2021; some of them none for 2020.
    assert 5 <= compared <= 17


def test_a_choice_learnt_elsewhere_is_off_by_a_mile_and_a_half(judged):
    """Neither better than the schools around: what a parent is told there must say so."""
    assert 1_000 < judged[LEFT_OUT, "cut_off_median_m"] < 3_500
    assert judged[LEFT_OUT, "cut_off_factor_80"] > 1.5


def test_it_says_less_of_offers_than_the_years_published_before(judged):
    assert judged["published", "offer_brier"] < 0.15
    assert judged["published", "offer_brier"] < judged[LEFT_OUT, "offer_brier"]


def test_so_it_weighs_least_beside_them_and_spoils_them_little(judged):
    assert judged["drawn_and_published", "offer_drawn_worth"] == 1.0
    together = judged["left_out_and_published", "offer_brier"]
    assert together < judged[LEFT_OUT, "offer_brier"] / 2
    assert together < judged["published", "offer_brier"] + 0.05
