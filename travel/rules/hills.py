"""How hills change the pace, by the slope of the ground: rise over distance, downhill negative.

On foot by Tobler's function, taken relative to the flat. By bicycle at an even effort: the power
that holds a pace against the slope, the tyres and the air (Martin, Milliken, Cobb, McFadden and
Coggan 1998, Journal of Applied Biomechanics 14(3)); where pushing is quicker, it is pushed.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from config.assumptions import assumptions

Floats = npt.NDArray[np.float64]

OnSlope = Callable[[float, Floats], Floats]
"""Takes the pace on the flat, km/h, and slopes; returns the pace on each."""

GRAVITY = 9.81
"""Of the Earth, metres a second squared."""

FASTEST_M_S = 60.0
"""A pace that no effort reaches, from which the search for the pace starts."""


def walk_on_slope(kmh: float, slope: Floats) -> Floats:
    """Return the walking pace on slopes. Along steps it is that of steps, up and down.

    >>> [round(float(each), 2) for each in walk_on_slope(4.8, np.array([-0.05, 0.0, 0.1]))]
    [5.72, 4.8, 3.38]
    """
    walking = assumptions("walking")
    if kmh == walking["steps_pace"].value:
        return np.full(slope.shape, kmh)
    decay, ease = walking["hill_decay"].value, walking["hill_ease"].value
    return np.asarray(kmh * np.exp(-decay * (np.abs(slope + ease) - ease)))


def cycle_on_slope(kmh: float, slope: Floats) -> Floats:
    """Return the pace of cycling, or of pushing, on slopes.

    >>> [round(float(each), 1) for each in cycle_on_slope(16.0, np.array([-0.1, 0.0, 0.03, 0.2]))]
    [24.0, 16.0, 8.3, 2.4]
    """
    pushing = assumptions("walking")["pace"].value
    if kmh <= pushing:
        return walk_on_slope(kmh, slope)
    share = _even_effort_m_s(slope) / _even_effort_m_s(np.zeros(1))
    downhill = max(kmh, assumptions("cycling")["downhill_pace"].value)
    return np.clip(kmh * share, walk_on_slope(pushing, np.maximum(slope, 0.0)), downhill)


def _even_effort_m_s(slope: Floats) -> Floats:
    """Halve the range of paces until the effort is that of everyday cycling."""
    cycling = assumptions("cycling")
    steep = np.arctan(slope)
    weight = cycling["mass"].value * GRAVITY
    pull = weight * (np.sin(steep) + cycling["rolling"].value * np.cos(steep))
    air = 0.5 * cycling["air_density"].value * cycling["drag_area"].value
    slow, fast = np.zeros(slope.shape), np.full(slope.shape, FASTEST_M_S)
    for _ in range(40):
        middle = (slow + fast) / 2
        is_too_fast = middle * (pull + air * middle**2) > cycling["effort"].value
        slow, fast = np.where(is_too_fast, slow, middle), np.where(is_too_fast, middle, fast)
    return slow
