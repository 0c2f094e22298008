"""The template of an authority's own counts of pupils by home and school.

The counts are made and made safe while the file is read; see ``ingest/sources/own_counts.py``.
"""

from typing import Final

from ingest.own.declare import Column, Template

COUNTS: Final = Template(
    id="own_counts",
    title="Pupils by home and school",
    says=(
        "Where the pupils of each school live. The file is read in memory alone: neither it nor a "
        "copy of it is stored, and of its counts only those are kept that cannot point at a child."
    ),
    columns=(
        Column(
            name="academic_year",
            says="The school year of the count.",
            kind="school_year",
            required=True,
            example="2024/25",
        ),
        Column(
            name="urn",
            says="The school's number in the register.",
            kind="urn",
            required=True,
            example="100000",
        ),
        Column(
            name="year_group",
            says=(
                "National curriculum year; R to 6 count as primary, 7 to 11 as secondary, 12 to 14 "
                "as sixth form."
            ),
            kind="year_group",
            required=True,
            example="R",
        ),
        Column(
            name="postcode",
            says="The postcode of the home. It is looked up and let go.",
            kind="postcode",
            blank="only where lsoa21 is given",
        ),
        Column(
            name="lsoa21",
            says="The small area of 2021 that the home lies in, where there is no postcode.",
            kind="text",
            blank="looked up by the postcode",
            example="E01013811",
        ),
        Column(
            name="pupils",
            says="How many pupils the row stands for.",
            kind="count",
            blank="one",
            example="1",
        ),
    ),
    notes=(
        "How counts are made safe, and what is not kept: [own counts](own-counts.md).",
        "Give no names, dates of birth or pupil numbers: other columns are not read, but a file "
        "without them cannot be lost.",
    ),
)
