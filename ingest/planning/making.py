"""A region's forecast, from its tables and what its planner has set."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.levers import Capped, PinnedMethod
from config.planning import Planning, in_use
from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.moved_in import moved_in
from ingest.planning.reading import NoForecast, Read, read_inputs
from ingest.planning.sites import read_sites
from ingest.planning.turned_away import tell_unplaced
from ingest.schema.areas import AREA
from ingest.schema.people import HOUSING_HOMES, HOUSING_SITE
from ingest.schema.schools import SCHOOL
from ingest.vintages.packing import MadeFrom
from planning.arrays import Floats
from planning.earlier import FEWEST_TO_GO_BACK, as_known_before
from planning.forecast.inputs import GROUPS, PHASES, Inputs
from planning.forecast.methods import Lever, Method
from planning.forecast.progression import fresh_entries
from planning.forecast.region import Pins, forecast_region
from planning.forecast.results import Forecasts, Level

IS_THERE: Final = "unit of a planner's setting is there"


class MethodRefused(NoForecast):
    """A method that a planner has pinned needs what is not known."""


@dataclass(frozen=True, slots=True)
class Made:
    """A forecast and what it was made from.

    Attributes:
        forecasts: of every level.
        inputs: with planned homes and limits.
        read: as the tables were read.
    """

    forecasts: Forecasts
    inputs: Inputs
    read: Read


def make_forecast(
    frames: Frames,
    planning: Planning,
    issues: IssueLog,
    *,
    years: int | None = None,
    method: Method | None = None,
) -> Made:
    """Forecast a region.

    Args:
        frames: its tables.
        planning: what its planner has set.
        issues: is told of every odd row by name.
        years: how many ahead; as set, where it is left out.
        method: pinned for every unit and phase, instead of those that the planner has pinned.

    Raises:
        NoForecast: the rolls allow none.
        MethodRefused: a pinned method cannot be used with what is known.
    """
    read = read_inputs(frames, issues)
    inputs = with_settings(read, frames, planning, issues, years=years)
    known = _codes(inputs)
    pins = _pins(planning, known, issues) if method is None else _pinned_everywhere(method, known)
    try:
        made = forecast_region(
            inputs,
            years_primary=years or planning.years_primary,
            years_secondary=years or planning.years_secondary,
            pins=pins,
            lever=_lever(planning),
        )
    except ValueError as error:
        if not pins:
            raise
        raise MethodRefused(
            f"a pinned method cannot be used: {error}",
            hint="pin another, or supply what it needs; without a pin the atlas chooses.",
        ) from error
    tell_unplaced(made, issues)
    return Made(made, inputs, read)


def with_settings(
    read: Read, frames: Frames, planning: Planning, issues: IssueLog, *, years: int | None = None
) -> Inputs:
    """Add planned homes, and the limits that the planner has set on intakes."""
    inputs = read.inputs
    ahead = years or max(planning.years_primary, planning.years_secondary)
    return replace(
        inputs,
        moved_in=_moved_in(inputs, frames, planning, issues, ahead),
        capped=_capped(planning.capped, read, issues),
    )


def forecast_again(inputs: Inputs, planning: Planning) -> Forecasts:
    """Forecast from inputs that were read before, by what a planner has set.

    Pins of units that the inputs do not have count for nothing.
    """
    pins = _pins(planning, _codes(inputs), IssueLog())
    return forecast_region(
        inputs,
        years_primary=planning.years_primary,
        years_secondary=planning.years_secondary,
        pins=pins,
        lever=_lever(planning),
    )


def made_from(made: Made, frames: Frames, planning: Planning) -> MadeFrom:
    """Return what a forecast was made from, to be kept."""
    before = None
    if len(made.inputs.rolls.years) >= FEWEST_TO_GO_BACK:
        a_year_ago = as_known_before(made.inputs)
        ahead = max(planning.years_primary, planning.years_secondary)
        before = _moved_in(a_year_ago, frames, planning, IssueLog(), ahead)
    return MadeFrom(made.inputs, planning.model_dump(mode="json"), before)


def _moved_in(
    inputs: Inputs, frames: Frames, planning: Planning, issues: IssueLog, ahead: int
) -> Floats | None:
    last = inputs.rolls.years[-1]
    parents = frames.of(AREA).set_index("area_code")["parent_code"].to_dict()

    def authority_of(small_area: object) -> str | None:
        found = parents.get(small_area)
        return found if isinstance(found, str) else None

    sites = read_sites(
        frames.of(HOUSING_SITE),
        frames.of(HOUSING_HOMES),
        authority_of=authority_of,
        planning=planning,
        last_year=last,
        issues=issues,
    )
    if sites is None:
        return None
    schools = frames.of(SCHOOL).drop_duplicates("urn").set_index("urn")
    places = schools[["x", "y"]].apply(pd.to_numeric).astype(np.float64)
    years = range(last + 1, last + 1 + ahead)
    return moved_in(sites, inputs, places, years=years).by_school


def _capped(settings: tuple[Capped, ...], read: Read, issues: IssueLog) -> Floats | None:
    """Return the most that each school admits, where the planner says that it constrains."""
    place = {int(urn): row for row, urn in enumerate(read.inputs.rolls.urns)}
    pupils = read.inputs.rolls.pupils
    most = np.full((len(place), len(GROUPS)), np.nan)
    enters = fresh_entries(pupils, ratio=assumptions("forecast")["entry_ratio"].value)
    for one in in_use(settings):
        if one.urn not in place:
            issues.warn(IS_THERE, str(one.urn), "its intake is limited, but it is not forecast")
            continue
        at = place[one.urn], GROUPS.index(one.year_group)
        most[at] = one.most if one.most is not None else read.admission_numbers[at]
        says = ""
        if np.isnan(most[at]):
            says = "its intake is limited by its admission number, and none is known: not limited"
        elif one.most is None and at[1] and pupils[at[0], -1, at[1] - 1] > 0:
            # The number counts those from elsewhere, and others move up within the school.
            most[at] = np.nan
            says = (
                "pupils move up into it from the group below, and its admission number does not "
                "count them: not limited; state `most`"
            )
        elif not enters[at]:
            says = "nobody enters it from elsewhere: the limit is of no effect"
        if says:
            issues.warn(IS_THERE, f"{one.urn}, year group {one.year_group}", says)
    return most if np.isfinite(most).any() else None


def _codes(inputs: Inputs) -> dict[Level, dict[str, frozenset[str]]]:
    """Return the codes of the units of each level that have a phase."""
    urns = frozenset(str(urn) for urn in inputs.rolls.urns)
    authorities = frozenset(inputs.units.authorities)
    return {
        Level.SCHOOL: dict.fromkeys(PHASES, urns),
        Level.PLANNING_AREA: {
            phase: frozenset(inputs.units.areas.get(phase, ())) for phase in PHASES
        },
        Level.AUTHORITY: dict.fromkeys(PHASES, authorities),
    }


def _pins(
    planning: Planning, known: dict[Level, dict[str, frozenset[str]]], issues: IssueLog
) -> Pins:
    found: dict[tuple[Level, str, str], Method] = {}
    # A pin of one phase goes before one of the whole unit, wherever they stand in the file.
    for one in sorted(in_use(planning.methods), key=lambda pin: pin.phase is not None):
        level = Level(one.level)
        phases = [phase for phase in _phases(one) if one.unit in known[level][phase]]
        if not phases:
            says = f"method {one.method} is pinned, but it is not forecast"
            issues.warn(IS_THERE, f"{one.level.replace('_', ' ')} {one.unit}", says)
        found |= {(level, one.unit, phase): Method(one.method) for phase in phases}
    return found


def _phases(one: PinnedMethod) -> tuple[str, ...]:
    return tuple(PHASES) if one.phase is None else (one.phase,)


def _pinned_everywhere(method: Method, known: dict[Level, dict[str, frozenset[str]]]) -> Pins:
    return {
        (level, code, phase): method
        for level, by_phase in known.items()
        for phase, codes in by_phase.items()
        for code in codes
    }


def _lever(planning: Planning) -> Lever | None:
    """Take what a planner has set; a damping that is set holds from the first year on."""
    usual = Lever()
    if planning.window is None and planning.damping is None:
        return None
    return Lever(
        window=usual.window if planning.window is None else planning.window,
        damping=usual.damping if planning.damping is None else planning.damping,
        steady_years=usual.steady_years if planning.damping is None else 1,
    )
