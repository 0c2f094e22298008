"""Why a forecast differs from the last one: its inputs swapped for the new ones, one after another.

The order is fixed and stated, since a part depends on what was swapped before it:

1. **method**: today's program, settings and limits with all that the last forecast knew;
2. **data**: schools, planning areas and rolls of the years known then, as they are told today;
3. **migration**: the rolls that have come since, of year groups that pupils move up into;
4. **transfer**: those of year groups that pupils enter from elsewhere, except reception, and the
   newest counts of pupils by home and school;
5. **births**: reception, and births and projections as they are known today;
6. **housing**: planned homes as they are known today.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.earlier import known_in, until
from planning.forecast.inputs import GROUPS, Inputs, Rolls
from planning.forecast.progression import entry_groups

CAUSES: Final = ("method", "data", "migration", "transfer", "births", "housing")
"""In the order in which they are swapped."""

Say = Callable[[Inputs], Floats]
"""Says what schools expect of inputs, shape (schools, years ahead, groups)."""

RECEPTION: Final = GROUPS.index("R")


@dataclass(frozen=True, slots=True)
class Swap:
    """Inputs after one more of their parts was swapped.

    Attributes:
        cause: what was.
        inputs: with it.
        is_changed: whether it was another than before.
    """

    cause: str
    inputs: Inputs
    is_changed: bool


def swaps(old: Inputs, new: Inputs, say: Say) -> Iterator[Swap]:
    """Swap the inputs of the last forecast for those of this one, one part after another.

    Pupils of planned homes that were finished in the years since are in the newer rolls: they are
    taken off, moved up, while the last list of homes still counts.

    Args:
        old: what the last forecast was made from; its last roll is no newer than that of ``new``.
        new: what this one is made from.
        say: what schools expect of inputs; asked once, for the years that have come since.

    Raises:
        ValueError: the last forecast rests on a newer roll.
    """
    last, now = old.rolls.years[-1], new.rolls.years[-1]
    if last > now:
        raise ValueError(f"the last forecast rests on rolls of {last}, this one on {now}")
    since = now - last
    yield Swap("method", old, is_changed=True)
    homes = None if old.moved_in is None else _of_schools(old.moved_in, old, new)
    found = replace(
        new,
        rolls=until(new.rolls, last),
        totals=None if new.totals is None else new.totals[:, : new.rolls.pupils.shape[1] - since],
        flows=known_in(new.flows, last),
        births=old.births,
        births_of_authorities=old.births_of_authorities,
        residents=old.residents,
        projected=old.projected,
        moved_in=homes,
    )
    yield Swap("data", found, is_changed=not same(found, old))
    before, carried = found, None if homes is None else beyond(homes, since)
    if since:
        expected = say(found)[:, :since]
        enters = entry_groups(new.rolls.pupils)
        above = np.arange(len(GROUPS)) != RECEPTION
        given = replace(found, totals=new.totals, moved_in=carried)
        found = replace(given, rolls=_came(new.rolls, expected, ~enters))
        yield Swap("migration", found, is_changed=True)
        rolls = _came(new.rolls, expected, ~enters | above)
        before, found = found, replace(found, rolls=rolls, flows=new.flows)
    else:
        yield Swap("migration", found, is_changed=False)
        found = replace(found, flows=new.flows)
    yield Swap("transfer", found, is_changed=not same(found, before))
    before, found = found, replace(new, moved_in=carried)
    yield Swap("births", found, is_changed=not same(found, before))
    yield Swap("housing", new, is_changed=not same(new, found))


def parted(values: Sequence[Floats]) -> list[Floats]:
    """Part the step from the first to the last of several forecasts into one part for each.

    Args:
        values: what the last forecast said, then what each swap made of it; of one shape. ``NaN``
            where a swap leaves a unit without a forecast: its part is zero.

    Returns:
        One part for each value after the first; they add up to the last less the first, and are
        ``NaN`` where either of these is.
    """
    known = np.isfinite(values[0]) & np.isfinite(values[-1])
    before, parts = values[0], []
    for value in values[1:]:
        told = np.where(np.isfinite(value), value, before)
        parts.append(np.where(known, told - before, np.nan))
        before = told
    return parts


def beyond(moved_in: Floats, since: int) -> Floats:
    """Leave out the pupils of homes finished in the first years told, who move up from then on.

    Args:
        moved_in: pupils of planned homes, shape (schools, years, groups).
        since: years that have come.

    Returns:
        From the year after those on, same shape; nothing in the years that were not told.
    """
    if since == 0:
        return moved_in
    left = np.zeros_like(moved_in)
    left[:, : left.shape[1] - since] = moved_in[:, since:]
    there = moved_in[:, since - 1]
    for year in range(left.shape[1] - since):
        there = np.concatenate([np.zeros_like(there[:, :1]), there[:, :-1]], axis=1)
        left[:, year] -= there
    return left


def same(one: object, other: object) -> bool:
    """Say whether two inputs, or parts of inputs, hold the same."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        is_number = np.issubdtype(one.dtype, np.number)
        return one.shape == other.shape and np.array_equal(one, other, equal_nan=is_number)
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if dataclasses.is_dataclass(one):
        names = [field.name for field in dataclasses.fields(one)]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


def _came(rolls: Rolls, expected: Floats, which: Bools) -> Rolls:
    """Return rolls whose newest years are as they came in some groups, and as expected in others.

    Girls and boys are left untold: nobody expected them apart.
    """
    since = expected.shape[1]
    came = rolls.pupils[:, -since:]
    told = np.where(which[:, np.newaxis] | ~np.isfinite(expected), came, expected)
    pupils = np.concatenate([rolls.pupils[:, :-since], told], axis=1)
    return Rolls(rolls.urns, rolls.years, pupils)


def _of_schools(values: Floats, old: Inputs, new: Inputs) -> Floats:
    """Put values of the schools of one forecast into the order of another's; others have none."""
    place: Mapping[int, int] = {int(urn): row for row, urn in enumerate(old.rolls.urns)}
    rows: Ints = np.array([place.get(int(urn), -1) for urn in new.rolls.urns], np.int64)
    return np.where((rows >= 0)[:, np.newaxis, np.newaxis], values[rows], 0.0)
