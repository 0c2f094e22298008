"""The levels that cohorts may reach schools through, from the smallest to the largest."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import PHASES, Inputs
from planning.forecast.intake.borders import phase_roll
from planning.forecast.intake.entry import Level
from planning.forecast.intake.homes import by_home
from planning.forecast.intake.reach import Reach, members, through_homes, within
from planning.forecast.intake.results import Basis
from planning.forecast.intake.settings import Settings


def flows_by_home(inputs: Inputs, *, origin: int, years: int) -> dict[str, csr_array]:
    """Add up the pupils of the last years of flows known, by phase: shape (homes, schools)."""
    found = {}
    for phase, told in inputs.flows.items():
        known = [flows for flows in told if flows.year <= origin]
        if inputs.homes is not None and known:
            rolls = [phase_roll(inputs, phase, flows.year) for flows in known]
            homes = len(inputs.homes.codes)
            found[phase] = by_home(known, rolls, homes=homes, weights=(1.0,) * years)
    return found


def reception_levels(
    inputs: Inputs,
    flows: Mapping[str, csr_array],
    takes_in: Bools,
    known: Bools,
    settings: Settings,
) -> tuple[list[Level], csr_array]:
    """Build the levels for reception; sources are small areas, then authorities.

    Args:
        inputs: what is known.
        flows: pupils by home and school, by phase.
        takes_in: schools with a reception class, shape (schools,).
        known: sources whose children are known, shape (homes + authorities,).
        settings: what is assumed.

    Returns:
        Levels, and what adds sources up by authority.
    """
    units = inputs.units
    count = len(units.authorities)
    homes = 0 if inputs.homes is None else len(inputs.homes.codes)
    of_homes = csr_array(hstack([eye_array(homes), csr_array((homes, count))]))
    wide = csr_array(hstack([csr_array((count, homes)), eye_array(count)]))
    levels = []
    if inputs.homes is not None:
        if "primary" in flows:
            pupils = csr_array(flows["primary"] @ diags_array(takes_in.astype(np.float64)))
            reach = through_homes(
                pupils, known[:homes], gather=of_homes, enough=settings.known_homes
            )
            levels.append(Level(reach, settings.lent_to_small_areas))
        if "primary" in inputs.homes.area and "primary" in units.area:
            area = inputs.homes.area["primary"]
            source = np.concatenate([area, np.full(count, -1)])
            levels.append(_of_areas(inputs, "primary", source, settings))
    everywhere = Reach(Basis.AUTHORITY, wide, members(units.authority, count), takes_in)
    levels.append(Level(everywhere))
    return levels, wide


def transfer_levels(
    inputs: Inputs,
    flows: Mapping[str, csr_array],
    takes_in: Bools,
    left: Floats,
    group: int,
    settings: Settings,
) -> tuple[list[Level], csr_array]:
    """Build the levels for a later year group; sources are the schools that pupils leave.

    Args:
        inputs: what is known.
        flows: pupils by home and school, by phase.
        takes_in: schools that take the group in, shape (schools,).
        left: pupils who left each school, shape (schools, years).
        group: place of the group taken in.
        settings: what is assumed.

    Returns:
        Levels, and what adds sources up by authority.
    """
    units = inputs.units
    below, above = phase_of(group - 1), phase_of(group)
    count = len(units.authorities)
    wide = csr_array(members(units.authority, count).T)
    levels = []
    if below in flows:
        home = _where_they_live(flows[below])
        told = _told(flows[below], left, units.authority, wide) >= settings.known_homes
        if above in flows:
            pupils = csr_array(flows[above] @ diags_array(takes_in / _groups_told(inputs, above)))
            there = np.asarray(pupils.sum(axis=1)) > 0
            reach = through_homes(pupils, there, gather=home, enough=settings.known_homes)
            levels.append(Level(_only(reach, told), settings.lent_to_small_areas))
        if above in units.area and inputs.homes is not None and above in inputs.homes.area:
            level = _of_areas(inputs, above, inputs.homes.area[above], settings)
            reach = replace(level.reach, gather=csr_array(level.reach.gather @ home))
            levels.append(Level(_only(reach, told), level.lent))
    if below == above and above in units.area:
        levels.append(_of_areas(inputs, above, units.area[above], settings))
    levels.append(Level(within(Basis.AUTHORITY, units.authority, units.authority, count)))
    return levels, wide


def _only(reach: Reach, told: Bools) -> Reach:
    return replace(reach, usable=reach.usable & told)


def phase_of(group: int) -> str:
    """Name the phase that a year group is added up in."""
    return next(phase for phase, part in PHASES.items() if group < part.stop)


def _of_areas(inputs: Inputs, phase: str, source: Ints, settings: Settings) -> Level:
    area, areas = inputs.units.area[phase], len(inputs.units.areas[phase])
    reach = within(Basis.PLANNING_AREA, source, area, areas)
    return Level(reach, settings.lent_to_planning_areas)


def _where_they_live(pupils: csr_array) -> csr_array:
    """Return the share of each school's pupils who live in each home, shape (homes, schools)."""
    everybody = np.asarray(pupils.sum(axis=0))
    one: Floats = np.divide(1.0, everybody, out=np.zeros_like(everybody), where=everybody > 0)
    return csr_array(pupils @ diags_array(one))


def _groups_told(inputs: Inputs, phase: str) -> Floats:
    """Count the year groups that each school has in a phase; at least one."""
    has = np.nan_to_num(inputs.rolls.pupils[:, :, PHASES[phase]]).any(axis=1)
    groups: Floats = np.maximum(has.sum(axis=1), 1.0)
    return groups


def _told(pupils: csr_array, left: Floats, unit: Ints, wide: csr_array) -> Floats:
    """Return the share of those who leave schools of the authority whose homes are known."""
    known = (np.asarray(pupils.sum(axis=0)) > 0)[:, np.newaxis] * left
    above, below = (wide @ known)[:, -1], (wide @ left)[:, -1]
    share: Floats = np.divide(above, below, out=np.zeros_like(below), where=below > 0)
    return np.asarray(share[unit])
