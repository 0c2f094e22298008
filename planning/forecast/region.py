"""The forecast of a region: every level, every method, and how far each has been off."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.forecast.hindcast import Hindcast, choice_of, final_schools, hindcast, known_by
from planning.forecast.horizons import Horizons
from planning.forecast.inputs import GROUPS, NONE, Inputs
from planning.forecast.limited import Limited, limited
from planning.forecast.methods import Lever
from planning.forecast.origins import Region, Said, basis_of, said_at, without_gaps
from planning.forecast.pins import Pins, pinned, ranges_of_pinned, refuse_unknown
from planning.forecast.record import accuracy_of, with_sums
from planning.forecast.results import (
    FINAL,
    METHODS,
    PARTS,
    Choice,
    Forecasts,
    Level,
    LevelForecast,
    Range,
    Record,
    Unplaced,
)
from planning.forecast.sexes import by_sex
from planning.forecast.spreads import spreads_of
from planning.forecast.totals import with_totals
from planning.forecast.tree import Tree, tree_of

__all__ = ["Pins", "forecast_region"]


def forecast_region(
    inputs: Inputs,
    *,
    years: int | None = None,
    years_primary: int | None = None,
    years_secondary: int | None = None,
    pins: Pins | None = None,
    lever: Lever | None = None,
) -> Forecasts:
    """Expect the pupils of every school, planning area and authority.

    Each method is tried on the past, each unit uses the one that does best (``choosing``), the
    levels are made to agree (``reconcile``), pupils from planned homes are added, intakes keep to
    the limits that a planner has set (``limits``), and ranges follow from how far off forecasts
    made in the same way have been (``spreads``).

    Args:
        inputs: what is known.
        years: how many ahead, of all phases.
        years_primary: of reception to year 6; five where neither is given.
        years_secondary: of the year groups above; seven where neither is given.
        pins: methods that a planner wants, whatever their record.
        lever: as a planner set it.

    Raises:
        ValueError: fewer than two years of rolls, a pin of an unknown unit or of a method that
            its data do not allow, arrays that do not fit together; the message says which.
    """
    horizons = Horizons.of(years, years_primary, years_secondary)
    ahead = horizons.most
    region = _region(inputs, lever or Lever(), ahead)
    refuse_unknown(pins or {}, _codes(inputs, tree_of(inputs.units)))
    said = said_at(region, region.last, ahead)
    past = hindcast(region, years=ahead)
    made = _Made(region, horizons, said, past)
    choice = {level: made.choice(level, pins or {}) for level in Level}
    schools = made.schools({level: each.method for level, each in choice.items()})
    levels = {level: made.level(level, choice[level], schools) for level in Level}
    levels[Level.SCHOOL] = with_totals(levels[Level.SCHOOL], inputs, region.there, horizons)
    first = inputs.rolls.years[-1] + 1
    return Forecasts(
        made_in=inputs.rolls.years[-1],
        years=tuple(range(first, first + ahead)),
        levels=levels,
        unplaced=_unplaced(region, schools, horizons) if inputs.capped is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What a forecast is put together from."""

    region: Region
    horizons: Horizons
    said: Said
    past: Hindcast

    def choice(self, level: Level, pins: Pins) -> Choice:
        """Choose the method of each unit of a level."""
        region = self.region
        record, said = known_by(self.past, level, region.last), self.said.levels[level]
        codes = _codes(region.inputs, region.tree)[level]
        if level is Level.SCHOOL:
            codes = tuple(np.array(codes, object)[region.there])
        method, is_pinned = pinned(choice_of(record, said), pins, level, codes, said)
        return Choice(
            method,
            is_pinned,
            record.count,
            record.error,
            record.error_pct,
            record.signed_pct,
            basis_of(self.said.basis, region.tree, level),
        )

    def schools(self, choice: Mapping[Level, Ints]) -> Limited:
        """Expect the pupils of schools so that levels agree, with planned homes and limits."""
        region, tree = self.region, self.region.tree
        found = final_schools(region, self.past, region.last, self.said.levels, choice)
        if region.inputs.moved_in is not None:
            found = np.maximum(found + region.inputs.moved_in[region.there], 0.0)
        nobody = np.zeros((len(tree.authorities), *found.shape[1:]))
        if region.inputs.capped is None:
            return Limited(found, nobody, np.zeros_like(found))
        return limited(found, region.inputs.capped[region.there], self.said.enters, tree)

    def level(self, level: Level, choice: Choice, schools: Limited) -> LevelForecast:
        """Tell of one level."""
        region, tree = self.region, self.region.tree
        groups = tree.up(schools.schools, level)
        if level is Level.AUTHORITY:
            groups = groups + schools.unplaced
        expected = with_sums(groups)
        told = self.horizons.told(expected[:, -1])
        said, came = self.past.said[level], self.past.came[level]
        ranges = ranges_of_pinned(
            spreads_of(said[-1], came).ranges(expected), choice, expected, said, came
        )
        record = Record(
            tuple(region.inputs.rolls.years[each] for each in self.past.origins),
            (*map(str, METHODS), FINAL),
            said,
            came,
        )
        girls_and_boys = self._by_sex(level, schools.schools, groups)
        return LevelForecast(
            level=level,
            codes=_codes(region.inputs, tree)[level],
            expected=_only(expected, told),
            ranges={
                nominal: Range(_only(each.low, told), _only(each.high, told))
                for nominal, each in ranges.items()
            },
            said={
                method: _only(with_sums(each), told)
                for method, each in zip(METHODS, self.said.levels[level], strict=True)
                if np.isfinite(each).any()
            },
            by_sex={sex: _only(with_sums(each), told) for sex, each in girls_and_boys.items()},
            choice=self._of_phases(choice, level, expected),
            accuracy=accuracy_of(record),
            record=record,
        )

    def _of_phases(self, choice: Choice, level: Level, expected: Floats) -> Choice:
        """Leave out the phases that a unit does not have, now or to come."""
        sums = slice(PARTS.index("primary"), PARTS.index("all"))
        last = with_sums(self.region.tree.up(self.region.rolls[:, -1:], level))
        has = np.nan_to_num(np.concatenate([last, expected], axis=1)[..., sums]).max(axis=1) > 0
        method = np.where(has, choice.method, NONE)
        return replace(choice, method=method, is_pinned=choice.is_pinned & has)

    def _by_sex(self, level: Level, schools: Floats, groups: Floats) -> dict[str, Floats]:
        """Split a level by sex; a sum has the share of those of its schools that tell."""
        there = self.region.there
        counted = {sex: each[there] for sex, each in self.region.inputs.rolls.by_sex.items()}
        split = by_sex(schools, counted, self.said.enters)
        if level is Level.SCHOOL or not split:
            return split
        girls, boys = (self.region.tree.up(np.nan_to_num(split[sex]), level) for sex in ("F", "M"))
        both = girls + boys
        share = np.divide(girls, both, out=np.zeros_like(both), where=both > 0)
        share = np.where((both > 0) | (groups == 0), share, np.nan)
        return {"F": groups * share, "M": groups * (1 - share)}


def _region(inputs: Inputs, lever: Lever, years: int) -> Region:
    """Check what is known, and leave schools out whose year groups are not.

    Raises:
        ValueError: as ``forecast_region``.
    """
    pupils = inputs.rolls.pupils
    _refuse_odd(inputs, years)
    there: Bools = np.asarray(np.isfinite(pupils).any(axis=(1, 2)))
    if not there.any():
        raise ValueError("no school's year groups are known in any year")
    counted = pupils[there]
    return Region(
        inputs, there, tree_of(inputs.units).take(there), counted, without_gaps(counted), lever
    )


def _refuse_odd(inputs: Inputs, years: int) -> None:
    rolls = inputs.rolls
    schools, counted, _ = rolls.pupils.shape
    if (len(rolls.urns), len(rolls.years)) != (schools, counted):
        raise ValueError(
            f"rolls of {schools} schools and {counted} years have {len(rolls.urns)} URNs and "
            f"{len(rolls.years)} years"
        )
    if counted < 2:  # noqa: PLR2004 - a change needs two
        raise ValueError("a forecast needs the rolls of two years at least")
    if np.any(np.diff(rolls.years) != 1):
        raise ValueError(f"years of rolls have a gap: {rolls.years}")
    if np.any(rolls.pupils < 0):
        school, year, _ = np.argwhere(rolls.pupils < 0)[0]
        raise ValueError(
            f"school {rolls.urns[school]} has a roll below zero in {rolls.years[year]}"
        )
    wanted = (schools, years, rolls.pupils.shape[-1])
    if inputs.moved_in is not None and inputs.moved_in.shape != wanted:
        raise ValueError(f"moved_in has the shape {inputs.moved_in.shape}, not {wanted}")


def _codes(inputs: Inputs, tree: Tree) -> dict[Level, tuple[str, ...]]:
    return {
        Level.SCHOOL: tuple(str(urn) for urn in inputs.rolls.urns),
        Level.PLANNING_AREA: tree.areas,
        Level.AUTHORITY: tree.authorities,
    }


def _only(values: Floats, told: Bools) -> Floats:
    return np.where(told, values, np.nan)


def _unplaced(region: Region, schools: Limited, horizons: Horizons) -> Unplaced:
    told = horizons.told(np.zeros((1, len(PARTS))))[..., : len(GROUPS)]
    everywhere = np.zeros((len(region.there), *schools.displaced.shape[1:]))
    everywhere[region.there] = schools.displaced
    return Unplaced(region.tree.authorities, _only(schools.unplaced, told), _only(everywhere, told))
