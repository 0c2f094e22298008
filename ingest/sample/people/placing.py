"""Where schools stand: sites chosen one by one where most children are not served yet."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.needs import Bools, Floats, Ints, Singles

FILLED: Final = 0.97
FAR: Final = np.float32(5)
"""Half reaches of a site, beyond which it draws nobody."""
WORTH: Final = 0.6
"""A school opens for this share of its smallest usual size."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Sites chosen.

    Attributes:
        sites: in order of choice.
        children: to whom each is the nearest.
        places: a usual number for each.
    """

    sites: Ints
    children: Floats
    places: Ints

    def with_room(self, spare: float, sizes: tuple[int, ...]) -> "Cover":
        """Return them with places for all children, and some to spare.

        The school with the most children to a place is the next to have more.
        """
        places = self.places.copy()
        while places.sum() < spare * self.children.sum() and (places < sizes[-1]).any():
            fullest = np.where(places < sizes[-1], self.children / places, -1.0).argmax()
            places[fullest] = next(size for size in sizes if size > places[fullest])
        return Cover(self.sites, self.children, places)


def cover(
    gaps: Singles,
    children: Floats,
    *,
    usable: Bools,
    reach_m: Floats,
    sizes: tuple[int, ...],
    limits: Ints,
    most: int,
) -> Cover:
    """Choose sites until nearly all children live near one.

    Args:
        gaps: metres from each site (rows) to each home (columns).
        children: of one year, at each home.
        usable: sites that may be chosen.
        reach_m: by site, how far its children come from.
        sizes: usual numbers of places, ascending.
        limits: by site, what its plot and its founders had room for.
        most: stop at this many.

    Returns:
        The sites in order of choice, with the usual size closest to the children nearest to each.
    """
    pull = _pull(gaps, reach_m)
    left, free, chosen = children.astype(np.float32), usable.copy(), list[int]()
    drawn = (pull * left).sum(axis=1)
    while len(chosen) < most and free.any():
        site = int(np.where(free, drawn, -np.inf).argmax())
        within = float(left[gaps[site] < 1.5 * reach_m[site]].sum())
        if within < WORTH * sizes[0]:
            break
        served = _nearest(left, gaps[site], FILLED * min(_size(within, sizes), limits[site]))
        drawn -= (pull[:, served] * left[served]).sum(axis=1)
        left[served] = 0
        free[site] = False
        chosen.append(site)
    nearest = gaps[chosen].argmin(axis=0) if chosen else np.zeros(0, int)
    load = np.bincount(nearest, children if chosen else None, len(chosen))
    places = [min(sizes, key=lambda size: abs(size - each)) for each in load.tolist()]
    return Cover(np.array(chosen, np.int32), load.astype(float), np.array(places, np.int32))


def _pull(gaps: Singles, reach_m: Floats) -> Singles:
    """Return how strongly a site draws the children of a home: 1 at the gate, 0 far away."""
    reaches = gaps / (reach_m[:, None].astype(np.float32) / 2)
    return np.where(reaches < FAR, np.exp(-0.5 * np.minimum(reaches, FAR) ** 2), 0)


def _nearest(left: Singles, gap: Singles, served: float) -> Ints:
    """Return the homes of the nearest children left, as many as are served."""
    homes = np.flatnonzero(left)
    order = homes[np.argsort(gap[homes], kind="stable")]
    return order[np.cumsum(left[order]) <= served]


def _size(children: float, sizes: tuple[int, ...]) -> int:
    return next((size for size in sizes if size >= children), sizes[-1])
