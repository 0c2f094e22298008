"""A provision: one body of pupils as families see it, whatever number the register gives it."""

from dataclasses import dataclass, replace
from typing import Final, Self

from ingest.sample.people.years import LAST_STAGE, RECEPTION, YEAR_7

ALWAYS: Final = 1900
NEVER: Final = 9999
NONE: Final = -1

YEAR_GROUPS: Final = {
    "infant": (RECEPTION, 2),
    "junior": (3, 6),
    "primary": (RECEPTION, 6),
    "first": (RECEPTION, 4),
    "middle": (5, 8),
    "secondary": (YEAR_7, 11),
    "high": (9, LAST_STAGE),
    "grammar": (YEAR_7, LAST_STAGE),
    "all_through": (RECEPTION, 11),
    "special": (RECEPTION, LAST_STAGE),
    "ap": (YEAR_7, 11),
    "nursery": (-1, -1),
    "sixth_form": (12, LAST_STAGE),
    "independent": (YEAR_7, LAST_STAGE),
    "independent_prep": (RECEPTION, 6),
}
"""First and last year group by kind of school; a sixth form added makes 13 the last."""

PRIMARY_KINDS: Final = ("infant", "junior", "primary", "first")
SECONDARY_KINDS: Final = ("secondary", "high", "grammar", "all_through")
CHOSEN_KINDS: Final = (
    *PRIMARY_KINDS,
    "middle",
    *SECONDARY_KINDS,
    "sixth_form",
    "independent",
    "independent_prep",
)
"""Kinds that families rank; the others are named for a child, or taken for the nursery alone."""

MIXED: Final = "Mixed"


@dataclass(frozen=True, slots=True)
class Provision:
    """One body of pupils with a place, a size and a character.

    Attributes:
        kind: in the words that names are given by.
        site: row of the land's sites; today's, or the last.
        part: city, shire or fringe.
        first: first year group with pupils.
        last: last year group with pupils.
        places: admitted a year, into the first year group.
        upper_places: an all-through school's places in year 7, where the others enter.
        sixth_places: places in year 12.
        faith: of the school, as in ``FAITHS``.
        sex: who may come: Mixed, Boys, Girls.
        type: of establishment, in the register's words.
        opens: first academic year with pupils.
        closes: first academic year without.
        grows: began with its first year group, and gained one a year.
        heir: the provision that took its pupils when it closed.
        comes_from: the provision that leads to this one, as an infant school to its junior.
        old_site: where it was before it moved.
        moved: first academic year at its site of today.
        second_site: where its older pupils are, of a school on two sites.
        nursery_places: places for children of three.
        changes: academic years from which another number is admitted, and that number.
        story: what happened to it, for the register: see ``history``.
    """

    kind: str
    site: int
    part: str
    first: int
    last: int
    places: int
    upper_places: int = 0
    sixth_places: int = 0
    faith: str = ""
    sex: str = MIXED
    type: str = ""
    opens: int = ALWAYS
    closes: int = NEVER
    grows: bool = False
    heir: int = NONE
    comes_from: int = NONE
    old_site: int = NONE
    moved: int = NEVER
    second_site: int = NONE
    nursery_places: int = 0
    changes: tuple[tuple[int, int], ...] = ()
    story: str = ""

    @property
    def is_independent(self) -> bool:
        """Families pay for it."""
        return self.kind.startswith("independent")

    @property
    def is_selective(self) -> bool:
        """It asks for a test to be passed."""
        return self.kind == "grammar"

    @property
    def is_chosen(self) -> bool:
        """Families rank it."""
        return self.kind in CHOSEN_KINDS

    @property
    def is_mainstream(self) -> bool:
        """The state pays, families rank it, and it is no college."""
        return self.is_chosen and not self.is_independent and self.kind != "sixth_form"

    def but(self, **changed: object) -> Self:
        """Return it with something changed."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def admits(self, academic_year: int, year_group: int) -> int:
        """Return the places of a year group whose pupils entered in an academic year."""
        if year_group > 11:  # noqa: PLR2004
            return self.sixth_places
        if self.kind == "all_through" and year_group >= YEAR_7:
            return self.upper_places
        since = [places for year, places in self.changes if academic_year >= year]
        return since[-1] if since else self.places


def made(kind: str, site: int, part: str, places: int) -> Provision:
    """Return a provision of a kind, with nothing special about it."""
    first, last = YEAR_GROUPS[kind]
    sixth = places * 5 // 6 if kind in ("high", "grammar", "independent") else 0
    return Provision(kind, site, part, first, last, places, sixth_places=sixth)
