"""Tables of pupils: who is on roll, how many are expected, how schools do."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table


def _pupils(says: str) -> Field:
    return Field(name="pupils", kind="whole", unit="pupils", at_least=0, says=says)


SCHOOL_VALUE = Table(
    name="school_value",
    grain="one row per measure, school and period",
    key=(f.MEASURE_ID, f.URN, f.PERIOD),
    fields=(f.VALUE, f.LOW, f.HIGH, f.COHORT, f.VALUE_STATUS, f.RECEIPT),
    required=(f.VALUE_STATUS,),
    indexes=(("urn",),),
)
"""The URN is the published one; ``school_succession`` says whose it is today."""

ROLL = Table(
    name="roll",
    grain="one row per source, school, school year, year group and sex",
    key=(f.SOURCE_ID, f.URN, f.ACADEMIC_YEAR, f.YEAR_GROUP, f.SEX),
    fields=(_pupils("Headcount; null if missing"), f.VALUE_STATUS, f.RECEIPT),
    required=(f.VALUE_STATUS,),
    indexes=(("urn",),),
)
ROLL_FORECAST = Table(
    name="roll_forecast",
    grain="one row per source, authority or planning area, year it was made in, year and group",
    key=(
        f.SOURCE_ID,
        f.LA_CODE_DFE,
        Field(name="planning_area", kind="text", says="Its code; empty: the whole authority"),
        Field(name="made_in", kind="text", says="School year in which the forecast was made"),
        f.ACADEMIC_YEAR,
        Field(
            name="year_group",
            kind="text",
            says="Year group; primary (R to 6) or secondary (7 to 11) where only that is told",
            one_of=(*f.YEAR_GROUPS, "primary", "secondary"),
        ),
    ),
    fields=(_pupils("Pupils expected; null if missing"), f.VALUE_STATUS, f.RECEIPT),
    required=(f.VALUE_STATUS,),
)
PUPIL_PROJECTION = Table(
    name="pupil_projection",
    grain="one row per vintage, kind of school, ages, way of counting, sex and year",
    key=(
        Field(name="vintage", kind="text", says="When the projection was published, 2022-07"),
        Field(name="school_type", kind="text", says="Kind of school as the publisher writes it"),
        Field(name="age_group", kind="text", says="Ages, as the publisher writes them"),
        Field(
            name="counted_as",
            kind="text",
            says="Heads, or full-time equivalents, of which a half day is half a one",
            one_of=("headcount", "fte"),
        ),
        f.SEX,
        f.PERIOD,
    ),
    fields=(
        Field(
            name="pupils_counted",
            kind="number",
            unit="pupils",
            at_least=0,
            says="Pupils; null if missing",
        ),
        Field(name="is_projected", kind="flag", says="Projected, not counted"),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
)
FLOW = Table(
    name="flow",
    grain="one row per school year, phase, home area and school",
    key=(
        f.SOURCE_ID,
        f.ACADEMIC_YEAR,
        Field(name="phase", kind="text", says="primary or secondary"),
        Field(name="home_code", kind="text", says="Small area of 2021 that the pupils live in"),
        f.URN,
    ),
    fields=(
        Field(
            name="pupils_counted",
            kind="number",
            unit="pupils",
            at_least=0,
            says="Pupils who live here and go there; null if suppressed; with a fraction where an "
            "older small area was shared out",
        ),
        Field(
            name="at_most",
            kind="number",
            unit="pupils",
            at_least=0,
            says="Where suppressed: the largest count it can be",
        ),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("urn",), ("home_code",)),
)
"""Counts below the threshold of disclosure control are never stored."""
