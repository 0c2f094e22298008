"""Columns that an authority's own files on admissions share."""

from typing import Final

from ingest.own.declare import Column

METHODS: Final = {
    **dict.fromkeys(("straight_line", "straight line", "as the crow flies"), "straight_line"),
    **dict.fromkeys(("walking_route", "walking route", "shortest route", "route"), "walking_route"),
    **dict.fromkeys(("not_stated", "not stated", "unknown"), "not_stated"),
}
SCHOOL: Final = Column(
    name="urn",
    says="The school's number in the register, as it was in that year.",
    kind="urn",
    required=True,
    example="100000",
)
YEAR_OF_ENTRY: Final = Column(
    name="year_of_entry",
    says="The school year in which the children start.",
    kind="school_year",
    required=True,
    also=("school year", "academic year", "entry year", "intake year"),
    example="2025/26",
)
YEAR_ENTERED: Final = Column(
    name="year_group",
    says="The year group entered: R for an infant or primary school, 3 for a junior school, 7 …",
    kind="year_group",
    required=True,
    example="R",
)
METHOD: Final = Column(
    name="method",
    says="How the authority measures distance: straight_line or walking_route.",
    kind="choice",
    choices=METHODS,
    blank="not stated",
    example="straight_line",
)
PAGE: Final = Column(
    name="source_page",
    says="Address of the page on which it is published.",
    kind="text",
    also=("source", "page", "url"),
    blank="not stated",
)
