"""Small inputs of a forecast: a school or two, in sight of the test that fills them."""

from collections.abc import Mapping, Sequence

import numpy as np

from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, Flows, Homes, Inputs, Rolls, Units


def inputs_of(
    rolls: Floats,
    *,
    flows: Mapping[str, tuple[Flows, ...]] | None = None,
    homes: Homes | None = None,
    years: tuple[int, ...] = (2020, 2021, 2022),
) -> Inputs:
    """One authority, whose rolls of 2020 to 2022 are known."""
    schools = len(rolls)
    return Inputs(
        rolls=Rolls(np.arange(schools) + 1, years, rolls),
        units=Units(("E1",), np.zeros(schools, np.int64), {}, {}),
        homes=homes,
        flows=flows or {},
    )


def two_homes() -> Homes:
    return Homes(("A", "B"), np.array([0, 0]))


def nobody(schools: int) -> Floats:
    return np.zeros((schools, 3, len(GROUPS)))


def at(group: str) -> int:
    return GROUPS.index(group)


def flows_of(
    home: Sequence[int],
    school: Sequence[int],
    pupils: Sequence[float],
    *,
    at_most: Sequence[float] | None = None,
    year: int = 2021,
) -> Flows:
    return Flows(
        year,
        np.array(home),
        np.array(school),
        np.array(pupils, np.float64),
        np.array(at_most or [0.0] * len(pupils)),
    )
