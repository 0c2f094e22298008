import math

import numpy as np
import pytest

from config.assumptions import assumptions
from travel.rules.hills import cycle_on_slope, walk_on_slope

SLOPES = np.linspace(-0.5, 0.5, 101)


def test_walking_follows_toblers_function_relative_to_the_flat() -> None:
    tobler = 6 * np.exp(-3.5 * np.abs(SLOPES + 0.05))
    flat = 6 * math.exp(-3.5 * 0.05)
    assert walk_on_slope(4.8, SLOPES) == pytest.approx(4.8 * tobler / flat)


def test_steps_are_as_slow_up_as_down() -> None:
    assert (walk_on_slope(assumptions("walking")["steps_pace"].value, SLOPES) == 2.0).all()


def test_a_cyclist_spends_the_same_power_on_a_slope_as_on_the_flat() -> None:
    cycling = {name: each.value for name, each in assumptions("cycling").items()}

    def power(m_s: float, slope: float) -> float:
        steep = math.atan(slope)
        pull = cycling["mass"] * 9.81 * (math.sin(steep) + cycling["rolling"] * math.cos(steep))
        return m_s * (pull + 0.5 * cycling["air_density"] * cycling["drag_area"] * m_s**2)

    flat_m_s = next(v / 1000 for v in range(1, 20_000) if power(v / 1000, 0) >= cycling["effort"])
    for slope in (-0.01, 0.01, 0.03):
        kmh = float(cycle_on_slope(16.0, np.array([slope]))[0])
        assert power(kmh / 16 * flat_m_s, slope) == pytest.approx(cycling["effort"], rel=0.01)


def test_nobody_rides_more_slowly_than_they_push_nor_faster_than_they_dare() -> None:
    paces = cycle_on_slope(16.0, SLOPES)
    pushed = walk_on_slope(4.8, np.maximum(SLOPES, 0))
    assert (paces >= pushed - 1e-9).all()
    assert paces[-1] == pytest.approx(pushed[-1])
    assert paces[0] == 24.0
    assert (np.diff(paces) <= 1e-9).all()
    assert cycle_on_slope(4.8, SLOPES) == pytest.approx(walk_on_slope(4.8, SLOPES))
