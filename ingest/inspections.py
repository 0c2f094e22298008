"""What inspections found: which framework, in which words, and whether a later one took its place.

Grades are words. They are never averaged, ranked, or compared across frameworks.
"""

from typing import Final

import pandas as pd

from config.assumptions import assumptions
from config.terms import Status
from ingest.schema.provision import INSPECTION

OVERALL: Final = "Overall effectiveness"
"""What a graded inspection judged above all until September 2024; nothing does so any more."""

REPORT_CARD: Final = "report_card"
GRADED: Final = "graded_2019"
UNGRADED: Final = "ungraded"
OLDER: Final = "older"


def framework_on(days: pd.Series) -> pd.Series:
    """Tell the framework under which an inspection on a day was made, for ISO 8601 dates."""
    since = assumptions("inspections")
    frameworks = pd.Series(OLDER, index=days.index, dtype="string")
    for name in (GRADED, REPORT_CARD):
        frameworks = frameworks.mask(days >= since[name].from_date.isoformat(), name)
    return frameworks


def with_superseded(rows: pd.DataFrame) -> pd.DataFrame:
    """Say of each judgement whether a later inspection, or another kind of grade, replaced it.

    What was judged before report cards came is superseded everywhere: its kind of grade is given
    no more. Of report cards, a school's last one stands.

    Args:
        rows: ``urn``, ``inspected_on`` (ISO 8601) and ``framework``.
    """
    last = rows.groupby("urn")["inspected_on"].transform("max")
    stands = (rows["framework"] == REPORT_CARD) & (rows["inspected_on"] == last)
    return rows.assign(is_superseded=~stands)


def of_register(schools: pd.DataFrame) -> pd.DataFrame:
    """Lay out the grades that the register of schools repeats.

    Args:
        schools: ``urn``, ``rating`` and ``inspected_on`` as the register's reader gives them;
            ``rating`` null where it has none.

    Returns:
        Rows of the ``inspection`` table without ``receipt``, in the register's words.
    """
    told = schools[schools["rating"].notna() & schools["inspected_on"].notna()]
    rows = pd.DataFrame(
        {
            "urn": told["urn"],
            "inspected_on": told["inspected_on"],
            "area": OVERALL,
            "framework": framework_on(told["inspected_on"]),
            "grade": told["rating"],
            "published_on": pd.Series(pd.NA, told.index, dtype="string"),
            "status": str(Status.MEASURED),
            "source_id": "gias",
            "receipt": told.get("receipt"),
        }
    )
    return with_superseded(rows)[INSPECTION.names].reset_index(drop=True)
