"""Pupils of schools, planning areas and authorities by year group and sum, as far as counted."""

from collections.abc import Mapping

import numpy as np

from config.terms import AcademicYear
from ingest.schema.fields import ALL
from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import GROUPS, NONE, PHASES, Inputs


def year_of(text: str) -> int:
    """Return the year in which a school year begins.

    >>> year_of("2024/25")
    2024
    """
    return AcademicYear.parse(text).start


def came_of_units(
    inputs: Inputs, *, sex: str = ALL
) -> Mapping[str, tuple[tuple[str, ...], Floats]]:
    """Return what was counted, by level.

    Args:
        inputs: what was counted.
        sex: ``F`` or ``M``; both together where it is left out.

    Returns:
        Codes of the units and their pupils, shape (units, years, parts as in
        ``planning.forecast.results.PARTS``). Schools that cannot be forecast are part of no sum;
        elsewhere a sum of which a school is not known is ``NaN``. A planning area has the year
        groups of its own phases alone.
    """
    rolls = inputs.rolls
    used: Bools = np.logical_or.reduce(np.isfinite(rolls.pupils), axis=(1, 2))
    pupils = with_sums(rolls.pupils if sex == ALL else rolls.by_sex[sex])
    if inputs.totals is not None and sex == ALL:
        of_total = np.where(used[:, np.newaxis], pupils[..., -1], inputs.totals)
        pupils[..., -1] = of_total
    urns = tuple(str(urn) for urn in rolls.urns)
    authorities = _added(pupils, inputs.units.authority, len(inputs.units.authorities), used)
    codes, areas = _areas(pupils, inputs, used)
    return {
        "school": (urns, pupils),
        "planning_area": (codes, areas),
        "authority": (inputs.units.authorities, authorities),
    }


def with_sums(pupils: Floats) -> Floats:
    """Put the sums of the phases and of all groups behind the year groups."""
    sums = [pupils[..., groups].sum(axis=-1) for groups in PHASES.values()]
    return np.concatenate([pupils, np.stack([*sums, pupils.sum(axis=-1)], axis=-1)], axis=-1)


def _added(pupils: Floats, row: Ints, units: int, used: Bools) -> Floats:
    added = np.zeros((units, *pupils.shape[1:]))
    counted = used & (row != NONE)
    np.add.at(added, row[counted], pupils[counted])
    return added


def _areas(
    pupils: Floats, inputs: Inputs, used: Bools | Mapping[str, Bools]
) -> tuple[tuple[str, ...], Floats]:
    """Add schools up by planning area; one of several phases has the groups of each."""
    units = inputs.units
    codes = tuple(sorted({code for of_phase in units.areas.values() for code in of_phase}))
    groups = np.zeros((len(codes), pupils.shape[1], len(GROUPS)))
    for phase, of_phase in units.areas.items():
        counted = used[phase] if isinstance(used, Mapping) else used
        added = _added(pupils, units.area[phase], len(of_phase), counted)
        rows = [codes.index(code) for code in of_phase]
        groups[rows, :, PHASES[phase]] += added[..., PHASES[phase]]
    return codes, with_sums(groups)


def came_as_planned(
    inputs: Inputs, stated: Mapping[str, frozenset[int]]
) -> Mapping[str, tuple[tuple[str, ...], Floats]]:
    """Return what was counted in the schools that an authority's own forecasts are about.

    All but those that it plans with another phase: a middle school that it puts in a secondary
    planning area alone has pupils in year 6 who are part of no primary forecast of its own.

    Args:
        inputs: what was counted.
        stated: by phase, URNs of the schools that the authority puts in a planning area.

    Returns:
        By level: planning areas and authorities, as ``came_of_units``.
    """
    rolls, units = inputs.rolls, inputs.units
    used: Bools = np.logical_or.reduce(np.isfinite(rolls.pupils), axis=(1, 2))
    anywhere = list(frozenset().union(*stated.values()))
    chosen: dict[str, Bools] = {
        phase: used & (np.isin(rolls.urns, list(urns)) | ~np.isin(rolls.urns, anywhere))
        for phase, urns in stated.items()
    }
    pupils = with_sums(rolls.pupils)
    groups = np.zeros((len(units.authorities), len(rolls.years), len(GROUPS)))
    for phase, mask in chosen.items():
        added = _added(pupils, units.authority, len(units.authorities), mask)
        groups[..., PHASES[phase]] = added[..., PHASES[phase]]
    return {
        "planning_area": _areas(pupils, inputs, chosen),
        "authority": (units.authorities, with_sums(groups)),
    }


def last_rolls(inputs: Inputs) -> Mapping[str, Mapping[str, Floats]]:
    """Return the last roll by level and code of the unit, each of shape (parts,)."""
    return {
        level: dict(zip(codes, told[:, -1], strict=True))
        for level, (codes, told) in came_of_units(inputs).items()
    }
