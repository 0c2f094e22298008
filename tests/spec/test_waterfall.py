"""Why a forecast differs from the last one, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from planning.earlier import as_known_before
from planning.forecast.inputs import Births, Inputs, Rolls, Units
from planning.waterfall import CAUSES, beyond, parted, swaps

R, Y1, Y2, Y7 = 0, 1, 2, 7
ONE = Units(("E06000001",), np.array([0]), {}, {})


def rolls(*years: dict[int, float]) -> Rolls:
    """Return the rolls of one school up to 2023 and as many years as follow."""
    pupils = np.zeros((1, len(years), 15))
    for place, year in enumerate(years):
        for group, count in year.items():
            pupils[0, place, group] = count
    return Rolls(np.array([100001]), tuple(range(2023, 2023 + len(years))), pupils)


def born(*births: float) -> Births:
    """Return those who reach reception from 2025 on."""
    years = tuple(range(2020, 2020 + len(births)))
    return Births(("E06000001",), years, np.array([births]))


def plainly(inputs: Inputs) -> np.ndarray:
    """Expect every birth in reception, the last year 7 again, and the last ratio of the others."""
    known = inputs.rolls.pupils[0]
    last, before = known[-1], known[-2]
    ratio = np.divide(last[1:], before[:-1], out=np.zeros(14), where=before[:-1] > 0)
    ahead = np.zeros((1, 2, 15))
    for year in range(2):
        now = last if year == 0 else ahead[0, 0]
        ahead[0, year, 1:] = now[:-1] * ratio
        ahead[0, year, Y7] = known[-1, Y7]
        reached = inputs.rolls.years[-1] + 1 + year - 5 - inputs.births.years[0]
        there = reached < inputs.births.born.shape[1]
        ahead[0, year, R] = inputs.births.born[0, reached] if there else 0
    return ahead if inputs.moved_in is None else ahead + inputs.moved_in


def of_year(year: int, inputs: Inputs) -> float:
    """Return all pupils whom a forecast expects in a year."""
    return plainly(inputs)[0, year - inputs.rolls.years[-1] - 1].sum()


FULL = {R: 100, Y1: 100, Y2: 100}
OLD = Inputs(rolls(FULL, FULL), ONE, births=born(100, 100))


def causes(old: Inputs, new: Inputs, year: int = 2026) -> dict[str, float]:
    """Return the part of each cause in what the two forecasts say of a year."""
    said = [of_year(year, old), *(of_year(year, one.inputs) for one in swaps(old, new, plainly))]
    parts = parted([np.array([value]) for value in said])
    return {cause: float(part[0]) for cause, part in zip(CAUSES, parts, strict=True)}


def test_the_step_from_the_last_forecast_is_parted_by_cause() -> None:
    """Inputs are swapped one after another, and each swap is what it makes of the forecast."""
    # Last year 300 were expected in 2026. Then 80 of 100 were found in year 1, 90 came to
    # reception, 95 births were counted for 2026, and homes will bring 10.
    # Migration: 100 + 0.8 x 100 + 80 = 260. Births: 95 + 0.8 x 90 + 80 = 247. Homes: 257.
    came = {R: 90, Y1: 80, Y2: 100}
    homes = np.zeros((1, 2, 15))
    homes[0, 0, R] = 10
    new = Inputs(rolls(FULL, FULL, came), ONE, births=born(100, 95), moved_in=homes)
    assert causes(OLD, new) == pytest.approx(
        {"method": 0, "data": 0, "migration": -40, "transfer": 0, "births": -13, "housing": 10}
    )


def test_pupils_who_enter_later_than_reception_are_transfer() -> None:
    """A year 7 that came smaller than expected is not laid to births or moving."""
    # Year 7 of 60 is expected again; 50 came, and are expected from then on.
    old = replace(OLD, rolls=rolls({Y7: 60}, {Y7: 60}))
    new = replace(OLD, rolls=rolls({Y7: 60}, {Y7: 60}, {Y7: 50}))
    found = causes(old, new)
    assert found["transfer"] == pytest.approx(-10)
    assert sum(found.values()) == pytest.approx(-10)


def test_rolls_that_were_corrected_are_data() -> None:
    """What was known of the past has changed, not the pupils."""
    # 10 more had been in reception of 2024: they will be 110 in year 2 of 2026.
    old = replace(OLD, births=born(100, 100))
    new = replace(OLD, rolls=rolls(FULL, FULL | {R: 110}))
    found = causes(old, new)
    assert found["data"] == pytest.approx(10)
    assert sum(found.values()) == pytest.approx(10)


def test_homes_finished_since_are_in_the_rolls_and_taken_off() -> None:
    """Their children have moved up when they are taken off those still to come."""
    # 10 in reception of the first year; 25 in reception and the 10 in year 1 a year later.
    homes = np.zeros((1, 2, 15))
    homes[0, 0, R] = 10
    homes[0, 1, [R, Y1]] = 25, 10
    left = beyond(homes, 1)[0]
    assert left[0, [R, Y1]].tolist() == [25, 0]


def test_the_year_before_knew_one_roll_and_one_year_of_births_less() -> None:
    """What would have been said a year ago is worked out from what was known then."""
    new = Inputs(rolls(FULL, FULL, FULL), ONE, births=born(100, 95))
    before = as_known_before(new)
    assert before.rolls.years == (2023, 2024)
    assert before.births is not None
    assert before.births.born.tolist() == [[100]]


def test_a_forecast_made_from_newer_rolls_cannot_be_the_last_one() -> None:
    with pytest.raises(ValueError, match="rests on rolls of 2025, this one on 2024"):
        list(swaps(Inputs(rolls(FULL, FULL, FULL), ONE), OLD, plainly))


VALUES = st.lists(
    arrays(np.float64, 3, elements=st.floats(0, 1e5) | st.just(np.nan)), min_size=2, max_size=7
)


@given(VALUES)
def test_the_parts_add_up_to_the_whole_step(values: list[np.ndarray]) -> None:
    parts = parted(values)
    whole = values[-1] - values[0]
    assert sum(parts) == pytest.approx(whole, abs=1e-6, nan_ok=True)


@given(st.data())
def test_no_part_is_lost_whatever_came(data: st.DataObject) -> None:
    def some() -> dict[int, float]:
        return {group: data.draw(st.integers(0, 300)) for group in (R, Y1, Y2, Y7)}

    old = Inputs(rolls(some(), some()), ONE, births=born(*data.draw(_BIRTHS)))
    newer = rolls(*[some() for _ in range(data.draw(st.integers(2, 3)))])
    new = Inputs(newer, ONE, births=born(*data.draw(_BIRTHS)))
    step = of_year(2026, new) - of_year(2026, old)
    assert sum(causes(old, new).values()) == pytest.approx(step, abs=1e-6)


_BIRTHS = st.tuples(st.integers(0, 300), st.integers(0, 300))
