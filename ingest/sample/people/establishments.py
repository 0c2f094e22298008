"""Entries of the register: a provision has one for each number that it has had."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from ingest.sample.people.naming import without_academy
from ingest.sample.people.needs import Ints, SchoolNames
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import ALWAYS, NEVER, NONE, PRIMARY_KINDS, Provision
from ingest.sample.people.years import FIRST_LIFE_YEAR, LIFE_YEARS, first_census

CONVERTED_YEARS: Final = (2011, 2025)
"""Calendar years from which and before which schools became academies."""
CONVERTED_MONTHS: Final = (9, 9, 9, 4, 2, 1, 7, 12)
RENAMED: Final = date(2018, 9, 1)
"""One school got a sponsor on this day, and with it a new name."""
LATE: Final = date(2025, 4, 1)
"""One school became an academy on this day, after the last census and before the register's."""
LATE_FROM_SHARE: Final = 0.3

NEW_NAME: Final = 0.5
"""Share of sponsored academies with another name than the school before."""
DATED: Final = 0.4
"""Share of old schools whose opening date the register knows."""
OLD_YEARS: Final = (1952, 2009)

ACADEMIES: Final = {
    "Academy converter": "Community school",
    "Academy sponsor led": "Community school",
    "Academy special converter": "Community special school",
}
"""Types of academies, and the type before of one without a faith."""
OF_FAITH_BEFORE: Final = "Voluntary aided school"
TRUSTS_OF_A_COUNTY: Final = 7


@dataclass(frozen=True, slots=True)
class Establishment:
    """One entry of the register.

    Attributes:
        provision: which body of pupils it stands for.
        name: of the school.
        type: of establishment, in the register's words.
        opened: the day, where known.
        closed: the day; may be to come.
        follows: the entry that it succeeded with the same pupils, or ``NONE``.
        trust: that runs it.
    """

    provision: int
    name: str
    type: str
    opened: date | None = None
    closed: date | None = None
    follows: int = NONE
    trust: str = ""

    @property
    def first_year(self) -> int:
        """First academic year whose census it takes part in."""
        return first_census(self.opened) if self.opened else ALWAYS

    @property
    def end_year(self) -> int:
        """First academic year whose census it takes no part in."""
        return first_census(self.closed + timedelta(1)) if self.closed else NEVER


Entries = tuple[Establishment, ...]


def entries(
    schools: Schools,
    called: list[str],
    places: list[str],
    names: SchoolNames,
    share: float,
    rng: np.random.Generator,
) -> Entries:
    """List the register's entries, the oldest first.

    Args:
        schools: the provisions.
        called: their names of today.
        places: settlement of each.
        names: who names the schools before, and trusts.
        share: of a whole county.
        rng: random numbers.
    """
    trusts = [names.trust() for _ in range(max(2, round(TRUSTS_OF_A_COUNTY * share)))]
    conversions = _conversions(schools, share, rng)
    found = list[Establishment]()
    for row, school in enumerate(schools):
        trust = str(rng.choice(trusts)) if _has_trust(school) else ""
        now = Establishment(row, called[row], school.type, trust=trust, closed=_closing(school))
        converted = conversions.get(row)
        if converted is None:
            found.append(replace(now, opened=_opening(school, rng)))
            continue
        name = called[row]
        if _is_renamed(school, converted, rng):
            name = names.school(school.kind, places[row], school.faith)
        name = without_academy(name, called)
        before = _before(row, name, school, converted, rng)
        found += [before, replace(now, opened=converted, follows=len(found))]
    return _in_order(found)


def _has_trust(school: Provision) -> bool:
    return school.type in ACADEMIES or school.type == "Free schools"


def _closing(school: Provision) -> date | None:
    return None if school.closes == NEVER else date(school.closes, 8, 31)


def _opening(school: Provision, rng: np.random.Generator) -> date | None:
    if school.opens != ALWAYS:
        return date(school.opens, 9, 1)
    year = int(rng.integers(*OLD_YEARS))
    return date(year, 9, 1) if rng.random() < DATED else None


def _conversions(schools: Schools, share: float, rng: np.random.Generator) -> dict[int, date]:
    """Draw the day on which each academy opened in place of a school before it."""
    academies = [row for row, each in enumerate(schools) if each.type in ACADEMIES]
    found = {}
    for row in academies:
        year, month = rng.integers(*CONVERTED_YEARS), rng.choice(CONVERTED_MONTHS)
        found[row] = date(int(year), int(month), 1)
    sponsored = [row for row in academies if schools[row].type == "Academy sponsor led"]
    found.update(dict.fromkeys(sponsored[:1], RENAMED))
    primary = [row for row in academies if schools[row].kind in PRIMARY_KINDS]
    late = [row for row in primary if row not in sponsored][-1:] if share >= LATE_FROM_SHARE else []
    return found | dict.fromkeys(late, LATE)


def _is_renamed(school: Provision, converted: date, rng: np.random.Generator) -> bool:
    is_new = converted == RENAMED or rng.random() < NEW_NAME
    return school.type == "Academy sponsor led" and is_new


def _before(
    row: int, name: str, school: Provision, converted: date, rng: np.random.Generator
) -> Establishment:
    """Return the entry of a school until the day it became an academy."""
    type_before = OF_FAITH_BEFORE if school.faith else ACADEMIES[school.type]
    opened, closed = _opening(school, rng), converted - timedelta(1)
    return Establishment(row, name, type_before, opened=opened, closed=closed)


def _in_order(found: list[Establishment]) -> Entries:
    """Sort entries by the day they opened, as numbers are given, and keep who follows whom."""
    order = sorted(range(len(found)), key=lambda row: (found[row].opened or date.min, row))
    place = {row: at for at, row in enumerate(order)}
    return tuple(replace(found[row], follows=place.get(found[row].follows, NONE)) for row in order)


def rows_of(listed: Entries, schools: Schools) -> Ints:
    """Return the entry that stands for each provision (rows) in each census from 1996 (columns).

    A provision that was not open yet, or is no longer, is given its first or last entry.
    """
    found = np.full((len(schools), LIFE_YEARS), NONE, np.int32)
    for row, each in enumerate(listed):
        since = max(0, each.first_year - FIRST_LIFE_YEAR)
        if each.follows == NONE:
            since = 0
        found[each.provision, since:] = row
    return found
