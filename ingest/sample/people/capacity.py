"""How many pupils a school says it has room for."""

from typing import Final

from ingest.sample.people.establishments import Entries
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import Provision
from ingest.sample.people.years import YEAR_7, YEAR_12

SIXTH_FORM_YEARS: Final = 2
EVERY: Final = 3
"""Of special and independent schools, each third has no capacity in the register."""


def capacities(listed: Entries, schools: Schools) -> list[int | None]:
    """Return the capacity of each entry; ``None`` where the register is blank."""
    return [_capacity(schools[each.provision], each.provision) for each in listed]


def _capacity(school: Provision, row: int) -> int | None:
    """Return a school's capacity: full year groups of the most it ever admitted.

    >>> from ingest.sample.people.provision import made
    >>> _capacity(made("primary", 0, "city", 45), 1), _capacity(made("grammar", 0, "city", 180), 1)
    (315, 1200)
    """
    if school.kind in ("nursery", "ap", "sixth_form", "special"):
        return 90 if school.kind == "special" and row % EVERY else None
    if school.is_independent and row % EVERY == 0:
        return None
    places = max(school.places, *(places for _, places in school.changes), 0)
    first_years = min(school.last + 1, YEAR_7 if school.kind == "all_through" else YEAR_12)
    lower = places * (first_years - school.first)
    upper = school.upper_places * (YEAR_12 - YEAR_7)
    return lower + upper + SIXTH_FORM_YEARS * school.sixth_places
