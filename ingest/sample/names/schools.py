"""How a school is named: for its place, a saint or a street, and for its kind."""

from types import MappingProxyType
from typing import Final

from ingest.sample.names.draw import Draw
from ingest.sample.names.places import PLACES
from ingest.sample.names.words import SAINTS, SURNAMES

ENDINGS: Final = MappingProxyType(
    {
        "infant": ("Infant School", "Infant School", "Infant and Nursery School"),
        "junior": ("Junior School",),
        "primary": ("Primary School", "Primary School", "Community Primary School"),
        "first": ("First School",),
        "middle": ("Middle School",),
        "secondary": ("School", "School", "High School", "Community School", "College"),
        "high": ("High School", "Upper School"),
        "grammar": ("Grammar School", "High School for Girls", "Grammar School for Boys"),
        "all_through": ("All-Through School", "School"),
        "special": ("School",),
        "ap": ("Pupil Referral Unit", "Learning Centre"),
        "nursery": ("Nursery School",),
        "sixth_form": ("Sixth Form College",),
        "independent": ("School", "College", "Hall School"),
        "independent_prep": ("Preparatory School", "House School", "Prep School"),
    }
)
"""What a school's name ends in by kind; an ending that stands more often is commoner. None says
Academy, which the school that came before was not."""

FAITHS: Final = MappingProxyType(
    {
        "Church of England": "CofE",
        "CofE": "CofE",
        "Roman Catholic": "Catholic",
        "Catholic": "Catholic",
        "Does not apply": "",
        "None": "",
    }
)
"""What a name says of a school's religious character; other characters stand as they are."""

_NO_FAITH_IN: Final = frozenset({"special", "ap", "nursery", "independent", "independent_prep"})
_INVENTED: Final = frozenset(SURNAMES) | {name for names in PLACES.values() for name in names}
"""A school is called after a street only where the street's word is no real place's or person's:
many a real school is called Mill Lane."""

_TRIES: Final = 20


class Schools:
    """Gives the schools of a county their names, none of them twice."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._taken: set[str] = set()
        self._saints: set[str] = set()

    def name(self, kind: str, place: str, faith: str, street: str) -> str:
        """Name a school.

        Args:
            kind: one of the keys of ``ENDINGS``.
            place: settlement it serves.
            faith: religious character in the register's words; empty for none.
            street: street it stands in, which it may be called after.
        """
        badge = "" if kind in _NO_FAITH_IN else FAITHS.get(faith, faith)
        name = ""
        for turn in range(_TRIES):
            whom = self._whom(kind, place, badge, street, turn)
            ending = self._draw.one(ENDINGS[kind])
            if badge:
                ending = ending.removeprefix("Community ")
            name = " ".join(part for part in (whom, badge, ending) if part)
            if name not in self._taken:
                break
        else:
            name = self._numbered(name)
        self._taken.add(name)
        return name

    def _whom(self, kind: str, place: str, badge: str, street: str, turn: int) -> str:
        """Say after whom or what a school is called; further away at every turn."""
        if badge and (kind != "primary" or turn or self._draw.happens(75)):
            saint = f"St {self._saint()}'s"
            return saint if self._draw.happens(70) else f"{place} {saint}"
        if kind in {"special", "ap", "independent", "independent_prep"} or turn:
            return self._draw.one(SURNAMES) if self._draw.happens(60) else self._from_afar(place)
        word = street.rpartition(" ")[0]
        if word in _INVENTED and self._draw.happens(60):
            return street if kind in {"infant", "junior", "primary"} else word
        return place

    def _from_afar(self, place: str) -> str:
        words = ("Heath", "Park", "Green", "Meadows", "Manor", "Grange", "Lodge", "Hill")
        return f"{place} {self._draw.one(words)}"

    def _saint(self) -> str:
        """Return a saint after whom no school of the county is called, while there is one."""
        left = [saint for saint in SAINTS if saint not in self._saints]
        saint = self._draw.one(left or SAINTS)
        self._saints.add(saint)
        return saint

    def _numbered(self, name: str) -> str:
        """Return a name that was not given yet, after another family."""
        ways = (f"{surname} {name}" for surname in SURNAMES)
        return next(way for way in ways if way not in self._taken)
