"""Children in homes that are planned: how many, when, of which age, and at which schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints
from planning.forecast.inputs import GROUPS, PHASES

RECEPTION_AGE = 5
"""Academic years from birth to reception: born in 2019/20, in reception in 2024/25."""


@dataclass(frozen=True, slots=True)
class NewHomes:
    """New homes by the school year in which they are finished, one row for each kind and year.

    Attributes:
        area: row of the area that they lie in, shape (rows,).
        year: school year of completion, by the year it begins in, shape (rows,).
        homes: how many; zero: none. Rows that nobody has filled in are not here.
        relative: children in such a home compared with the average new home, shape (rows,).
        likelihood: that they are built, 0 to 1, shape (rows,).
        local: share of the children who went to a school of the same area before, shape (rows,).
    """

    area: Ints
    year: Ints
    homes: Floats
    relative: Floats
    likelihood: Floats
    local: Floats

    def weights(self) -> Floats:
        """Return how many average new homes each row is worth, shape (rows,)."""
        return self.homes * self.relative * self.likelihood * (1 - self.local)


@dataclass(frozen=True, slots=True)
class Yields:
    """Children of an average new home.

    Attributes:
        arriving: pupils, or pupils to be, who move in, by the age that they reach in the school
            year of completion: under 1, 1, 2, …
        born: children born there a year, by school years since completion from the first on; the
            last holds for all years after.
    """

    arriving: Floats
    born: Floats


def per_home(yields: Yields, *, years: int) -> Floats:
    """Expect the pupils of an average new home, by years since completion and year group.

    Children who moved in grow up; those born later follow them. Families who leave are taken to
    be replaced by families like them.

    Args:
        yields: of an average new home.
        years: how many years since completion are told, that of completion first.

    Returns:
        Shape (years since, groups).
    """
    age = RECEPTION_AGE + np.arange(len(GROUPS))
    since = np.arange(years)[:, np.newaxis]
    came_at = age - since
    last = len(yields.arriving)
    arrived = np.where(
        (came_at >= 0) & (came_at < last), yields.arriving[came_at.clip(0, last - 1)], 0.0
    )
    if len(yields.born) == 0:
        return arrived
    year_born = (-came_at - 1).clip(0, len(yields.born) - 1)
    return np.asarray(np.where(came_at < 0, yields.born[year_born], arrived))


def pupils_from_homes(
    homes: NewHomes, yields: Yields, *, areas: int, years: Sequence[int]
) -> Floats:
    """Expect the pupils who live in homes finished in the years told of.

    Homes finished earlier count nothing: their children are in the rolls already.

    Args:
        homes: planned.
        yields: of an average new home.
        areas: how many there are.
        years: school years told of, ascending without a gap.

    Returns:
        Shape (areas, years, groups).
    """
    return _grown_up(_built(homes, areas=areas, years=years), yields)


def recent_pace(homes: NewHomes, *, areas: int, years: Sequence[int]) -> Floats:
    """Average the homes finished a year, in average new homes; none without years: (areas,)."""
    if not years:
        return np.zeros(areas)
    return np.asarray(_built(homes, areas=areas, years=years).mean(axis=1))


def pupils_of_pace(
    homes: NewHomes,
    yields: Yields,
    *,
    areas: int,
    years: Sequence[int],
    recent: Sequence[int],
    known_until: int | None = None,
) -> Floats:
    """Expect the pupils whom building at the recent pace would bring.

    Survival ratios and births of years in which homes were built hold the children who moved into
    them, and go on adding as many. So these pupils are taken off those of planned homes: only
    building above the recent pace adds pupils, and where it falls below, pupils are missing.

    Args:
        homes: finished.
        yields: of an average new home.
        areas: how many there are.
        years: school years told of, ascending without a gap.
        recent: school years that the ratios rest on.
        known_until: last school year that plans are known of. Nothing is planned later, which is
            not to say that nothing will be built: from then on building goes on at its pace, and
            nothing is taken off.

    Returns:
        Shape (areas, years, groups).
    """
    pace = recent_pace(homes, areas=areas, years=recent)
    told = np.array([known_until is None or year <= known_until for year in years], np.float64)
    return _grown_up(told * pace[:, np.newaxis], yields)


def shared_out(pupils: Floats, rolls: Floats, unit: Ints, *, part: float) -> Floats:
    """Take pupils off other schools of the same authority too.

    The ratios of a school lean on those of its authority, so that what has been built beside one
    school is carried on by all of them in part.

    Args:
        pupils: by school, shape (schools, years, groups).
        rolls: last ones, shape (schools, groups).
        unit: authority of each school, shape (schools,).
        part: that is shared by all schools of the authority, in proportion to their rolls; 0 to 1.

    Returns:
        Same shape and, in every authority, same sum.
    """
    units = int(unit.max(initial=-1)) + 1
    everybody = np.zeros((units, rolls.shape[1]))
    together = np.zeros((units, *pupils.shape[1:]))
    np.add.at(everybody, unit, rolls)
    np.add.at(together, unit, pupils)
    of_all = everybody[unit]
    share = np.divide(rolls, of_all, out=np.zeros_like(rolls), where=of_all > 0)
    spread = share[:, np.newaxis] * together[unit]
    mixed = (1 - part) * pupils + part * spread
    return np.asarray(np.where((of_all > 0)[:, np.newaxis], mixed, pupils))


def to_schools(pupils: Floats, shares: Mapping[str, Floats]) -> Floats:
    """Send pupils to schools as the children of their area go to school now.

    Args:
        pupils: by area, shape (areas, years, groups).
        shares: by phase, the share of each area's pupils of a year group who go to each school,
            shape (areas, schools, groups of the phase); schools add up to one, or to less where
            some go to schools not told of.

    Returns:
        Shape (schools, years, groups); a phase without shares sends nobody.
    """
    schools = next(iter(shares.values())).shape[1]
    sent = np.zeros((schools, *pupils.shape[1:]))
    for phase, share in shares.items():
        groups = PHASES[phase]
        sent[..., groups] = np.einsum("asg,ayg->syg", share, pupils[..., groups])
    return sent


def _grown_up(built: Floats, yields: Yields) -> Floats:
    """Expect the pupils of homes by area and year of completion, in each of these years."""
    areas, years = built.shape
    pupils = np.zeros((areas, years, len(GROUPS)))
    grown = per_home(yields, years=years)
    for place in range(years):
        for since in range(place + 1):
            pupils[:, place] += built[:, place - since, np.newaxis] * grown[since]
    return pupils


def _built(homes: NewHomes, *, areas: int, years: Sequence[int]) -> Floats:
    """Add homes up by area and year, in average new homes, shape (areas, years)."""
    place = homes.year - years[0]
    told = (place >= 0) & (place < len(years))
    built = np.zeros((areas, len(years)))
    np.add.at(built, (homes.area[told], place[told]), homes.weights()[told])
    return built
