"""The register's columns for every entry, in its words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.sample.codes import urn
from ingest.sample.people.capacity import capacities
from ingest.sample.people.establishments import ACADEMIES, Entries, Establishment
from ingest.sample.people.federations import federations
from ingest.sample.people.market import CRITERIA, Market
from ingest.sample.people.needs import Land
from ingest.sample.people.numbers import establishment_numbers
from ingest.sample.people.places import Whereabouts
from ingest.sample.people.provision import NEVER, NONE, PRIMARY_KINDS, Provision
from ingest.sample.people.years import LAST_CENSUS, REGISTER_DAY

GROUPS: Final = {
    "Academy": "Academies",
    "Free schools": "Free Schools",
    "Other independent": "Independent schools",
    "Community special": "Special schools",
    "Foundation special": "Special schools",
    "Further education": "Colleges",
}
"""The register's group by how a type begins; all others are maintained by the authority."""
MAINTAINED: Final = "Local authority maintained schools"

PHASES: Final = {
    "infant": "Primary",
    "junior": "Primary",
    "primary": "Primary",
    "first": "Primary",
    "middle": "Middle deemed secondary",
    "secondary": "Secondary",
    "high": "Secondary",
    "grammar": "Secondary",
    "all_through": "All-through",
    "nursery": "Nursery",
    "sixth_form": "16 plus",
}
NOT_APPLICABLE: Final = "Not applicable"
OTHER_AGES: Final = {
    "nursery": (2, 5),
    "special": (3, 19),
    "sixth_form": (16, 99),
    "independent_prep": (3, 11),
}
LAST_AGE_OF_SIXTH_FORM: Final = 18
"""Of statutory ages; a school takes pupils of four in reception, and one year more each year."""
FIRST_AGE: Final = 4
NURSERY_AGE: Final = 3


@dataclass(frozen=True, slots=True)
class Register:
    """What the rows of the register are written from.

    Attributes:
        land: where the schools stand.
        where: in words.
        market: the provisions.
        listed: the entries.
        areas_planned: names of planning areas, by provision.
    """

    land: Land
    where: Whereabouts
    market: Market
    listed: Entries
    areas_planned: list[tuple[str, ...]]

    def school(self, entry: Establishment) -> Provision:
        """Return the provision of an entry."""
        return self.market.schools[entry.provision]

    def each(self, value: Callable[[Establishment, Provision], Any]) -> list[Any]:
        """Return a value for every entry."""
        return [value(entry, self.school(entry)) for entry in self.listed]


def register_table(register: Register) -> pd.DataFrame:
    """Write the register, but for what the census counts.

    Returns:
        One row per entry. Columns as in the register's reader, and beside them those with which
        files are made: ``provision``, ``authority``, ``part``, ``kind``, ``site``, ``area``,
        ``node``, ``first_year_group``, ``last_year_group``, ``pan``, ``planning_areas``,
        ``criterion``, ``comes_from`` (provision), ``follows`` (row), ``first_year`` and
        ``end_year`` of its censuses.
    """
    rows = pd.concat([_identity(register), _sort(register), _place(register)], axis=1)
    is_primary = [each.kind in PRIMARY_KINDS for each in map(register.school, register.listed)]
    numbers = zip(
        rows["type"], is_primary, rows["authority"], rows["part"] == "fringe", strict=True
    )
    return rows.assign(establishment_number=establishment_numbers(numbers))


def _identity(register: Register) -> pd.DataFrame:
    tile = register.land.tile.index
    listed = register.listed
    return pd.DataFrame(
        {
            "urn": [urn(tile, row) for row in range(len(listed))],
            "number": np.arange(len(listed)),
            "name": [each.name for each in listed],
            "type": [each.type for each in listed],
            "type_group": [type_group(each.type) for each in listed],
            "status_gias": [status(each) for each in listed],
            "reason_opened": register.each(_reason_opened),
            "open_date": [_day(each.opened) for each in listed],
            "reason_closed": register.each(_reason_closed),
            "close_date": [_day(each.closed) for each in listed],
            "trust": [each.trust for each in listed],
            "federation": federations(listed, register.market.schools),
            "website": [f"www.{_slug(each.name)}.example" for each in listed],
            "provision": np.array([each.provision for each in listed], np.int32),
            "follows": np.array([each.follows for each in listed], np.int32),
            "first_year": [each.first_year for each in listed],
            "end_year": [each.end_year for each in listed],
        }
    )


def _sort(register: Register) -> pd.DataFrame:
    each, market = register.each, register.market
    return pd.DataFrame(
        {
            "kind": each(lambda _, school: school.kind),
            "phase_gias": each(lambda _, school: PHASES.get(school.kind, NOT_APPLICABLE)),
            "age_low": each(lambda _, school: ages(school)[0]),
            "age_high": each(lambda _, school: ages(school)[1]),
            "nursery_provision": each(_nursery),
            "sixth_form": each(_sixth_form),
            "gender": each(lambda _, school: school.sex),
            "religious_character": each(_religion),
            "admissions_policy": each(_policy),
            "capacity_pupils": pd.array(capacities(register.listed, market.schools), "Int32"),
            "pan": pd.array(each(_pan), "Int32"),
            "sixth_form_places": each(lambda _, school: school.sixth_places),
            "nursery_places": each(lambda _, school: school.nursery_places),
            "first_year_group": each(lambda _, school: school.first),
            "last_year_group": each(lambda _, school: school.last),
            "comes_from": each(lambda _, school: school.comes_from),
            "criterion": each(
                lambda entry, school: (
                    CRITERIA[market.criterion[entry.provision]] if school.is_chosen else ""
                )
            ),
            "planning_areas": each(lambda entry, _: register.areas_planned[entry.provision]),
        }
    )


def _place(register: Register) -> pd.DataFrame:
    land, where = register.land, register.where
    at = np.array([_site_of(entry, register.school(entry)) for entry in register.listed])
    sites = land.sites.iloc[at].reset_index(drop=True)
    areas = land.areas.iloc[sites["area"].to_numpy()].reset_index(drop=True)
    place = [where.place[site] for site in at]
    town = [where.town[site] for site in at]
    return pd.DataFrame(
        {
            "street": sites["street"],
            "locality": ["" if one == two else one for one, two in zip(place, town, strict=True)],
            "town": town,
            "postcode": sites["postcode"],
            "x": sites["x"].round().astype(int),
            "y": sites["y"].round().astype(int),
            "node": sites["node"],
            "site": at,
            "second_site": register.each(lambda _, school: school.second_site),
            "area": sites["area"],
            "part": areas["part"],
            "authority": areas["authority"],
        }
    )


def _site_of(entry: Establishment, school: Provision) -> int:
    """Return where an entry's school is, or was when it closed."""
    was_before = school.moved != NEVER and entry.end_year <= school.moved
    return school.old_site if was_before else school.site


def type_group(type_name: str) -> str:
    """Return the register's group of a type."""
    found = (group for start, group in GROUPS.items() if type_name.startswith(start))
    return next(found, MAINTAINED)


def status(entry: Establishment) -> str:
    """Return an entry's status on the day of the register."""
    if entry.closed is not None and entry.closed < REGISTER_DAY:
        return "Closed"
    if entry.opened is not None and entry.opened > REGISTER_DAY:
        return "Proposed to open"
    return "Open, but proposed to close" if entry.closed else "Open"


def ages(school: Provision) -> tuple[int, int]:
    """Return a school's statutory ages."""
    if school.kind in OTHER_AGES:
        return OTHER_AGES[school.kind]
    low = NURSERY_AGE if school.nursery_places else FIRST_AGE + school.first
    high = LAST_AGE_OF_SIXTH_FORM if school.sixth_places else FIRST_AGE + 1 + school.last
    return low, min(high, LAST_AGE_OF_SIXTH_FORM)


def _nursery(_: Establishment, school: Provision) -> str:
    if school.kind not in (*PRIMARY_KINDS, "nursery"):
        return NOT_APPLICABLE
    return "Has Nursery Classes" if school.nursery_places else "No Nursery Classes"


def _sixth_form(_: Establishment, school: Provision) -> str:
    if school.kind in ("special", "nursery", "ap", "sixth_form"):
        return NOT_APPLICABLE
    return "Has a sixth form" if school.sixth_places else "Does not have a sixth form"


def _religion(entry: Establishment, school: Provision) -> str:
    if school.faith:
        return school.faith
    is_free_to_say = entry.type in ACADEMIES or school.is_independent
    return "None" if is_free_to_say else "Does not apply"


def _policy(_: Establishment, school: Provision) -> str:
    if school.is_selective:
        return "Selective"
    secondary = school.kind in ("secondary", "high", "all_through", "middle")
    return "Non-selective" if secondary else NOT_APPLICABLE


def _pan(_: Establishment, school: Provision) -> int | None:
    if not school.is_mainstream:
        return None
    return school.admits(LAST_CENSUS, school.first)


def _reason_opened(entry: Establishment, school: Provision) -> str:
    if entry.follows != NONE:
        return "Academy Converter" if "converter" in entry.type else "Academy Sponsor Led"
    if school.story == "amalgamated" and school.heir == NONE:
        return "Result of Amalgamation"
    return "New Provision" if school.grows else NOT_APPLICABLE


def _reason_closed(entry: Establishment, school: Provision) -> str:
    if entry.closed is None:
        return NOT_APPLICABLE
    if entry.end_year < school.closes:
        return "For Academy"
    return "Result of Amalgamation/Merger" if school.heir != NONE else "Closure"


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _slug(name: str) -> str:
    """Return a name as part of a web address.

    >>> _slug("St Mary's CofE Primary School")
    'stmaryscofeprimaryschool'
    """
    return re.sub(r"[^a-z0-9]", "", name.casefold())
