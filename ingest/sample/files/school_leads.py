"""Which school leads to which: the infant schools of the county's junior schools."""

from collections.abc import Iterable
from typing import Final

from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.people.provision import NONE

HEADER: Final = ("urn", "leads_to_urn", "since", "basis")


def _rows(county: County) -> Iterable[Cells]:
    """List the schools in use that take another one's pupils first, as admission here does."""
    schools = county.people.schools
    shown = county.is_shown(schools["authority"]) & schools["status_gias"].str.startswith("Open")
    open_now = schools[shown.to_numpy(bool)]
    urn_of = dict(zip(open_now["provision"], open_now["urn"], strict=True))
    for provision, urn in zip(open_now["comes_from"], open_now["urn"], strict=True):
        if provision != NONE and provision in urn_of:
            yield (urn_of[provision], urn, "", "admission")


SERIES: Final[Series] = sheet(
    source="school_leads",
    file="own/school_leads.csv",
    header=HEADER,
    rows=_rows,
    encoding="utf-8",
)
