"""What is said of a school whose block is left out hangs on nothing that was known of the block."""

import numpy as np
import pytest

from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_left_out import LEFT_OUT, UNASKED, draw_left_out
from planning.choice.years import draw_years
from tests.support.choice_tables import EAST, ELM, OAK, WEST, YEAR, entry, homes, school

EARLIER = "2023/24"
APART_M = 20_000.0
"""Two villages far enough apart to lie in different squares, near enough for a few to travel."""


def _village(postcode):
    return postcode | {"x": postcode["x"] + (APART_M if postcode["lsoa21"] == EAST else 0.0)}


def _flow(area, urn, pupils):
    return {
        "source_id": "own_counts",
        "academic_year": YEAR,
        "phase": "primary",
        "home_code": area,
        "urn": urn,
        "pupils_counted": pupils,
        "status": "measured",
    }


def _offer(urn, year, metres):
    return {
        "source_id": "admissions",
        "urn": urn,
        "academic_year": year,
        "year_group": "R",
        "metres": metres,
        "method": "straight_line",
        "status": "measured",
    }


def _named(urn, year, value):
    return {
        "source_id": "school_offers",
        "urn": urn,
        "period": year,
        "measure": "admissions_first_preferences_primary",
        "value": value,
        "status": "measured",
    }


def _left_out(*, counts=(300.0, 100.0), metres=700.0, named=20.0, named_before=20.0):
    """Draw for both villages; what is told is of the eastern one, in which Oak stands."""
    at_home, away = counts
    fitted, read, _ = entry(
        school=[school(ELM, 480_000.0), school(OAK, 484_000.0 + APART_M)],
        postcode=[_village(each) for each in homes()],
        flow=[
            *(_flow(WEST, ELM, 350.0), _flow(WEST, OAK, 50.0)),
            *(_flow(EAST, OAK, at_home), _flow(EAST, ELM, away)),
        ],
        offer_distance=[
            *(_offer(ELM, EARLIER, 500.0), _offer(ELM, YEAR, 600.0)),
            *(_offer(OAK, EARLIER, metres), _offer(OAK, YEAR, metres + 50.0)),
        ],
        admission_number=[
            {
                "source_id": "admissions",
                "urn": urn,
                "academic_year": YEAR,
                "year_group": "R",
                "places": 12,
                "status": "measured",
            }
            for urn in (ELM, OAK)
        ],
        school_value=[
            *(_named(ELM, EARLIER, 20.0), _named(ELM, YEAR, 20.0)),
            *(_named(OAK, EARLIER, named_before), _named(OAK, YEAR, named)),
        ],
    )
    found = draw_left_out(fitted, read, years=12, seed=3)
    assert found is not None
    return fitted, read, found


def _of(found, urn, method=LEFT_OUT):
    offers, row = found.offers[method], (ELM, OAK).index(urn)
    return offers.outcome[:, row].tolist(), offers.metres[:, row].tolist()


def _same(one, other):
    return one[0] == other[0] and np.array_equal(one[1], other[1], equal_nan=True)


@pytest.fixture(scope="module")
def usual():
    return _left_out()


def test_the_two_schools_stand_in_blocks_of_their_own(usual):
    _, _, found = usual
    assert found.fold[0] != found.fold[1]


@pytest.mark.parametrize(
    "told",
    [{"counts": (100.0, 300.0)}, {"metres": 1_900.0}, {"named": 60.0}],
    ids=["other counts", "other last distances", "other preferences in the year that is judged"],
)
def test_nothing_known_of_a_block_changes_what_is_said_of_its_school(usual, told):
    _, _, found = usual
    _, _, other = _left_out(**told)
    for method in (LEFT_OUT, UNASKED):
        assert _same(_of(found, OAK, method), _of(other, OAK, method))


def test_what_is_known_of_a_block_changes_what_is_said_of_the_others(usual):
    fitted, _, found = usual
    refitted, _, other = _left_out(counts=(100.0, 300.0))
    assert not _same(_of(found, ELM), _of(other, ELM))
    # And the choice that is fitted to everything heeds it at the school itself.
    assert refitted.choice.shares[1] != pytest.approx(fitted.choice.shares[1], abs=0.05)


def test_preferences_of_years_before_are_heeded_unless_they_are_left_out_too(usual):
    _, _, found = usual
    _, _, other = _left_out(named_before=60.0)
    assert not _same(_of(found, OAK), _of(other, OAK))
    assert _same(_of(found, OAK, UNASKED), _of(other, OAK, UNASKED))


def test_all_methods_are_compared_at_the_same_schools(usual):
    fitted, read, found = usual
    drawn = draw_years(read.market, 12, seed=3)
    judged = {
        (method, by): value for method, by, value in offer_accuracy(fitted, read, drawn, found)
    }
    methods = ("fitted", LEFT_OUT, "last_year", "neighbours", "circle")
    assert [judged[method, "cut_offs"] for method in methods] == [2.0] * 5
    # Both published distances grew: by 100 m at Elm, by 50 m at Oak.
    assert judged["last_year", "cut_off_error_m"] == pytest.approx(75.0)
    assert judged["last_year", "cut_off_signed_m"] == pytest.approx(-75.0)
    # Each stands in for the other: 600 m for 750 m, and the other way round.
    assert judged["neighbours", "cut_off_median_m"] == pytest.approx(150.0)
    assert judged["neighbours", "cut_off_signed_m"] == pytest.approx(0.0)
    assert judged["last_year", "full_right_pct"] == 100.0


def test_without_published_distances_or_in_one_block_nothing_is_left_out():
    fitted, read, _ = entry()
    assert draw_left_out(fitted, read, years=2, seed=1) is None
    fitted, read, _ = entry(offer_distance=[_offer(ELM, YEAR, 600.0)])
    assert draw_left_out(fitted, read, years=2, seed=1) is None
