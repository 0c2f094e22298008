"""Sentences about forecasts say what the figures say, also where the atlas loses."""

from api.narrative.forecast import (
    Expected,
    Tried,
    expected_sentence,
    nothing_sentence,
    own_sentence,
    why_sentence,
)


def tried(method, error, *, is_chosen=False, is_pinned=False, number=12):
    return Tried(method, error, number, is_chosen, is_pinned)


def test_a_forecast_without_a_range_says_none():
    told = Expected("R", "2025/26", 30.4, None, None, 28.0, "2024/25")
    assert expected_sentence(told) == (
        "In 2025/26 about 30 pupils are expected in reception; in 2024/25 there were 28."
    )


def test_a_method_that_would_have_done_better_is_named():
    says = why_sentence(
        "secondary",
        [tried("drift", 1.0), tried("population", 1.5, is_chosen=True), tried("same", 2.0)],
    )
    assert says == (
        "For years 7 to 11 the method is births and cohort survival: in 12 forecasts of past years "
        "it would have been off by 1.5 % on average, last year's change repeated by 1.0 % and the "
        "same as last year by 2.0 %. Last year's change repeated would have done better."
    )


def test_errors_that_are_printed_alike_are_not_called_better():
    says = why_sentence("primary", [tried("drift", 1.46), tried("same", 1.5, is_chosen=True)])
    assert "better" not in says


def test_a_pinned_method_was_set_by_a_planner():
    says = why_sentence("primary", [tried("same", 2.0, is_chosen=True, is_pinned=True)])
    assert says == (
        "For reception to year 6 the method was set by a planner: the same as last year; in 12 "
        "forecasts of past years it would have been off by 2.0 % on average."
    )


def test_a_method_without_a_record_says_so():
    says = why_sentence("primary", [tried("same", None, is_chosen=True, number=0)])
    assert says == (
        "For reception to year 6 the method is the same as last year; how far off it would have "
        "been is not known yet."
    )


def test_what_intakes_follow_from_is_said():
    chosen = Tried(
        "population", 2.0, 12, is_chosen=True, is_pinned=False, intake_basis="small_area"
    )
    says = why_sentence("primary", [chosen])
    assert says.endswith(
        "off by 2.0 % on average. Intakes follow from the children of each small area."
    )


def test_an_authority_that_did_better_is_told_so():
    assert own_sentence("primary", 1.0, 1.4, 3) == (
        "The authority's own 3 forecasts for reception to year 6 were off by 1.0 % on average; the "
        "atlas would have been off by 1.4 % for the same years: the authority did better."
    )


def test_a_unit_without_a_forecast_says_what_the_build_noted():
    why = "year group 3 of 2024/25 is not known: left out"
    assert nothing_sentence("Hill School", why) == (
        "There is no forecast of Hill School: year group 3 of 2024/25 is not known."
    )
