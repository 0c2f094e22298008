"""Pupils of planned homes, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planning.housing import (
    NewHomes,
    Yields,
    per_home,
    pupils_from_homes,
    pupils_of_pace,
    recent_pace,
    shared_out,
    to_schools,
)

YIELDS = Yields(arriving=np.array([0.1, 0, 0, 0, 0.2, 0.3]), born=np.array([0.05, 0.04]))
"""Of an average home: 0.1 babies, 0.2 four-year-olds and 0.3 children of reception age move in."""

R, Y1 = 0, 1


def homes(**years: float) -> NewHomes:
    """Return homes of one area by school year of completion, each an average home."""
    count = len(years)
    return NewHomes(
        area=np.zeros(count, np.int64),
        year=np.array([int(year[1:]) for year in years]),
        homes=np.array(list(years.values())),
        relative=np.ones(count),
        likelihood=np.ones(count),
        local=np.zeros(count),
    )


def test_children_of_new_homes_grow_up() -> None:
    """Who moves in at reception age is in year 1 a year later, and a younger child follows."""
    # 100 homes: 30 of reception age in the year of completion, then the 20 who were a year younger.
    pupils = pupils_from_homes(homes(y2026=100), YIELDS, areas=1, years=(2026, 2027))[0]
    assert pupils[:, R] == pytest.approx([30, 20])
    assert pupils[:, Y1] == pytest.approx([0, 30])


def test_children_born_in_new_homes_follow_later() -> None:
    """Reception fills first with children who moved in, then with those who were born there."""
    # Five years on: the babies; six and seven: born in the first and second year since; then alike.
    reception = per_home(YIELDS, years=9)[:, R]
    assert reception == pytest.approx([0.3, 0.2, 0, 0, 0, 0.1, 0.05, 0.04, 0.04])


def test_a_home_counts_by_its_kind_its_likelihood_and_who_moves_in() -> None:
    """Homes are turned into average new homes before their pupils are reckoned."""
    # 10 homes with 1.5 times the children of the average; 80 % will be built; a quarter of the
    # children went to school here before: 10 x 1.5 x 0.8 x 0.75 = 9 average homes.
    kinds = replace(
        homes(y2026=10),
        relative=np.array([1.5]),
        likelihood=np.array([0.8]),
        local=np.array([0.25]),
    )
    assert kinds.weights() == pytest.approx([9.0])


def test_homes_finished_before_the_last_roll_count_nothing() -> None:
    """Their children are in the rolls already."""
    assert pupils_from_homes(homes(y2025=100), YIELDS, areas=1, years=(2026, 2027)).sum() == 0


def test_building_as_fast_as_before_adds_nothing() -> None:
    """Ratios of years in which homes were built carry their children on; they count once."""
    # 80 and 120 homes lately: 100 a year, as planned.
    steady = homes(y2024=80, y2025=120, y2026=100, y2027=100)
    assert recent_pace(steady, areas=1, years=(2024, 2025)) == pytest.approx([100.0])
    planned = pupils_from_homes(steady, YIELDS, areas=1, years=(2026, 2027))
    usual = pupils_of_pace(steady, YIELDS, areas=1, years=(2026, 2027), recent=(2024, 2025))
    assert planned - usual == pytest.approx(np.zeros((1, 2, 15)))


def test_only_building_beyond_the_recent_pace_adds_pupils() -> None:
    """Faster building adds the pupils of the homes beyond the pace, slower building takes off."""
    # 100 a year lately. 150, then 40: in reception 0.3 x 50 = 15, then 0.3 x (40 - 100)
    # and the younger children of the year before, 0.2 x 50: -18 + 10 = -8.
    uneven = homes(y2025=100, y2026=150, y2027=40)
    planned = pupils_from_homes(uneven, YIELDS, areas=1, years=(2026, 2027))
    usual = pupils_of_pace(uneven, YIELDS, areas=1, years=(2026, 2027), recent=(2025,))
    assert (planned - usual)[0, :, R] == pytest.approx([15, -8])


def test_after_the_last_year_of_the_list_building_goes_on() -> None:
    """That nobody has planned so far ahead is not to say that nothing will be built."""
    # 100 a year lately. The list ends with 2026: only homes of that year are taken off,
    # 0.3 x 100 in reception, and the younger 0.2 x 100 a year later.
    lately = homes(y2025=100, y2026=0)
    usual = pupils_of_pace(
        lately, YIELDS, areas=1, years=(2026, 2027), recent=(2025,), known_until=2026
    )
    assert usual[0, :, R] == pytest.approx([30, 20])


def test_a_school_carries_its_own_part_of_the_pace_and_its_authority_the_rest() -> None:
    """Ratios of schools lean on their authority, so what was built beside one is in all of them."""
    # 12 pupils beside the first school, half of them shared by rolls of 100 and 300:
    # 6 + 1.5 and 4.5. The third school is another authority's.
    pupils, rolls = np.zeros((3, 1, 15)), np.zeros((3, 15))
    pupils[0, 0, R] = 12
    rolls[:, R] = [100, 300, 80]
    shared = shared_out(pupils, rolls, np.array([0, 0, 1]), part=0.5)
    assert shared[:, 0, R] == pytest.approx([7.5, 4.5, 0])


def test_pupils_of_new_homes_go_where_their_neighbours_go() -> None:
    """They are shared out as the children of the area are today, and none is lost."""
    # Three quarters of reception go to the infant school, which has no year 6.
    pupils = np.zeros((1, 1, 15))
    pupils[0, 0, R], pupils[0, 0, 6], pupils[0, 0, 7] = 20, 8, 10
    primary, secondary = np.zeros((1, 3, 7)), np.zeros((1, 3, 5))
    primary[0, :, R], primary[0, :, 6] = [0.75, 0.25, 0], [0, 1, 0]
    secondary[0, :, 0] = [0, 0, 1]
    sent = to_schools(pupils, {"primary": primary, "secondary": secondary})
    assert sent[:, 0, R] == pytest.approx([15, 5, 0])
    assert sent[:, 0, 6] == pytest.approx([0, 8, 0])
    assert sent[:, 0, 7] == pytest.approx([0, 0, 10])
