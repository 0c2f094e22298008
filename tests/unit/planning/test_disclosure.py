"""No small count is told, and no total gives one away."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.disclosure import hidden


def table(*cells):
    """Lay out (area, school, pupils)."""
    rows = pd.DataFrame(cells, columns=["area", "school", "pupils"])
    return rows.assign(year="2024/25")


def told(cells, smallest=5):
    """Return what is told of each cell: its count, '?' if hidden, nothing if left out."""
    rows = table(*cells)
    flags = hidden(rows, smallest=smallest, within=["year"], margins=["area", "school"])
    return {
        (area, school): "?" if flag.is_hidden else pupils
        for (area, school, pupils, _), flag in zip(
            rows.itertuples(index=False), flags.itertuples(), strict=True
        )
        if not flag.is_bare
    }


def test_counts_from_the_smallest_up_are_told():
    assert told([("a", "s", 5), ("b", "s", 9)]) == {("a", "s"): 5, ("b", "s"): 9}


def test_the_only_small_count_of_a_school_takes_the_next_one_with_it():
    """Of 4 + 6 + 9 at school s, and 6 + 7 + 9 elsewhere, the 4 would be the total less 15."""
    cells = [
        *(("a", "s", 4), ("b", "s", 6), ("c", "s", 9)),
        *(("a", "t", 7), ("b", "t", 6), ("c", "t", 9)),
    ]
    assert told(cells) == {
        ("a", "s"): "?",
        ("b", "s"): "?",
        ("c", "s"): 9,
        ("a", "t"): "?",
        ("b", "t"): "?",
        ("c", "t"): 9,
    }


def test_a_count_that_is_barely_not_small_hides_nothing():
    """Of 1 + 5, the 5 known to be at least 5, the other must be 1."""
    cells = [("a", "s", 1), ("b", "s", 5), ("c", "s", 9), *((area, "t", 9) for area in "abc")]
    assert told(cells)["c", "s"] == "?"


def test_two_small_counts_of_one_pupil_each_do_not_hide_each_other():
    """Their sum is 2: each must be 1."""
    cells = [("a", "s", 1), ("b", "s", 1), ("c", "s", 8), ("c", "t", 8), ("a", "t", 9)]
    assert told(cells)["c", "s"] == "?"


def test_a_small_count_with_nothing_to_hide_it_behind_is_left_out():
    assert told([("a", "s", 3), ("b", "t", 9)]) == {("b", "t"): 9}


def test_years_and_phases_have_totals_of_their_own():
    rows = table(("a", "s", 3), ("b", "s", 9))
    rows["year"] = ["2023/24", "2024/25"]
    flags = hidden(rows, smallest=5, within=["year"], margins=["area", "school"])
    assert flags["is_bare"].tolist() == [True, False]


@pytest.mark.parametrize("cells", [[("a", "s", 0)], [("a", "s", 3), ("a", "s", 4)]])
def test_cells_that_are_empty_or_told_twice_are_refused(cells):
    with pytest.raises(ValueError, match="cell"):
        told(cells)


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("stu")),
    st.integers(1, 6),
    min_size=1,
    max_size=9,
)


def could_be(is_small, total, smallest):
    """Yield the counts that hidden cells of one group could have, each known to be small or not."""
    choices = [range(1, smallest) if small else range(smallest, total + 1) for small in is_small]
    yield from (guess for guess in product(*choices) if sum(guess) == total)


@settings(max_examples=150)
@given(CELLS)
def test_knowing_every_total_leaves_two_guesses_for_every_hidden_count(cells):
    """The slow, obvious check: every way in which the hidden counts of a group add up."""
    smallest = 3
    rows = table(*((area, school, pupils) for (area, school), pupils in cells.items()))
    flags = hidden(rows, smallest=smallest, within=["year"], margins=["area", "school"])
    assert (flags["is_hidden"] | (rows["pupils"] >= smallest)).all()
    for margin in ("area", "school"):
        for _, group in rows[flags["is_hidden"]].groupby(margin):
            if flags["is_bare"][group.index].any():
                continue
            known = flags["is_small"][group.index].tolist()
            guesses = list(could_be(known, int(group["pupils"].sum()), smallest))
            assert tuple(group["pupils"]) in guesses
            for place in range(len(known)):
                assert len({guess[place] for guess in guesses}) > 1
