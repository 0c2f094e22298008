"""Pupils of planned homes at the schools that the children around them go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.planning.sites import Sites
from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import NONE, PHASES, Inputs
from planning.housing import pupils_from_homes, pupils_of_pace, shared_out, to_schools

STATED_AREA: Final = {
    "primary": "planning_area_primary",
    "secondary": "planning_area_secondary",
    "sixth_form": "planning_area_secondary",
}
"""Column of a site that names its planning area, by phase."""

RECENT_ROLLS: Final = 3
"""Years in one of which somebody was in a year group that a school has: small ones may be empty."""


@dataclass(frozen=True, slots=True)
class MovedIn:
    """Pupils of planned homes, beyond what a like pace of building has brought so far.

    Attributes:
        by_site: where they live, shape (sites, years, groups).
        by_school: where they go, shape (schools, years, groups).
    """

    by_site: Floats
    by_school: Floats


def moved_in(
    sites: Sites, inputs: Inputs, places: pd.DataFrame, *, years: Sequence[int]
) -> MovedIn:
    """Expect the pupils of planned homes.

    A site's children go to school as those of its small area do, to schools that have their year
    group. Where the area's pupils are not counted, or the authority states a planning area for the
    site, they are spread over the schools of that planning area; where there is none, of that of
    the nearest school; else of the nearest school's authority. Always by the rolls of the schools.

    Args:
        sites: as read.
        inputs: rolls, units and flows.
        places: ``x`` and ``y`` in metres by ``urn`` (the index), of as many schools as have one.
        years: school years told of.
    """
    areas, homes, yields = len(sites.rows), sites.homes, sites.yields
    planned = pupils_from_homes(homes, yields, areas=areas, years=years)
    usual = sites.carried * pupils_of_pace(
        homes,
        yields,
        areas=areas,
        years=years,
        recent=sites.recent,
        known_until=sites.known_until,
    )
    shares = {phase: _shares(sites.rows, inputs, places, phase) for phase in PHASES}
    carried = shared_out(
        to_schools(usual, shares),
        np.nan_to_num(inputs.rolls.pupils[:, -1]),
        inputs.units.authority,
        part=sites.leaning,
    )
    return MovedIn(planned - usual, to_schools(planned, shares) - carried)


def _shares(sites: pd.DataFrame, inputs: Inputs, places: pd.DataFrame, phase: str) -> Floats:
    """Return the share of each site's pupils who go to each school, by year group of the phase.

    Only schools that have a year group take its pupils: none of year 6 go to an infant school.

    Returns:
        Shape (sites, schools, groups of the phase).
    """
    rolls = np.nan_to_num(inputs.rolls.pupils[..., PHASES[phase]])
    size = rolls[:, -1].sum(axis=1)
    taught: Bools = np.logical_or.reduce(rolls[:, -RECENT_ROLLS:] > 0, axis=1)
    counted = _counted(inputs, phase)
    found = np.zeros((len(sites), *taught.shape))
    for group in range(taught.shape[1]):
        # Where nobody has the group yet, its pupils go where the others of their phase do.
        has = taught[:, group] if taught[:, group].any() else size > 0
        part = np.divide(has, taught.sum(axis=1), out=np.zeros_like(size), where=has)
        nearest = _nearest(sites, inputs.rolls.urns, places, size * part)
        for row, site in enumerate(sites.itertuples()):
            told = _who_have(counted.get(str(site.lsoa21)), part)
            found[row, :, group] = _of_site(site, inputs, phase, size * part, told, nearest[row])
    return found


def _who_have(counted: Floats | None, part: Floats) -> Floats | None:
    """Keep the pupils of an area in one year group; those at schools elsewhere stand last.

    Args:
        counted: in the whole phase, shape (schools + 1,).
        part: of the pupils of each school's phase who are in the group, shape (schools,).
    """
    if counted is None or (counted[:-1] * part).sum() <= 0:
        return None
    here = _parts(counted[:-1] * part) * counted[:-1].sum()
    return np.append(here, counted[-1])


def _of_site(
    site: object, inputs: Inputs, phase: str, size: Floats, counted: Floats | None, near: int
) -> Floats:
    stated = str(getattr(site, STATED_AREA[phase]))
    areas, area = inputs.units.areas.get(phase, ()), inputs.units.area.get(phase)
    if area is not None and stated in areas:
        inside = area == areas.index(stated)
        if counted is not None and (counted[:-1] * inside).sum() > 0:
            return _parts(counted[:-1] * inside)
        if (size * inside).sum() > 0:
            return _parts(size * inside)
    if counted is not None:
        return _parts(counted)[:-1]
    if near == NONE:
        return _parts(size)
    if area is not None and area[near] != NONE:
        return _parts(size * (area == area[near]))
    return _parts(size * (inputs.units.authority == inputs.units.authority[near]))


def _counted(inputs: Inputs, phase: str) -> dict[str, Floats]:
    """Return pupils by school of every small area, in the newest count.

    Those who go to school elsewhere stand last.
    """
    flows = inputs.flows.get(phase, ())
    if not flows or inputs.homes is None:
        return {}
    newest = flows[-1]
    pupils = np.zeros((len(inputs.homes.codes), len(inputs.rolls.urns) + 1))
    np.add.at(pupils, (newest.home, newest.school), newest.pupils)
    return dict(zip(inputs.homes.codes, pupils, strict=True))


def _nearest(sites: pd.DataFrame, urns: Ints, places: pd.DataFrame, size: Floats) -> Ints:
    """Return the nearest school of the phase to every site, ``NONE`` where neither is placed."""
    at = places.reindex(urns)[["x", "y"]].to_numpy(np.float64, na_value=np.nan)
    at = np.where(size[:, np.newaxis] > 0, at, np.nan)
    site = sites[["x", "y"]].to_numpy(np.float64, na_value=np.nan)
    metres = np.hypot(*(site[:, np.newaxis] - at[np.newaxis]).transpose(2, 0, 1))
    metres = np.where(np.isnan(metres), np.inf, metres)
    near = metres.argmin(axis=1)
    return np.where(np.isfinite(metres.min(axis=1)), near, NONE).astype(np.int64)


def _parts(pupils: Floats) -> Floats:
    total = pupils.sum()
    return pupils / total if total > 0 else np.zeros_like(pupils)
