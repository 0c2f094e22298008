"""What sort of school each is: whose faith, for whom, run by whom."""

from typing import Final

import numpy as np

from ingest.sample.people.children import FAITHS
from ingest.sample.people.ground import Ground
from ingest.sample.people.needs import Floats
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import PRIMARY_KINDS, Provision, made

ENGLAND, ROME = FAITHS[1:]
OF_ENGLAND: Final = {"village": 0.5, "town": 0.22}
"""Share of primary schools by kind of area; of the Church of England; elsewhere ``OTHERS``."""
OTHERS: Final = 0.13
OF_ROME: Final = 0.1
"""Share of primary schools in towns and the city."""

ALL_THROUGH_RECEPTION: Final = 60
SIXTH_FORM_SHARE: Final = 0.55
"""Share of secondary schools that have one, besides those that must."""

TYPES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "primary": (
        ("Community school", 0.47),
        ("Academy converter", 0.31),
        ("Academy sponsor led", 0.14),
        ("Foundation school", 0.08),
    ),
    ENGLAND: (
        ("Voluntary controlled school", 0.42),
        ("Voluntary aided school", 0.28),
        ("Academy converter", 0.30),
    ),
    ROME: (("Voluntary aided school", 0.6), ("Academy converter", 0.4)),
    "secondary": (
        ("Academy converter", 0.46),
        ("Academy sponsor led", 0.27),
        ("Community school", 0.18),
        ("Foundation school", 0.09),
    ),
    "special": (
        ("Community special school", 0.4),
        ("Academy special converter", 0.35),
        ("Foundation special school", 0.25),
    ),
}
"""Share of each type among schools of a sort, those that every county has first."""

ONLY_TYPE: Final = {
    "grammar": "Academy converter",
    "all_through": "Academy sponsor led",
    "ap": "Pupil referral unit",
    "nursery": "Local authority nursery school",
    "sixth_form": "Further education",
    "independent": "Other independent school",
    "independent_prep": "Other independent school",
}


def roles(_: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Give the secondary schools of the city their roles: a grammar school, one of faith..."""
    rows = [row for row, each in enumerate(found) if each.kind == "secondary"]
    city = [row for row in rows if found[row].part == "city"]
    shuffled = rng.permutation(np.array(city, int)).tolist()
    schools = list(found)
    for role, row in zip(_roles(len(city)), shuffled, strict=False):
        schools[row] = _in_role(schools[row], role)
    return tuple(schools)


def _roles(schools: int) -> tuple[str, ...]:
    """Return the roles that so many schools can take without leaving families no choice."""
    order = ("rome", "all_through", "grammar", "girls", "boys")
    return order[: max(0, schools - 1)] if schools < len(order) else order


def _in_role(school: Provision, role: str) -> Provision:
    if role == "rome":
        return school.but(faith=ROME)
    if role == "grammar":
        return made("grammar", school.site, school.part, school.places)
    if role == "all_through":
        through = made("all_through", school.site, school.part, ALL_THROUGH_RECEPTION)
        return through.but(upper_places=school.places)
    return school.but(sex=role.title())


def sixth_forms(_: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Add sixth forms to some secondary schools; at least one, so that pupils can stay."""
    rows = [row for row, each in enumerate(found) if each.kind == "secondary"]
    wanted = max(1, round(SIXTH_FORM_SHARE * len(rows)))
    chosen = set(rng.permutation(np.array(rows, int)).tolist()[:wanted])
    return tuple(
        each.but(last=13, sixth_places=10 * round(0.065 * each.places)) if row in chosen else each
        for row, each in enumerate(found)
    )


def faiths(ground: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Give primary schools their faith: as many as the shares say, drawn among the fitting."""
    rows = [row for row, each in enumerate(found) if _may_be_of_faith(each)]
    rows = rng.permutation(np.array(rows, int)).tolist()
    kinds = [str(ground.kind[found[row].site]) for row in rows]
    urban = [row for row, kind in zip(rows, kinds, strict=True) if kind != "village"]
    rome = urban[: max(1, round(OF_ROME * len(urban))) if len(urban) > 1 else 0]
    schools = list(found)
    for row in rome:
        schools[row] = schools[row].but(faith=ROME)
    for kind in sorted(set(kinds)):
        same = [row for row, each in zip(rows, kinds, strict=True) if each == kind]
        left = [row for row in same if row not in rome]
        for row in left[: round(OF_ENGLAND.get(kind, OTHERS) * len(same))]:
            schools[row] = schools[row].but(faith=ENGLAND)
    return _of_their_infants(tuple(schools))


def _may_be_of_faith(school: Provision) -> bool:
    return school.kind in ("infant", "primary", "first") and not school.story


def _of_their_infants(found: Schools) -> Schools:
    """Give a junior school the faith of the infant school that leads to it."""
    return tuple(
        each.but(faith=found[each.comes_from].faith) if each.kind == "junior" else each
        for each in found
    )


def types(_: Ground, found: Schools, rng: np.random.Generator) -> Schools:
    """Say who runs each school, in the register's words for types of establishment."""
    schools = list(found)
    sorts = [_sort(each) for each in found]
    for sort in sorted(set(sorts) & set(TYPES)):
        rows = [row for row, each in enumerate(sorts) if each == sort]
        names = _shared_out(len(rows), TYPES[sort])
        for row, name in zip(rng.permutation(np.array(rows)).tolist(), names, strict=True):
            schools[row] = schools[row].but(type=name)
    return tuple(
        each.but(type=ONLY_TYPE.get(each.kind, each.type)) if each.faith == "" else each
        for each in schools
    )


def _sort(school: Provision) -> str:
    """Return which list of types a school draws from; none where its type is given."""
    if school.type or school.kind in ONLY_TYPE:
        return ""
    if school.faith:
        return school.faith
    is_primary = school.kind in (*PRIMARY_KINDS, "middle")
    return "special" if school.kind == "special" else ("primary" if is_primary else "secondary")


def _shared_out(count: int, shares: tuple[tuple[str, float], ...]) -> list[str]:
    """Return types in the numbers that their shares come to, by largest remainder.

    >>> _shared_out(3, (("a", 0.5), ("b", 0.3), ("c", 0.2)))
    ['a', 'b', 'c']
    """
    exact: Floats = np.array([share for _, share in shares]) * count
    whole = np.floor(exact + 1e-9).astype(int)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: count - whole.sum()]] += 1
    return [name for (name, _), times in zip(shares, whole, strict=True) for _ in range(int(times))]
