"""Finds the school that a table names without its number."""

from collections.abc import Iterable

import pandas as pd

from config.words import search_key
from ingest.issues import IssueLog

_NONE = pd.Series(dtype="int64")


def urns_by_name(
    names: Iterable[str], schools: pd.DataFrame, *, of: str, issues: IssueLog
) -> dict[str, int]:
    """Match schools by name with the register's.

    A name is that of the one school called so, else of the one whose name goes on from it, such as
    "Hove Park School" for "Hove Park School and Sixth Form Centre". Open schools go before
    others. What names no school, or several, is logged.

    Args:
        names: as a table has them.
        schools: ``urn``, ``name`` and ``status`` of those that may be meant.
        of: name of the table's file.
        issues: where unmatched names are written down.
    """
    keys = schools["name"].map(search_key)
    in_use = schools["status"].isin(["open", "closing"])
    found = {}
    for name in dict.fromkeys(names):
        key = search_key(name)
        matches = (keys == key, keys.str.startswith(f"{key} "))
        choices = [
            schools.loc[match & use, "urn"] for match in matches for use in (in_use, ~in_use)
        ]
        urns = next((choice for choice in choices if len(choice)), pd.Series(dtype="int64"))
        if len(urns) == 1:
            found[name] = int(urns.iloc[0])
            continue
        says = f"{len(urns) or 'no'} schools of the register are called so; left out"
        issues.warn("school is in the register", f"{of}, {name}", says)
    return found
