"""What a publisher's file of the sample is: written county by county, then put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import geopandas as gpd
import pandas as pd

from ingest.sample.codes import AuthorityKind, la_code, la_code_dfe
from ingest.sample.land.canvas import Drawing
from ingest.sample.names import AuthorityNames, authority_names
from ingest.sample.people.outcomes import Outcomes
from ingest.sample.people.rolls import Rolls
from ingest.sample.tiles import Tile


class Land(Protocol):
    """What the files need to know of a county's land; each attribute as the land declares it."""

    @property
    def tile(self) -> Tile:
        """Its square."""

    @property
    def settlements(self) -> pd.DataFrame:
        """City, suburbs, towns, villages, hamlets."""

    @property
    def postcodes(self) -> pd.DataFrame:
        """Postcodes: postcode, x, y, area (row of ``areas``)."""

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """Small areas: area_code, name, ward and district, authority, geometry."""


class People(Protocol):
    """What the files need to know of a county's people and schools."""

    @property
    def schools(self) -> pd.DataFrame:
        """One row per establishment of the register; columns as in ``register.COLUMNS``."""

    @property
    def links(self) -> pd.DataFrame:
        """Which establishment followed which."""

    @property
    def ages(self) -> pd.DataFrame:
        """Residents: a row per year, area (row of ``areas``) and sex, a column for each age."""

    @property
    def births(self) -> pd.DataFrame:
        """Births by small area and academic year: area, academic_year, births and so on."""

    @property
    def admissions(self) -> pd.DataFrame:
        """Preferences and offers by school, year and year group."""

    @property
    def applications(self) -> pd.DataFrame:
        """Applications and offers by authority of residence, year and year group."""

    @property
    def deprivation(self) -> pd.DataFrame:
        """Scores by domain, more being more deprived; a row per small area, in their order."""

    @property
    def rolls(self) -> Rolls:
        """Pupils by school, census year, year group, sex and home."""

    @property
    def traits(self) -> pd.DataFrame:
        """Pupils with free meals, of other languages, with special needs, by school and year."""

    @property
    def outcomes(self) -> Outcomes:
        """Results of tests and examinations, absence, where pupils went."""

    @property
    def truth(self) -> dict[str, Any]:
        """The parameters that made the people."""


@dataclass(frozen=True, slots=True)
class County:
    """One county, ready to be written.

    Attributes:
        land: its land.
        people: its people and schools.
        drawing: its streets, buildings, woods and waters, as a street extract has them.
        counties: how many counties the sample has.
    """

    land: Land
    people: People
    drawing: Drawing
    counties: int

    @property
    def tile(self) -> Tile:
        """Its square."""
        return self.land.tile

    def names_of(self, authority: int) -> AuthorityNames:
        """Return the names of an authority and of its districts."""
        return authority_names(self.tile.seed, authority, self.counties)

    def is_shown(self, authority: "pd.Series[int]") -> "pd.Series[bool]":
        """Say which authorities the sample's region shows: not the one beyond its western edge."""
        return (authority != self.tile.fringe) | (not self.tile.fringe_is_alone)


@dataclass(frozen=True, slots=True)
class MadeUpAuthority:
    """An authority of the sample.

    Attributes:
        number: its number, from which its codes follow.
        kind: a city, the shire around one, or a county beyond the western edge.
        name: the name readers see.
    """

    number: int
    kind: AuthorityKind
    name: str

    @property
    def la_code(self) -> str:
        """Its GSS code."""
        return la_code(self.kind, self.number)

    @property
    def la_code_dfe(self) -> str:
        """The Department's three digits."""
        return la_code_dfe(self.number)


@dataclass(frozen=True, slots=True)
class Country:
    """All counties of a sample.

    Attributes:
        scale: 1 is one county.
        seed: what all random numbers come from.
        tiles: the counties' squares.
    """

    scale: float
    seed: int
    tiles: tuple[Tile, ...]

    def shown(self) -> tuple[MadeUpAuthority, ...]:
        """Return the authorities that the sample's region shows."""
        return tuple(
            authority
            for tile in self.tiles
            for authority in (
                self._authority("city", tile.city),
                self._authority("shire", tile.shire),
            )
        )

    def beside(self) -> tuple[MadeUpAuthority, ...]:
        """Return the authorities beyond the western edge."""
        return tuple(
            self._authority("fringe", tile.fringe) for tile in self.tiles if tile.fringe_is_alone
        )

    def names(self) -> dict[int, str]:
        """Return the name of every authority by its number."""
        return {each.number: each.name for each in (*self.shown(), *self.beside())}

    def _authority(self, kind: AuthorityKind, number: int) -> MadeUpAuthority:
        return MadeUpAuthority(
            number, kind, authority_names(self.seed, number, len(self.tiles)).name
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One publisher's file, as the sample writes it.

    Counties are made one by one, in several processes at once where there are cores: each writes
    its part into a folder of its own, which the file is then put together from, in the counties'
    order. So the bytes are the same whoever makes which county.

    Attributes:
        source: the real series that it imitates: an ``id`` of ``ingest.sources``; empty for what
            stands beside the publishers' files and no reader looks at.
        file: its place in the mirror, by the publisher's own name.
        part: writes what one county adds, into an empty folder.
        join: puts the file together from every county's folder.
    """

    source: str
    file: str
    part: Callable[[County, Path], None]
    join: Callable[[Sequence[Path], Path, Country], None]
