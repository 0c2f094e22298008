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
    pupils = np.zeros((areas, len(years), len(GROUPS)))
    grown = per_home(yields, years=len(years))
    built = _built(homes, areas=areas, years=years)
    for place in range(len(years)):
        for since in range(place + 1):
            pupils[:, place] += built[:, place - since, np.newaxis] * grown[since]
    return pupils


def recent_pace(homes: NewHomes, *, areas: int, years: Sequence[int]) -> Floats:
    """Average the homes finished a year, in average new homes; none without years: (areas,)."""
    if not years:
        return np.zeros(areas)
    return np.asarray(_built(homes, areas=areas, years=years).mean(axis=1))


def beyond_pace(
    homes: NewHomes,
    yields: Yields,
    *,
    areas: int,
    years: Sequence[int],
    recent: Sequence[int],
    carried: float,
) -> Floats:
    """Expect the pupils of planned homes beyond what a like pace of building has brought so far.

    Survival ratios and births of years in which homes were built hold the children who moved into
    them, and go on adding as many. So the pupils that the recent pace of building would bring at
    the same yields are taken off: only building above that pace adds pupils, and where it falls
    below, pupils are missing (below zero).

    Args:
        homes: planned and finished.
        yields: of an average new home.
        areas: how many there are.
        years: school years told of, ascending without a gap.
        recent: school years that the ratios rest on.
        carried: part of the recent pace that the ratios carry on, 0 to 1.

    Returns:
        Shape (areas, years, groups).
    """
    planned = pupils_from_homes(homes, yields, areas=areas, years=years)
    pace = recent_pace(homes, areas=areas, years=recent)
    grown = np.cumsum(per_home(yields, years=len(years)), axis=0)
    return np.asarray(planned - carried * pace[:, np.newaxis, np.newaxis] * grown)


def to_schools(pupils: Floats, shares: Mapping[str, Floats]) -> Floats:
    """Send pupils to schools as the children of their area go to school now.

    Args:
        pupils: by area, shape (areas, years, groups).
        shares: by phase, the share of each area's pupils who go to each school, shape (areas,
            schools); rows add up to one, or to less where some go to schools not told of.

    Returns:
        Shape (schools, years, groups); a phase without shares sends nobody.
    """
    schools = next(iter(shares.values())).shape[1]
    sent = np.zeros((schools, *pupils.shape[1:]))
    for phase, share in shares.items():
        groups = PHASES[phase]
        sent[..., groups] = np.einsum("as,ayg->syg", share, pupils[..., groups])
    return sent


def _built(homes: NewHomes, *, areas: int, years: Sequence[int]) -> Floats:
    """Add homes up by area and year, in average new homes, shape (areas, years)."""
    place = homes.year - years[0]
    told = (place >= 0) & (place < len(years))
    built = np.zeros((areas, len(years)))
    np.add.at(built, (homes.area[told], place[told]), homes.weights()[told])
    return built
