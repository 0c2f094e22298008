"""From what children are and where they live to how each school ranks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.admission import NOWHERE
from planning.choice.criteria import Criterion, Need, Order
from planning.choice.families import Addresses, Families

FARTHEST_M: Final = 1e6
"""Turns metres into a part of one: farther than any two places of England are apart."""

ORDERS: Final = tuple(Order)


@dataclass(frozen=True, slots=True)
class Admitting:
    """Schools and whom they admit.

    Attributes:
        x: eastings, metres, shape (schools,).
        y: northings, metres, shape (schools,).
        places: admission number, shape (schools,).
        needs: of each criterion in its order, as ``Need`` flags, -1 where there is none; shape
            (schools, criteria).
        order: place in ``ORDERS`` of who goes first under it, shape as ``needs``.
        in_area: of schools with an area of priority, the homes inside; by row of the schools.
        walk_m: of schools that measure by the walking route, metres from each home, by row of
            the schools; ``NaN`` where no way is known: the straight line stands in.
    """

    x: Floats
    y: Floats
    places: Ints
    needs: Ints
    order: Ints
    in_area: dict[int, Bools]
    walk_m: dict[int, Floats]


def laid_out(criteria: Sequence[Sequence[Criterion]]) -> tuple[Ints, Ints]:
    """Lay the criteria of schools out as the two arrays that ``Admitting`` wants."""
    most = max((len(each) for each in criteria), default=1)
    needs = np.full((len(criteria), most), -1, np.int64)
    order = np.zeros((len(criteria), most), np.int64)
    for row, of_school in enumerate(criteria):
        for rank, each in enumerate(of_school):
            needs[row, rank] = int(each.needs)
            order[row, rank] = ORDERS.index(each.order)
    return needs, order


def metres_between(schools: Admitting, homes: Addresses, home: Ints, school: Ints) -> Floats:
    """Return metres as each school measures them; shapes are broadcast, infinite at ``NOWHERE``."""
    home, school = np.broadcast_arrays(home, school)
    metres = np.hypot(schools.x[school] - homes.x[home], schools.y[school] - homes.y[home])
    for row, walked in schools.walk_m.items():
        here = school == row
        by_street = walked[home[here]]
        metres[here] = np.where(np.isnan(by_street), metres[here], by_street)
    return np.where(school == NOWHERE, np.inf, metres)


def ranks(families: Families, homes: Addresses, schools: Admitting, nearest: Ints) -> Floats:
    """Return how each school ranks each child that named it; lower goes first.

    The whole part is the first criterion that the child meets, the fraction its place among those
    who do: metres, or a lot.

    Args:
        families: who named which schools.
        homes: where they live.
        schools: whom they go by.
        nearest: of each home, the row of its nearest school, shape (homes,).

    Returns:
        Shape as the families' preferences.
    """
    school = families.preferences
    home = np.broadcast_to(families.home[:, None], school.shape)
    needs = families.needs | np.where(nearest[home] == school, int(Need.NEAREST), 0)
    for row, inside in schools.in_area.items():
        here = school == row
        needs[here] |= np.where(inside[home[here]], int(Need.AREA), 0)
    metres = metres_between(schools, homes, home, school)
    by_lot = np.broadcast_to(families.luck[:, None], school.shape)
    return rank_of(schools, school, needs, metres, by_lot)


def rank_of(schools: Admitting, school: Ints, needs: Ints, metres: Floats, luck: Floats) -> Floats:
    """Rank children with certain needs at schools; all arrays of one shape."""
    criteria = schools.needs.shape[1]
    rank = np.full(school.shape, float(criteria))
    for position in reversed(range(criteria)):
        asked = schools.needs[school, position]
        meets = (asked >= 0) & ((needs & asked) == asked)
        order = schools.order[school, position]
        is_by_luck = (order == ORDERS.index(Order.LOT)) | (order == ORDERS.index(Order.SCORE))
        within = np.where(is_by_luck, luck, np.minimum(metres / FARTHEST_M, 1.0))
        rank = np.where(meets, position + 0.999999 * within, rank)
    return rank
