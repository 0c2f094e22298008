"""The made-up county tells how far places went, and how near drawn years come to that."""

import pytest

from config.assumptions import assumptions

pytestmark = pytest.mark.long


def test_every_school_that_is_entered_has_as_many_drawn_years_as_are_assumed(sample):
    told = sample.query(
        "select urn, year_group, sum(years) from offer_chance where basis <> 'published' "
        "group by urn, year_group"
    )
    assert told
    assert {years for _, _, years in told} == {assumptions("admissions")["drawn_years"].value}


def test_drawn_years_tell_who_is_offered_a_place_better_than_a_coin(sample):
    told = sample.query(
        "select phase, choice_method, value from choice_accuracy where judged_by = 'offer_brier'"
    )
    scores = {(phase, method): value for phase, method, value in told}
    modelled = {phase: scores[phase, "drawn_and_published"] for phase, _ in scores}
    # One half said of everything has 0.25.
    assert modelled
    assert max(modelled.values()) < 0.25 / 2, scores


def test_what_drawn_years_are_worth_is_told_once_a_phase_and_was_tried(sample):
    told = sample.query(
        "select phase, choice_method, value from choice_accuracy "
        "where judged_by = 'offer_drawn_worth'"
    )
    most = assumptions("admissions")["drawn_worth"].value
    assert told
    assert len({phase for phase, _, _ in told}) == len(told)
    assert {method for _, method, _ in told} == {"drawn_and_published"}
    assert {value for _, _, value in told} <= {1.0, 2.0, 5.0, most}


def test_last_distances_of_blocks_left_out_are_judged_beside_what_is_simpler(sample):
    """Of the smaller county of the tests, in which few schools publish a last distance."""
    told = sample.query(
        "select choice_method, judged_by, value from choice_accuracy "
        "where phase = 'primary' and choice_method not in ('gravity', 'nearest')"
    )
    judged = {(method, by): value for method, by, value in told}
    methods = ("left_out", "last_year", "neighbours", "circle")
    (compared,) = {judged[method, "cut_offs"] for method in methods}
    assert 1 <= compared <= 17
    for method in methods:
        assert 0 <= judged[method, "cut_off_median_m"] < 10_000
        off = judged[method, "cut_off_error_m"]
        assert abs(judged[method, "cut_off_signed_m"]) <= off + 1e-6
    assert judged["left_out", "full_schools"] >= compared
    # One half said of everything has 0.25.
    assert judged["left_out", "offer_brier"] < 0.25
