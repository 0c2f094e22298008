"""The intakes of all schools of a region, as they would have been expected in some year."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PHASES, Inputs, Rolls
from planning.forecast.intake.borders import borders
from planning.forecast.intake.counted import When
from planning.forecast.intake.entry import Entry, Seen, learnt
from planning.forecast.intake.levels import flows_by_home, reception_levels, transfer_levels
from planning.forecast.intake.moves import Moves, let_go, moves, ratios_within
from planning.forecast.intake.reception import Cohorts, of_authorities, of_homes
from planning.forecast.intake.results import Intakes
from planning.forecast.intake.settings import Settings

YEAR_12 = GROUPS.index("12")


@dataclass(frozen=True, slots=True)
class _Then:
    """What was known when a roll was counted."""

    inputs: Inputs
    settings: Settings
    rolls: Floats
    moves: Moves
    flows: dict[str, csr_array]


def intakes(
    inputs: Inputs, *, origin: int, years: int, settings: Settings | None = None
) -> Intakes:
    """Expect who will enter each school, from the cohorts that will reach it.

    Only what was known when the roll of ``origin`` was counted is used: rolls, flows and
    estimates of that year or before, births up to the summer before, projections made by then.

    Args:
        inputs: what is known.
        origin: school year of the last roll to be used, by the year it begins in.
        years: how many ahead.
        settings: what is assumed; without it, as ``config/assumptions/intake.toml`` says.

    Raises:
        ValueError: ``origin`` is none of the years of the rolls, or the first of them.
    """
    known = settings or Settings.assumed()
    if origin not in inputs.rolls.years[1:]:
        oldest, newest = inputs.rolls.years[0], inputs.rolls.years[-1]
        raise ValueError(
            f"intakes need the rolls of {origin} and of the year before; known are those "
            f"of {oldest} to {newest}"
        )
    inputs = _as_of(inputs, origin)
    rolls = inputs.rolls.pupils
    then = _Then(
        inputs,
        known,
        rolls,
        moves(rolls, joining=known.joining, few=known.few),
        flows_by_home(inputs, origin=origin, years=int(known.flow_years)),
    )
    expected = np.full((len(rolls), years, rolls.shape[-1]), np.nan)
    told = min(int(known.remembered_years), rolls.shape[1])
    when = When(origin, tuple(range(origin - told + 1, origin + years + 1)))
    homes = of_homes(inputs, when, lent=known.lent_births)
    authorities = of_authorities(inputs, when, homes)
    counted = _sources(inputs, homes, authorities, len(when.years))
    first = _reception(then, counted[:, :told])
    expected[:, :, 0] = first.expected(counted[:, told:])
    others = _transfers(then)
    _follow(then, others, expected)
    basis = _by_phase({0: first, **others}, rolls[:, -1])
    known_from = authorities or homes
    return Intakes(
        expected,
        basis,
        known_from.known_from[told:] if known_from else (),
        borders(inputs, origin=origin),
    )


def _as_of(inputs: Inputs, origin: int) -> Inputs:
    """Leave out later rolls and flows; births and residents are cut where they are used."""
    told = inputs.rolls.years.index(origin) + 1
    rolls = Rolls(inputs.rolls.urns, inputs.rolls.years[:told], inputs.rolls.pupils[:, :told])
    flows = {
        phase: tuple(each for each in years if each.year <= origin)
        for phase, years in inputs.flows.items()
    }
    return replace(inputs, rolls=rolls, flows=flows)


def _sources(
    inputs: Inputs, homes: Cohorts | None, authorities: Cohorts | None, years: int
) -> Floats:
    """Put small areas and authorities under each other, as the levels of reception expect."""
    nothing = np.full((0 if inputs.homes is None else len(inputs.homes.codes), years), np.nan)
    of_all = np.full((len(inputs.units.authorities), years), np.nan)
    return np.concatenate(
        [
            nothing if homes is None else homes.children,
            of_all if authorities is None else authorities.children,
        ]
    )


def _reception(then: _Then, counted: Floats) -> Entry:
    takes_in = then.moves.takes_in[:, 0]
    levels, wide = reception_levels(
        then.inputs, then.flows, takes_in, np.isfinite(counted[:, -1]), then.settings
    )
    entered = then.rolls[:, -counted.shape[1] :, 0]
    unit = then.inputs.units.authority
    return learnt(Seen(entered, counted), takes_in, levels, wide, unit, then.settings)


def _transfers(then: _Then) -> dict[int, Entry]:
    """Learn how pupils who leave schools enter others, by year group entered."""
    found = {}
    settings = replace(then.settings, fades=then.settings.fades_transfers)
    recent = then.rolls[:, -int(then.settings.remembered_years) - 1 :]
    for group in range(1, then.rolls.shape[-1]):
        takes_in = then.moves.takes_in[:, group]
        if not takes_in.any():
            continue
        joined = _all_leave(then, group) | takes_in
        left = let_go(recent, group, joined)
        levels, wide = transfer_levels(
            then.inputs, then.flows, takes_in, left, group, then.settings
        )
        before = np.nan_to_num(recent[:, :-1, group - 1]) > 0
        came = np.where(before & ~takes_in[:, np.newaxis], np.nan, recent[:, 1:, group])
        found[group] = learnt(
            Seen(came, left), takes_in, levels, wide, then.inputs.units.authority, settings
        )
    return found


def _follow(then: _Then, others: dict[int, Entry], expected: Floats) -> None:
    """Move everybody up year by year, and let those who leave a school enter others."""
    ratios = ratios_within(
        then.rolls,
        then.moves.goes_on,
        then.inputs.units.authority,
        window=int(then.settings.survival_years),
    )
    now = np.nan_to_num(then.rolls[:, -1])
    for year in range(expected.shape[1]):
        moved = np.zeros_like(now)
        moved[:, 1:] = now[:, :-1] * ratios[:, 1:]
        for group, entry in others.items():
            leave = then.moves.lets_go[:, group - 1] | _all_leave(then, group)
            left = np.where(leave, now[:, group - 1], 0.0)[:, np.newaxis]
            expected[:, year, group] = entry.expected(left)[:, 0]
        given = expected[:, year]
        now = np.where(np.isfinite(given), given, moved)


def _all_leave(then: _Then, group: int) -> Bools:
    """Say of which schools all pupils look around before a group: of all before year 12."""
    return np.full(len(then.rolls), group == YEAR_12)


def _by_phase(entries: dict[int, Entry], last: Floats) -> dict[str, tuple[str, ...]]:
    """Name the level of each school's largest intake in each phase."""
    found = {}
    for phase, groups in PHASES.items():
        basis, most = np.full(len(last), "", dtype=object), np.zeros(len(last))
        for group in (each for each in range(groups.start, groups.stop) if each in entries):
            pupils = np.nan_to_num(last[:, group])
            words = np.full(len(last), "", dtype=object)
            words[entries[group].takes_in] = entries[group].basis
            rows = (words != "") & (pupils > most)
            basis[rows] = words[rows]
            most[rows] = pupils[rows]
        found[phase] = tuple(basis)
    return found
