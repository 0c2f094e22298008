"""How a settlement is named: for its kind and for what lies near it."""

from types import MappingProxyType
from typing import Final

from ingest.sample.names.draw import Draw
from ingest.sample.names.lists import words
from ingest.sample.names.places import PLACES
from ingest.sample.names.words import RIVERS, SAINTS

NEAR: Final = MappingProxyType(
    {
        "river": ("ford", "bridge", "bourne", "mere", "hithe", "holme", "well"),
        "ford": ("ford",),
        "coast": ("mouth", "haven", "ness", "staithe", "port", "pool"),
        "wood": ("hurst", "ley", "den", "shaw", "holt", "field"),
        "hill": ("don", "low", "combe", "dale", "over", "edge", "wold"),
    }
)
"""Last elements of a name that say what lies near."""

PLAIN: Final = MappingProxyType(
    {
        "city": ("cester", "minster", "borough", "bury"),
        "town": ("ton", "ham", "bury", "wick", "ley", "ford", "borough", "minster", "bridge"),
        "suburb": ("ley", "field", "ton", "wick", "den", "bury", "hurst", "gate", "worth", "by"),
        "village": words(
            "ton ham wick worth stead stow by thorpe bury ley field den combe bourne don low other"
        ),
        "hamlet": words("thwaite toft shaw holt edge well over stead thorpe worth holme other"),
    }
)
"""Last elements that suit a kind of settlement anywhere."""

PREFIXES: Final = ("Great", "Long", "Upper", "Lower", "Nether", "Market", "Castle", "Abbots")
HAMLET_PREFIXES: Final = ("Little", "Upper", "Lower", "Nether", "Over", "Far")
HAMLET_SUFFIXES: Final = ("Green", "End", "Cross", "Moor", "Common", "Heath", "Hill", "Marsh")
SUBURB_SUFFIXES: Final = ("Park", "Green", "Hill", "Heath", "Common", "Fields", "Vale", "Cross")
LATIN: Final = ("Magna", "Parva", "Abbas", "Regis", "Episcopi")
_NEAR_PCT: Final = 70
_DRESSED_PCT: Final = 14
_OF_A_VILLAGE_PCT: Final = 35
_TRIES: Final = 60
_APART: Final = 4
"""Names of a county differ in their first letters, so that no two are taken for each other."""


class Settlements:
    """Gives every settlement of a county a name of its own."""

    def __init__(self, draw: Draw, river: str, taken: tuple[str, ...]) -> None:
        self._draw = draw
        self._river = river
        self._taken = set(taken)
        self._beginnings = {name[:_APART] for name in taken}
        self._stems: dict[str, str] = {}

    def name(self, kind: str, near: frozenset[str], of: str) -> str:
        """Name a town, village or hamlet.

        Args:
            kind: town, village or hamlet.
            near: any of the keys of ``NEAR``.
            of: village next to which a hamlet lies; some are called after it.
        """
        stem = self._stems.get(of, of)
        if stem and kind == "hamlet" and self._draw.happens(_OF_A_VILLAGE_PCT):
            name = self._of_a_village(stem)
            if name not in self._taken:
                return self._keep(name)
        stem = self._fresh(kind, near)
        name = self._keep(self._dressed(stem, kind, near))
        self._stems[name] = stem
        return name

    def suburb(self, city: str) -> str:
        """Name a suburb of the city."""
        if self._draw.happens(12):
            side = f"{self._draw.one(('North', 'East', 'South', 'West'))} {city}"
            if side not in self._taken:
                return self._keep(side)
        stem = self._fresh("suburb", frozenset())
        if self._draw.happens(35):
            stem = f"{stem} {self._draw.one(SUBURB_SUFFIXES)}"
        return self._keep(stem)

    def _fresh(self, kind: str, near: frozenset[str]) -> str:
        """Return a name none of whose like was given; of the whole country where all were."""
        told = [ending for thing in sorted(near) for ending in NEAR.get(thing, ())]
        endings = told if told and self._draw.happens(_NEAR_PCT) else PLAIN[kind]
        endings = [ending for ending in endings if ending in PLACES]
        for turn in range(_TRIES):
            pool = list(PLACES) if turn > _TRIES // 2 else endings
            name = self._draw.one(PLACES[self._draw.one(pool)])
            if name[:_APART] not in self._beginnings:
                break
        else:
            name = self._unlike_any()
        self._beginnings.add(name[:_APART])
        return name

    def _unlike_any(self) -> str:
        """Return any name not taken yet, with a saint's where even that fails."""
        everything = [name for names in PLACES.values() for name in names]
        left = [name for name in everything if name not in self._taken]
        if left:
            return self._draw.one(left)
        return f"{self._draw.one(everything)} St {self._draw.one(SAINTS)}"

    def _dressed(self, stem: str, kind: str, near: frozenset[str]) -> str:
        """Add to some names what tells them from their like elsewhere."""
        ways = [f"{self._draw.one(PREFIXES[:5])} {stem}", f"{stem} {self._draw.one(LATIN)}"]
        ways.append(f"{stem} St {self._draw.one(SAINTS)}")
        if "river" in near:
            ways.append(f"{stem}-on-{self._river}")
        if "coast" in near:
            ways.append(f"{stem}-on-Sea")
        if kind == "town":
            ways = [f"{self._draw.one(PREFIXES[5:])} {stem}", *ways[3:]]
        return (
            self._draw.one(ways) if kind != "hamlet" and self._draw.happens(_DRESSED_PCT) else stem
        )

    def _of_a_village(self, village: str) -> str:
        if self._draw.happens(50):
            return f"{self._draw.one(HAMLET_PREFIXES)} {village}"
        return f"{village} {self._draw.one(HAMLET_SUFFIXES)}"

    def _keep(self, name: str) -> str:
        """Remember a name; one that was given before is told apart."""
        kept = name
        further = iter(("Old", "New", "East", "West", "North", "South", *RIVERS, *SAINTS))
        while kept in self._taken:
            kept = f"{next(further)} {name}"
        self._taken.add(kept)
        return kept
