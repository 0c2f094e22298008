"""Which establishment followed which, as the register links them: both ways."""

from datetime import date

import pandas as pd

from ingest.sample.people.establishments import Entries
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import NONE

COLUMNS = ("urn", "linked_urn", "linked_name", "link_type", "link_date")


def links_table(listed: Entries, schools: Schools, urns: list[int]) -> pd.DataFrame:
    """Link entries with the same pupils, and schools that became one.

    Returns:
        One row per link and direction: ``urn``, ``linked_urn``, ``linked_name``, ``link_type``
        and ``link_date`` (dd-mm-yyyy), as the register has them.
    """
    rows = list[tuple[int, int, str, str, str]]()

    def link(later: int, earlier: int, after: str, before: str) -> None:
        new, old = listed[later], listed[earlier]
        rows.append((urns[later], urns[earlier], old.name, before, _day(new.opened)))
        rows.append((urns[earlier], urns[later], new.name, after, _day(old.closed)))

    last = {each.provision: row for row, each in enumerate(listed)}
    for row, each in enumerate(listed):
        if each.follows != NONE:
            link(row, each.follows, "Successor", "Predecessor")
        heir = schools[each.provision].heir
        if heir != NONE and row == last[each.provision]:
            link(last[heir], row, "Result of Amalgamation", "Predecessor - amalgamated")
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS))


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
