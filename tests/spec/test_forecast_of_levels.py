"""Choice of method, levels that agree, limits, girls and boys: worked by hand."""

import numpy as np
import pytest

from planning.forecast.choosing import chosen, tried
from planning.forecast.inputs import NONE
from planning.forecast.limits import placed
from planning.forecast.pooled import pooled_ratios
from planning.forecast.progression import damped, fresh_entries, leavers
from planning.forecast.ranges import ends, spread_of
from planning.forecast.reconcile import reconciled
from planning.forecast.results import Level
from planning.forecast.sexes import by_sex
from planning.forecast.sizes import size_of
from planning.forecast.spreads import is_to_come
from planning.forecast.tree import Tree

ONE_AREA = Tree(
    authorities=("E06000001",),
    authority=np.array([0, 0]),
    areas=("North",),
    area=np.zeros((2, 15), np.int64),
    authority_of_area=np.array([0]),
)
"""Two schools of one planning area of one authority."""


def reception(*pupils: float) -> np.ndarray:
    """Pupils in reception of as many units, and nobody above."""
    rolls = np.zeros((len(pupils), 1, 15))
    rolls[:, 0, 0] = pupils
    return rolls


def test_levels_are_brought_together_by_how_far_each_has_been_off() -> None:
    """What is missing between schools, area and authority is laid on those who are least sure."""
    said = {
        Level.SCHOOL: reception(40, 60),
        Level.PLANNING_AREA: reception(110),
        Level.AUTHORITY: reception(111),
    }
    variance = {
        Level.SCHOOL: reception(1, 3),
        Level.PLANNING_AREA: reception(4),
        Level.AUTHORITY: reception(4),
    }
    # Schools 100 of variance 4 and the area 110 of variance 4 meet at 105, of variance 2.
    # That and the authority's 111 of variance 4: 105 + 6 x 2 / (2 + 4) = 107.
    # The 7 more fall on the schools as 1 to 3.
    found = reconciled(said, variance, ONE_AREA)[:, 0, 0]
    assert found == pytest.approx([41.75, 65.25])


def test_who_finds_a_school_full_goes_to_the_next_with_room() -> None:
    """First to schools of the same planning area, then of the same authority; the rest is told."""
    # 50 want the first school, which takes 30; the second, of the same area, has room for 10,
    # the third, of another area, for 5. Five of the 20 find no place.
    found = placed(
        np.array([50.0, 20.0, 10.0]),
        np.array([30.0, 30.0, 15.0]),
        area=np.array([0, 0, 1]),
        authority=np.array([0, 0, 0]),
        authorities=1,
    )
    assert found.intake == pytest.approx([30.0, 30.0, 15.0])
    assert found.unplaced == pytest.approx([5.0])


def test_the_more_want_a_school_the_more_of_the_others_it_takes() -> None:
    """Those displaced spread over schools without a limit as other families do."""
    # 12 too many; 30 and 10 want the other two: 9 and 3 more.
    found = placed(
        np.array([42.0, 30.0, 10.0]),
        np.array([30.0, np.nan, np.nan]),
        area=np.full(3, NONE),
        authority=np.zeros(3, np.int64),
        authorities=1,
    )
    assert found.intake == pytest.approx([30.0, 39.0, 13.0])


def test_girls_and_boys_move_up_with_their_cohort() -> None:
    """Those at school keep their share; who enters has that of the last three intakes."""
    girls = np.zeros((1, 3, 15))
    boys = np.zeros((1, 3, 15))
    girls[0, :, :2], boys[0, :, :2] = [[9, 5], [8, 6], [10, 6]], [[11, 15], [12, 14], [10, 14]]
    enters = np.zeros((1, 15), bool)
    enters[0, 0] = True
    expected = np.zeros((1, 1, 15))
    expected[0, 0, :2] = 30, 18
    found = by_sex(expected, {"F": girls, "M": boys}, enters)
    # Of 60 who entered in three years 27 were girls; of 20 in reception now 10 are.
    assert found["F"][0, 0, :2] == pytest.approx([30 * 27 / 60, 18 * 10 / 20])
    assert found["F"] + found["M"] == pytest.approx(expected)


def errors(*by_unit: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """What two methods said, once, of units of a hundred pupils: their errors."""
    off = np.array(by_unit).T[:, np.newaxis, :, np.newaxis, np.newaxis]
    return 100 + off, np.full(off.shape[1:], 100.0)


def test_a_unit_departs_from_the_usual_method_only_where_another_is_clearly_better() -> None:
    """The method that is best everywhere is used, unless a unit's own record speaks against it."""
    # The first method is usual: mean error 4 against 5.25. One forecast each weighs as much as
    # all together: in the last school the second errs 1/6 as much, everywhere 21/16 as much,
    # together (1/6 + 21/16) / 2 = 0.74 as much, which is clearly better; in the second school
    # (4.5/5 + 21/16) / 2 = 1.1 is not.
    said, came = errors((2, 8), (5, 4.5), (3, 7.5), (6, 1))
    found = chosen(
        tried(said, came),
        np.array([True, True]),
        np.array([0, 1]),
        own_record=1,
        clearly_better_pct=10,
    )
    assert found[:, 0].tolist() == [0, 0, 0, 1]


def test_without_a_record_the_most_trusted_method_is_used() -> None:
    """Where nothing has come yet, methods are taken in the order of what they know."""
    said, came = errors((2, 8))
    record = tried(said, np.full(came.shape, np.nan))
    found = chosen(
        record, np.array([True, True]), np.array([1, 0]), own_record=1, clearly_better_pct=10
    )
    assert found.tolist() == [[1]]


def test_a_trend_is_kept_for_some_years_before_it_fades() -> None:
    """In the long run what a ratio differs from one is forgotten, but not at once."""
    ratio = np.array([np.nan, 1.2])
    faded = damped(ratio, years=4, damping=0.5, steady=2)[:, 1]
    assert faded == pytest.approx([1.2, 1.2, 1.1, 1.05])


def test_a_school_without_a_record_takes_the_ratio_of_its_planning_area() -> None:
    """A new school moves its pupils up as its neighbours do; one in no area as its authority's."""
    # Schools of the first area always gain a tenth, those of the second always lose one.
    rolls = np.array([[[100, 110], [100, 110], [100, 110.0]]] * 2)
    rolls = np.concatenate([rolls, np.array([[[100, 90], [100, 90], [100, 90.0]]] * 2)])
    new = np.array([[[0, 0], [0, 0], [30, 0.0]]] * 2)
    rolls = np.concatenate([rolls, new])
    area = np.array([0, 0, 1, 1, 0, NONE])
    enters = np.tile([True, False], (6, 1))
    found = pooled_ratios(
        rolls,
        enters,
        authority=np.zeros(6, np.int64),
        area=np.repeat(area[:, np.newaxis], 2, axis=1),
        window=2,
    )[:, 1]
    assert found == pytest.approx([1.1, 1.1, 0.9, 0.9, 1.1, 1.0])


def test_nobody_moves_up_where_a_school_ends() -> None:
    """The year 6 of a primary school is no year 7 of the same school, and never leans on others."""
    rolls = np.zeros((1, 3, 15))
    rolls[0, :, 5:7] = 30
    assert leavers(rolls)[0].tolist() == [False] * 7 + [True] + [False] * 7


def test_a_year_seven_far_larger_than_year_six_is_filled_from_elsewhere() -> None:
    """An all-through school takes in a class of thirty at five and ninety more at eleven."""
    rolls = np.zeros((1, 3, 15))
    rolls[0, :, :7], rolls[0, :, 7:12] = 30, 120
    assert np.flatnonzero(fresh_entries(rolls, ratio=1.25)[0]).tolist() == [0, 7]


def test_a_school_that_has_just_opened_goes_on_filling_its_first_year_group_alone() -> None:
    """It took pupils into all year groups when it opened; a year later the others move up."""
    rolls = np.zeros((1, 3, 15))
    rolls[0, 2, :7] = 30
    assert np.flatnonzero(fresh_entries(rolls, ratio=1.25)[0]).tolist() == [0]


def test_a_sixth_form_without_a_year_eleven_takes_everybody_in() -> None:
    """A college fills year 12 from elsewhere; at a school with a year 11 they stay on."""
    rolls = np.zeros((2, 3, 15))
    rolls[:, :, 12:14], rolls[1, :, 7:12] = 60, 100
    college, school = fresh_entries(rolls, ratio=1.25)
    assert np.flatnonzero(college).tolist() == [12]
    assert np.flatnonzero(school).tolist() == [7]


def test_staying_on_is_a_ratio_of_its_own() -> None:
    """Six in ten of year 11 are found in year 12, whatever the younger year groups do."""
    rolls = np.zeros((1, 3, 15))
    rolls[0, :, 7:12], rolls[0, :, 12] = 100, 60
    enters = np.zeros((1, 15), bool)
    enters[0, 7] = True
    ratios = pooled_ratios(
        rolls, enters, authority=np.zeros(1, np.int64), area=np.full((1, 15), NONE), window=2
    )[0]
    assert ratios[8:13] == pytest.approx([1, 1, 1, 1, 0.6])


def test_of_few_errors_the_range_is_wider_than_any_of_them() -> None:
    """Two errors cannot say how often a range holds: Student's distribution allows for that."""
    # 10 too many and 10 too few: t of two degrees of freedom that leaves out a tenth is 1.886.
    spread = spread_of(np.array([[100.0], [100]]), np.array([[90.0], [110]]))
    low, high = spread.range(np.array([[100.0]]), level=0.8)
    assert low[0, 0] == pytest.approx(100 - 18.86, abs=0.01)
    assert high[0, 0] == pytest.approx(100 + 18.86, abs=0.01)


def test_many_errors_of_few_outcomes_tell_no_more_than_the_outcomes_do() -> None:
    """What was said of one year from several others was off for the same reasons."""
    errors = np.tile([-1.0, 1.0], 50)
    # One pupil too many or too few a hundred times, of five outcomes: t of five degrees of freedom.
    low, high = ends(errors, 0.8, outcomes=5)
    assert [low, high] == pytest.approx([-1.476, 1.476], abs=0.001)
    low, high = ends(errors, 0.8, outcomes=100)
    assert [low, high] == [-1, 1]


def test_a_trend_that_was_wrong_is_three_times_as_wrong_in_three_years() -> None:
    """Errors of 2 per cent a year ahead and 4 per cent two years ahead: 6 per cent in three."""
    said, ahead = np.full(4, 100.0), np.array([1, 1, 2, 2])
    size = size_of(said, np.array([2.0, -2, 4, -4]), ahead)
    assert size.expected(np.full(3, 100.0)) == pytest.approx([2, 4, 6], abs=0.01)


def test_of_one_year_ahead_alone_the_errors_are_taken_to_add_up_by_chance() -> None:
    """Twice as far ahead the variance is twice as large, so far as nothing has come yet."""
    said, came = np.full((2, 2), 100.0), np.array([[90.0, np.nan], [110, np.nan]])
    low, _ = spread_of(said, came).range(np.array([[100.0, 100]]), level=0.8)
    assert low[0] == pytest.approx([100 - 18.86, 100 - 18.86 * 2**0.5], abs=0.02)


def test_pupils_at_school_already_have_ranges_of_their_own() -> None:
    """Two years ahead those in reception and year 1 have still to come, and are less certain."""
    to_come = is_to_come(2)
    assert np.flatnonzero(to_come[0]).tolist() == [0, 7, 12]
    assert np.flatnonzero(to_come[1]).tolist() == [0, 1, 7, 8, 12, 13]
