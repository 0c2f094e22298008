"""Federations: schools that share a governing body and stay schools of their own."""

from itertools import pairwise
from typing import Final

from ingest.sample.people.establishments import Entries
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import NONE

SMALL: Final = 15
"""Places a year of a school that seeks another one's company."""


def federations(listed: Entries, schools: Schools) -> list[str]:
    """Return the federation of each entry: an infant and its junior school, or two small ones.

    Schools that closed, or that a trust runs, are in none.
    """
    last = {entry.provision: row for row, entry in enumerate(listed)}
    found = [""] * len(listed)

    def can_join(provision: int) -> bool:
        entry = listed[last[provision]]
        return not (entry.trust or entry.closed)

    pairs = [
        (school.comes_from, provision)
        for provision, school in enumerate(schools)
        if school.kind == "junior" and school.comes_from != NONE
    ]
    small = [
        provision
        for provision, school in enumerate(schools)
        if school.kind == "primary" and school.places <= SMALL and can_join(provision)
    ]
    pairs += list(pairwise(small[:2]))
    for one, other in pairs:
        if can_join(one) and can_join(other):
            both = last[one], last[other]
            name = f"Federation of {listed[both[0]].name} and {listed[both[1]].name}"
            found[both[0]] = found[both[1]] = name
    return found
