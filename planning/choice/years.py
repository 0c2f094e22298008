"""Years of admissions drawn from what families like and what schools go by."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints
from planning.choice.admission import NOWHERE, Allocation, allocate, place_the_rest
from planning.choice.chance import LastOffers, last_offers, last_ranks
from planning.choice.criteria import Need
from planning.choice.families import Addresses, Families, Habits, draw_families
from planning.choice.model import Options
from planning.choice.ordering import Admitting, ranks


@dataclass(frozen=True, slots=True)
class Market:
    """The families and schools of one entry into school.

    Attributes:
        children: expected to enter, shape (areas,).
        homes: where they may live.
        options: schools to choose among, by area.
        liking: utility of each option but for chance, shape (areas, options).
        journey: to each option, in any unit; infinite where there is none; shape as ``liking``.
        schools: by what they admit.
        habits: what families are and do.
    """

    children: Floats
    homes: Addresses
    options: Options
    liking: Floats
    journey: Floats
    schools: Admitting
    habits: Habits


@dataclass(frozen=True, slots=True)
class Year:
    """One year of admissions.

    Attributes:
        families: who applied.
        rank: how each school ranks each child that named it, shape as the preferences.
        allocation: who was offered a school named.
        school: of each child in the end, also of those sent to one not named, shape (children,).
    """

    families: Families
    rank: Floats
    allocation: Allocation
    school: Ints


def draw_year(market: Market, rng: np.random.Generator, *, nearest: Ints | None = None) -> Year:
    """Draw families, let them name schools, and let schools admit.

    Args:
        market: families and schools.
        rng: random numbers.
        nearest: as ``nearest_schools`` finds it; left out: it is found.
    """
    families = draw_families(
        market.children,
        market.homes,
        market.options,
        market.liking,
        habits=market.habits,
        rng=rng,
    )
    return admit(market, families, nearest=nearest)


def admit(market: Market, families: Families, *, nearest: Ints | None = None) -> Year:
    """Let schools admit the families of one year.

    Args:
        market: families and schools.
        families: of the year.
        nearest: as ``nearest_schools`` finds it; left out: it is found.
    """
    found = nearest_schools(market) if nearest is None else nearest
    rank = ranks(families, market.homes, market.schools, found)
    places = market.schools.places
    allocation = allocate(families.preferences, rank, places)
    others = market.options.school[families.area]
    can_go = market.options.admits[families.kind[:, None], others]
    can_go &= market.options.is_option[families.area]
    ways = np.where(can_go, market.journey[families.area], np.inf)
    school = place_the_rest(allocation.school, others, ways, places)
    return Year(families, rank, allocation, school)


def nearest_schools(market: Market) -> Ints:
    """Return the nearest school of each home, by the straight line, among those of its area."""
    homes, schools = market.homes, market.schools
    option = market.options.school[homes.area]
    metres = np.hypot(schools.x[option] - homes.x[:, None], schools.y[option] - homes.y[:, None])
    metres[~market.options.is_option[homes.area]] = np.inf
    first = metres.argmin(axis=1)
    return np.asarray(option[np.arange(len(first)), first])


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of many drawn years.

    Attributes:
        outside: how far places went for a child without any priority, shape (years, schools).
        inside: the same of a child who lives in the school's area of priority.
        pupils: mean pupils a year by area and option, shape (areas, options).
    """

    outside: LastOffers
    inside: LastOffers
    pupils: Floats


def draw_years(
    market: Market, years: int, *, seed: int, told: Callable[[int], None] = lambda _: None
) -> Drawn:
    """Draw years of admissions, each with its own families.

    Args:
        market: families and schools.
        years: how many to draw.
        seed: of the random numbers: the same seed draws the same years.
        told: called with the years that are done.
    """
    outside, inside = list[LastOffers](), list[LastOffers]()
    pupils = np.zeros(market.liking.shape)
    nearest = nearest_schools(market)
    for number in range(years):
        year = draw_year(market, np.random.default_rng([seed, number]), nearest=nearest)
        last = last_ranks(year.allocation, year.rank, market.schools.places)
        outside.append(last_offers(last, market.schools, Need.NOTHING))
        inside.append(last_offers(last, market.schools, Need.AREA))
        pupils += _by_option(market, year)
        told(number + 1)
    return Drawn(_stacked(outside), _stacked(inside), pupils / max(years, 1))


def _stacked(years: list[LastOffers]) -> LastOffers:
    return LastOffers(
        np.stack([each.outcome for each in years]), np.stack([each.metres for each in years])
    )


def _by_option(market: Market, year: Year) -> Floats:
    """Count the children of a year by area and option."""
    area, school = year.families.area, year.school
    option = market.options.school[area] == school[:, None]
    option &= market.options.is_option[area]
    at = option.argmax(axis=1)
    there = (school != NOWHERE) & option[np.arange(len(at)), at]
    shape = market.liking.shape
    cells = area[there] * shape[1] + at[there]
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
