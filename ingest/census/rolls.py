"""Headcounts of a census as rows of the ``roll`` table."""

from collections.abc import Mapping

import pandas as pd

from ingest.census.measures import ID
from ingest.issues import IssueLog
from ingest.totals import tell_sums_that_differ

YearGroupAndSex = tuple[str, str]


def rolls(
    urns: pd.Series,
    counts: Mapping[YearGroupAndSex, pd.DataFrame],
    *,
    period: str,
    issues: IssueLog,
) -> pd.DataFrame:
    """Lay out headcounts, and log schools whose girls and boys are not all their pupils.

    Args:
        urns: of the schools.
        counts: ``value`` and ``status`` of every school, for each year group and sex that is told.
        period: the school year.
        issues: where odd sums are written down.
    """
    if {("all", "F"), ("all", "M"), ("all", "all")} <= set(counts):
        told = {
            name: counts["all", sex]["value"]
            for name, sex in (("girls", "F"), ("boys", "M"), ("pupils", "all"))
        }
        sums = pd.DataFrame({"urn": urns} | told)
        tell_sums_that_differ(sums, ("girls", "boys"), "pupils", key=("urn",), issues=issues)
    parts = [
        pd.DataFrame(
            {"urn": urns, "year_group": year_group, "sex": sex, "pupils": count["value"]}
        ).assign(status=count["status"])
        for (year_group, sex), count in counts.items()
    ]
    return pd.concat(parts, ignore_index=True).assign(source_id=ID, academic_year=period)
