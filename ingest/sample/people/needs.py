"""What the people of a county need to know of its land and its names."""

from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]
Singles = NDArray[np.float32]
Words = NDArray[np.str_]


class Tile(Protocol):
    """One county's square."""

    @property
    def index(self) -> int:
        """Its number."""

    @property
    def share(self) -> float:
        """How much of a whole county it holds."""

    def rng(self, stage: str) -> np.random.Generator:
        """Return the random numbers of one stage."""


class Streets(Protocol):
    """The streets that people walk."""

    def minutes(self, nodes: NDArray[np.int32]) -> Singles:
        """Return the minutes on foot from each of some nodes to every node."""


class Land(Protocol):
    """The land of one county, as far as its people look at it."""

    @property
    def tile(self) -> Tile:
        """Its square."""

    @property
    def settlements(self) -> pd.DataFrame:
        """City, suburbs, towns, villages, hamlets: name, kind, x, y, part."""

    @property
    def streets(self) -> Streets:
        """Its streets."""

    @property
    def postcodes(self) -> pd.DataFrame:
        """Where homes are: postcode, x, y, node, households, area, settlement, part."""

    @property
    def areas(self) -> pd.DataFrame:
        """Small areas: area_code, part, district_code, authority, kind, households, x, y."""

    @property
    def sites(self) -> pd.DataFrame:
        """Plots for schools: x, y, node, settlement, area, hectares, street, postcode."""


class SchoolNames(Protocol):
    """Who gives schools and trusts their names."""

    def school(self, kind: str, place: str, faith: str = "", street: str = "") -> str:
        """Return a name that no other school has."""

    def trust(self) -> str:
        """Return a name that no other trust has."""
