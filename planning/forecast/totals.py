"""Schools of which only the total is known: naive methods on ``all``, and gaps elsewhere."""

from dataclasses import replace
from typing import Any, TypeVar, cast

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.forecast.choosing import Tried, tried
from planning.forecast.hindcast import choice_of, origins_of
from planning.forecast.horizons import Horizons
from planning.forecast.inputs import NONE, Inputs
from planning.forecast.methods import Known, Method, forecast
from planning.forecast.ranges import spread_of
from planning.forecast.results import LEVELS, METHODS, PARTS, Choice, LevelForecast, Range, Record

NAIVE = (Method.SAME, Method.DRIFT)
"""Methods that need no year groups."""

Array = TypeVar("Array", bound=np.ndarray[Any, Any])

_ALL = len(PARTS) - 1


def with_totals(
    level: LevelForecast, inputs: Inputs, there: Bools, horizons: Horizons
) -> LevelForecast:
    """Put schools whose year groups are not known between the others, in the order of the rolls.

    Args:
        level: of schools whose year groups are known; its codes are those of all.
        inputs: of the region.
        there: which schools have year groups, shape (schools,).
        horizons: how far ahead is told: of totals, as far as all phases are.
    """
    if there.all():
        return level
    wide = _widened(level, there)
    totals = inputs.totals
    if totals is None:
        return wide
    known = np.flatnonzero(~there & np.isfinite(totals[:, -2:]).all(axis=1))
    if not len(known):
        return wide
    _tell(wide, known, totals[known], min(horizons.primary, horizons.secondary))
    return wide


def _tell(level: LevelForecast, rows: Ints, totals: Floats, reach: int) -> None:
    """Write what naive methods say of totals into the rows of their schools."""
    years, last = level.expected.shape[1], totals.shape[1] - 1
    origins = [row for row, _ in enumerate(level.record.origins)]
    places = origins_of(last)
    said = np.full((len(METHODS), len(places), len(rows), years, 1), np.nan)
    came = np.full((len(places), len(rows), years, 1), np.nan)
    for origin, place in zip(origins, places, strict=True):
        there = min(years, last - place)
        later = totals[:, place + 1 : place + 1 + there]
        came[origin, :, :there, 0] = np.where(later > 0, later, np.nan)
        said[:, origin] = _naive(totals[:, : place + 1], years)
    record = tried(said, came)
    now = _naive(totals, years)
    method = choice_of(record, now)
    final = _picked(now[..., 0], method[:, 0])
    then = _picked(said[..., 0].swapaxes(1, 2), method[:, 0]).swapaxes(0, 1)
    level.expected[rows, :reach, _ALL] = final[:, :reach]
    spread = spread_of(then, came[..., 0])
    for nominal in LEVELS:
        low, high = spread.range(final, level=nominal / 100)
        level.ranges[nominal].low[rows, :reach, _ALL] = low[:, :reach]
        level.ranges[nominal].high[rows, :reach, _ALL] = high[:, :reach]
    for each in NAIVE:
        level.said[each][rows, :reach, _ALL] = now[METHODS.index(each), :, :reach, 0]
    level.record.said[:-1, :, rows, :, _ALL] = said[..., 0].transpose(2, 0, 1, 3)
    level.record.said[-1][:, rows, :, _ALL] = then.swapaxes(0, 1)
    level.record.came[:, rows, :, _ALL] = came[..., 0].swapaxes(0, 1)
    _tell_choice(level.choice, rows, method, record)


def _tell_choice(choice: Choice, rows: Ints, method: Ints, record: Tried) -> None:
    choice.method[rows] = method
    choice.tried[:, rows] = record.count
    choice.error_pupils[:, rows] = record.error
    choice.error_pct[:, rows] = record.error_pct
    choice.signed_pct[:, rows] = record.signed_pct


def _naive(totals: Floats, years: int) -> Floats:
    """Return what naive methods say, shape (methods, schools, years ahead, 1)."""
    known = Known(totals[:, :, np.newaxis], np.zeros(len(totals), np.int64))
    said = np.full((len(METHODS), len(totals), years, 1), np.nan)
    for method in NAIVE:
        said[METHODS.index(method)] = forecast(known, method, years=years)
    return said


def _picked(said: Floats, method: Ints) -> Floats:
    """Take each school's method: (methods, schools, …) to (schools, …)."""
    return np.asarray(said[method, np.arange(len(method))])


def _widened(level: LevelForecast, there: Bools) -> LevelForecast:
    """Make room for all schools; those that were not told of are ``NaN``."""
    choice, record = level.choice, level.record
    return replace(
        level,
        expected=_wide(level.expected, there),
        ranges={
            nominal: Range(_wide(each.low, there), _wide(each.high, there))
            for nominal, each in level.ranges.items()
        },
        said={method: _wide(each, there) for method, each in level.said.items()},
        by_sex={sex: _wide(each, there) for sex, each in level.by_sex.items()},
        choice=Choice(
            _filled(choice.method, there, 0, NONE),
            _filled(choice.is_pinned, there, 0, fill=False),
            _filled(choice.tried, there, 1, 0),
            _filled(choice.error_pupils, there, 1, np.nan),
            _filled(choice.error_pct, there, 1, np.nan),
            _filled(choice.signed_pct, there, 1, np.nan),
            {phase: _words(each, there) for phase, each in choice.intake_basis.items()},
        ),
        record=Record(
            record.origins,
            record.by,
            _filled(record.said, there, 2, np.nan),
            _filled(record.came, there, 1, np.nan),
        ),
    )


def _wide(values: Floats, there: Bools) -> Floats:
    return _filled(values, there, 0, np.nan)


def _filled(values: Array, there: Bools, axis: int, fill: float) -> Array:
    shape = (*values.shape[:axis], len(there), *values.shape[axis + 1 :])
    wide = np.full(shape, fill, values.dtype)
    wide[(slice(None),) * axis + (there,)] = values
    return cast("Array", wide)


def _words(words: tuple[str, ...], there: Bools) -> tuple[str, ...]:
    known = iter(words)
    return tuple(next(known) if each else "" for each in there)
