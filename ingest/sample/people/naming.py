"""What schools are called, as far as who they are for and who runs them shows in the name."""

from collections.abc import Collection
from typing import Final

from ingest.sample.people.needs import SchoolNames
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import MIXED, NONE, Provision

OF_YOUNG_CHILDREN: Final = ("Infant and Nursery", "Infant", "Community Primary", "Primary")


def named(schools: Schools, places: list[str], streets: list[str], names: SchoolNames) -> list[str]:
    """Name every provision; schools that belong together are called alike.

    Args:
        schools: the provisions.
        places: settlement of each.
        streets: street of each; empty where it is not to be called after one.
        names: who names schools.
    """
    found = list[str]()
    for school, place, street in zip(schools, places, streets, strict=True):
        own = names.school(school.kind, place, school.faith, street)
        other = school.heir if school.heir != NONE else school.comes_from
        if school.kind in ("infant", "junior") and other != NONE:
            own = _alike(own, found[other], school.kind, found)
        if not school.type.startswith(("Academy", "Free")):
            own = without_academy(own, found)
        found.append(_for_its_sex(own, school))
    return found


def without_academy(name: str, taken: Collection[str]) -> str:
    """Return a name for a school that is no academy, unless another has it.

    >>> without_academy("Upton Academy", []), without_academy("Upton Academy", ["Upton School"])
    ('Upton School', 'Upton Academy')
    """
    for word in ("All-Through Academy", "Academy"):
        if name.endswith(word):
            other = name.removesuffix(word) + "School"
            return name if other in taken else other
    return name


def _alike(own: str, other: str, kind: str, taken: Collection[str]) -> str:
    """Return another school's name turned into one for a kind of school, if nobody has it."""
    for word in OF_YOUNG_CHILDREN:
        if word in other:
            name = other.replace(word, kind.title())
            return own if name in taken else name
    return own


def _for_its_sex(name: str, school: Provision) -> str:
    if school.sex == MIXED or not name.endswith("School") or school.is_selective:
        return name
    return f"{name} for {school.sex}"


def sex_in_name(name: str, school: Provision) -> str:
    """Return the sex that a school's name says it is for, else its own.

    >>> from ingest.sample.people.provision import made
    >>> sex_in_name("Upton High School for Girls", made("grammar", 0, "city", 150))
    'Girls'
    """
    return next((sex for sex in ("Girls", "Boys") if name.endswith(f"for {sex}")), school.sex)
