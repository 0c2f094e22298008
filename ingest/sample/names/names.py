"""Names for everything in one county, none of them given twice."""

from collections.abc import Sequence
from typing import Final, Self

import numpy as np

from ingest.sample.names.county import CountyNames, county_names
from ingest.sample.names.draw import Draw
from ingest.sample.names.places import PLACES
from ingest.sample.names.schools import Schools
from ingest.sample.names.settlements import Settlements
from ingest.sample.names.streets import Streets
from ingest.sample.names.words import BIRDS, RIVERS, SURNAMES, TREES, TRUST_WORDS
from ingest.sample.tiles import Tile

_PLACES: Final = tuple(name for names in PLACES.values() for name in names)
_HEADS: Final = (*_PLACES, *SURNAMES)


class Names:
    """Draws names from one stream: equal streams give equal names in equal order.

    What holds beyond the county (its city, its authorities, their districts) comes from the
    sample's seed instead, because the next county must say the same: see ``Names.of``.
    """

    def __init__(self, rng: np.random.Generator, county: CountyNames | None = None) -> None:
        self._county = county or county_names(int(rng.integers(2**31)), 0)
        self._draw = Draw(rng)
        taken = (self._county.city, self._county.county_town)
        self._settlements = Settlements(self._draw, self._county.river, tuple(filter(None, taken)))
        self._streets = Streets(self._draw)
        self._schools = Schools(self._draw)
        self._has_county_town = not self._county.county_town
        self._taken: set[str] = set()

    @classmethod
    def of(cls, tile: Tile, *, counties: int = 1) -> Self:
        """Return the names of a tile's county, out of as many as the sample has."""
        county = county_names(tile.seed, tile.index, fringe=tile.fringe, counties=counties)
        return cls(tile.rng("names"), county)

    def county(self) -> CountyNames:
        """Return the names that hold for the whole county."""
        return self._county

    def settlement(self, kind: str, *, near: frozenset[str] = frozenset(), of: str = "") -> str:
        """Name a settlement.

        Args:
            kind: city, town, village, hamlet or suburb. The only city is the county's; the first
                town is the one that the shire is called after, if it is called after one.
            near: what lies near: any of river, coast, wood, hill, ford.
            of: the village next to which a hamlet lies; some are called after theirs.
        """
        if kind == "city":
            return self._county.city
        if kind == "suburb":
            return self.suburb()
        if kind == "town" and not self._has_county_town:
            self._has_county_town = True
            return self._county.county_town
        return self._settlements.name(kind, near, of)

    def suburb(self) -> str:
        """Name a suburb of the city."""
        return self._settlements.suburb(self._county.city)

    def street(self, kind: str, *, to: str = "", place: str = "") -> str:
        """Name a street.

        Args:
            kind: main, high, residential, close, lane, square, industrial or path.
            to: settlement that a main road leads to.
            place: settlement that it lies in; each has a High Street and a Church Lane once.
        """
        return self._streets.name(kind, to, place)

    def park(self) -> str:
        """Name a park."""
        return self._fresh(_HEADS, ("Park", "Park", "Recreation Ground", "Gardens", "Common"))

    def wood(self) -> str:
        """Name a wood."""
        return self._fresh(_HEADS, ("Wood", "Wood", "Copse", "Covert", "Plantation", "Hanger"))

    def water(self) -> str:
        """Name a lake, reservoir or pond."""
        return self._fresh((*RIVERS, *_HEADS), ("Water", "Mere", "Pool", "Lake", "Reservoir"))

    def farm(self) -> str:
        """Name a farm."""
        return self._fresh((*TREES, *BIRDS, *SURNAMES), ("Farm", "Farm", "Grange", "Barton"))

    def school(self, kind: str, place: str, faith: str = "", street: str = "") -> str:
        """Name a school.

        Args:
            kind: infant, junior, primary, first, middle, secondary, high, grammar, all_through,
                special, ap, nursery, sixth_form, independent or independent_prep.
            place: settlement it serves.
            faith: religious character in the register's words; empty for none.
            street: street it stands in, which it may be called after.
        """
        return self._schools.name(kind, place, faith, street)

    def trust(self) -> str:
        """Name an academy trust."""
        words = (*TRUST_WORDS, *SURNAMES, *SURNAMES)
        return self._fresh(words, ("Learning Trust", "Academies Trust", "Education Trust"))

    def _fresh(self, heads: Sequence[str], tails: Sequence[str]) -> str:
        name = f"{self._draw.one(heads)} {self._draw.one(tails)}"
        others = iter(_HEADS)
        while name in self._taken:
            name = f"{next(others)} {self._draw.one(tails)}"
        self._taken.add(name)
        return name
