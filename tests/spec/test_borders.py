"""Where pupils live, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forecast.inputs import (
    NONE,
    Homes,
    Units,
)
from planning.forecast.intake.borders import borders
from planning.forecast.intake.homes import filled
from tests.support.small_inputs import flows_of, inputs_of, nobody


def test_a_hidden_count_is_what_the_roll_leaves_for_it() -> None:
    """Twenty pupils on the roll, fifteen told of: five are shared by two hidden counts. A hidden
    count is never above its limit, even where the roll leaves more."""
    one = flows_of([0, 1, 2], [0, 0, 0], [15.0, 0.0, 0.0], at_most=[0.0, 4.0, 4.0])
    assert filled(one, np.array([20.0])).tolist() == [15.0, 2.5, 2.5]
    assert filled(one, np.array([40.0])).tolist() == [15.0, 4.0, 4.0]


def test_who_crosses_the_border_is_told() -> None:
    """Of 100 residents, 90 are at school at home and 10 elsewhere; 25 pupils come in."""
    homes = Homes(("A", "B"), np.array([0, NONE]))
    flows = {"primary": (flows_of([0, 0, 1], [0, NONE, 0], [90.0, 10.0, 25.0]),)}
    found = borders(inputs_of(nobody(1), flows=flows, homes=homes), origin=2022)["primary"]
    assert found.residents.tolist() == [100.0]
    assert (found.at_home.tolist(), found.leave.tolist()) == ([90.0], [10.0])
    assert (found.come_in.tolist(), found.come_in_school.tolist()) == ([25.0], [25.0])


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(-1, 2), st.integers(0, 500)),
        min_size=1,
        max_size=20,
    )
)
def test_every_resident_is_at_school_at_home_or_elsewhere(
    pairs: list[tuple[int, int, int]],
) -> None:
    """Those at home and those who leave are all who live there; those at home and those who come
    in are all who go to school there."""
    home, school, pupils = (np.array(each) for each in zip(*pairs, strict=True))
    homes = Homes(("A", "B", "C", "D"), np.array([0, 0, 1, NONE]))
    units = Units(("E1", "E2"), np.array([0, 1, 1]), {}, {})
    flows = {"primary": (flows_of(*zip(*pairs, strict=True)),)}
    inputs = replace(inputs_of(nobody(3), flows=flows, homes=homes), units=units)
    found = borders(inputs, origin=2022)["primary"]
    for unit in (0, 1):
        lives = homes.authority[home] == unit
        goes = (school != NONE) & (units.authority[school] == unit)
        assert found.residents[unit] == pytest.approx(pupils[lives].sum())
        assert found.at_home[unit] + found.come_in[unit] == pytest.approx(pupils[goes].sum())
