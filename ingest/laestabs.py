"""Finds a school's number in the register by its number within its authority, in a school year."""

from datetime import date

import pandas as pd

from config.terms import AcademicYear


def urns_by_number(schools: pd.DataFrame, la_code_dfe: str, year: AcademicYear) -> pd.DataFrame:
    """Return the URN of each establishment number of an authority, as it was in a school year.

    A number passes from a school to the academy that follows it. Of several schools that bear it,
    the one that was open when the year began is meant; where the register has none that was, the
    first that opened later.

    Args:
        schools: rows of the ``school`` table.
        la_code_dfe: the authority's three digits.
        year: the school year.

    Returns:
        Indexed by number: ``urn``, and ``was_open``: whether that school was open then.
    """
    began = date(year.start, 9, 1).isoformat()
    own = schools[(schools["la_code_dfe"] == la_code_dfe) & schools["establishment_number"].notna()]
    opened = own["open_date"].fillna("").astype(object)
    closed = own["close_date"].fillna("9999").astype(object)
    bearers = own[["urn"]].assign(
        number=own["establishment_number"].astype(int),
        opened=opened,
        closed=closed,
        was_open=(opened <= began) & (closed > began),
    )
    bearers = bearers[closed > began]
    best_first = bearers.sort_values(
        ["was_open", "opened", "closed", "urn"], ascending=[False, True, True, True]
    )
    return best_first.drop_duplicates("number").set_index("number")[["urn", "was_open"]]
