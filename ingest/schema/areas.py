"""Tables of areas and their values."""

from ingest.schema import fields as f
from ingest.schema.about import RELEASE, SOURCE_ID, TITLE
from ingest.schema.declare import Field, Table

MEASURE_ID = f.MEASURE_ID

AREA = Table(
    name="area",
    grain="one row per area of any kind",
    key=(f.AREA_CODE,),
    fields=(
        f.AREA_KIND,
        f.NAME,
        Field(name="parent_code", kind="text", says="GSS code of the authority it lies in"),
        f.IS_OUTSIDE,
        f.LON,
        f.LAT,
        Field(name="west", kind="number", unit="degrees", says="Western edge"),
        Field(name="south", kind="number", unit="degrees", says="Southern edge"),
        Field(name="east", kind="number", unit="degrees", says="Eastern edge"),
        Field(name="north", kind="number", unit="degrees", says="Northern edge"),
        Field(name="geometry", kind="geometry", says="Outline, WKB, EPSG:4326"),
    ),
    required=(f.AREA_KIND, f.NAME, f.IS_OUTSIDE),
    indexes=(("kind", "is_outside"),),
)
MEASURE = Table(
    name="measure",
    grain="one row per measure that areas, schools or authorities have values of",
    key=(MEASURE_ID,),
    fields=(
        Field(
            name="level",
            kind="text",
            says="What has values of it; a school's may be compared with authority_value",
            one_of=("area", "school", "authority"),
        ),
        Field(name="position", kind="whole", says="Reading order"),
        Field(name="topic", kind="text", says="Heading it is listed under"),
        TITLE,
        Field(name="says", kind="text", says="What it means, in plain words"),
        Field(name="unit", kind="text", says="Unit of the value"),
        Field(name="decimals", kind="whole", says="Decimals worth showing"),
        Field(
            name="period",
            kind="text",
            says="When it holds, in words; null where each value says so itself",
        ),
        Field(
            name="polarity",
            kind="text",
            says="Whether more is simply more, or agreed to be better or worse",
            one_of=("neutral", "more_is_better", "more_is_worse"),
        ),
        SOURCE_ID,
        RELEASE,
        Field(name="method", kind="text", says="How it was come by"),
        Field(name="note", kind="text", says="When it is not given, and why; null if always given"),
    ),
)
AREA_VALUE = Table(
    name="area_value",
    grain="one row per measure and area",
    key=(MEASURE_ID, f.AREA_CODE),
    fields=(
        f.VALUE,
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("area_code",),),
)
AUTHORITY_VALUE = Table(
    name="authority_value",
    grain="one row per measure, period and authority, region or country",
    key=(MEASURE_ID, f.AREA_CODE, f.PERIOD),
    fields=(f.VALUE, f.LOW, f.HIGH, f.COHORT, f.VALUE_STATUS, f.RECEIPT),
    required=(f.VALUE_STATUS,),
    indexes=(("area_code",),),
)

_LSOA11 = Field(name="lsoa11", kind="text", says="Small area of the 2011 census, GSS code")
SMALL_AREA_CHANGE = Table(
    name="small_area_change",
    grain="one row per small area of 2011 and each of 2021 that has some of its land",
    key=(_LSOA11, f.LSOA21),
    fields=(
        Field(
            name="change",
            kind="text",
            says="What became of it between the censuses",
            one_of=("unchanged", "split", "merged", "irregular"),
        ),
        Field(
            name="share",
            kind="number",
            at_least=0,
            at_most=1,
            says="Part of what was counted in the area of 2011 that is given to that of 2021",
        ),
        Field(name="lad22", kind="text", says="District of 2022 that the area of 2021 lies in"),
        f.RECEIPT,
    ),
    indexes=(("lsoa21",),),
)
"""Only where an area was split are the shares a guess: the children of the 2021 census."""
