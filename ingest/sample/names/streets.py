"""How a street is named: for its kind, and a main road for where it leads."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from ingest.sample.names.draw import Draw
from ingest.sample.names.lists import words
from ingest.sample.names.places import PLACES
from ingest.sample.names.words import (
    BIRDS,
    FLOWERS,
    LANDMARKS,
    SAINTS,
    SURNAMES,
    TERRACES,
    TERRAIN,
    TREES,
    WORKS,
)

SUFFIXES: Final = MappingProxyType(
    {
        "main": ("Road", "Road", "Road", "Way"),
        "high": ("Street", "Street", "Street", "Gate", "Row"),
        "residential": words(
            "Road Road Road Street Street Avenue Avenue Drive Drive Gardens Crescent Grove Way "
            "Rise View Terrace Lane Park"
        ),
        "close": words("Close Close Close Court Mews Croft Garth Place Gardens Walk"),
        "lane": ("Lane", "Lane", "Lane", "Lane", "Hill", "Drove", "Row"),
        "square": ("Square", "Square", "Place", "Green", "Gardens"),
        "industrial": ("Way", "Road", "Park", "Court", "Estate"),
        "path": ("Walk", "Path", "Passage", "Way", "Cut", "Steps"),
    }
)
"""Last words by kind of street; one that stands more often is commoner."""

COMMON: Final = MappingProxyType(
    {
        "main": ("Station Road", "Bridge Road", "New Road", "Harbour Road"),
        "high": (
            "High Street",
            "Market Street",
            "Broad Street",
            "Sheep Street",
            "Corn Street",
            "Fore Street",
            "Silver Street",
            "Bridge Street",
        ),
        "lane": (
            "Church Lane",
            "Mill Lane",
            "Back Lane",
            "Chapel Lane",
            "School Lane",
            "The Street",
            "Green Lane",
            "Main Street",
        ),
        "square": ("Market Place", "The Green", "The Square", "Church Square", "The Cross"),
        "path": ("Church Walk", "Riverside Walk", "Cinder Path", "Mill Path"),
    }
)
"""Streets that many places have, each once."""

_PLACES: Final = tuple(name for names in PLACES.values() for name in names)
_TOWN: Final = (*TERRACES, *LANDMARKS, *TREES, *SURNAMES)
_WORDS: Final[MappingProxyType[str, tuple[Sequence[str], ...]]] = MappingProxyType(
    {
        "main": (LANDMARKS, _PLACES, _PLACES),
        "high": (LANDMARKS, LANDMARKS, TERRACES),
        "residential": (TREES, FLOWERS, _TOWN, TERRAIN, BIRDS, SURNAMES, _PLACES, _PLACES),
        "close": (TREES, FLOWERS, BIRDS, LANDMARKS, TERRAIN, SURNAMES, _PLACES),
        "lane": (LANDMARKS, TERRAIN, TREES, _PLACES, SURNAMES),
        "square": (TERRACES, LANDMARKS, SURNAMES, tuple(f"St {saint}'s" for saint in SAINTS)),
        "industrial": (WORKS, WORKS, SURNAMES),
        "path": (LANDMARKS, TERRAIN, TREES),
    }
)
_EARLIER: Final = ("Old", "Upper", "Lower", "North", "South", "East", "West", "Little", "Long")
_COMMON_PCT: Final = 30
_TRIES: Final = 30


class Streets:
    """Gives the streets of a county their names, each once, but for the commonest."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._taken: set[str] = set()
        self._common: set[tuple[str, str]] = set()

    def name(self, kind: str, to: str, place: str) -> str:
        """Name a street.

        Args:
            kind: one of the keys of ``SUFFIXES``.
            to: settlement that a main road leads to.
            place: settlement that it lies in, so that it gets its High Street; empty for one
                where nothing common is wanted twice.
        """
        if to and f"{to} Road" not in self._taken:
            return self._keep(f"{to} Road")
        if kind in COMMON and self._draw.happens(_COMMON_PCT):
            common = self._draw.one(COMMON[kind])
            if (place, common) not in self._common:
                self._common.add((place, common))
                self._taken.add(common)
                return common
        return self._keep(self._fresh(kind))

    def _fresh(self, kind: str) -> str:
        name = ""
        for _ in range(_TRIES):
            word = self._draw.one(self._draw.one(_WORDS[kind]))
            name = f"{word} {self._draw.one(SUFFIXES[kind])}"
            if name not in self._taken and word != name.split()[-1]:
                return name
        return name

    def _keep(self, name: str) -> str:
        kept, word = name, iter((*_EARLIER, *SURNAMES, *_PLACES))
        while kept in self._taken:
            kept = f"{next(word)} {name}"
        self._taken.add(kept)
        return kept
