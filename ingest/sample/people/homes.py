"""Who lives where: people and households of a small area through the years."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.needs import Floats, Ints, Land
from ingest.sample.people.parameters import PARTS
from ingest.sample.people.years import CENSUS_2021, FIRST_LIFE_YEAR, LIFE_YEARS
from ingest.sample.tiles import PEOPLE

PEOPLE_PER_HOUSEHOLD: Final = {
    "centre": 2.15,
    "terraces": 2.5,
    "suburb": 2.45,
    "estate": 2.5,
    "new": 2.7,
    "town": 2.3,
    "coast": 2.05,
    "village": 2.35,
}
GROWTH: Final = 0.0035
"""Households of an area that nobody plans for, a year."""

ESTATE_YEARS: Final = (2016.0, 2021.0, 2028.0)
ESTATE_HOMES: Final = (0.06, 1.0, 1.75)
"""Homes of the new estate over those of 2021, in these years; in between they are built evenly."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Homes of a county.

    Attributes:
        kind: of each small area.
        part: of each small area, as its place in ``PARTS``.
        households: in each small area (rows) and year from ``FIRST_LIFE_YEAR`` (columns).
        people_2021: in each small area.
        order: postcodes, sorted by small area.
        reached: households up to each of them, in that order; one longer than they are.
        first: where each small area begins in that order, and where the last one ends.
    """

    kind: tuple[str, ...]
    part: Ints
    households: Floats
    people_2021: Floats
    order: Ints
    reached: Floats
    first: Ints

    @property
    def areas(self) -> int:
        """How many small areas there are."""
        return len(self.kind)

    def built(self) -> Floats:
        """Return the homes built on the new estate in each year, shaped like ``households``."""
        new = np.array(self.kind) == "new"
        gained = np.diff(self.households, axis=1, prepend=self.households[:, :1])
        return np.where(new[:, None], np.maximum(gained, 0.0), 0.0)

    def postcodes(self, areas: Ints, rng: np.random.Generator) -> Ints:
        """Draw a postcode in each of some small areas, the likelier the more households it has."""
        low, high = self.reached[self.first[areas]], self.reached[self.first[areas + 1]]
        drawn = low + rng.random(len(areas)) * (high - low)
        at = np.searchsorted(self.reached, drawn, "right") - 1
        last = self.first[areas + 1] - 1
        return self.order[np.clip(at, self.first[areas], last)]


def homes_of(land: Land) -> Homes:
    """Count the homes of a county's small areas, and who lives in them."""
    areas = land.areas
    kind = tuple(areas["kind"])
    base = areas["households"].to_numpy(float)
    people = base * np.array([PEOPLE_PER_HOUSEHOLD[each] for each in kind])
    home_area = land.postcodes["area"].to_numpy(np.int32)
    order = np.argsort(home_area, kind="stable").astype(np.int32)
    weights = np.maximum(land.postcodes["households"].to_numpy(float)[order], 0.01)
    return Homes(
        kind=kind,
        part=np.array([PARTS.index(part) for part in areas["part"]], np.int32),
        households=base[:, None] * _through_the_years(kind),
        people_2021=people * PEOPLE * land.tile.share / people.sum(),
        order=order,
        reached=np.concatenate([[0.0], np.cumsum(weights)]),
        first=np.searchsorted(home_area[order], np.arange(len(areas) + 1)).astype(np.int32),
    )


def _through_the_years(kind: tuple[str, ...]) -> Floats:
    """Return households of each area and year, over those of 2021."""
    years = np.arange(FIRST_LIFE_YEAR, FIRST_LIFE_YEAR + LIFE_YEARS)
    steady = (1 + GROWTH) ** (years - CENSUS_2021)
    estate = np.interp(years, ESTATE_YEARS, ESTATE_HOMES)
    return np.where((np.array(kind) == "new")[:, None], estate, steady)
