"""A region small enough to see through, as the inputs of a forecast."""

import numpy as np

from planning.forecast.inputs import NONE, Births, Inputs, Rolls, Units
from planning.forecast.results import PARTS

SCHOOLS, YEARS = 6, 7
R, ALL = 0, PARTS.index("all")


def region(seed: int = 1, *, years: int = YEARS) -> Inputs:
    """Four primary schools, two secondary ones with a sixth form, in two authorities."""
    rng = np.random.default_rng(seed)
    pupils = np.zeros((SCHOOLS, years, 15))
    pupils[:4, :, :7] = rng.integers(20, 60, (4, years, 7))
    pupils[4:, :, 7:12] = rng.integers(90, 150, (2, years, 5))
    pupils[4:, :, 12:14] = rng.integers(30, 60, (2, years, 2))
    girls = np.floor(pupils * 0.4)
    return Inputs(
        rolls=Rolls(
            urns=np.arange(100001, 100001 + SCHOOLS),
            years=tuple(range(2018, 2018 + years)),
            pupils=pupils,
            by_sex={"F": girls, "M": pupils - girls},
        ),
        units=Units(
            ("E06000001", "E06000002"),
            np.array([0, 0, 1, 1, 0, 1]),
            {"primary": ("P1", "P2"), "secondary": ("S1",)},
            {
                "primary": np.array([0, 0, 1, NONE, NONE, NONE]),
                "secondary": np.array([NONE, NONE, NONE, NONE, 0, NONE]),
            },
        ),
        births_of_authorities=Births(
            ("E06000001", "E06000002"),
            tuple(range(2008, 2024)),
            rng.uniform(60, 110, (2, 16)),
        ),
    )
